"""Lists of clusters and of programmes: a name that opens its page, and one line about it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from atlas.directory import find_programmes
from atlas.view import View
from pages.parts.filters import search_box
from pages.parts.markup import plain
from pages.parts.session import current, link

PAGE_SIZE = 20


def programme_list(programmes: pd.DataFrame) -> None:
    """The programmes of a selection, newest first or best match first, a page at a time."""
    session = current()
    view = session.view
    search_box(view.gettext("Name, country, subject…"))
    programmes = find_programmes(session.selection.query, programmes, session.tables)
    if not session.selection.query:
        programmes = programmes.sort_values("start", ascending=False, na_position="last")
    st.caption(view.ngettext("{n} programme", "{n} programmes", len(programmes)))
    if programmes.empty:
        st.info(
            view.gettext("No programme matches. Remove a filter, or search with fewer words."),
            icon=":material/search_off:",
        )
    paged(programmes, programme_row, "programmes", PAGE_SIZE)


def cluster_row(row: pd.Series, key: str) -> None:
    """A cluster's name as a link to its sheet, and one line about it."""
    with st.container(key=f"row-{key}", gap=None):
        st.page_link("clusters.py", label=plain(row["name"]), query_params=link(id=row["cluster_id"]))
        st.caption(plain(cluster_line(row, current().view)))


def programme_row(row: pd.Series, key: str) -> None:
    """A programme's name as a link to its card, and one line about it."""
    view = current().view
    with st.container(key=f"row-{key}", gap=None):
        st.page_link("funding.py", label=plain(view.name(row)), query_params=link(id=row["programme_id"]))
        st.caption(plain(programme_line(row, view)))


def cluster_line(row: pd.Series, view: View) -> str:
    """'PTCE · Tarnos, Nouvelle-Aquitaine, France · 2014'."""
    place = ", ".join(part for part in (row["place"], row["region"]) if pd.notna(part) and part)
    where = ", ".join(filter(None, (place, view.country(row["country"]))))
    year = "" if pd.isna(row["founded_year"]) else str(row["founded_year"])
    return " · ".join(filter(None, (view.label("kinds", row["kind"]), where, year)))


def programme_line(row: pd.Series, view: View) -> str:
    """'Call · national · France · 15 July 2013'."""
    return " · ".join(
        (
            view.label("programme_kinds", row["kind"]),
            view.label("programme_levels", row["level"]),
            view.country(row["country"]),
            view.date(row["start"]),
        )
    )


def paged(rows: pd.DataFrame, draw: Callable[[pd.Series, str], None], name: str, size: int) -> None:
    """Draw the rows of one page, and under them a page switch when there is more than one."""
    shown, pages = st.container(key=f"list-{name}"), -(-len(rows) // size)
    number = st.pagination(pages, key=f"page-{name}") if pages > 1 else 1
    with shown:
        for index, row in rows.iloc[(number - 1) * size : number * size].iterrows():
            draw(row, f"{name}-{index}")
