"""Clusters: their point and the programmes that are the same thing."""

import geopandas as gpd
import pandas as pd

from etl.gazetteer import place_points


def complete(clusters: pd.DataFrame, twins: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add points from the gazetteer, coordinate_origin, geometry (EPSG:4326) and programme_ids (from `twins`)."""
    programmes = twins.groupby("cluster_id")["programme_id"].agg(lambda ids: sorted(set(ids)))
    listed = [programmes.get(cluster, []) for cluster in clusters["cluster_id"]]
    return (
        clusters.assign(programme_ids=pd.Series(listed, index=clusters.index, dtype="object"))
        .pipe(place_points)
        .pipe(as_points)
    )


def as_points(clusters: pd.DataFrame) -> gpd.GeoDataFrame:
    """Longitude and latitude as a point; null where unknown."""
    points = gpd.GeoSeries.from_xy(clusters["longitude"], clusters["latitude"], index=clusters.index, crs=4326)
    return gpd.GeoDataFrame(clusters, geometry=points.where(clusters["latitude"].notna()))
