"""Clusters: their point and the programmes that are the same thing."""

import geopandas as gpd
import pandas as pd

from etl.gazetteer import place_points


def complete(clusters: pd.DataFrame, twins: pd.DataFrame, accepted: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add the points a reviewer `accepted` (see `etl.review`), those of the gazetteer, coordinate_origin, geometry (EPSG:4326)
    and programme_ids (from `twins`)."""
    programmes = twins.groupby("cluster_id")["programme_id"].agg(lambda ids: sorted(set(ids)))
    listed = [programmes.get(cluster, []) for cluster in clusters["cluster_id"]]
    return (
        clusters.assign(programme_ids=pd.Series(listed, index=clusters.index, dtype="object"))
        .pipe(place_points)
        .pipe(with_accepted, accepted)
        .pipe(as_points)
    )


def as_points(clusters: pd.DataFrame) -> gpd.GeoDataFrame:
    """Longitude and latitude as a point; null where unknown."""
    points = gpd.GeoSeries.from_xy(clusters["longitude"], clusters["latitude"], index=clusters.index, crs=4326)
    return gpd.GeoDataFrame(clusters, geometry=points.where(clusters["latitude"].notna()))


def with_accepted(clusters: pd.DataFrame, accepted: pd.DataFrame) -> pd.DataFrame:
    """The points of `accepted` where a row has none, or only one that the gazetteer guessed."""
    given = accepted.set_index("cluster_id")
    is_open = clusters["cluster_id"].isin(given.index) & (
        clusters["latitude"].isna() | (clusters["coordinate_origin"] == "geonames")
    )
    rows = given.reindex(clusters["cluster_id"]).set_axis(clusters.index)
    return clusters.assign(**{name: clusters[name].mask(is_open, rows[name]) for name in given.columns})
