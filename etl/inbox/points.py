"""Points in any coordinate system, as degrees; one that cannot lie in the country of its row is refused."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import geopandas as gpd
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from etl.faults import BadCell
from etl.inbox import values
from etl.inbox.mapping import Point

WKT = re.compile(r"(?:SRID=\d+;)?POINT\s*(?:Z\s*)?\(\s*(\S+)\s+(\S+).*\)", re.IGNORECASE)
MARGIN = 0.3
"""Degrees around the land of a country, which is drawn with simplified coasts."""


class Place(NamedTuple):
    """A point in degrees (EPSG:4326)."""

    latitude: float
    longitude: float


class Box(NamedTuple):
    """The least box around a piece of land, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, place: Place) -> bool:
        """Whether a place lies in the box or close to it."""
        is_between = self.south - MARGIN <= place.latitude <= self.north + MARGIN
        return is_between and self.west - MARGIN <= place.longitude <= self.east + MARGIN


Boxes = Mapping[str, Sequence[Box]]
"""Country (ISO 3166-1 alpha-2) -> the boxes of its mainland, its islands and its overseas departments."""


def read_point(cells: tuple[str, ...], point: Point, country: str, boxes: Boxes) -> Place:
    """The place that one cell, or two, give; BadCell when they give none, or none in `country`."""
    pair = halves(cells[0], point.separator) if len(cells) == 1 else (cells[0], cells[1])
    return locate(pair, point, coordinate, country, boxes)


def coordinate(cell: str) -> float:
    """A coordinate: seldom grouped, so that 1.234 is a decimal whatever the mark of the file is."""
    plain = values.SPACES.sub("", cell.translate(values.MINUS)).replace(",", ".")
    return values.number(plain, "." if plain.count(".") <= 1 else "")


def halves(cell: str, separator: str) -> tuple[str, str]:
    """The two numbers of one cell: “48.85,2.35”, “POINT(2.35 48.85)”."""
    bare = cell.strip("[](){} ")
    if found := WKT.fullmatch(cell):
        return found[1], found[2].rstrip(")")
    parts = bare.split(separator.strip() or None)
    if len(parts) != 2:
        raise BadCell("does not hold two coordinates", "Correct separator of point in the descriptor")
    return parts[0].strip(), parts[1].strip()


def locate(pair: tuple[str, str], point: Point, read: Callable[[str], float], country: str, boxes: Boxes) -> Place:
    """The place of two coordinates, in the order and system of `point`; BadCell when it cannot lie in `country`."""
    numbers = read(pair[0]), read(pair[1])
    x, y = numbers if point.axis_order == "xy" else numbers[::-1]
    place = degrees(x, y, point.crs)
    if place is None or not lies_in(place, boxes.get(country, ())):
        raise BadCell(*remedied(x, y, point, country, boxes.get(country, ())))
    return place


def degrees(x: float, y: float, crs: str) -> Place | None:
    """Easting and northing as degrees; None where the system does not reach.

    What is in degrees stays as published; what is computed ends at a centimetre, so that every machine gets the same.
    """
    longitude, latitude = transformer(crs).transform(x, y)
    is_on_earth = math.isfinite(longitude) and abs(longitude) <= 180 and abs(latitude) <= 90
    if not is_on_earth:
        return None
    return (
        Place(latitude, longitude)
        if (latitude, longitude) == (y, x)
        else Place(round(latitude, 7), round(longitude, 7))
    )


def remedied(x: float, y: float, point: Point, country: str, boxes: Sequence[Box]) -> tuple[str, str]:
    """Why a point is refused, and what would make it right."""
    swapped = degrees(y, x, point.crs)
    if swapped and boxes and lies_in(swapped, boxes):
        other = "yx" if point.axis_order == "xy" else "xy"
        return f"is not in {country} but would be with its axes swapped", f"Write axisOrder: {other} if all are so"
    if CRS.from_user_input(point.crs).is_geographic and max(abs(x), abs(y)) > 180:
        return "is in metres, not in degrees", "Write crs: in the descriptor (EPSG:2154 for Lambert-93)"
    return f"is not in {country or 'any country'}", "Correct the point or its country, or crs: in the descriptor"


def lies_in(place: Place, boxes: Sequence[Box]) -> bool:
    """Whether a place can lie in a country; anywhere when its land is not known (EU, no country)."""
    return not boxes or any(box.holds(place) for box in boxes)


def boxes_of(land: gpd.GeoDataFrame) -> Boxes:
    """The boxes of every territory in the land table (`country`, `parent_country`, polygons in EPSG:4326)."""
    country = land["parent_country"].fillna(land["country"])
    bounds = land.assign(country=country).explode().set_index("country").bounds
    boxes: dict[str, list[Box]] = {}
    for code, west, south, east, north in bounds[["minx", "miny", "maxx", "maxy"]].itertuples(name=None):
        boxes.setdefault(code, []).append(Box(south, west, north, east))
    return boxes


@cache
def transformer(crs: str) -> Transformer:
    """To degrees, x first; CRSError when the system is not known."""
    return Transformer.from_crs(crs, 4326, always_xy=True)


def is_known(crs: str) -> bool:
    """Whether a coordinate system has a definition."""
    try:
        CRS.from_user_input(crs)
    except CRSError:
        return False
    return True
