"""The region that a point lies in: inside its polygon, else the nearest of its country within 15 km."""

import geopandas as gpd
import pandas as pd

NEAR_M = 15_000
"""A point on a quay or an island that the scale leaves out is still of its region."""
PLACES = ("site", "commune")
"""Precisions of a point that says in which region it lies."""
TRANSNATIONAL = "EU"
"""The country of what has no seat."""
METRES = 3035
"""EPSG of the projection distances are measured in."""
FOUND = ["nuts_id", "found_by", "distance_m", "lies_in"]


def regions_of(points: gpd.GeoDataFrame, nuts: gpd.GeoDataFrame, level: int = 2) -> pd.DataFrame:
    """The NUTS region of each point, one row per row of `points` (any CRS, `country` alpha-2) and in its order.

    `nuts` is as `gisco.read` gives it. Columns: `nuts_id`; `found_by` ('inside', 'nearest', null when no region of the
    declared country is within 15 km); `distance_m` (0 inside); `lies_in`, the other country the point lies in, a question
    for whoever keeps the row: the country that is declared stands. Where none is declared (null, or EU: transnational),
    the point may lie in any.
    """
    regions = nuts[nuts["level"] == level].to_crs(METRES)
    known = points.geometry.notna() & ~points.geometry.is_empty
    placed = points.assign(row=range(len(points)))[known].to_crs(METRES)
    declared = placed["country"].replace(TRANSNATIONAL, None).fillna("")
    parts = [nearest(here, regions_in(regions, country)) for country, here in placed.groupby(declared)]
    found = pd.concat(parts) if parts else pd.DataFrame(columns=["row", *FOUND[:3]])
    rows = found.set_index("row").reindex(range(len(points))).set_axis(points.index)
    return rows.assign(lies_in=elsewhere(placed, regions).reindex(range(len(points))).to_numpy())[FOUND]


def in_regions(clusters: gpd.GeoDataFrame, nuts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `nuts_id` (level 3) and `nuts_found_by`; null where a point stands for a whole region, or no boundaries were fetched."""
    if nuts.empty:
        return clusters.assign(nuts_id=None, nuts_found_by=None)
    found = regions_of(clusters, nuts, level=3)
    is_place = clusters["coordinate_precision"].isin(PLACES)
    return clusters.assign(
        nuts_id=found["nuts_id"].where(is_place),
        nuts_found_by=found["found_by"].where(is_place & found["nuts_id"].notna()),
    )


def regions_in(regions: gpd.GeoDataFrame, country: object) -> gpd.GeoDataFrame:
    """The regions of a country; all when none ("") is declared."""
    return regions[regions["country"] == country] if country else regions


def nearest(points: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """`row`, `nuts_id`, `found_by`, `distance_m` of the points that have a region within reach (EPSG:3035)."""
    joined = points[["row", "geometry"]].sjoin_nearest(
        regions[["nuts_id", "geometry"]], max_distance=NEAR_M, distance_col="distance_m"
    )
    first = joined.sort_values(["row", "nuts_id"]).drop_duplicates("row")  # on a border: two are as near
    found_by = pd.Series("nearest", index=first.index, dtype="str").mask(first["distance_m"] == 0, "inside")
    return pd.DataFrame(first.assign(found_by=found_by)[["row", *FOUND[:3]]])


def elsewhere(points: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Row -> the country a point lies in, where that is not the one declared (and one is)."""
    joined = points[["row", "country", "geometry"]].sjoin(
        regions[["country", "geometry"]], predicate="within", rsuffix="found"
    )
    is_declared = joined["country_left"].notna() & (joined["country_left"] != TRANSNATIONAL)
    is_other = joined["country_left"] != joined["country_found"]
    return joined[is_declared & is_other].drop_duplicates("row").set_index("row")["country_found"].astype("str")
