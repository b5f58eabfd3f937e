"""One indicator over time, a small panel per country on the same axes, with the European value behind each."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.axes import Axis
from atlas.charts import Coverage, Words, blank
from atlas.charts.indicator_change import unbroken
from atlas.indicators import COLUMNS, EUROPE, SERIES, drawn, heading, history, hover, nothing, worded
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Any indicator, a panel per country"),
    question=N_("Do countries follow the same path?"),
    drawn=N_(
        "One panel per country with three dated figures or more, the same axes for all, highest last figure first; "
        "the European value is the wide pale line."
    ),
    note=N_(
        "A line breaks where the publisher changed its method; figures of different studies are points. Where two sources "
        "give one year of a series, the exact figure is drawn, then the one published last; the other stands in the table. "
        "At most 24 panels: choose countries to see others."
    ),
)
FILTERS = ("countries", "indicator")
DATED, MOST, ACROSS = 3, 24, 3
"""Years a country needs to have a panel, panels at most, and panels in a row (on a phone too)."""
PANEL, HEADER, GAP = 84, 40, 0.06
"""Height of a panel and of the words above it in pixels; between two panels, as a share of the width."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per dated figure: geo, indicator, role (national, reference, or second: another source of a year), stretch (figures of one stretch may be
    joined), year, value, unit, qualifier, note, source_ids. Highest last figure first."""
    rows = history(tables, selection.indicator)
    countries = rows[rows["geo"].isin(_dated(rows, tables, selection))]
    last = (
        countries[countries["role"] == "national"]
        .drop_duplicates("geo", keep="last")
        .sort_values(["value", "geo"], ascending=[False, True])
    )
    places = {geo: place for place, geo in enumerate(last["geo"].head(MOST))}
    kept = rows[rows["geo"].isin(places) | (rows["geo"].eq(EUROPE) & bool(places))]
    order = kept["geo"].map(places).fillna(len(places))
    columns = [*COLUMNS[:3], "stretch", *COLUMNS[3:]]
    return kept.assign(order=order).sort_values(["order", "year"], kind="stable", ignore_index=True)[columns]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries with a panel, of the countries observed, or of those chosen."""
    observed = set(tables.countries.loc[tables.countries["role"] == "observed", "country"])
    asked = observed & set(tables.codes.members(selection.countries)) or observed
    return Coverage(rows.loc[rows["role"] == "national", "geo"].nunique(), len(asked), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    rows = drawn(rows, view)
    countries, europe = (rows[rows["role"] == role] for role in ("national", "reference"))
    if countries.empty:
        return blank(view)
    shown, head = list(countries["geo"].unique()), heading(countries, view)
    down, top = -(-len(shown) // ACROSS), 17 * (1 + head.count("<br>")) + 18 + HEADER
    plot = down * PANEL + (down - 1) * HEADER
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom"}
    titles = [{"text": head, "align": "left", "showarrow": False, "yshift": HEADER + 4, **corner}]
    titles += [_title(countries[countries["geo"] == geo], cell, view) for cell, geo in enumerate(shown)]
    panels = [
        line
        for cell, geo in enumerate(shown)
        for line in _panel(countries[countries["geo"] == geo], europe, cell, view)
    ]
    layout = {"template": view.theme.template(), "showlegend": False, "height": plot + top + 30, "annotations": titles}
    margin = {"t": top, "b": 30, "r": 10}
    return go.Figure(panels, {**layout, "margin": margin, **_axes(rows, len(shown), plot, view)})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    indicator, countries = view.selection.indicator, rows[rows["role"] == "national"]
    words = {"indicator": view.label("indicators", indicator), "n": view.number(countries["geo"].nunique())}
    if countries.empty and indicator.endswith("national_currency"):
        return nothing(indicator, view)
    if countries.empty:
        return _("{indicator}: no country of this selection has three dated figures.").format(**words)
    if indicator not in SERIES:
        loose = view.ngettext(
            "{indicator}: {n} country has three dated figures or more; sources and methods differ, so that no change can be read between them.",
            "{indicator}: {n} countries have three dated figures or more; sources and methods differ, so that no change can be read between them.",
            countries["geo"].nunique(),
        )
        return loose.format(**words)
    changes = unbroken(countries)
    up, down = ((sign * (changes["last"] - changes["first"]) > 0).sum() for sign in (1, -1))
    words |= {"up": view.number(up), "down": view.number(down), "n": view.number(len(changes))}
    return _(
        "{indicator}: of the {n} countries shown, it rose in {up} and fell in {down} over the last unbroken series of each."
    ).format(**words)


def _dated(rows: pd.DataFrame, tables: Tables, selection: Selection) -> list[str]:
    """The countries with figures of three years or more, of the chosen ones if any."""
    chosen = tables.codes.members(selection.countries)
    countries = rows[rows["role"].eq("national") & (rows["geo"].isin(chosen) if chosen else True)]
    years = countries.groupby("geo")["year"].nunique()
    return list(years[years >= DATED].index)


def _axes(rows: pd.DataFrame, panels: int, plot: int, view: View) -> dict[str, Any]:
    """The same two axes for each panel, written at the left and under the last of each column."""
    width = (1 - GAP * (ACROSS - 1)) / ACROSS
    up, across = Axis.of(rows["value"]).layout(rows["unit"].iloc[0], view), _years(rows["year"])
    axes: dict[str, Any] = {}
    for cell in range(panels):
        left, high = cell % ACROSS * (width + GAP), 1 - cell // ACROSS * (PANEL + HEADER) / plot
        is_last, number = cell + ACROSS >= panels, _number(cell)
        place = {"domain": [left, left + width], "anchor": f"y{number}", "showticklabels": is_last}
        axes[f"xaxis{number}"] = {**across, **place}
        place = {"domain": [max(high - PANEL / plot, 0), high], "anchor": f"x{number}"}
        axes[f"yaxis{number}"] = {**up, **place, "showticklabels": cell % ACROSS == 0, "tickfont": {"size": 11}}
    return axes


def _number(cell: int) -> str:
    """How plotly numbers the axes of a panel: '' for the first, then '2', '3'..."""
    return str(cell + 1) if cell else ""


def _panel(own: pd.DataFrame, europe: pd.DataFrame, cell: int, view: View) -> list[go.Scatter]:
    """The European value behind, the figures of the country in front, one trace per stretch."""
    is_joined = own["indicator"].iloc[0] in SERIES
    styles = ((europe, faded(view.theme.quiet, 0.4), 5), (own, view.theme.primary, 2))
    return [
        go.Scatter(
            x=part["year"],
            y=part["value"],
            xaxis=f"x{_number(cell)}",
            yaxis=f"y{_number(cell)}",
            mode="lines" if is_joined and len(part) > 1 else "markers",
            line={"color": colour, "width": width},
            marker={
                "color": colour,
                "size": 8,
                "symbol": [view.vocabulary.property("qualifiers", code, "symbol") for code in part["qualifier"]],
            },
            customdata=[hover(row, view) for row in part.to_dict("records")],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for rows, colour, width in styles
        for _stretch, part in rows.groupby("stretch")
    ]


def _title(own: pd.DataFrame, cell: int, view: View) -> dict[str, Any]:
    """The name of a country and its last figure, above its panel."""
    last = own.to_dict("records")[-1]
    name = view.country(last["geo"])
    short = name if len(name) <= 16 else f"{name[:15]}…"
    corner = {
        "x": 0,
        "xref": f"x{_number(cell)} domain",
        "y": 1,
        "yref": f"y{_number(cell)} domain",
        "yshift": 2,
    }
    words = {"text": f"<b>{short}</b><br>{worded(last, view)}", "hovertext": name, "font": {"size": 11.5}}
    return {**words, **corner, "xanchor": "left", "yanchor": "bottom", "align": "left", "showarrow": False}


def _years(years: pd.Series) -> dict[str, Any]:
    """The first and the last year alone are written."""
    ends = sorted({int(years.min()), int(years.max())})
    edge = 0.15 * max(ends[-1] - ends[0], 5)
    return {
        "range": [ends[0] - edge, ends[-1] + edge],
        "tickvals": ends,
        "ticktext": list(map(str, ends)),
        "showgrid": False,
        "tickangle": 0,
        "tickfont": {"size": 11},
    }
