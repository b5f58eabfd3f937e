"""The strip under the filters of a comparison: how much of it is published, and where that is thin."""

from html import escape

import pandas as pd
import streamlit as st

from atlas.comparison import item_name, notes
from atlas.thin_data import ASPECTS, thin_data, warning
from atlas.view import View
from pages.parts.markup import plain
from pages.parts.session import current

THIN = "▲"


def coverage_strip(fields: tuple[str, ...]) -> None:
    """Say what is left out of the comparison, then show the coverage of each item by the filters `fields`; open when
    the reader chose what to compare."""
    session = current()
    selection, view = session.selection.only(fields), session.view
    if said := notes(selection, view):
        st.info("\n\n".join(plain(sentence) for sentence in said), icon=":material/info:")
    st.html(strip_html(thin_data(session.tables, selection), bool(selection.countries), view))


def strip_html(rows: pd.DataFrame, is_open: bool, view: View) -> str:
    """The coverage of each item as a table under one sentence; thin counts carry a mark and the word."""
    _ = view.gettext
    summary = escape(warning(rows, view) or _("What is published"))
    names = [_("Clusters"), *(_(name) for name in ASPECTS.values())]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_row(geo, of_item, view) for geo, of_item in rows.groupby("geo", sort=False))
    return (
        f'<details class="coverage-strip"{" open" if is_open else ""}><summary>{summary}</summary><table>'
        f"<thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></details>"
    )


def _row(geo: str, rows: pd.DataFrame, view: View) -> str:
    cells = "".join(_cell(row.reported, row.is_thin, view) for row in rows.itertuples())
    clusters = view.number(rows["clusters"].iloc[0])
    return f'<tr><th scope="row">{escape(item_name(geo, view))}</th><td>{clusters}</td>{cells}</tr>'


def _cell(reported: int, is_thin: bool, view: View) -> str:
    _ = view.gettext
    word = escape(_("thin"))
    thin = f' <span class="thin"><span aria-hidden="true">{THIN}</span> {word}</span>'
    return f"<td>{view.number(reported)}{thin if is_thin else ''}</td>"
