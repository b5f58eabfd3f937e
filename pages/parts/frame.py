"""One frame for everything that is shown: page head, key figures, charts, footer."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from atlas import method
from atlas.charts import charts
from atlas.key_figures import KeyFigure
from atlas.marks import Entry
from atlas.outlets.dataset import readable
from atlas.outlets.drawing import Drawn, coverage_line, drawn
from atlas.parameters import PARAMETERS, Dropped
from atlas.selection import Selection
from atlas.view import View
from atlas.words import LANGUAGES
from pages.parts import dialogs
from pages.parts.filters import FILTERABLE, Count, counted, filters, label
from pages.parts.markup import plain
from pages.parts.picking import pydeck_map
from pages.parts.session import Session, choose, current
from pages.parts.share import share_button
from pages.parts.sources import figure_html, source_button

STYLE = Path(__file__).parents[1] / "static" / "style.css"
HOST = r"https?://(?:www\.)?([^/]+)"
NOTED = 3
"""Parts of a link that are spoken of one by one."""
PLOTLY = {"displayModeBar": False, "responsive": True}


def style(view: View) -> None:
    """Our style sheet in the colours of the theme, and the language of the page for screen readers."""
    roles = ("primary", "line", "surface", "quiet", "text")
    colours = "".join(f"--{role}:{getattr(view.theme, role)};" for role in roles)
    choose_file = view.gettext("Choose a file")
    words = f"--choose-file:'{choose_file}';"
    st.html(f"<style>:root{{{colours}{words}}}{STYLE.read_text(encoding='utf-8')}</style>")
    st.html(f"<script>document.documentElement.lang='{view.language}'</script>", unsafe_allow_javascript=True)


def head(title: str, lead: str, *chart_names: str, fields: tuple[str, ...] = (), counts: Count = counted) -> Session:
    """Title, language switch, lead and the filters that change this page (those of its charts, and `fields`), with the number
    each choice would give, as `counts` tells it."""
    session = current()
    left, right = st.columns([5, 1], vertical_alignment="bottom", wrap=False, gap="small")
    left.title(title, anchor=False)
    with right:
        language_switch(session.view)
    st.markdown(lead)
    wanted = dict.fromkeys(fields + tuple(field for name in chart_names for field in charts()[name].FILTERS))
    st.session_state["offered"] = tuple(wanted)
    filters(tuple(wanted), counts)
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
    """Say which parts of a link could not be used, what is shown instead, and what may have been meant."""
    view, dropped = session.view, session.dropped
    if dropped:
        more = len(dropped) - NOTED
        rest = [
            view.ngettext("{n} more part of the link was left out.", "{n} more parts of the link were left out.", more)
        ]
        lines = [dropped_line(item, view) for item in dropped[:NOTED]] + (rest if more > 0 else [])
        st.info("\n\n".join(lines), icon=":material/info:")


def dropped_line(item: Dropped, view: View) -> str:
    """One sentence (Markdown) on a part of a link, with the nearest good view as a link."""
    _ = view.gettext
    sentences = {
        "unknown": _("This link asks for something we do not know: {asked}. It was left out; the rest is shown."),
        "reversed": _("The years of this link run backwards: {asked}. {instead} is shown."),
        "out_of_range": _("This link asks for a number out of range: {asked}. {instead} is used."),
    }
    asked, instead = plain(f"{item.parameter}={item.value}"), plain(f"{item.parameter}={item.instead}")
    sentence = sentences[item.reason].format(asked=f"**{asked}**", instead=f"**{instead}**")
    if item.reason != "unknown" or not item.instead:
        return sentence
    field = next(field for field, parameter in PARAMETERS.items() if parameter == item.parameter)
    given = getattr(view.selection, field)
    meant = (*given, item.instead) if isinstance(given, tuple) else item.instead
    link = "?" + urlencode(view.selection.but(**{field: meant}).parameters(), safe="~")
    return (
        sentence
        + " "
        + _("Did you mean [{closest}]({link})?").format(closest=plain(label(view, field, item.instead)), link=link)
    )


def key_figure(figure: KeyFigure) -> None:
    """A label, a number that opens its sources, and the line that makes it honest."""
    number, line = figure_html(escape(figure.value), "", figure.source_ids), escape(figure.line)
    st.html(
        f'<div class="key-figure"><p class="label">{escape(figure.label)}</p>{number}<p class="quiet">{line}</p></div>'
    )


def offered(fields: tuple[str, ...]) -> list[str]:
    """The fields of a chart that may change it here: a filter that the page does not offer filters nothing on it."""
    return [field for field in fields if field not in FILTERABLE or field in st.session_state["offered"]]


def selected(name: str, **choices: object) -> Selection:
    """What a chart is drawn for on this page."""
    return current().selection.only(offered(charts()[name].FILTERS)).but(**choices)


def drawn_here(name: str, **choices: object) -> Drawn:
    """A chart as this page shows it."""
    session = current()
    return drawn(name, selected(name, **choices), session.view.theme, session.tables)


def show(name: str, *, on_select: Callable[[str], None] | None = None, **choices: object) -> None:
    """A chart in its frame: finding, what is drawn, the chart, coverage, sources, its table, and Share.

    `on_select` is called with the identifier of a mark (its customdata, or its cluster_id) when the reader clicks it."""
    view, words, chart = current().view, charts()[name].WORDS, drawn_here(name, **choices)
    with st.container(border=True, key=f"chart-{name}"):
        st.subheader(plain(chart.sentence), anchor=False)
        st.caption(f"**{view.gettext(words.title)}** · {view.gettext(words.drawn)}")
        _figure(name, chart, on_select)
        for said in filter(None, (words.handling, words.note)):
            st.caption(view.gettext(said))
        if chart.notice:
            st.caption(f"{chart.notice}.")
        _foot(name, chart, selected(name, **choices))


def beside(left: Sequence[str], right: Sequence[str], **choices: object) -> None:
    """Charts in two columns, each column from the top; on a phone one after the other."""
    for column, names in zip(st.columns(2), (left, right), strict=True):
        with column:
            for name in names:
                show(name, **choices)


class Clickable(go.Figure):
    """A figure whose marks can be clicked while the page still scrolls under a finger."""

    def to_dict(self) -> dict:
        """Streamlit takes no drag mode for "pan", which holds the page; a mode plotly does not know leaves the template's."""
        figure = super().to_dict()
        figure["layout"]["dragmode"] = "none"
        return figure


