"""Density: points counted in hexagons of equal area."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.marks import projected

ACROSS_KM = 75
"""From side to side of a hexagon."""
LEAST_POINTS = 500
"""Density is drawn when there are more points than this: fewer can be told one by one."""


def hexagons(points: pd.DataFrame, across_km: float = ACROSS_KM) -> gpd.GeoDataFrame:
    """The hexagons that hold points (latitude, longitude): count, and geometry (EPSG:3035). Empty ones are left out."""
    place = projected(points)
    centres = pd.DataFrame(_centres(place[["x", "y"]].to_numpy(), across_km), columns=["x", "y"])
    counts = centres.groupby(["x", "y"], as_index=False).size()
    corners = np.radians(np.arange(30, 390, 60))
    outline = np.column_stack([np.cos(corners), np.sin(corners)]) * across_km / np.sqrt(3)
    shapes = [shapely.Polygon((outline + centre) * 1000) for centre in counts[["x", "y"]].to_numpy()]
    return gpd.GeoDataFrame({"count": counts["size"]}, geometry=shapes, crs=3035)


def _centres(places: np.ndarray, across: float) -> np.ndarray:
    """The centre nearest to each place among those of a lattice: two shifted grids of rectangles."""
    step = np.array([across, across * np.sqrt(3)])
    grids = [np.round(places / step) * step, (np.round(places / step - 0.5) + 0.5) * step]
    distances = [((places - grid) ** 2).sum(axis=1) for grid in grids]
    return np.where((distances[0] <= distances[1])[:, None], *grids).round(6)
