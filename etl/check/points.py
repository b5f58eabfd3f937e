"""Points held against the gazetteer and against the polygon of their country."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from shapely.geometry import GeometryCollection, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from etl.check.world import Finding, World, each
from etl.gazetteer import SAME_TOWN_KM, distance_km, towns_named

COAST_KM = 5
"""How far off a simplified coast or border a point may fall: quays and islets are not drawn."""


class Place(NamedTuple):
    """A point in degrees (EPSG:4326)."""

    latitude: float
    longitude: float


def point_half_given(world: World) -> Iterator[Finding]:
    """A latitude without a longitude, a point without precision or origin, or a precise point that is not there."""
    rows = world.tables["clusters"]
    has_point = rows["latitude"].notna()
    wrong = {
        "longitude": rows["longitude"].notna() != has_point,
        "coordinate_origin": rows["coordinate_origin"].notna() != has_point,
        "coordinate_precision": has_point & rows["coordinate_precision"].isna()
        | ~has_point & rows["coordinate_precision"].isin(["site", "commune"]),
    }
    for column, is_wrong in wrong.items():
        for row in rows.index[is_wrong]:
            yield world.error("clusters", row, column, "latitude, longitude, origin and precision go together")


def point_far_from_its_town(world: World) -> Iterator[Finding]:
    """A point too far from every town of its country that bears the name of its place."""
    rows = located(world)
    for row in each(rows[(rows["coordinate_precision"] != "region") & rows["place"].notna()]):
        towns = towns_named(row.place, row.country, None if pd.isna(row.region) else row.region)
        distance = min((distance_km(row, town) for town in towns), default=0.0)
        if distance > SAME_TOWN_KM:
            rule = f"{distance:.0f} km from {row.place} in GeoNames ({towns[0].latitude:.4f}, {towns[0].longitude:.4f})"
            yield world.warning("clusters", row.Index, "latitude", rule)


def point_outside_its_country(world: World) -> Iterator[Finding]:
    """A point off its country's polygon, overseas departments included; countries without a polygon are not checked."""
    land = territories(world)
    for row in each(located(world)):
        if row.country in land:
            distance = distance_to_land_km(Place(row.latitude, row.longitude), land[row.country])
            if distance > COAST_KM:
                rule = f"{distance:.0f} km outside {row.country}"
                yield world.warning("clusters", row.Index, "latitude", rule)


def located(world: World) -> pd.DataFrame:
    """The clusters that have a point."""
    return world.tables["clusters"].dropna(subset=["latitude", "longitude"])


def territories(world: World) -> dict[str, BaseGeometry]:
    """Country -> its land, the territories whose parent it is included."""
    rows = world.tables["countries"]
    shapes = rows["geometry"].groupby(rows["parent_country"].fillna(rows["country"]))
    return {str(country): GeometryCollection(list(land)) for country, land in shapes}


def distance_to_land_km(place: Any, land: BaseGeometry) -> float:
    """Kilometres from a place to the nearest point of a polygon (EPSG:4326), 0 inside."""
    nearest, _ = nearest_points(land, Point(place.longitude, place.latitude))
    return distance_km(place, Place(nearest.y, nearest.x))
