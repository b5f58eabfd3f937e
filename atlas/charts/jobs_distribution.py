"""How the figures of one metric and scope are spread: every cluster a mark, the median between them."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.lanes import lanes
from atlas.observed import hover, marker, observed, short_name, short_value
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("How the figures are spread"),
    question=N_("Are a few clusters much larger than the others?"),
    drawn=N_(
        "Latest figure of each cluster on a logarithmic axis (each step ten times the one before); the bar is the median: "
        "as many clusters above as below."
    ),
    note=N_("Only clusters that publish a figure are here, and large ones publish more readily than small ones."),
)
FILTERS = (*CLUSTERS, "metric", "scope")
NAME = 19
ZERO = 0.5
"""Where a figure of zero stands on the logarithmic axis, under a tick that says 0."""
ACROSS, LANE = 22, 17
"""Marks that fit side by side on the axis of a phone, and the height of a lane of marks in pixels."""
COLUMNS = (
    "cluster_id name country kind metric scope value unit qualifier as_of is_old note_en clusters_selected source_ids"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster with a figure of the chosen metric and scope, its latest, planned ones left out: cluster_id,
    name, country, kind, metric, scope, value, unit, qualifier, as_of, is_old, note_en, clusters_selected, source_ids.
    Largest first."""
    rows = observed(tables, selection).query("role == 'latest'")
    return rows.sort_values(["value", "cluster_id"], ascending=[False, True], ignore_index=True)[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(rows["cluster_id"].nunique(), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    x = rows["value"].clip(lower=ZERO)
    low, high = min(x.min() / 1.8, x.max() / 12), max(x.max() * 1.8, 10)
    lane = _lanes(np.log10(x), np.log10(high / low))
    deepest, middle = int(lane.abs().max()), float(x.median())
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.update_layout(height=int(158 + 2 * LANE * (deepest + 1)), margin={"t": 44, "b": 8, "r": 24})
    if len(rows) > 1:
        _median(figure, middle, rows, view)
    figure.add_scatter(
        x=x,
        y=lane,
        mode="markers",
        cliponaxis=False,
        marker=marker(rows, view, 11, 0.85),
        customdata=[hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _ends(figure, rows.assign(x=x), deepest, view)
    axis = {"type": "log", "range": [np.log10(low), np.log10(high)], "tickangle": 0, **_ticks(x, low, high, rows, view)}
    figure.update_yaxes(visible=False, range=[-deepest - 2.9, deepest + 1])
    return figure.update_xaxes(**axis)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    metric, scope = view.selection.metric, view.selection.scope
    words = {"metric": view.label("metrics", metric), "scope": view.label("scopes", scope).lower()}
    if rows.empty:
        return _("No cluster of this selection publishes a figure for: {metric}, {scope}.").format(**words)
    ends = zip(("high", "low"), rows.iloc[[0, -1]].to_dict("records"), strict=True)
    words |= {end: view.figure(row["value"], row["unit"], row["qualifier"]) for end, row in ends}
    words |= {"n": view.number(len(rows)), "median": view.figure(rows["value"].median(), rows["unit"].iloc[0])}
    if len(rows) == 1:
        return _("{metric}, {scope}: a single figure, {high}.").format(**words)
    if len(rows) == 2:
        return _("{metric}, {scope}: two figures, {low} and {high}.").format(**words)
    return _(
        "{metric}, {scope}: half of the {n} figures are at or below {median}; they go from {low} to {high}."
    ).format(**words)


def _lanes(places: pd.Series, width: float) -> pd.Series:
    """The lane of each mark (0 in the middle, then one up, one down...), so that none hides another."""
    ordered, half = places.sort_values(), width / ACROSS / 2
    found = lanes([(place - half, place + half) for place in ordered], -np.inf)
    turned = [(number + 1) // 2 * (1 if number % 2 else -1) for number in found]
    return pd.Series(turned, index=ordered.index).reindex(places.index)


def _median(figure: go.Figure, middle: float, rows: pd.DataFrame, view: View) -> None:
    """A bar through all lanes, with what it is written above it."""
    _ = view.gettext
    figure.add_vline(x=middle, line={"width": 2, "color": view.theme.quiet}, layer="below")
    value = view.figure(rows["value"].median(), rows["unit"].iloc[0])
    figure.add_annotation(
        text=_("median: {value}").format(value=value),
        x=np.log10(middle), y=1, yref="paper", yanchor="bottom", yshift=6, showarrow=False,
        font={"size": 13, "color": view.theme.text},
    )  # fmt: skip


def _ends(figure: go.Figure, rows: pd.DataFrame, deepest: int, view: View) -> None:
    """The names of the largest cluster and, when there are several, of the smallest, under the marks."""
    ends = rows.iloc[[0, -1]] if len(rows) > 1 else rows
    for side, row in zip(("right", "left"), ends.to_dict("records"), strict=False):
        figure.add_annotation(
            text=f"{short_name(row['name'], NAME)}<br>{short_value(row, view)}",
            align=side, x=1 if side == "right" else 0, xref="paper", xanchor=side,
            y=-deepest - 1.9, showarrow=False, font={"size": 12, "color": view.theme.quiet},
        )  # fmt: skip


def _ticks(x: pd.Series, low: float, high: float, rows: pd.DataFrame, view: View) -> dict[str, list[Any]]:
    """Powers of ten; zero, which the axis cannot hold, has a tick of its own at its left."""
    ticks = view.ticks(max(low, 1), high, log=True, unit=rows["unit"].iloc[0])
    if x.min() > ZERO:
        return ticks
    return {"tickvals": [ZERO, *ticks["tickvals"]], "ticktext": [view.number(0), *ticks["ticktext"]]}
