"""Bars of several measures side by side: the same rows in each panel, every panel with a scale of its own."""

import re
from typing import Any

import plotly.graph_objects as go

from atlas.outlets.briefing.native_charts.parts import Axis, Bar, Bars, Fill, Panels
from atlas.outlets.briefing.native_charts.reading import NotPlain, each, plain, solid, values

ZERO = re.compile(r"[^\w\s]*0(?![\d.,]*[1-9])")
"""Words that begin with the number nought, after a currency or not."""


def panels(figure: go.Figure) -> Panels:
    """The figure as charts side by side. Raises NotPlain unless every panel holds bars from zero and words under each."""
    numbers = list(dict.fromkeys(_number(trace.xaxis) for trace in figure.data))
    names = _row_names(figure)
    charts = tuple(_panel(figure, number, names) for number in numbers)
    if len({chart.categories for chart in charts}) > 1 or len(_written(figure)) != len(figure.layout.annotations):
        raise NotPlain("panels of different rows")
    return Panels(tuple(_title(figure, number) for number in numbers), charts)


def _number(axis: str | None) -> str:
    """'2' of 'x2', '' of the first."""
    return (axis or "x")[1:]


def _panel(figure: go.Figure, number: str, names: list[tuple[float, str]]) -> Bars:
    own = [trace for trace in figure.data if _number(trace.xaxis) == number]
    if [trace.type for trace in own] != ["bar", "scatter"] or own[1].mode != "text" or own[0].orientation != "h":
        raise NotPlain("a panel of more than bars and words")
    bars, words = own
    if bars.base is not None or len(bars.y) != len(names) or len(words.y) != len(names):
        raise NotPlain("a row without a bar")
    order = sorted(range(len(names)), key=lambda i: bars.y[i])
    said = [plain(words.text[i], "\n") for i in order]
    held = [_drawn(value, text) for value, text in zip([values(bars.x)[i] for i in order], said, strict=True)]
    fills = tuple(Fill(solid(colour)) for colour in each(bars.marker.color, len(order), "#0b5d6b"))
    series = Bar("", tuple(held), fills, tuple(said))
    return Bars(tuple(name for _, name in names), (series,), Axis(low=0, is_shown=False), True, False, False)


def _drawn(value: float | None, text: str) -> float | None:
    """A bar of no length beside words other than nought stands for what is missing."""
    return None if not value and not ZERO.match(text) else value


def _row_names(figure: go.Figure) -> list[tuple[float, str]]:
    """Height and name of each row, from the top."""
    found = {note.y: plain(note.text) for note in _at(figure, "paper", "y")}
    return sorted(found.items())


def _title(figure: go.Figure, number: str) -> str:
    found = _at(figure, f"x{number} domain", f"y{number} domain")
    if len(found) != 1:
        raise NotPlain("a panel without a name")
    lines = re.sub(r"<br>(?=<span)", "\n", found[0].text)
    return plain(lines)


def _at(figure: go.Figure, across: str, along: str) -> list[Any]:
    return [note for note in figure.layout.annotations if (note.xref, note.yref) == (across, along)]


def _written(figure: go.Figure) -> list[Any]:
    """The words that are names of rows (written again in each block of panels) or of panels."""
    places = re.compile(r"paper y\d*|(x\d*) domain (y\d*) domain")
    return [note for note in figure.layout.annotations if places.fullmatch(f"{note.xref} {note.yref}")]
