"""The pages and documents that figures come from, each with its quote: all of them, or those that a search finds."""

import streamlit as st

from atlas.search import folded, search
from pages.parts.filters import search_box
from pages.parts.session import current
from pages.parts.sources import sources_html

SHOWN = 20


def documents() -> None:
    """The search box, and the documents it finds, a page at a time."""
    session = current()
    view, sources = session.view, session.tables.sources
    st.caption(
        view.ngettext(
            "{n} page or document, each with a verbatim quote",
            "{n} pages and documents, each with a verbatim quote",
            len(sources),
        )
    )
    search_box(view.gettext("Title, publisher, words of the quote…"))
    words = sources[["title", "publisher", "quote", "url"]].fillna("").agg(" ".join, axis=1).map(folded)
    found = sources.loc[search(session.selection.query, words, sources["title"].map(folded))]
    number = st.pagination(max(1, -(-len(found) // SHOWN)), key="page-sources")
    st.html(sources_html(found["source_id"].iloc[(number - 1) * SHOWN : number * SHOWN]))
