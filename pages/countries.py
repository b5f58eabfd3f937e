"""Countries: how do they compare."""

import streamlit as st

from atlas.selection import CLUSTERS
from pages.parts.comparison import any_indicator
from pages.parts.country_sheet import country_sheets
from pages.parts.coverage_strip import coverage_strip
from pages.parts.filters import part
from pages.parts.frame import beside, head
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Countries"),
    _(
        "Choose one to six countries, or groups such as the EU27, Benelux or the Nordic countries: each is compared as one. "
        "Counts follow our search; published figures are never averaged."
    ),
    "country_profile",
    "clusters_by_country",
    "themes_by_country",
)
coverage_strip(CLUSTERS)

shown = part(
    {
        "profile": _("Side by side"),
        "makeup": _("Kinds, themes, years"),
        "policy": _("Laws and money"),
        "indicator": _("Any indicator"),
        "words": _("In words"),
    }
)
if shown == "profile":
    beside(("country_profile", "country_context"), ("country_social_economy", "clusters_by_country"))

if shown == "makeup":
    beside(("country_kinds", "country_founding"), ("themes_by_country",))

if shown == "policy":
    beside(("country_laws",), ("programmes_by_country", "country_budgets"))

if shown == "indicator":
    any_indicator()

if shown == "words":
    st.caption(
        _(
            "Five sentences computed from the data; open one to read its sources. They count every kind, theme and year, whatever "
            "the filters above; only the list counted by applies."
        )
    )
    country_sheets(CLUSTERS)
