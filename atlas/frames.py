"""Arrow tables as the frames that pages and charts work with: whole numbers, days and points keep their types."""

import geopandas as gpd
import pandas as pd
import pyarrow as pa

KEPT = {"integer": "Int64", "date": "datetime64[s]"}
"""Types pandas would lose when a value is missing."""
POINTS = "geometry"
"""The column of points or boundaries (WKB, EPSG:4326)."""


def frame(found: pa.Table) -> pd.DataFrame:
    """The rows of an Arrow table; a GeoDataFrame (EPSG:4326) where it has geometry."""
    rows = found.to_pandas().astype({field.name: KEPT[kind] for field in found.schema if (kind := _kind(field.type))})
    if POINTS not in rows:
        return rows
    return gpd.GeoDataFrame(rows.assign(**{POINTS: gpd.GeoSeries.from_wkb(rows[POINTS], crs=4326)}), geometry=POINTS)


def _kind(arrow: pa.DataType) -> str | None:
    return "integer" if pa.types.is_integer(arrow) else "date" if pa.types.is_date(arrow) else None
