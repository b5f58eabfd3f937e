"""What lies around a point: distances on the ellipsoid, and the circle that shows them."""

import numpy as np
import pandas as pd
from pyproj import Geod

from atlas.marks import located

EARTH = Geod(ellps="WGS84")
CORNERS = 90


def within(rows: pd.DataFrame, near: tuple[float, float], radius_km: float) -> pd.DataFrame:
    """The located rows at most `radius_km` from `near` (latitude, longitude; EPSG:4326), with `distance_km` (to 0.1),
    nearest first."""
    points = located(rows)
    latitude, longitude = (np.full(len(points), degrees) for degrees in near)
    metres = EARTH.inv(longitude, latitude, points["longitude"].to_numpy(), points["latitude"].to_numpy())[2]
    kilometres = np.asarray(metres) / 1000
    nearest = points.assign(distance_km=kilometres.round(1))[kilometres <= radius_km]
    return nearest.sort_values(["distance_km", "name"], ignore_index=True)


def circle(near: tuple[float, float], radius_km: float) -> list[tuple[float, float]]:
    """The points (longitude, latitude; EPSG:4326) at `radius_km` from `near`, all round and back to the first."""
    latitude, longitude = (np.full(CORNERS + 1, degrees) for degrees in near)
    bearings = np.linspace(0, 360, CORNERS + 1)
    east, north, _back = EARTH.fwd(longitude, latitude, bearings, np.full(CORNERS + 1, radius_km * 1000.0))
    return [(round(float(x), 3), round(float(y), 3)) for x, y in zip(east, north, strict=True)]
