"""The land under a map: simplified to what a map of Europe shows, and computed once per land table."""

import math
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

FRAME = shapely.box(1.2e6, 0.3e6, 8.2e6, 6.8e6)
"""Where land is kept (EPSG:3035): its edges are outside any first view."""
DETAIL_M, ISLET_M2 = 3_000, 25e6
HATCH_M = 55_000
"""Distance between the lines of a country without a value."""
NEAR = (-25, 34, 47, 72)
"""West, south, east, north of what a map of Europe holds; islands beyond (Canaries, Azores, Svalbard) do not set a view."""


def per_land(draw: Callable[[gpd.GeoDataFrame], Any]) -> Callable[[gpd.GeoDataFrame], Any]:
    """Keep what `draw` makes of the last land table: tables are read-only, so the same object is the same land."""
    kept: list[tuple[gpd.GeoDataFrame, Any]] = []

    @wraps(draw)
    def drawn(land: gpd.GeoDataFrame) -> Any:
        if not kept or kept[0][0] is not land:
            kept[:] = [(land, draw(land))]
        return kept[0][1]

    return drawn


def outlines(land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Land by role (EPSG:3035), clipped to FRAME, without detail no map of Europe shows; context without borders."""
    land = land[land["role"] != "overseas"].to_crs(3035)
    observed = land[land["role"] == "observed"]
    context = land[land["role"] == "context"].dissolve("role", as_index=False).assign(country=None)
    shapes = pd.concat([context, observed], ignore_index=True)[["role", "country", "geometry"]]
    simple = shapes.assign(geometry=shapes.geometry.simplify_coverage(DETAIL_M).intersection(FRAME))
    pieces = simple.explode(ignore_index=True)
    largest = pieces.area == pieces.area.groupby(pieces["country"]).transform("max")
    return pieces[(pieces.geom_type == "Polygon") & ((pieces.area > ISLET_M2) | largest)]


@per_land
def geojson(land: gpd.GeoDataFrame) -> dict[str, Any]:
    """Land for the browser (EPSG:4326, to 0.01°), one feature by country, overseas departments included, and one for the
    context around; properties: role, country, and parent_country of an overseas department."""
    keys = ["role", "country", "parent_country"]
    overseas = land.loc[land["role"] == "overseas", [*keys, "geometry"]]
    pieces = pd.concat([outlines(land)[["role", "country", "geometry"]].to_crs(4326), overseas], ignore_index=True)
    pieces = pieces.assign(geometry=pieces.geometry.set_precision(0.01)).explode(ignore_index=True)
    features = [
        {
            "type": "Feature",
            "properties": {name: code for name, code in zip(keys, key, strict=True) if pd.notna(code)},
            "geometry": shapely.MultiPolygon(list(shapes)).__geo_interface__,
        }
        for key, shapes in pieces[pieces.geom_type == "Polygon"].groupby(keys, dropna=False)["geometry"]
    ]
    return {"type": "FeatureCollection", "features": features}


@per_land
def hatching(land: gpd.GeoDataFrame) -> dict[str, shapely.MultiLineString]:
    """Slanted lines across each observed country (EPSG:3035): the mark of a country without a value."""
    pieces = outlines(land)
    return hatched(pieces[pieces["role"] == "observed"].dissolve("country").geometry)


def hatched(shapes: pd.Series) -> dict[str, shapely.MultiLineString]:
    """Slanted lines, the same for all, across each of the shapes (EPSG:3035) by its label."""
    return {
        str(label): shapely.MultiLineString(_lines(shape.intersection(_strokes(shape))) or _lines(_across(shape)))
        for label, shape in shapes.items()
    }


def _strokes(shape: Any) -> shapely.MultiLineString:
    """The slanted lines of the whole map that meet the bounds of a shape."""
    west, south, east, north = FRAME.bounds
    starts = np.arange(west - north + south, east, HATCH_M * math.sqrt(2))
    left, low, right, high = shape.bounds
    near = (starts - south >= left - high) & (starts - south <= right - low)
    return shapely.MultiLineString([_slanted(x, south, north) for x in starts[near]])


def bounds(land: gpd.GeoDataFrame, countries: Iterable[str]) -> tuple[float, float, float, float] | None:
    """West, south, east, north (EPSG:4326) of these countries, islands far from Europe left out; None without land."""
    shapes = [
        shapely.MultiPolygon(_polygons(feature["geometry"]))
        for feature in geojson(land)["features"]
        if feature["properties"].get("country") in set(countries)
    ]
    parts = gpd.GeoSeries([part for shape in shapes for part in shape.geoms])
    near = parts[parts.representative_point().within(shapely.box(*NEAR))]
    shown = near if len(near) else parts
    if shown.empty:
        return None
    west, south, east, north = map(float, shown.total_bounds)
    return west, south, east, north


def _slanted(x: float, south: float, north: float) -> list[tuple[float, float]]:
    return [(x, south), (x + north - south, north)]


def _across(shape: Any) -> Any:
    """One slanted line through a country too small for the others."""
    middle, (_west, south, _east, north) = shape.representative_point(), shape.bounds
    return shape.intersection(shapely.LineString(_slanted(middle.x - middle.y + south, south, north)))


def _polygons(geometry: dict[str, Any]) -> list[shapely.Polygon]:
    return list(shapely.geometry.shape(geometry).geoms)


def _lines(shape: Any) -> list[shapely.LineString]:
    """The lines of what an intersection gives: none, one, or several."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "LineString" and not part.is_empty]
