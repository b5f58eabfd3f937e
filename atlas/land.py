"""The land under a map: simplified to what a map of Europe shows, and computed once per land table."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

FRAME = shapely.box(1.2e6, 0.3e6, 8.2e6, 6.8e6)
"""Where land is kept (EPSG:3035): its edges are outside any first view."""
DETAIL_M, ISLET_M2 = 3_000, 25e6


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
    context = land[land["role"] == "context"].dissolve("role", as_index=False)
    shapes = pd.concat([context, observed], ignore_index=True)[["role", "country", "geometry"]]
    simple = shapes.assign(geometry=shapes.geometry.simplify_coverage(DETAIL_M).intersection(FRAME))
    pieces = simple.explode(ignore_index=True)
    largest = pieces.area == pieces.area.groupby(pieces["country"]).transform("max")
    return pieces[(pieces.geom_type == "Polygon") & ((pieces.area > ISLET_M2) | largest)]


@per_land
def geojson(land: gpd.GeoDataFrame) -> dict[str, Any]:
    """Land for the browser, one feature by role (EPSG:4326, to 0.01°), overseas departments included."""
    overseas = land.loc[land["role"] == "overseas", ["role", "geometry"]]
    pieces = pd.concat([outlines(land)[["role", "geometry"]].to_crs(4326), overseas], ignore_index=True)
    pieces = pieces.assign(geometry=pieces.geometry.set_precision(0.01)).explode(ignore_index=True)
    features = [
        {
            "type": "Feature",
            "properties": {"role": role},
            "geometry": shapely.MultiPolygon(list(shapes)).__geo_interface__,
        }
        for role, shapes in pieces[pieces.geom_type == "Polygon"].groupby("role")["geometry"]
    ]
    return {"type": "FeatureCollection", "features": features}
