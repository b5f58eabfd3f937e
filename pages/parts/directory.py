"""The directory of clusters: search, facets, order, cards or table."""

from textwrap import shorten
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from atlas.directory import SORTING_SCOPES, find_clusters, latest_figures, ordered
from atlas.parameters import OPTIONS
from atlas.view import View
from pages.parts.filters import choice, search_box
from pages.parts.listing import cluster_row, paged
from pages.parts.markup import plain
from pages.parts.session import current, link

SUMMARY = 170
"""Letters of a summary on a card."""


def cluster_directory() -> None:
    """Search, sort, and the clusters found as cards or as a table: every choice is in the URL."""
    session = current()
    view, selection = session.view, session.selection
    _ = view.gettext
    chosen = selection.of_clusters(session.tables)
    found = find_clusters(selection.query, chosen, session.tables)
    search_box(_("Name, town, lead organisation, subject…"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="directory"):
        words = view.ngettext("{n} cluster", "{n} clusters", len(found))
        st.markdown(
            f"**{words}**"
            if len(found) == len(session.tables.clusters)
            else _("**{found}** of {total} known").format(found=words, total=view.number(len(session.tables.clusters))),
            width="stretch",
        )
        choice("sort", _("Sort by"), OPTIONS["sort"], lambda code: sorting(code, selection.query, view), width=210)
        if selection.layout == "cards":
            choice("shown", _("On a page"), OPTIONS["shown"], str, width=110)
        choice(
            "layout",
            _("Shown as"),
            OPTIONS["layout"],
            lambda code: {"cards": _("Cards"), "table": _("Table")}[code],
            width=130,
        )
    if not selection.query or selection.sort != OPTIONS["sort"][0]:
        found = ordered(found, selection.sort, session.tables)
    if found.empty:
        nothing_found(chosen, view)
    elif selection.layout == "table":
        cluster_table(found)
    else:
        paged(found, cluster_card, "clusters", selection.shown)


def sorting(code: str, query: str, view: View) -> str:
    """What an order of the directory is called; with a search, the first is the best match."""
    _ = view.gettext
    names = {
        "name": _("Best match") if query else _("Name"),
        "founded": _("Newest first"),
        "country": _("Country"),
        "jobs": _("Jobs on the site"),
        "members": _("Member organisations"),
    }
    return names[code]


def nothing_found(chosen: pd.DataFrame, view: View) -> None:
    """Say that nothing matches, and whether it is the filters or the words."""
    _ = view.gettext
    reason = (
        _("No cluster matches these filters together. Remove one of them.")
        if chosen.empty
        else _("No cluster matches these words. Try fewer, or the town; the filters alone leave {n}.").format(
            n=view.number(len(chosen))
        )
    )
    st.info(reason, icon=":material/search_off:")


def cluster_card(row: pd.Series, key: str) -> None:
    """A cluster in brief: its row, the beginning of its summary, and its themes."""
    view = current().view
    summary = row[f"summary_{view.language}"]
    themes = ", ".join(view.label("themes", theme) for theme in row["themes"])
    with st.container(key=f"card-{key}", gap=None):
        cluster_row(row, key)
        if pd.notna(summary):
            st.markdown(plain(shorten(summary, SUMMARY, placeholder="…")))
        if themes:
            st.caption(plain(themes))


def cluster_table(clusters: pd.DataFrame) -> None:
    """The clusters as a table to sort, each with a link to its sheet; the figures keep qualifier and year in words."""
    view = current().view
    _ = view.gettext
    sheets = [f"?{urlencode(link(id=cluster))}" for cluster in clusters["cluster_id"]]
    rows = pd.DataFrame(
        {
            _("Sheet"): sheets,
            _("Name"): clusters["name"],
            _("Kind"): clusters["kind"].map(lambda kind: view.label("kinds", kind)),
            _("Place"): clusters["place"],
            _("Country"): clusters["country"].map(view.country),
            _("Founded"): clusters["founded_year"],
            _("Jobs on the site"): latest_words(clusters, "jobs", view),
            _("Members"): latest_words(clusters, "members", view),
            _("Themes"): clusters["themes"].map(lambda codes: [view.label("themes", code) for code in codes]),
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        height=min(38 * (len(rows) + 1), 700),
        placeholder=view.missing,
        alt=view.ngettext("{n} cluster, one a row", "{n} clusters, one a row", len(rows)),
        column_config={
            _("Sheet"): st.column_config.LinkColumn(display_text=_("Open"), width="small"),
            _("Founded"): st.column_config.NumberColumn(format="%d"),
        },
    )


def latest_words(clusters: pd.DataFrame, metric: str, view: View) -> pd.Series:
    """The latest figure of each cluster with qualifier and date, as words; missing when none is published."""
    figures = latest_figures(metric, SORTING_SCOPES[metric], current().tables)

    def words(cluster: str) -> str | None:
        if cluster not in figures.index:
            return None
        figure = figures.loc[cluster]
        value = view.figure(figure["value"], "", figure["qualifier"])
        return view.gettext("{value} ({date})").format(value=value, date=view.date(figure["as_of"]))

    return clusters["cluster_id"].map(words)
