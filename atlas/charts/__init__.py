"""The charts: one file each, found by discovery. Page, embed, image and briefing all call the same parts.

A chart module holds
    WORDS                          its title, question, what is drawn, and note (English, marked with N_)
    FILTERS                        the fields of Selection that change it
    table(tables, selection)       exactly the rows that are shown, tidy, with their `source_ids`
    coverage(rows, tables, selection)   how many of the things asked for have what the chart needs
    figure(rows, view)             those rows -> plotly Figure or pydeck Deck (pure)
    describe(rows, view)           those rows -> one plain sentence: heading, alt text, caption
and, where a map needs them,
    legend(rows, view)             its lines (`atlas.marks.Entry`)
    sources(rows, view)            every source of what is drawn, when that is more than those of its rows
    notice(view)                   whose boundaries are drawn, where their licence asks for it to be said; '' else
    ON_PAPER                       the chart that stands for it where nothing moves
"""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple, Protocol

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View


@dataclass(frozen=True)
class Words:
    """What a chart says before any figure is known. `drawn` is the quiet line under its heading; `handling` is how to use it
    on a screen, which paper does not say."""

    title: str
    question: str
    drawn: str
    note: str = ""
    handling: str = ""


class Coverage(NamedTuple):
    """`reported` of `total` things have what the chart needs; `of` is 'clusters', 'programmes', 'countries' or 'regions'."""

    reported: int
    total: int
    of: str


class Chart(Protocol):
    """The parts every module of this package provides."""

    WORDS: Words
    FILTERS: tuple[str, ...]

    def table(self, tables: Tables, selection: Selection) -> pd.DataFrame: ...
    def coverage(self, rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage: ...
    def figure(self, rows: pd.DataFrame, view: View) -> go.Figure | pdk.Deck: ...
    def describe(self, rows: pd.DataFrame, view: View) -> str: ...


@lru_cache
def charts() -> dict[str, Chart]:
    """Every chart of this package by its name (its file), in alphabetical order."""
    return {name: import_module(f"{__name__}.{name}") for _, name, _ in pkgutil.iter_modules(__path__)}  # type: ignore[misc]


def union(source_ids: Iterable[Iterable[str]]) -> list[str]:
    """The distinct sources of several rows, in order of first use."""
    return list(dict.fromkeys(source for ids in source_ids for source in ids))


def blank(view: View) -> go.Figure:
    """The figure of an empty selection: it still draws, and says so."""
    _ = view.gettext
    figure = go.Figure(layout={"template": view.theme.template(), "height": 240})
    figure.add_annotation(
        text=_("Nothing published matches this selection."),
        showarrow=False,
        font={"size": 15, "color": view.theme.quiet},
    )
    return figure.update_xaxes(visible=False).update_yaxes(visible=False)
