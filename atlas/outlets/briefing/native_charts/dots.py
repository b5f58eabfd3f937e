"""Points and lines of a plotly figure over two axes of numbers or dates."""

from dataclasses import replace
from math import ceil, floor
from typing import Any, NamedTuple

import plotly.graph_objects as go

from atlas.outlets.briefing.native_charts.parts import Axis, Dots, Line, Mark, Scatter
from atlas.outlets.briefing.native_charts.reading import YEARS, NotPlain, axis, each, plain, solid, values
from atlas.outlets.briefing.native_charts.words import names, notes

SYMBOLS = {"circle", "square", "diamond", "triangle-up", "triangle-right", "triangle-left", "triangle-down", "x"}
POINTS = 0.75
"""Points per pixel."""
LARGEST = 72
"""Points: the largest mark that Office draws."""
Place = tuple[float | None, float | None]


class Word(NamedTuple):
    """A text at a point, on one side of it."""

    text: str
    side: str


def dots(figure: go.Figure, language: str) -> Scatter:
    """The figure as points and lines. Raises NotPlain."""
    x, y = axis(figure.layout.xaxis, language), axis(figure.layout.yaxis, language)
    if not x.is_shown and not y.is_shown:
        raise NotPlain("a drawing without axes")
    named, said = names(figure), _said(figure)
    series = tuple(_series(trace, named, said) for trace in figure.data if _is_drawn(trace))
    if said or not series or not set(named.values()) <= {dots.name for dots in series}:
        raise NotPlain("words that belong to no point")
    _check_symbols(series)
    has_legend = len({dots.name for dots in series} - {""}) > 1
    xs, ys = ([value for dots in series for value in getattr(dots, name)] for name in ("xs", "ys"))
    return Scatter(series, _snapped(x, xs), _snapped(y, ys), has_legend, notes(figure))


def _snapped(axis: Axis, held: list[float]) -> Axis:
    """Office counts ticks from the low end of an axis: it must be one of them. No point is left outside."""
    if axis.is_log or axis.number_format == YEARS or axis.low is None:
        return axis
    if not axis.is_shown:
        return replace(axis, low=0 if axis.low < 0 <= min(held) else axis.low)
    if axis.step is None:
        return replace(axis, low=None, high=None)
    first = axis.step * ceil(round(axis.low / axis.step, 9))
    low = first if first <= min(held) else axis.step * floor(round(min(held) / axis.step, 9))
    return replace(axis, low=low, high=max([axis.high or low, *held]))


def _is_drawn(trace: Any) -> bool:
    """Whether a trace draws marks or lines, and not only words or nothing."""
    if trace.fill not in (None, "none") or trace.error_x.array is not None or trace.error_y.array is not None:
        raise NotPlain("areas or errors")
    is_seen = trace.marker.opacity is None or trace.marker.opacity > 0
    return bool(len(trace.x)) and ("lines" in _mode(trace) or ("markers" in _mode(trace) and is_seen))


def _mode(trace: Any) -> str:
    return trace.mode or "lines+markers"


def _said(figure: go.Figure) -> dict[Place, list[Word]]:
    """The words of every point, from traces that draw it and traces that only write."""
    said: dict[Place, list[Word]] = {}
    for trace in figure.data:
        if "text" not in _mode(trace):
            continue
        count = len(trace.x)
        sides = each(trace.textposition, count, "middle center")
        for place, text, side in zip(_places(trace), each(trace.text, count, ""), sides, strict=True):
            if plain(text):
                said.setdefault(place, []).append(Word(plain(text, "\n"), _side(side)))
    return said


def _side(position: str) -> str:
    vertical, _, across = str(position).partition(" ")
    return across if across in {"left", "right"} and vertical == "middle" else {"top": "top"}.get(vertical, "bottom")


def _places(trace: Any) -> list[Place]:
    return list(zip(values(trace.x), values(trace.y), strict=True))


def _series(trace: Any, named: dict[str, str], said: dict[Place, list[Word]]) -> Dots:
    """One trace; it takes the words of its points out of `said`."""
    places, count = _places(trace), len(trace.x)
    words = [said.pop(place, []) for place in places]
    line = _line(trace)
    marks = _marks(trace, count)
    key = line.colour if line else marks[0].fill
    plain_key = _plain_colour(trace)
    if any(x is None or y is None for x, y in places):
        raise NotPlain("points that are missing")
    return Dots(
        plain(trace.name) or named.get(plain_key, named.get(key, "")),
        tuple(float(x) for x, _ in places if x is not None),
        tuple(float(y) for _, y in places if y is not None),
        tuple(marks),
        tuple("\n".join(word.text for word in texts) for texts in words),
        tuple(texts[0].side if texts else "" for texts in words),
        line,
    )


def _plain_colour(trace: Any) -> str:
    """The colour that a legend would name, before any opacity."""
    colour = trace.line.color or trace.marker.color
    return solid(colour) if isinstance(colour, str) else ""


def _line(trace: Any) -> Line | None:
    if "lines" not in _mode(trace):
        return None
    colour = solid(trace.line.color or trace.marker.color or "#0b5d6b", opacity=trace.opacity or 1)
    return Line(colour, POINTS * (trace.line.width or 2), trace.line.dash or "solid")


def _marks(trace: Any, count: int) -> list[Mark]:
    marker = trace.marker
    opacity = (trace.opacity or 1) * (marker.opacity if isinstance(marker.opacity, int | float) else 1)
    columns = (
        each(marker.color, count, "#0b5d6b"),
        each(marker.symbol, count, "circle"),
        each(marker.size, count, 6),
        each(marker.line.color, count),
    )
    is_area = marker.sizemode == "area"
    if is_area and marker.size is not None:
        raise NotPlain("areas of marks have a scale of their own")
    has_marks = "markers" in _mode(trace)
    return [
        _mark(solid(colour, opacity=opacity), symbol or "circle", POINTS * size * has_marks, edge)
        for colour, symbol, size, edge in zip(*columns, strict=True)
    ]


def _mark(colour: str, symbol: str, size: float, edge: Any) -> Mark:
    """A hollow mark keeps its outline; Office has no dot inside it."""
    shape = str(symbol).removesuffix("-dot")
    is_hollow, shape = shape.endswith("-open"), shape.removesuffix("-open")
    if shape not in SYMBOLS or size > LARGEST:
        raise NotPlain("a mark that Office lacks")
    outline = colour if is_hollow else solid(edge) if edge else colour
    return Mark(shape, size, "#ffffff" if is_hollow else colour, outline)


def _check_symbols(series: tuple[Dots, ...]) -> None:
    """Office has one triangle: a figure with two kinds stays a picture."""
    used = {mark.symbol for dots in series for mark in dots.marks if mark.size}
    if len([symbol for symbol in used if symbol.startswith("triangle")]) > 1:
        raise NotPlain("two kinds of triangle")
