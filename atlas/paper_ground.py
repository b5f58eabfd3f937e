"""The ground of a map that prints: land, or the regions that stand for it; rates and their hatching; borders and names."""

from collections.abc import Iterable
from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
import shapely

from atlas import boundaries, choropleth
from atlas.ground import region_cards
from atlas.land import FRAME, hatching
from atlas.paper import Frame, Line, joined, land, lines, ring, trace
from atlas.theme import faded
from atlas.view import View

CONTEXT = 0.45
"""How strong the land around the observed countries is."""
BORDER, THIN = 1.0, 0.5
"""Widths of the borders of countries and French regions, and of NUTS 2 regions."""
NEAR_KM = 1600
"""Width of the widest map on which the names of regions do not collide."""
Found = dict[str, int]
"""How many clusters each region holds (`nuts.counts`)."""


def ground(view: View, rates: pd.DataFrame | None = None, found: Found | None = None) -> list[go.Scatter]:
    """The land: plain, or each country, or region, in the colour of its rate, with a hover, and hatched without one."""
    layer = boundaries.ground_layer(view, rates)
    covered = set(boundaries.members(view.tables, layer).values())
    tones, said = ({}, {}) if rates is None else (choropleth.colours(rates, view.theme), choropleth.cards(rates, view))
    context: list[Line] = []
    plain: list[Line] = []
    valued: list[go.Scatter] = []
    for (role, country), line in lines(view.land).items():
        if country in covered:
            continue
        if country in tones:
            valued.append(land(line, tones[country], view, hover=_hover(view.country(country), said[country])))
        else:
            (context if role == "context" else plain).append(line)
    under = [land(joined(context), faded(view.theme.land, CONTEXT), view), land(joined(plain), view.theme.land, view)]
    regions = _regions(layer, rates, found, view) if layer else []
    return [
        *under,
        *valued,
        *regions,
        *([] if rates is None else [_hatch(rates, covered, view)]),
        *_borders(layer, view),
    ]


def _regions(layer: str, rates: pd.DataFrame | None, found: Found | None, view: View) -> list[go.Scatter]:
    """The regions of a layer, each with a hover; in the colour of its rate, or that of its country, or plain."""
    tones = {} if rates is None else choropleth.colours(rates, view.theme)
    cards, shapes = region_cards(layer, found, rates, view), boundaries.on_paper(view.tables, layer)
    edge = {"line": {"color": faded(view.theme.quiet, 0.6), "width": THIN}} if rates is None else {}
    return [
        land(
            ring(shapes[code], 1),
            tones.get(code) or tones.get(country) or view.theme.land,
            view,
            hover=_hover(*cards[code]),
        ).update(edge)
        for code, country in boundaries.members(view.tables, layer).items()
    ]


def _hatch(rates: pd.DataFrame, covered: set[str], view: View) -> go.Scatter:
    """Lines across the countries, or regions, without a value."""
    missing, strokes = list(rates.loc[rates["role"] == "missing", choropleth.place(rates)]), hatching(view.land)
    shapes = [strokes[country] for country in strokes if country in missing]
    if choropleth.place(rates) == "nuts_id":
        regions = boundaries.hatching(view.tables)
        shapes = [regions[code] for code in missing]
        shapes += [strokes[country] for country in strokes if country not in covered]
    paths = _kilometres(part for shape in shapes for part in shape.geoms)
    return trace(paths, mode="lines", line={"color": faded(view.theme.quiet, 0.6), "width": 0.8})


def _borders(layer: str, view: View) -> list[go.Scatter]:
    """The borders of countries among regions, and the French regions over NUTS 2."""
    if layer != "nuts2":
        return []
    edges = list(boundaries.frontiers(view.tables))
    if "french_regions" in boundaries.drawn_layers(view):
        edges += boundaries.edges(view.tables, "french_regions")
    return [trace(_kilometres(edges), mode="lines", line={"color": faded(view.theme.text, 0.4), "width": BORDER})]


def names(view: View, frame: Frame) -> list[go.Scatter]:
    """The names of the French regions, on a map near enough (its `frame`: west, south, east, north; km) to hold them."""
    if "french_regions" not in boundaries.drawn_layers(view) or frame[2] - frame[0] > NEAR_KM:
        return []
    regions = boundaries.outlines(view.tables, "french_regions")
    inside = regions[regions.geometry.intersects(FRAME)]
    points = inside.geometry.representative_point()
    text = ["<br>".join(wrap(escape(name, quote=False), 14)) for name in inside["name"]]
    place = {"x": (points.x / 1000).round(1).tolist(), "y": (points.y / 1000).round(1).tolist(), "text": text}
    font = {"size": 9, "color": view.theme.quiet}
    return [go.Scatter(**place, mode="text", textfont=font, hoverinfo="skip", showlegend=False)]


def _kilometres(edges: Iterable[shapely.LineString]) -> Line:
    """Lines (EPSG:3035) as one, to 0.1 km."""
    return joined([tuple([round(value / 1000, 1) for value in axis] for axis in edge.xy) for edge in edges])


def _hover(name: str, facts: list[str]) -> str:
    return "<br>".join([f"<b>{escape(name)}</b>", *map(escape, facts)])
