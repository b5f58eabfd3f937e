"""Maps that print: land in the European equal-area projection (EPSG:3035, km) as plain lines, overseas in boxes."""

import math
from collections.abc import Iterable
from html import escape
from textwrap import wrap
from typing import Any

import geopandas as gpd
import plotly.graph_objects as go
from shapely import Polygon

from atlas.land import NEAR, outlines, per_land
from atlas.marks import Entry
from atlas.theme import faded
from atlas.view import View

MAP_PX, STRIP_PX, BOXES = 480, 126, 6
"""Height of the map and of the strip of boxes under it; boxes in the strip."""
Line = tuple[list[float | None], list[float | None]]
Frame = tuple[float, float, float, float]


def sheet(view: View, frame: Frame, has_boxes: bool, legend_px: int) -> go.Figure:
    """An empty map that holds `frame` (west, south, east, north; km), with room for boxes and a legend under it."""
    strip = STRIP_PX if has_boxes else 0
    drawing = go.Figure(layout={"template": view.theme.template(), "height": MAP_PX + strip + legend_px})
    west, south, east, north = frame
    drawing.update_xaxes(range=[west, east], visible=False)
    drawing.update_yaxes(range=[south, north], visible=False, scaleanchor="x", domain=[strip / (MAP_PX + STRIP_PX), 1])
    return drawing.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend={"y": -0.02, "entrywidth": 228, "font": {"size": 12}, "tracegroupgap": 4, "maxheight": 3000},
    )


def land(line: Line, colour: str, view: View, axis: str = "", hover: str = "") -> go.Scatter:
    """Polygons filled with one colour; `hover` is what they say of themselves, escaped."""
    said = {"hoveron": "fills", "text": hover, "hoverinfo": "text"} if hover else {"hoverinfo": "skip"}
    edge = {"color": view.theme.background, "width": 0.7}
    return trace(line, axis, fill="toself", fillcolor=colour, mode="lines", line=edge, **said)


def box(
    drawing: go.Figure, code: str, place: int, *, colour: str | None, caption: str, view: View
) -> tuple[str, float]:
    """Draw one territory with its own axes at a place (from 0) of the strip under the map, `caption` under it, hatched
    without a colour. Returns its axes, and by how much its degrees of longitude are narrowed."""
    shape = view.land.loc[view.land["country"] == code]
    strip = STRIP_PX / (MAP_PX + STRIP_PX)
    left, right, bottom, top = place / BOXES + 0.004, (place + 1) / BOXES - 0.004, 0.34 * strip, 0.96 * strip
    axis, narrowed = str(place + 2), math.cos(math.radians(shape.total_bounds[1]))
    local = shape.explode().geometry.scale(narrowed, 1, origin=(0, 0))
    west, south, east, north = local.total_bounds
    margin = 0.06 * max(east - west, north - south)
    drawing.add_trace(land(ring(local, 3), colour or view.theme.land, view, axis))
    if colour is None:
        pattern = {"shape": "/", "size": 7, "solidity": 0.15, "fgcolor": view.theme.quiet, "bgcolor": view.theme.land}
        drawing.data[-1].update(fillpattern=pattern)
    across = {"domain": [left, right], "anchor": f"y{axis}", "range": [west - margin, east + margin]}
    up = {"domain": [bottom, top], "anchor": f"x{axis}", "range": [south - margin, north + margin]}
    drawing.update_layout(
        {
            f"xaxis{axis}": {**across, "visible": False},
            f"yaxis{axis}": {**up, "visible": False, "scaleanchor": f"x{axis}"},
        }
    )
    paper = {"xref": "paper", "yref": "paper"}
    drawing.add_shape(
        type="rect", x0=left, x1=right, y0=bottom, y1=top, line={"color": view.theme.line, "width": 1}, **paper
    )
    corner = {"x": left, "y": bottom, "xanchor": "left", "yanchor": "top", "align": "left"}
    small = {"size": 10, "color": view.theme.quiet}
    name = escape(str(shape[f"name_{view.language}"].iloc[0])).replace(" ", "<br>")
    drawing.add_annotation(text=f"{name}<br>{caption}", showarrow=False, font=small, **corner, **paper)
    return axis, narrowed


def name_kosovo(drawing: go.Figure, view: View) -> None:
    """The name with the star that leads to its note."""
    small, paper = {"size": 10, "color": view.theme.text}, faded(view.theme.background, 0.7)
    for point in view.land.loc[view.land["country"] == "XK"].to_crs(3035).representative_point():
        x, y = point.x / 1000, point.y / 1000
        drawing.add_annotation(x=x, y=y, text=view.country("XK"), showarrow=False, font=small, bgcolor=paper)


