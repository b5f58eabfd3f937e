"""Reading a plotly figure: plain words, solid colours, one value per point, axes."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from PIL import ImageColor

from atlas.outlets.briefing.native_charts.formats import GROUPED, inferred
from atlas.outlets.briefing.native_charts.parts import Axis

DAYS_OF_OFFICE = pd.Timestamp("1899-12-30")
YEAR = 365.25
YEARS = "yyyy"


class NotPlain(Exception):
    """The figure says something that an Office chart of ours cannot: it stays a picture."""


def plain(text: Any, line: str = " ") -> str:
    """The words of a text in plotly's HTML; `line` stands for a line break, a dot for one before quieter words."""
    parts = re.sub(r"<br ?/?>(?=<span)", line if line != " " else " · ", str(text or ""))
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", line, parts))).strip(" \n")


def solid(colour: Any, page: str = "#ffffff", opacity: float = 1) -> str:
    """Any colour of a figure as '#rrggbb' on the colour of the page."""
    match = re.fullmatch(r"rgba\(([^,]+),([^,]+),([^,]+),([^)]+)\)", str(colour).replace(" ", ""))
    rgb = [float(part) for part in match.groups()[:3]] if match else list(ImageColor.getrgb(str(colour))[:3])
    share = opacity * (float(match[4]) if match else 1)
    mixed = [
        round(share * own + (1 - share) * under) for own, under in zip(rgb, ImageColor.getrgb(page)[:3], strict=True)
    ]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def each(value: Any, count: int, default: Any = None) -> list[Any]:
    """One value per point: an array as it is, a single value for all."""
    if value is None:
        return [default] * count
    if isinstance(value, str) or not isinstance(value, Sequence | np.ndarray | pd.Series):
        return [value] * count
    return list(value)


def values(items: Iterable[Any] | None) -> list[float | None]:
    """Numbers, with None where there is none; a date is its number of days as Office counts them."""
    return [_value(item) for item in (() if items is None else items)]


def axis(layout: Any, language: str) -> Axis:
    """A numeric axis with the format of its ticks. Raises NotPlain for ticks that are words."""
    is_log, is_date = layout.type == "log", _is_date(layout)
    low, high = (values(layout.range) if layout.range else (None, None)) if not is_log else _decades(layout.range)
    is_reversed = layout.autorange == "reversed" or bool(low is not None and high is not None and low > high)
    low, high = (high, low) if low is not None and high is not None and low > high else (low, high)
    found = Axis(
        title=plain(layout.title.text),
        low=low,
        high=high,
        is_log=is_log,
        is_reversed=is_reversed,
        is_shown=layout.visible is not False and layout.showticklabels is not False,
        has_grid=layout.visible is not False and layout.showgrid is not False,
    )
    return _of_years(found) if is_date else _ticked(found, layout, language)


def _ticked(found: Axis, layout: Any, language: str) -> Axis:
    """The axis with the step and the format of its ticks."""
    places, words = values(layout.tickvals), [plain(text) for text in layout.ticktext or ()]
    pairs = [(place, word) for place, word in zip(places, words, strict=True) if word] if words else []
    plainly = "0" if layout.tickformat == "d" else GROUPED[language]
    number_format = inferred(pairs, language) if pairs else plainly
    if number_format is None:
        raise NotPlain("ticks are words")
    known = [place for place in places if place is not None]
    steps = {round(after - before, 9) for before, after in pairwise(known)}
    step = abs(steps.pop()) if len(steps) == 1 and not found.is_log else None
    return Axis(**{**vars(found), "number_format": number_format, "step": step})


def _of_years(found: Axis) -> Axis:
    """An axis of dates: whole years, at most eight of them written."""
    low, high = (DAYS_OF_OFFICE + pd.to_timedelta(edge or 0.0, "D") for edge in (found.low, found.high))
    first, last = low.year, high.year + 1
    edges = {"low": _value(f"{first}-01-01"), "high": _value(f"{last}-01-01")}
    return Axis(**{**vars(found), **edges, "step": YEAR * -(-(last - first) // 8), "number_format": YEARS})


def _is_date(layout: Any) -> bool:
    return (
        bool(layout.range)
        and isinstance(layout.range[0], str | pd.Timestamp | np.datetime64)
        and not _number(layout.range[0])
    )


def _number(item: Any) -> bool:
    return isinstance(item, int | float | np.number)


def _value(item: Any) -> float | None:
    if item is None or pd.isna(item):
        return None
    if _number(item):
        return float(item)
    if isinstance(item, str) and re.fullmatch(r"-?\d+(\.\d+)?", item):
        return float(item)
    try:
        days = (pd.Timestamp(item) - DAYS_OF_OFFICE) / pd.Timedelta(days=1)
    except (ValueError, TypeError) as error:
        raise NotPlain("neither a number nor a date") from error
    return float(days)


def _decades(edges: Any) -> tuple[float | None, float | None]:
    """Office draws the ticks of a logarithmic axis from its low end: both ends become powers of ten."""
    if not edges:
        return None, None
    low, high = sorted(edges)
    return float(10.0 ** np.floor(low + 1e-9)), float(10.0 ** np.ceil(high - 1e-9))
