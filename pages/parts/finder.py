"""One search box over everything that has a name: clusters, laws, calls, funds, projects, networks."""

import streamlit as st

from atlas.directory import find_clusters, find_programmes
from pages.parts.filters import search_box
from pages.parts.listing import cluster_row, programme_row
from pages.parts.session import current

SHOWN = 6


def finder() -> None:
    """Search over clusters and programmes, the best few of each."""
    session = current()
    view, query = session.view, session.selection.query
    _ = view.gettext
    search_box(_("Find a cluster, a law, a call, a network… (DARWIN, Medcoop, loi ESS 2014, RTES)"))
    if not query:
        return
    clusters = find_clusters(query, session.tables.clusters, session.tables)
    programmes = find_programmes(query, session.tables.programmes, session.tables)
    if clusters.empty and programmes.empty:
        st.info(_("Nothing by that name. Try fewer words, or the town."), icon=":material/search_off:")
    with st.container(key="found"):
        for index, row in clusters[:SHOWN].iterrows():
            cluster_row(row, key=f"found-{index}")
        for index, row in programmes[:SHOWN].iterrows():
            programme_row(row, key=f"found-{index}")
        more = max(len(clusters) - SHOWN, 0)
        if more:
            st.page_link(
                "clusters.py",
                label=view.ngettext("{n} more cluster", "{n} more clusters", more),
                query_params={"q": query, "lang": view.language},
                icon=":material/arrow_forward:",
            )
