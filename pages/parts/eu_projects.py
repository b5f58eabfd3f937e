"""The projects the Union pays for, one by one: searched, read a page at a time, and all of them in a file."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from atlas import eu_projects
from atlas.charts import union
from atlas.columns import VALUES
from atlas.eu_project_words import name, reason, years
from atlas.outlets.dataset import DIALECTS, csv
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from pages.parts.filters import search_box
from pages.parts.frame import selected
from pages.parts.markup import linked
from pages.parts.session import current
from pages.parts.sources import source_button
from pages.parts.tables import Html, table_html

PAGE_SIZE = 25


def projects_counted(field: str, offered: tuple[str, ...]) -> dict[str, int]:
    """How many projects each country would give."""
    session = current()
    return eu_projects.facets(session.selection.only(offered), session.tables) if field == "countries" else {}


def project_list() -> None:
    """The projects of the countries and years chosen: newest first, or best match first."""
    session = current()
    view, selection = session.view, selected("eu_projects_by_country").but(query=session.selection.query)
    _ = view.gettext
    st.header(_("The projects, one by one"), anchor=False)
    search_box(_("Name, country, fund, words it is taken for…"))
    rows = eu_projects.listed(session.tables, selection)
    st.caption(view.ngettext("{n} EU project", "{n} EU projects", len(rows)))
    if rows.empty:
        st.info(_("No project matches. Remove a filter, or search with fewer words."), icon=":material/search_off:")
        return
    pages, area = -(-len(rows) // PAGE_SIZE), st.container(key="eu-projects")
    number = st.pagination(pages, key="page-eu-projects") if pages > 1 else 1
    area.html(projects_html(rows.iloc[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], view))
    _files(rows, selection)


def projects_html(rows: pd.DataFrame, view: View) -> str:
    """One row per project: its name leads to its page, its database to the file it comes from."""
    _ = view.gettext
    heads = (_("Project"), _("Country"), _("Years"), _("Fund"), _("EU contribution"), _("Why it counts"), _("Source"))
    cells = (
        (
            _titled(row, view),
            view.country(row["country"]),
            years(row, view),
            _paid_by(row, view),
            view.money(row["eu_amount_eur"]),
            reason(row["taken_for"], view),
            _cited(row, view),
        )
        for row in rows.to_dict("records")
    )
    return table_html(heads, cells, numbers=(2, 4))


def _titled(row: dict, view: View) -> Html:
    """The name, which leads to the page of the project, and its acronym."""
    acronym = "" if pd.isna(row["acronym"]) else f'<br><span class="quiet">{escape(row["acronym"])}</span>'
    return Html(linked(row["url"], name(row, view)) + acronym)


def _paid_by(row: dict, view: View) -> Html:
    """The fund, and its programme."""
    programme = "" if pd.isna(row["programme"]) else f'<br><span class="quiet">{escape(row["programme"])}</span>'
    return Html(escape(view.missing if pd.isna(row["fund"]) else row["fund"]) + programme)


def _cited(row: dict, view: View) -> Html:
    """The database, once per file."""
    known, database = view.tables.source_of, view.gettext(VALUES[row["origin"]])
    found = known.loc[[code for code in row["source_ids"] if code in known.index]]
    links = (linked(url, database, title) for url, title in found[["url", "title"]].itertuples(index=False))
    return Html(", ".join(links) or escape(database))


def _files(rows: pd.DataFrame, selection: Selection) -> None:
    """All projects found as files, and the files they come from."""
    session = current()
    _ = session.view.gettext
    labels = {"comma": _("All of them (CSV)"), "semicolon": _("All of them (CSV for a French Excel)")}
    with st.container(horizontal=True, vertical_alignment="center", key="files-eu-projects"):
        for dialect in DIALECTS:
            made = partial(_csv, session.tables, selection, rows.index, dialect)
            file = f"eu-projects{'-excel' if dialect == 'semicolon' else ''}.csv"
            st.download_button(
                labels[dialect],
                made,
                file,
                "text/csv",
                key=f"csv-{dialect}",
                icon=":material/download:",
                on_click="ignore",
            )
        source_button(union(rows["source_ids"]), "eu-projects")


def _csv(tables: Tables, selection: Selection, places: pd.Index, dialect: str) -> bytes:
    """Every column of the projects found, in their order."""
    rows = eu_projects.chosen(tables, selection, tables.projects.columns).reset_index(drop=True)
    return csv(rows.loc[places], dialect)
