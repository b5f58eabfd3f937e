"""How the sources stand: in sentences, as a table, and what those that were not fetched would bring."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape

import streamlit as st

from atlas import reports, store
from atlas.reports import SourceState
from atlas.source_states import age_told, brings, due_on, failed, state, summary, told
from atlas.view import View
from pages.parts.markup import plain
from pages.parts.session import current
from pages.parts.tables import Html, table_html


def source_states() -> None:
    """The report on the sources; without one, the sources that the tables were built from."""
    view, report = current().view, reports.status()
    _ = view.gettext
    if report is None or not report.sources:
        st.info(
            _("No refresh has reported on the sources here. The tables were built from these:"), icon=":material/info:"
        )
        st.markdown("\n".join(_stated(source) for source in store.package()["sources"]))
        return
    today = datetime.now(UTC).date()
    st.markdown("\n".join(f"- {line}" for line in summary(report.sources, today, view)))
    here = [source for source in report.sources if state(source, today) != "absent"]
    st.html(states_html(here, today, view))
    absent = [source for source in report.sources if state(source, today) == "absent"]
    if absent:
        st.subheader(_("Not fetched here"), anchor=False)
        st.caption(
            _("These sources are known to the programme that refreshes the data; whoever runs it may fetch them.")
        )
        st.html(absent_html(absent, view))


def _stated(source: dict[str, str]) -> str:
    """A source as the descriptor of the tables has it."""
    return f"- **{plain(source['title'])}** · {plain(source.get('publisher', ''))} · {plain(source.get('licence', ''))}"


def states_html(sources: Sequence[SourceState], today: date, view: View) -> str:
    """One row per source: its state, when it was fetched and looked at, when it is next due, rows taken."""
    _ = view.gettext
    heads = (_("Source"), _("State"), _("Fetched on"), _("Last checked"), _("Next due"), _("Rows taken"))
    rows = [
        (
            _titled(source, view),
            _state(source, today, view),
            _day(source.fetched_on, view),
            _checked(source, today, view),
            _day(due.isoformat() if (due := due_on(source)) else "", view),
            view.number(source.rows) if source.rows else "",
        )
        for source in sources
    ]
    return table_html(heads, rows, numbers=(5,))


def absent_html(sources: Sequence[SourceState], view: View) -> str:
    """One row per source that is not here: what it would bring, its licence, and why it did not come if it was asked."""
    _ = view.gettext
    heads = (_("Source"), _("What it would bring"), _("Licence"))
    rows = [
        (_titled(source, view), Html(escape(brings(source, view)) + _failure(source, view)), source.licence)
        for source in sources
    ]
    return table_html(heads, rows)


def _titled(source: SourceState, view: View) -> Html:
    """Title (in English where it has none in French) and publisher, with the address when it is one of the web."""
    in_french = source.title_fr if view.language == "fr" else ""
    title = escape(in_french) or f'<span lang="en">{escape(source.title)}</span>'
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    return Html(f'{title}<br><span class="quiet">{escape(view.gettext(source.publisher))}</span>')


def _state(source: SourceState, today: date, view: View) -> Html:
    is_late = state(source, today) == "late"
    word = escape(told(source, today, view))
    return Html((f'<b class="late">▲ {word}</b>' if is_late else word) + _failure(source, view))


def _failure(source: SourceState, view: View) -> str:
    """That the last tries failed, and the sentence of the last."""
    if not source.failures:
        return ""
    return f'<br><b>{escape(failed(source, view))}</b> <span class="quiet" lang="en">{escape(source.why)}</span>'


def _checked(source: SourceState, today: date, view: View) -> Html:
    """The day somebody last looked whether there is something newer, and how long ago that is."""
    seen, ago = _day(source.checked_on, view), age_told(source, today, view)
    return Html(f'{escape(seen)}<br><span class="quiet">{escape(ago)}</span>' if ago else escape(seen))


def _day(text: str, view: View) -> str:
    """A day on one line."""
    return view.date(text).replace(" ", "\xa0") if text else ""
