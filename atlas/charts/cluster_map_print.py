"""The map of the clusters as a drawing that prints: equal-area projection, overseas and far points in boxes."""

import math
from collections.abc import Iterable
from html import escape
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go
from shapely import Polygon

from atlas.charts import Words, blank
from atlas.charts.cluster_map import FILTERS, coverage, describe, legend, table
from atlas.land import FRAME, outlines, per_land
from atlas.marks import located, places, spread
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

__all__ = ["FILTERS", "WORDS", "coverage", "describe", "figure", "table"]
WORDS = Words(
    title=N_("Map of the clusters, to print"),
    question=N_("Where are the clusters?"),
    drawn=N_(
        "Each mark is one cluster: full on its site, pale on its town, hollow on its region. Under each box: "
        "clusters placed, of those known."
    ),
    note=N_(
        "Clusters of one town are set apart so that each is seen. French overseas departments and Georgia stand "
        "in boxes, each at its own scale. Equal-area projection (EPSG:3035). Borders as European institutions "
        "draw them. Kosovo*: this designation is without prejudice to positions on status, and is in line with "
        "UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence. Made with Natural Earth."
    ),
)

EUROPE = (2500.0, 1400.0, 6600.0, 5300.0)
"""West, south, east, north of the map when no point says otherwise (km, EPSG:3035)."""
NARROWEST_KM = 1200
SPACING_KM = 24
BOXES = {"GP": "Guadeloupe", "MQ": "Martinique", "GF": "Guyane", "RE": "La Réunion", "YT": "Mayotte", "GE": None}
"""Territory drawn in a box -> the region that places a French cluster there, as published; None for a country."""
OPACITY = {"site": 1.0, "commune": 0.35, "region": 0.0}
NO_POINT = "x-thin"
MAP_PX, STRIP_PX, LEGEND_PX = 480, 126, 170
Line = tuple[list[float | None], list[float | None]]


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    box = rows["region"].map({region: code for code, region in BOXES.items() if region}).where(rows["country"] == "FR")
    box = box.where(rows["country"] != "GE", "GE")
    shown = [code for code in BOXES if (box == code).any()]
    strip = STRIP_PX / (MAP_PX + STRIP_PX) if shown else 0
    height = MAP_PX + LEGEND_PX + (STRIP_PX if shown else 0)
    drawing = go.Figure(
        layout={"template": view.theme.template(), "height": height, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    )
    _europe(drawing, rows[box.isna()], strip, view)
    for index, code in enumerate(shown):
        frame = (index / 6 + 0.004, (index + 1) / 6 - 0.004, 0.4 * strip, 0.96 * strip)
        _box(drawing, code, frame, rows[box == code], view)
    return drawing.add_traces(_legend(rows, view)).update_layout(
        legend={"y": -0.02, "entrywidth": 228, "font": {"size": 12}}
    )


def _europe(drawing: go.Figure, rows: pd.DataFrame, strip: float, view: View) -> None:
    colours = {"context": faded(view.theme.land, 0.45), "observed": view.theme.land}
    points = projected(spread(located(rows), SPACING_KM))
    west, south, east, north = window(points)
    drawing.add_traces([_land(line, colours[role], view) for role, line in europe(view.land).items()])
    drawing.add_traces(_marks(points, view))
    drawing.update_xaxes(range=[west, east], visible=False)
    drawing.update_yaxes(range=[south, north], visible=False, scaleanchor="x", domain=[strip, 1])
    kosovo = view.land.loc[view.land["country"] == "XK"].to_crs(3035).representative_point()
    for point in kosovo:
        drawing.add_annotation(
            x=point.x / 1000,
            y=point.y / 1000,
            text=view.country("XK"),
            showarrow=False,
            font={"size": 10, "color": view.theme.quiet},
        )


def _box(
    drawing: go.Figure, code: str, frame: tuple[float, float, float, float], rows: pd.DataFrame, view: View
) -> None:
    """One territory with its own axes in the strip under the map, its name and how many of its clusters are placed."""
    _ = view.gettext
    shape = view.land.loc[view.land["country"] == code]
    points = spread(located(rows))
    left, right, bottom, top = frame
    axis, narrowed = str(list(BOXES).index(code) + 2), math.cos(math.radians(shape.total_bounds[1]))
    local = shape.explode().geometry.scale(narrowed, 1, origin=(0, 0))
    west, south, east, north = local.total_bounds
    margin = 0.06 * max(east - west, north - south)
    drawing.add_trace(_land(ring(local, 3), view.theme.land, view, axis))
    drawing.add_traces(_marks(points.assign(x=points["longitude"] * narrowed, y=points["latitude"]), view, axis))
    drawing.update_layout(
        {
            f"xaxis{axis}": {
                "domain": [left, right],
                "anchor": f"y{axis}",
                "visible": False,
                "range": [west - margin, east + margin],
            },
            f"yaxis{axis}": {
                "domain": [bottom, top],
                "anchor": f"x{axis}",
                "visible": False,
                "range": [south - margin, north + margin],
                "scaleanchor": f"x{axis}",
            },
        }
    )
    drawing.add_shape(
        type="rect",
        xref="paper",
        yref="paper",
        x0=left,
        x1=right,
        y0=bottom,
        y1=top,
        line={"color": view.theme.line, "width": 1},
    )
    name = escape(str(shape[f"name_{view.language}"].iloc[0])).replace(" ", "<br>")
    counts = _("{placed} of {total}").format(placed=view.number(len(points)), total=view.number(len(rows)))
    drawing.add_annotation(
        xref="paper",
        yref="paper",
        x=left,
        y=bottom,
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        text=f"{name}<br>{counts}",
        font={"size": 10, "color": view.theme.quiet},
    )


def _marks(points: pd.DataFrame, view: View, axis: str = "") -> list[go.Scatter]:
    """One trace by kind: its symbol and colour, filled as far as the point is precise. Reads `x` and `y`."""
    hover = places(points, view).map(escape).agg("<br>".join, axis=1)
    traces = []
    for kind, own in points.groupby("kind"):
        colour = view.colour("kinds", str(kind))
        fills = [faded(colour, OPACITY.get(precision, 0)) for precision in own["coordinate_precision"]]
        marker = _marker(view.vocabulary.property("kinds", str(kind), "symbol"), fills, colour)
        traces.append(
            go.Scatter(
                x=own["x"].round(3).tolist(),
                y=own["y"].round(3).tolist(),
                mode="markers",
                marker=marker,
                text=hover[own.index].tolist(),
                hoverinfo="text",
                showlegend=False,
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
            )
        )
    return traces


def _legend(rows: pd.DataFrame, view: View) -> list[go.Scatter]:
    """Kinds with their counts, then what full, ring and hollow mean where they occur, then clusters without a point."""
    symbols = {
        view.label("kinds", kind): view.vocabulary.property("kinds", kind, "symbol")
        for kind in view.vocabulary.codes("kinds")
    }
    marks = [
        (f"{label} ({view.number(count)})", _marker(symbols.get(label, NO_POINT), colour, colour))
        for label, colour, count in legend(rows, view)
    ]
    present = set(located(rows)["coordinate_precision"])
    grey = view.theme.quiet
    precisions = [
        (view.label("coordinate_precisions", code), _marker("circle", faded(grey, OPACITY[code]), grey))
        for code in OPACITY
        if code in present
    ]
    kinds, missing = (
        [mark for mark in marks if mark[1]["symbol"] != NO_POINT],
        [mark for mark in marks if mark[1]["symbol"] == NO_POINT],
    )
    return [
        go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=marker, hoverinfo="skip")
        for name, marker in kinds + precisions + missing
    ]