def _figure(name: str, chart: Drawn, on_select: Callable[[str], None] | None) -> None:
    view, key = current().view, f"figure-{name}"
    if isinstance(chart.figure, go.Figure):
        how: dict[str, Any] = {"theme": None, "key": key, "config": PLOTLY, "alt": chart.sentence}
        if on_select is None:
            st.plotly_chart(chart.figure, **how)
        else:
            clicked = partial(_clicked, key, on_select)
            st.plotly_chart(Clickable(chart.figure), on_select=clicked, selection_mode="points", **how)
        return
    pydeck_map(chart.figure, on_select, key=key, alt=chart.sentence, height=560)
    if chart.legend:
        st.html(legend_html(chart.legend, view))


def _clicked(key: str, on_select: Callable[[str], None]) -> None:
    """Tell `on_select` the identifier of the first mark clicked; a click beside the marks tells nothing."""
    named = [point["customdata"] for point in st.session_state[key].selection.points if point.get("customdata")]
    if named:
        on_select(named[0] if isinstance(named[0], str) else named[0][0])


def legend_html(entries: list[Entry], view: View) -> str:
    """The legend of a map: lists of a mark, a label and a count, each under what it is about."""
    html = ""
    for group, own in groupby(entries, key=attrgetter("group")):
        items = "".join(
            f'<li><i class="{entry.mark}" style="color:{escape(entry.colour)};--size:{entry.size or 0}px"></i>{escape(entry.label)}'
            f"{'' if entry.number is None else f' <span>{view.number(entry.number)}</span>'}</li>"
            for entry in own
        )
        html += f'{f"<p class=legend-title>{escape(group)}</p>" if group else ""}<ul class="legend">{items}</ul>'
    return html


@st.fragment
def _foot(name: str, chart: Drawn, selection: Selection) -> None:
    """Coverage, sources, table and Share. A fragment: what they open draws no chart anew."""
    session = current()
    _ = session.view.gettext
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"foot-{name}"):
        st.caption(coverage_line(chart.coverage, session.view), width="content")
        source_button(chart.sources, name)
        if st.button(_("Table"), key=f"rows-{name}", type="tertiary", icon=":material/table_rows:"):
            rows_dialog(chart.rows)
        share_button(name, selection)


def rows_dialog(rows: pd.DataFrame) -> None:
    """The rows a chart shows, as a table: the same figures for who cannot see the chart."""
    session = current()
    _ = session.view.gettext

    def table() -> None:
        source = st.column_config.LinkColumn(_("Source"), display_text=HOST)
        st.dataframe(
            readable(rows, session.tables, session.view),
            hide_index=True,
            column_config={_("Source"): source},
            placeholder=session.view.missing,
        )

    dialogs.show(_("The same figures as a table"), table)


def footer(session: Session) -> None:
    """Licences and credits, on every page."""
    said = (method.licence, method.software, method.borders, method.kosovo)
    text = " ".join(escape(say(session.view)) for say in said)
    st.html(f'<footer class="quiet">{text}</footer>')
