"""Jobs: how many, of what kind, how sure."""

import streamlit as st

from pages.parts.filters import pick
from pages.parts.frame import head, show
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Jobs and size"),
    _(
        "How many jobs, members, companies or square metres each cluster publishes. One scope at a time: what two figures count is rarely the same."
    ),
    "jobs_by_cluster",
)
observations = session.tables.observations
with st.container(horizontal=True, key="measure"):
    metric = pick("metric", observations["metric"])
    scope = pick("scope", observations.loc[observations["metric"] == metric, "scope"])
st.caption(session.view.vocabulary.description("scopes", scope, session.view.language))
left, right = st.columns([3, 2])
with left:
    show("jobs_by_cluster", metric=metric, scope=scope)
with right:
    show("jobs_by_scope", metric=metric)
st.header(_("The frame around them: employment in the social economy"), anchor=False)
show("social_economy_employment")
