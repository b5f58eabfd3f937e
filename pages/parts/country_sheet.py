"""A country or group in words: five sentences, each opens its sources; and the same as plain text to paste."""

from html import escape

import streamlit as st

from atlas.comparison import items
from atlas.country_words import country_words
from pages.parts.markup import plain
from pages.parts.session import current
from pages.parts.sources import figure_html


def country_sheets(fields: tuple[str, ...]) -> None:
    """One sheet for each item compared, open when it is the only one; written when it is opened."""
    session = current()
    view, compared = session.view, items(session.tables, session.selection.only(fields))
    for item in compared:
        name, is_only = plain(view.country(item)), len(compared) == 1
        sheet = st.expander(name, expanded=is_only, key=f"sheet-{item}", on_change="rerun")
        if sheet.open:
            with sheet:
                country_sheet(item)


def country_sheet(item: str) -> None:
    """The five sentences with their sources, then the text to copy."""
    session = current()
    sentences = country_words(session.tables, item, session.view)
    st.html("".join(sentence_html(sentence.text, sentence.source_ids) for sentence in sentences))
    st.caption(session.view.gettext("Ready to paste"))
    st.code(" ".join(sentence.text for sentence in sentences), language=None, wrap_lines=True)


def sentence_html(text: str, source_ids: list[str]) -> str:
    """A sentence that opens its sources, where it has some."""
    return figure_html(escape(text), "", source_ids) if source_ids else f"<p>{escape(text)}</p>"
