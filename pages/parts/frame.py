"""One frame for everything that is shown: page head, key figures, charts, footer."""

from html import escape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

from atlas.charts import Chart, Coverage, charts, union
from atlas.outlets.dataset import csv, readable
from atlas.view import View
from atlas.words import LANGUAGES
from pages.parts.filters import filters
from pages.parts.session import Session, address, choose, current
from pages.parts.sources import figure_html, source_button

STYLE = Path(__file__).parents[1] / "static" / "style.css"
HOST = r"https?://(?:www\.)?([^/]+)"
PLOTLY = {"displayModeBar": False, "responsive": True}


def style(view: View) -> None:
    """Our style sheet in the colours of the theme, and the language of the page for screen readers."""
    roles = ("primary", "line", "surface", "quiet", "text")
    colours = "".join(f"--{role}:{getattr(view.theme, role)};" for role in roles)
    st.html(f"<style>:root{{{colours}}}{STYLE.read_text(encoding='utf-8')}</style>")
    st.html(f"<script>document.documentElement.lang='{view.language}'</script>", unsafe_allow_javascript=True)


def head(title: str, lead: str, *chart_names: str, fields: tuple[str, ...] = ()) -> Session:
    """Title, language switch, lead and the filters that change this page (those of its charts, and `fields`)."""
    session = current()
    left, right = st.columns([5, 1], vertical_alignment="bottom", wrap=False, gap="small")
    left.title(title, anchor=False)
    with right:
        language_switch(session.view)
    st.markdown(lead)
    wanted = dict.fromkeys(fields + tuple(field for name in chart_names for field in charts()[name].FILTERS))
    filters(tuple(wanted))
    dropped_notes(session)
    return session


def language_switch(view: View) -> None:
    """EN | FR; what is chosen lives in the URL."""
    _ = view.gettext
    st.session_state["language"] = view.language
    st.container(horizontal=True, horizontal_alignment="right").segmented_control(
        _("Language"),
        LANGUAGES,
        key="language",
        format_func=str.upper,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: choose(language=st.session_state["language"]),
    )


def dropped_notes(session: Session) -> None:
    """Say which parts of a link were left out."""
    _ = session.view.gettext
    if session.dropped:
        items = ", ".join(f"`{item.parameter}={_plain(item.value)}`" for item in session.dropped)
        st.info(
            _("This link asks for something we do not know: {items}. It was left out; the rest is shown.").format(
                items=items
            ),
            icon=":material/info:",
        )


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in " .-_~") or "…"


def key_figure(label: str, value: str, honest_line: str, source_ids: list[str]) -> None:
    """A label, a number that opens its sources, and the line that makes it honest."""
    st.html(
        f'<div class="key-figure"><p class="label">{escape(label)}</p>{figure_html(escape(value), "", source_ids)}<p class="quiet">{escape(honest_line)}</p></div>'
    )


def show(name: str, **choices: object) -> None:
    """A chart in its frame: finding, what is drawn, the chart, its table, coverage, sources, and Share."""
    session = current()
    view, chart = session.view, charts()[name]
    selection = session.selection.only(chart.FILTERS).but(**choices)
    rows = chart.table(session.tables, selection)
    sentence = chart.describe(rows, view)
    with st.container(border=True, key=f"chart-{name}"):
        st.subheader(sentence, anchor=False)
        st.caption(_drawn(chart, view))
        figure = chart.figure(rows, view)
        _draw(name, figure, sentence)
        if hasattr(chart, "legend") and isinstance(figure, pdk.Deck):
            st.html(legend_html(chart.legend(rows, view), view))
        if chart.WORDS.note:
            st.caption(view.gettext(chart.WORDS.note))
        _foot(name, chart, rows, chart.coverage(rows, session.tables, selection))


def _drawn(chart: Chart, view: View) -> str:
    return f"**{view.gettext(chart.WORDS.title)}** · {view.gettext(chart.WORDS.drawn)}"


def _draw(name: str, figure: go.Figure | pdk.Deck, alt: str) -> None:
    if isinstance(figure, go.Figure):
        st.plotly_chart(figure, theme=None, key=f"figure-{name}", config=PLOTLY, alt=alt)
    else:
        st.pydeck_chart(figure, key=f"figure-{name}", alt=alt, height=560)


def legend_html(entries: list[tuple[str, str, int]], view: View) -> str:
    """The legend of a map: a mark, a label and a count for each colour."""
    items = "".join(
        f'<li><i style="background:{escape(colour)}"></i>{escape(label)} <span>{view.number(count)}</span></li>'
        for label, colour, count in entries
    )
    return f'<ul class="legend">{items}</ul>'


def _foot(name: str, chart: Chart, rows: pd.DataFrame, coverage: Coverage) -> None:
    session = current()
    _ = session.view.gettext
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"foot-{name}"):
        st.caption(coverage_line(coverage, session.view), width="content")
        source_button(union(rows["source_ids"]), name)
        if st.button(_("Table"), key=f"rows-{name}", type="tertiary", icon=":material/table_rows:"):
            rows_dialog(rows)
        with st.popover(_("Share"), icon=":material/ios_share:", type="tertiary", key=f"share-{name}"):
            st.download_button(
                _("Download the rows (CSV)"),
                lambda: csv(rows),
                f"{name.replace('_', '-')}-{session.view.language}.csv",
                "text/csv",
                key=f"csv-{name}",
                on_click="ignore",
                icon=":material/download:",
            )
            st.caption(_("Link to this view"))
            st.code(address(), language=None, wrap_lines=True)


def rows_dialog(rows: pd.DataFrame) -> None:
    """The rows a chart shows, as a table: the same figures for who cannot see the chart."""
    session = current()
    _ = session.view.gettext

    @st.dialog(_("The same figures as a table"), width="large")
    def dialog() -> None:
        source = st.column_config.LinkColumn(_("Source"), display_text=HOST)
        st.dataframe(
            readable(rows, session.tables, session.view),
            hide_index=True,
            column_config={_("Source"): source},
            placeholder=session.view.missing,
        )

    dialog()


def coverage_line(coverage: Coverage, view: View) -> str:
    """'37 of 231 clusters report': how much of what was asked for is in the chart."""
    _ = view.gettext
    words = {
        "clusters": _("{reported} of {total} clusters are in"),
        "programmes": _("{reported} of {total} programmes are in"),
        "countries": _("{reported} of {total} countries are in"),
        "awards": _("{reported} of {total} awards are in"),
        "figures": _("{reported} of {total} figures are in"),
    }
    return words[coverage.of].format(reported=view.number(coverage.reported), total=view.number(coverage.total))


def footer(session: Session) -> None:
    """Licences and credits, on every page."""
    _ = session.view.gettext
    st.html(
        '<footer class="quiet">'
        + _(
            "Data: CC BY 4.0, version {version}. Code: EUPL-1.2. Borders: Natural Earth (public domain), drawn as European institutions do; towns: GeoNames (CC BY 4.0). "
            "Kosovo*: this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence."
        ).format(version=escape(session.tables.version))
        + "</footer>"
    )
