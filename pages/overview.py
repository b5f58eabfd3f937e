"""Overview: the four questions, answered in figures, three findings, and the way to the rest."""

import streamlit as st

from atlas.findings import findings
from atlas.key_figures import key_figures
from atlas.outlets.briefing.document import KeyFigures
from pages.parts.finder import finder
from pages.parts.findings import finding, whats_new
from pages.parts.frame import beside, head, key_figure, show
from pages.parts.pins import pin_button, pinned
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Social innovation clusters in Europe"),
    _(
        "Where they are, how many jobs they hold, which money and laws brought them, and how countries compare. "
        "**Every figure opens its source.**"
    ),
    fields=("definition",),
)
finder()
selection = session.selection.only(("definition",))
with st.container(horizontal=True, key="key-figures"):
    for figure in key_figures(session.tables, selection, session.view):
        key_figure(figure)
pin_button(KeyFigures(parameters=pinned(selection)), _("Add these figures to the briefing"), "pin-key-figures")
st.header(_("What the data say"), anchor=False)
with st.container(key="findings"):
    for found in findings(session.tables, selection, session.view):
        finding(found)
wide, narrow = st.columns([3, 2])
with wide:
    show("cluster_map_print")
    show("clusters_by_kind")
with narrow:
    show("clusters_founded")
    show("ptce_over_time")
beside(("clusters_by_country",), ("jobs_by_scope",), metric="jobs")
whats_new()