def key(entry: Entry, marker: dict[str, Any], view: View) -> go.Scatter:
    """One line of the legend, under the title of its group: `marker`, or the mark that the entry names."""
    hollow, line = faded(entry.colour, 0), {"color": entry.colour, "width": 1.2}
    marker = {
        "square": {
            "symbol": "square",
            "size": 13,
            "color": entry.colour,
            "line": {"color": view.theme.line, "width": 1},
        },
        "hatch": {"symbol": "line-ne", "size": 13, "color": hollow, "line": line},
        "outline": {"symbol": "square", "size": 12, "color": hollow, "line": line},
        "speck": {"symbol": "square", "size": 4, "color": entry.colour, "line": {"width": 0}},
        "cross": {"symbol": "x-thin", "size": 7.5, "color": hollow, "line": line},
        "none": {"symbol": "circle", "size": 1, "color": hollow},
    }.get(entry.mark, marker)
    name = entry.label if entry.number is None else f"{entry.label} ({view.number(entry.number)})"
    title = {"text": wrapped(entry.group), "font": {"size": 12}}
    grouped = {"legendgroup": entry.group, "legendgrouptitle": title} if entry.group else {}
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=wrapped(name, 44), marker=marker, hoverinfo="skip", **grouped
    )


def sizes(drawing: go.Figure, entries: list[Entry], scale: float, view: View) -> None:
    """Rings as wide as figures are on the map, in its corner: plotly's own legend draws none wider than 16 pixels.
    `scale` is the width of a mark on paper for one pixel of the entry's size."""
    if not entries:
        return
    widths = [scale * (entry.size or 0) for entry in entries]
    title, x, y = wrapped(entries[0].group, 24), 6 + max(widths), -4.0
    corner = {"xref": "paper", "yref": "paper"}
    words = {"x": 0, "y": 1, "xanchor": "left", "showarrow": False, "align": "left", "font": {"size": 11}}
    words["bgcolor"] = faded(view.theme.background, 0.7)
    drawing.add_annotation(text=title, yanchor="top", xshift=4, yshift=y, **words, **corner)
    y -= 8 + 15 * (title.count("<br>") + 1)
    for entry, width in zip(entries, widths, strict=True):
        pixels = {
            "x0": x - max(widths) / 2 - width / 2,
            "x1": x - max(widths) / 2 + width / 2,
            "y0": y - width,
            "y1": y,
        }
        modes = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 1}
        line = {"color": entry.colour, "width": 1.2}
        drawing.add_shape(type="circle", line=line, name="size", **pixels, **modes, **corner)
        text = escape(entry.label, quote=False)
        drawing.add_annotation(text=text, yanchor="middle", xshift=x + 4, yshift=y - width / 2, **words, **corner)
        y -= max(width, 14) + 4


def wrapped(title: str, letters: int = 40) -> str:
    """A title of the legend in lines that a phone holds, escaped."""
    return "<br>".join(wrap(escape(title, quote=False), letters))


@per_land
def lines(land: gpd.GeoDataFrame) -> dict[tuple[str, str], Line]:
    """The land by role and country as lines with gaps (km): projected first, clipped after."""
    pieces = outlines(land).fillna({"country": ""})
    pieces["geometry"] = pieces.geometry.scale(0.001, 0.001, origin=(0, 0))
    return {
        (str(role), str(country)): ring(own.geometry) for (role, country), own in pieces.groupby(["role", "country"])
    }


@per_land
def whole(land: gpd.GeoDataFrame) -> Frame:
    """West, south, east, north (km) that hold the observed countries, islands far from Europe left out."""
    pieces = outlines(land)
    middles = pieces.representative_point().to_crs(4326)
    west, south, east, north = NEAR
    near = middles.x.between(west, east) & middles.y.between(south, north) & pieces["role"].eq("observed")
    left, low, right, high = pieces[near].total_bounds / 1000
    return left - 60, low - 60, right + 60, high + 60


def ring(polygons: Iterable[Polygon], digits: int | None = None) -> Line:
    """The rings of polygons one after the other, separated by None."""
    edges = (edge for polygon in polygons for edge in (polygon.exterior, *polygon.interiors))
    return joined([tuple([round(value, digits) for value in axis] for axis in edge.xy) for edge in edges])


def joined(lines: Iterable[Any]) -> Line:
    """Several lines as one, separated by None."""
    x: list[float | None] = []
    y: list[float | None] = []
    for line in lines:
        x += [*line[0], None]
        y += [*line[1], None]
    return x, y


def trace(path: Line, axis: str = "", **how: Any) -> go.Scatter:
    """A line, or the edge of what is filled, without a hover unless one is given."""
    return go.Scatter(
        x=path[0], y=path[1], showlegend=False, xaxis=f"x{axis}", yaxis=f"y{axis}", **{"hoverinfo": "skip", **how}
    )
