"""What became of each dropped-in dataset: rows by table, why some were left out, what a human has to decide, all of it as CSV."""

from html import escape
from urllib.parse import quote

import streamlit as st

from atlas import store
from atlas.build_words import CONSEQUENCES, note, problem
from atlas.change_words import Words
from atlas.reports import Import, Quality
from atlas.view import View
from pages.parts.markup import capital, plain
from pages.parts.tables import Html, table_html


def imports(report: Quality, words: Words) -> None:
    """Every dropped-in dataset of the last build."""
    _ = words.view.gettext
    if not report.imports:
        st.markdown(_("No file was dropped into `data/inbox`. The README says how to add one without code."))
        return
    if words.view.language != "en":
        st.caption(_("Examples and questions are written in English, for whoever keeps the files."))
    for number, one in enumerate(report.imports):
        _import(one, number, words)


def _import(one: Import, number: int, words: Words) -> None:
    _ = words.view.gettext
    with st.container(key=f"import-{number}"):
        st.subheader(plain(_titles().get(one.name, one.name)), anchor=False)
        st.caption(
            plain(one.name) + ("" if one.is_ready else " · " + _("waits for a decision: nothing of it is published"))
        )
        st.html(counts_html(one, words))
        if one.reasons:
            st.html(reasons_html(one, words))
        if one.sentences:
            st.html(f'<ul class="told">{"".join(_note(sentence, words.view) for sentence in one.sentences)}</ul>')
        if one.reasons:
            _downloads(one, number, words)


def _note(sentence: str, view: View) -> str:
    """A sentence on the file, marked as English where it has no other words."""
    told = note(sentence, view)
    return f"<li{' lang=en' if told == sentence else ''}>{escape(told)}</li>"


def _titles() -> dict[str, str]:
    """The titles of the datasets that the tables were built from."""
    return {source["name"]: source["title"] for source in store.package()["sources"]}


def counts_html(one: Import, words: Words) -> str:
    """The rows of the file as rows of each table."""
    _, number = words.view.gettext, words.view.number
    heads = (_("Table of data"), _("Rows read"), _("Taken"), _("Merged"), _("Filtered"), _("Left out"))
    rows = [
        (capital(words.table(of.table)), *map(number, (of.rows_read, of.taken, of.merged, of.filtered, of.left_out)))
        for of in one.counts
    ]
    return table_html(heads, rows, numbers=(1, 2, 3, 4, 5))


def reasons_html(one: Import, words: Words) -> str:
    """Why rows were left out and cells left empty, with the first example."""
    _ = words.view.gettext
    heads = (_("Why"), _("Consequence"), _("Rows"), _("First example"))
    rows = [
        (
            problem(reason.rule, words.view),
            _(CONSEQUENCES.get(reason.consequence, reason.consequence)),
            words.view.number(reason.rows),
            Html(f'<span lang="en">{escape(reason.first)}</span>'),
        )
        for reason in one.reasons
    ]
    return table_html(heads, rows, numbers=(2,))


def _downloads(one: Import, number: int, words: Words) -> None:
    """All that was left out, as CSV for any reader and for a French Excel."""
    _ = words.view.gettext
    address = f"data/imports/{quote(one.name, safe='')}.csv?lang={words.view.language}"
    with st.container(horizontal=True, gap="small", key=f"left-out-{number}"):
        st.link_button(_("All that was left out (CSV)"), address, icon=":material/download:")
        st.link_button(_("CSV for a French Excel"), f"{address}&dialect=semicolon", icon=":material/download:")
