"""Countries: how do they compare."""

import streamlit as st

from pages.parts.frame import head, show
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Countries"),
    _(
        "Clusters, jobs, social economy, laws and money side by side. Counts follow our search; rates are per inhabitant or per job."
    ),
    "country_profile",
    "clusters_by_country",
    "themes_by_country",
)
show("country_profile")
left, right = st.columns(2)
with left:
    show("clusters_by_country")
with right:
    show("programmes_by_country")
show("themes_by_country")
show("social_economy_employment")