def _marker(symbol: str | None, fill: Any, line: str) -> dict[str, Any]:
    return {"symbol": symbol or "circle", "size": 7.5, "color": fill, "line": {"color": line, "width": 1.5}}


def _land(line: Line, colour: str, view: View, axis: str = "") -> go.Scatter:
    edge = {"color": view.theme.background, "width": 0.7}
    return go.Scatter(
        x=line[0],
        y=line[1],
        fill="toself",
        fillcolor=colour,
        mode="lines",
        line=edge,
        hoverinfo="skip",
        showlegend=False,
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
    )


@per_land
def europe(land: gpd.GeoDataFrame) -> dict[str, Line]:
    """Land by role as one line with gaps (km, EPSG:3035): projected first, clipped after."""
    pieces = outlines(land)
    return {role: ring(shapes.geometry.scale(0.001, 0.001, origin=(0, 0))) for role, shapes in pieces.groupby("role")}


def ring(polygons: Iterable[Polygon], digits: int | None = None) -> Line:
    """The rings of polygons one after the other, separated by None."""
    x: list[float | None] = []
    y: list[float | None] = []
    for polygon in polygons:
        for edge in (polygon.exterior, *polygon.interiors):
            x += [round(value, digits) for value in edge.xy[0]] + [None]
            y += [round(value, digits) for value in edge.xy[1]] + [None]
    return x, y


def projected(points: pd.DataFrame) -> pd.DataFrame:
    """The points with `x` and `y` (km, EPSG:3035)."""
    metres = gpd.GeoSeries.from_xy(points["longitude"], points["latitude"], crs=4326).to_crs(3035)
    return points.assign(x=(metres.x / 1000).to_numpy(), y=(metres.y / 1000).to_numpy())


def window(points: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, south, east, north that hold the points, within the land that is drawn; Europe without points."""
    if points.empty:
        return EUROPE
    (west, south), (east, north) = (points[["x", "y"]].agg(edge).astype(float) for edge in ("min", "max"))
    margin = max(0.06 * max(east - west, north - south), (NARROWEST_KM - (east - west)) / 2, 40)
    low_x, low_y, high_x, high_y = (edge / 1000 for edge in FRAME.bounds)
    return (
        max(west - margin, low_x),
        max(south - margin, low_y),
        min(east + margin, high_x),
        min(north + margin, high_y),
    )
