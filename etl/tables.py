"""The shape of a table as its model declares it: columns, types, order of rows; and what the model says of it."""

from typing import Any

import geopandas as gpd
import pandas as pd

from etl.columns import Column, columns
from etl.schema import GEOMETRY, TABLES

DTYPES = {
    "text": pd.StringDtype(na_value=float("nan")),
    "date_text": pd.StringDtype(na_value=float("nan")),
    "url": pd.StringDtype(na_value=float("nan")),
    "integer": pd.Int64Dtype(),
    "number": pd.api.types.pandas_dtype("float64"),
    "flag": pd.api.types.pandas_dtype("bool"),
    "date": pd.api.types.pandas_dtype("datetime64[ns]"),
    "list": pd.api.types.pandas_dtype("object"),
}


def conform(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """The declared columns of `table`, typed and in order (missing ones null), rows sorted by key."""
    declared = columns(table)
    typed = {name: values(rows, column) for name, column in declared.items()}
    return rows.assign(**typed)[list(declared)].sort_values(key(table), kind="stable").reset_index(drop=True)


def empty(table: str) -> pd.DataFrame:
    """A table to which nothing has come."""
    rows = pd.DataFrame(columns=list(columns(table)))
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=4326) if table in GEOMETRY else rows


def values(rows: pd.DataFrame, column: Column) -> "pd.Series[Any]":
    """The cells of one column with its declared type."""
    found = rows.get(column.name, pd.Series(None, index=rows.index, dtype="object"))
    return found if column.kind == "geometry" else found.astype(DTYPES[column.kind])


def key(table: str) -> list[str]:
    """The columns that identify a row."""
    return list(declared_metadata(table)["key"])


def described(table: str) -> dict[str, str]:
    """What a row of `table` is, in English and French."""
    metadata = declared_metadata(table)
    return {"description_en": metadata["en"], "description_fr": metadata["fr"]}


def declared_metadata(table: str) -> dict[str, Any]:
    """What the model of `table` says of it: en, fr, key."""
    metadata: dict[str, Any] = TABLES[table].Config.metadata  # type: ignore[attr-defined]
    return metadata
