"""Jobs: how many, of what kind, how sure."""

import streamlit as st

from pages.parts.filters import part, pick
from pages.parts.frame import beside, head, show
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Jobs and size"),
    _(
        "How many jobs, members, companies or square metres each cluster publishes. One scope at a time: what two figures count is rarely the same."
    ),
    "jobs_by_cluster",
)
shown = part(
    {"size": _("How many, how sure"), "spread": _("Spread and kinds"), "frame": _("The social economy around them")}
)
if shown != "frame":
    observations = session.tables.observations
    with st.container(horizontal=True, key="measure"):
        metric = pick("metric", observations["metric"])
        scope = pick("scope", observations.loc[observations["metric"] == metric, "scope"])
    st.caption(session.view.vocabulary.description("scopes", scope, session.view.language))

if shown == "size":
    beside(("jobs_total",), ("jobs_by_scope",), metric=metric, scope=scope)
    st.header(_("Which clusters, and since when?"), anchor=False)
    left, right = st.columns([3, 2])
    with left:
        show("jobs_by_cluster", metric=metric, scope=scope)
    with right:
        show("jobs_history", metric=metric, scope=scope)

if shown == "spread":
    beside(("jobs_distribution",), ("jobs_by_dimension",), metric=metric, scope=scope)
    st.header(_("Where do sources disagree?"), anchor=False)
    left, right = st.columns([3, 2])
    with left:
        show("jobs_disagreements")
    with right:
        vocabulary, language = session.view.vocabulary, session.view.language
        st.markdown(_("**How the figure used in totals is chosen**"))
        for rule in vocabulary.codes("latest_rules"):
            meaning = vocabulary.description("latest_rules", rule, language)
            st.markdown(f"- {session.view.label('latest_rules', rule)} · {meaning}")

if shown == "frame":
    show("social_economy_employment")
    beside(("social_economy_split",), ("regions_of_france",))
