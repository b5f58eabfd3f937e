"""From any number to its source: publisher, title, link, quote, date."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from atlas.numbers import date
from atlas.view import View
from pages.parts import dialogs
from pages.parts.session import current


def source_html(source: pd.Series, view: View) -> str:
    """One source as HTML: title (a link, http or https only), publisher, date, and the verbatim quote."""
    _ = view.gettext
    url = str(source["url"])
    title = escape(str(source["title"]))
    if url.startswith(("https://", "http://")):
        title = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    published = (
        date(str(source["published"]), view.language) if pd.notna(source["published"]) else _("no date of publication")
    )
    opening, closing = ("«\xa0", "\xa0»") if view.language == "fr" else ("“", "”")
    return (
        f'<div class="source"><p>{title}<br><span class="quiet">{escape(str(source["publisher"]))}, {escape(published)}</span></p>'
        f"<blockquote>{opening}{escape(str(source['quote']))}{closing}</blockquote></div>"
    )


def sources_html(source_ids: Iterable[str], most: int = 100) -> str:
    """Several sources as HTML, in the order given; beyond `most`, how many more stand on the Data page."""
    session = current()
    known = session.tables.source_of
    codes = [code for code in source_ids if code in known.index]
    more = len(codes) - most
    rest = (
        session.view.ngettext("{n} more source is on the Data page.", "{n} more sources are on the Data page.", more)
        if more > 0
        else ""
    )
    return "".join(source_html(known.loc[code], session.view) for code in codes[:most]) + f'<p class="quiet">{rest}</p>'


def figure_html(shown: str, details: str, source_ids: Iterable[str]) -> str:
    """A number that opens its sources: no script needed, the keyboard reaches it."""
    return f'<details class="figure"><summary>{shown}</summary><p class="quiet">{details}</p>{sources_html(source_ids, most=12)}</details>'


def source_button(source_ids: list[str], key: str) -> None:
    """A quiet button that opens the sources of a chart."""
    view = current().view
    label = view.ngettext("{n} source", "{n} sources", len(source_ids))
    if st.button(label, key=f"sources-{key}", type="tertiary", icon=":material/link:", disabled=not source_ids):
        dialogs.show(view.gettext("Sources"), lambda: st.html(sources_html(source_ids)))
