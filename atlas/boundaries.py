"""The boundaries of NUTS regions under a map: which are drawn, in what shape; and the notice that goes with them everywhere."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from atlas import choropleth
from atlas.land import DETAIL_M, FRAME, ISLET_M2, hatched
from atlas.nuts import LAYERS, layer_regions
from atlas.parameters import LAYERS as KNOWN
from atlas.store import Tables
from atlas.view import View


def held(tables: Tables) -> tuple[str, ...]:
    """The layers of a map (regions, third places) that the tables hold."""
    there = {layer: len(layer_regions(tables.regions, layer)) for layer in LAYERS}
    there["third_places"] = len(tables.third_places)
    return tuple(layer for layer in KNOWN if there[layer])


def drawn_layers(view: View) -> tuple[str, ...]:
    """The layers that are asked for and held."""
    return tuple(layer for layer in held(view.tables) if layer in view.selection.layers)


def absent_layers(view: View) -> tuple[str, ...]:
    """The layers that are asked for and not held."""
    return tuple(layer for layer in view.selection.layers if layer not in held(view.tables))


def ground_layer(view: View, rates: pd.DataFrame | None) -> str:
    """The regions that are drawn in the place of their countries: those that `rates` colour, or a layer; '' for none."""
    if rates is not None and choropleth.place(rates) == "nuts_id":
        return "nuts2"
    asked = drawn_layers(view)
    return next((layer for layer in LAYERS if layer in asked), "")


def notice(view: View, rates: pd.DataFrame | None) -> str:
    """Whose boundaries are drawn, as their licence asks; '' when none of them is."""
    return owner(view) if ground_layer(view, rates) else ""


def owner(view: View) -> str:
    """The notice that every map of these boundaries must show."""
    return view.gettext("© EuroGeographics for the administrative boundaries")


@lru_cache(maxsize=4)
def outlines(tables: Tables, layer: str) -> gpd.GeoDataFrame:
    """The regions of a layer (nuts_id, name, country; EPSG:3035), without detail no map of Europe shows, borders matched."""
    regions = layer_regions(tables.regions, layer).to_crs(3035)
    simple = regions.assign(geometry=regions.geometry.simplify_coverage(DETAIL_M)).explode(ignore_index=True)
    largest = simple.area == simple.area.groupby(simple["nuts_id"]).transform("max")
    kept = simple[(simple.geom_type == "Polygon") & ((simple.area > ISLET_M2) | largest)]
    return kept.dissolve("nuts_id", as_index=False, method="disjoint_subset")[
        ["nuts_id", "name", "country", "geometry"]
    ]


def members(tables: Tables, layer: str) -> dict[str, str]:
    """The regions of a layer and the country of each; none for no layer."""
    regions = layer_regions(tables.regions, layer) if layer else tables.regions.iloc[:0]
    return dict(zip(regions["nuts_id"], regions["country"], strict=True))


@lru_cache(maxsize=4)
def geometries(tables: Tables, layer: str) -> dict[str, dict[str, Any]]:
    """The shape of each region for the browser (EPSG:4326, to 0.01°)."""
    regions = outlines(tables, layer).to_crs(4326)
    shapes = regions.geometry.set_precision(0.01)
    return {code: shape.__geo_interface__ for code, shape in zip(regions["nuts_id"], shapes, strict=True)}


@lru_cache(maxsize=4)
def middles(tables: Tables, layer: str) -> dict[str, tuple[float, float]]:
    """Where the name of each region is written (longitude, latitude)."""
    regions = outlines(tables, layer)
    points = regions.geometry.representative_point().to_crs(4326)
    return {code: (round(at.x, 2), round(at.y, 2)) for code, at in zip(regions["nuts_id"], points, strict=True)}


def bounds(tables: Tables, codes: Collection[str]) -> tuple[float, float, float, float] | None:
    """West, south, east, north (EPSG:4326) of these regions; None without any."""
    shapes = tables.regions[tables.regions["nuts_id"].isin(codes)]
    if shapes.empty:
        return None
    west, south, east, north = map(float, shapes.total_bounds)
    return west, south, east, north


@lru_cache(maxsize=2)
def frontiers(tables: Tables) -> list[shapely.LineString]:
    """The borders between countries among NUTS 2 regions (EPSG:3035)."""
    whole = outlines(tables, "nuts2").dissolve("country", method="coverage").reset_index()[["country", "geometry"]]
    pairs = whole.sjoin(whole, predicate="touches", lsuffix="a", rsuffix="b")
    pairs = pairs[pairs["country_a"] < pairs["country_b"]]
    shapes = whole.set_index("country").geometry
    shared = [
        shapes[a].boundary.intersection(shapes[b].boundary)
        for a, b in zip(pairs["country_a"], pairs["country_b"], strict=True)
    ]
    merged = shapely.line_merge(shapely.union_all(shared)) if shared else shapely.MultiLineString()
    return [line for line in getattr(merged, "geoms", [merged]) if line.geom_type == "LineString" and not line.is_empty]


def edges(tables: Tables, layer: str) -> list[shapely.LineString]:
    """The outlines of the regions of a layer (EPSG:3035)."""
    return [
        shapely.LineString(edge.coords)
        for shape in outlines(tables, layer).geometry
        for part in getattr(shape, "geoms", [shape])
        for edge in (part.exterior, *part.interiors)
    ]


@lru_cache(maxsize=2)
def hatching(tables: Tables) -> dict[str, shapely.MultiLineString]:
    """Slanted lines across each NUTS 2 region (EPSG:3035): the mark of a region without a value."""
    regions = outlines(tables, "nuts2")
    return hatched(pd.Series(list(regions.geometry), regions["nuts_id"]))


@lru_cache(maxsize=4)
def on_paper(tables: Tables, layer: str) -> dict[str, list[shapely.Polygon]]:
    """The polygons of each region within a map that prints (km, EPSG:3035)."""
    regions = outlines(tables, layer)
    shapes = regions.geometry.intersection(FRAME).scale(0.001, 0.001, origin=(0, 0))
    parts = {code: getattr(shape, "geoms", [shape]) for code, shape in zip(regions["nuts_id"], shapes, strict=True)}
    return {
        code: [part for part in own if part.geom_type == "Polygon" and not part.is_empty] for code, own in parts.items()
    }
