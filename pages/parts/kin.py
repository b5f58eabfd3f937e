"""The clusters near one, on a map and in a list, and those most alike with the reasons."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.alike import alike, reasons
from atlas.charts.cluster_neighbours import distance
from atlas.outlets.drawing import drawn
from pages.parts.frame import show
from pages.parts.listing import cluster_line
from pages.parts.markup import plain
from pages.parts.session import current, link


def neighbours(row: pd.Series, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The map of the nearest clusters at the left and their list at the right; without a point, a sentence."""
    session = current()
    view, _ = session.view, session.view.gettext
    selection = session.selection.only(("id",)).but(id=row["cluster_id"])
    near = drawn("cluster_neighbours", selection, view.theme, session.tables)
    if len(near.rows) < 2:
        with left:
            st.subheader(_("Nearest clusters"), anchor=False)
            st.markdown(plain(near.sentence))
        return
    with left:
        show("cluster_neighbours", id=row["cluster_id"])
    with right:
        st.subheader(_("Nearest clusters"), anchor=False)
        for number, (_index, other) in enumerate(near.rows.iloc[1:].iterrows(), 1):
            _row(other, f"near-{number}", [f"{cluster_line(other, view)} · {distance(other, view)}"], f"{number}\\. ")


def most_alike(row: pd.Series) -> None:
    """The five clusters that share most with this one, each with the reasons."""
    session = current()
    view, _ = session.view, session.view.gettext
    st.subheader(_("Most alike"), anchor=False)
    found = alike(row["cluster_id"], session.tables)
    if found.empty:
        st.markdown(_("Its sources name no theme and no component that another cluster shares: nothing to compare."))
        return
    st.caption(
        _(
            "By the share of themes and of components in common; more when the kind, the country, the region or the "
            "size in jobs is the same."
        )
    )
    for number, (_index, other) in enumerate(found.iterrows(), 1):
        _row(other, f"alike-{number}", [cluster_line(other, view), reasons(other, view)])


def _row(row: pd.Series, key: str, lines: list[str], before: str = "") -> None:
    """A cluster's name as a link to its sheet, and lines about it."""
    with st.container(key=f"row-{key}", gap=None):
        st.page_link("clusters.py", label=before + plain(row["name"]), query_params=link(id=row["cluster_id"]))
        for line in lines:
            st.caption(plain(line))
