"""Bars and columns of a plotly figure, with categories in reading order."""

from collections import Counter
from typing import Any

import plotly.graph_objects as go

from atlas.outlets.briefing.native_charts.formats import inferred
from atlas.outlets.briefing.native_charts.parts import Axis, Bar, Bars, Fill
from atlas.outlets.briefing.native_charts.reading import NotPlain, axis, each, plain, solid, values
from atlas.outlets.briefing.native_charts.words import notes

MOST_COLUMNS = 40


def bars(figure: go.Figure, language: str) -> Bars:
    """The figure as bars or columns. Raises NotPlain."""
    drawn = [trace for trace in figure.data if trace.type == "bar"]
    is_horizontal, is_stacked = _direction(drawn), _stacked(figure, drawn)
    places, names = _categories(figure, drawn, is_horizontal)
    said = _said(figure, is_horizontal)
    if not set(said) <= set(places):
        raise NotPlain("words beside no bar")
    series = tuple(_series(trace, places, is_horizontal, language) for trace in drawn)
    if (len(series) > 1 and any(bar.labels for bar in series)) or (said and any(bar.labels for bar in series)):
        raise NotPlain("labels of two kinds")
    return Bars(
        tuple("\u2002".join(filter(None, (names[place], said.get(place, "")))) for place in places),
        series,
        _value_axis(figure, is_horizontal, language),
        is_horizontal,
        is_stacked,
        len(series) > 1,
        notes(figure),
    )


def _direction(drawn: list[Any]) -> bool:
    """Whether the bars lie. Raises NotPlain when they float, overlap at will or carry errors."""
    directions = {trace.orientation or "v" for trace in drawn}
    is_odd = any(
        trace.base is not None
        or trace.offset is not None
        or trace.error_x.array is not None
        or trace.error_y.array is not None
        for trace in drawn
    )
    if len(directions) > 1 or is_odd:
        raise NotPlain("bars that do not start together")
    return directions == {"h"}


def _stacked(figure: go.Figure, drawn: list[Any]) -> bool:
    if len(drawn) > 1 and figure.layout.barmode not in {"stack", "group"}:
        raise NotPlain("bars over one another")
    return len(drawn) > 1 and figure.layout.barmode == "stack"


def _categories(figure: go.Figure, drawn: list[Any], is_horizontal: bool) -> tuple[list[Any], dict[Any, str]]:
    """Where categories stand, in reading order, and their names."""
    along = figure.layout.yaxis if is_horizontal else figure.layout.xaxis
    held = [place for trace in drawn for place in _places(trace, is_horizontal)]
    ticks = dict(zip(values(along.tickvals), map(plain, along.ticktext or ()), strict=True)) if along.ticktext else {}
    if any(isinstance(place, str) for place in held):
        places, names = list(dict.fromkeys(held)), {place: plain(place) for place in held}
    elif set(held) <= set(ticks):
        places, names = sorted(_within(ticks, along)), ticks
    else:
        places, names = _whole(held, ticks)
    is_backwards = along.autorange == "reversed" or bool(along.range and along.range[0] > along.range[1])
    return (places if is_backwards != (not is_horizontal) else places[::-1]), names


def _places(trace: Any, is_horizontal: bool) -> list[Any]:
    found = trace.y if is_horizontal else trace.x
    return [place if isinstance(place, str) else float(place) for place in found]


def _within(ticks: dict[Any, str], along: Any) -> list[Any]:
    """The ticks that are seen."""
    low, high = sorted(along.range) if along.range else (float("-inf"), float("inf"))
    return [place for place in ticks if low <= place <= high]


def _whole(held: list[Any], ticks: dict[Any, str]) -> tuple[list[Any], dict[Any, str]]:
    """Whole numbers such as years: every one between the first and the last, those without a bar and a tick unnamed."""
    first, last = min(held), max(held)
    if any(place % 1 for place in held) or last - first > MOST_COLUMNS:
        raise NotPlain("places are not categories")
    places = [first + step for step in range(int(last - first) + 1)]
    return places, {place: ticks.get(place) or (f"{place:.0f}" if place in held else "") for place in places}


def _said(figure: go.Figure, is_horizontal: bool) -> dict[Any, str]:
    """Words written after the bars by a trace of their own, by category."""
    said: dict[Any, str] = {}
    for trace in figure.data:
        if trace.type == "bar":
            continue
        if trace.mode != "text" or not is_horizontal:
            raise NotPlain("points over bars")
        for place, text in zip(_places(trace, is_horizontal), each(trace.text, len(trace.y)), strict=True):
            said[place] = plain(text)
    return said


def _series(trace: Any, places: list[Any], is_horizontal: bool, language: str) -> Bar:
    held, amounts = _places(trace, is_horizontal), values(trace.x if is_horizontal else trace.y)
    if any(count > 1 for count in Counter(held).values()):
        raise NotPlain("two bars of a series in one place")
    at = {place: i for i, place in enumerate(held)}
    texts, fills = [plain(text) for text in each(trace.text, len(held), "")], _fills(trace, len(held))
    if any(text and amount is None for amount, text in zip(amounts, texts, strict=True)):
        raise NotPlain("words without a bar")
    written = [(amount, text) for amount, text in zip(amounts, texts, strict=True) if text]
    return Bar(
        plain(trace.name),
        tuple(amounts[at[place]] if place in at else None for place in places),
        tuple(fills[at[place]] if place in at else fills[0] for place in places),
        tuple(texts[at[place]] if place in at else "" for place in places) if written else (),
        (inferred(written, language, with_decimals=False) or "") if len(written) == len(held) else "",
    )


def _fills(trace: Any, count: int) -> list[Fill]:
    marker = trace.marker
    colours, patterns = each(marker.color, count, "#0b5d6b"), each(marker.pattern.shape, count, "")
    lines, widths = each(marker.line.color, count), each(marker.line.width, count, 0)
    return [
        _fill(solid(colour), pattern or "", marker, solid(line) if line and width else "")
        for colour, pattern, line, width in zip(colours, patterns, lines, widths, strict=True)
    ]


def _fill(colour: str, pattern: str, marker: Any, outline: str) -> Fill:
    """A pattern is drawn in the colour of the bar, or over it (`fillmode`), as plotly does."""
    if not pattern:
        return Fill(colour, outline=outline)
    own = marker.pattern
    is_over = own.fillmode == "overlay"
    over = solid(own.fgcolor) if isinstance(own.fgcolor, str) else "#ffffff" if is_over else colour
    under = solid(own.bgcolor) if isinstance(own.bgcolor, str) else colour if is_over else "#ffffff"
    return Fill(over, pattern, under, outline)


def _value_axis(figure: go.Figure, is_horizontal: bool, language: str) -> Axis:
    found = axis(figure.layout.xaxis if is_horizontal else figure.layout.yaxis, language)
    if found.is_log or found.is_reversed:
        raise NotPlain("bars need an axis from zero")
    return found
