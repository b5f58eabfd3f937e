"""Overview: the four questions, answered in figures, with the way to the rest."""

import streamlit as st

from atlas.key_figures import key_figures
from pages.parts.finder import finder
from pages.parts.frame import head, key_figure, show
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Social innovation clusters in Europe"),
    _(
        "Where they are, how many jobs they hold, which money and laws brought them, and how countries compare. "
        "**Every figure opens its source.**"
    ),
)
finder()
with st.container(horizontal=True, key="key-figures"):
    for figure in key_figures(session.tables, session.view):
        key_figure(figure)
wide, narrow = st.columns([3, 2])
with wide:
    show("cluster_map_print")
    show("clusters_by_kind")
with narrow:
    show("clusters_founded")
    show("ptce_over_time")
show("funding_timeline", programme_kinds=("law", "strategy"))
