"""Map: where they are, and what is near."""

from dataclasses import replace

import streamlit as st

from pages.parts.chosen import chosen_card, chosen_id, toggle, unknown_cluster
from pages.parts.frame import drawn_here, head, selected, show
from pages.parts.marks_menu import marks_menu
from pages.parts.near import near_me
from pages.parts.regions_table import regions_table
from pages.parts.session import asked, current
from pages.parts.twin import twin_table
from pages.parts.years import page_anew, pause, through_the_years

NAME = "cluster_map"
_ = current().view.gettext
session = head(
    _("Map"),
    _(
        "Where the clusters are, and what is near. A full mark is a site, a pale one a town; those known only by region are in the table."
    ),
    NAME,
)
chosen = chosen_id()
if session.selection.id and not chosen:
    unknown_cluster(session.selection.id)
choices = {**marks_menu(), "id": chosen}


def choose_mark(identifier: str) -> None:
    pause()
    toggle(identifier)
    page_anew()


def draw(until: int | None) -> None:
    """The map, where the reader has put it, also since the page was drawn."""
    show(NAME, on_select=choose_mark, until=until, camera=asked().camera, **choices)


map_side, table_side = st.columns([2, 1])
rows = drawn_here(NAME, **choices).rows
with map_side, st.container(key="where"):
    through_the_years(draw)
    if chosen:
        chosen_card(chosen, rows)
    regions_table(rows, replace(session.view, selection=selected(NAME, **choices)))
with table_side:
    near = st.container(key="near")
    st.subheader(_("The clusters in this selection"), anchor=False)
    st.caption(session.view.ngettext("{n} cluster", "{n} clusters", len(rows)))
    twin_table(rows, chosen)
    with near:
        near_me(rows, selected(NAME, **choices))
with st.expander(
    _("For print: the same map in the European equal-area projection"), on_change="rerun", key="print-map"
) as print_map:
    if print_map.open:
        show("cluster_map_print")
        if session.selection.background not in {"", "density"}:
            show("indicator_map", indicator=session.selection.background, grain=choices["grain"])
st.html('<script src="/app/static/camera.js"></script>', unsafe_allow_javascript=True)
