"""Tables as Arrow and Parquet: exact types, and in the metadata of each column its description, unit and vocabulary."""

import io
from hashlib import sha256

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.columns import Column, columns
from etl.tables import described

TYPES = {
    "text": pa.string(),
    "date_text": pa.string(),
    "url": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
    "geometry": pa.binary(),
}


def to_arrow(rows: pd.DataFrame, table: str) -> pa.Table:
    """A conforming table as Arrow, with GeoParquet's metadata when it has geometry (WKB)."""
    found = geo_arrow(rows) if isinstance(rows, gpd.GeoDataFrame) else pa.Table.from_pandas(rows, preserve_index=False)
    geo = {key: value for key, value in (found.schema.metadata or {}).items() if key == b"geo"}
    words = {key.encode(): value.encode() for key, value in described(table).items()}
    return found.cast(pa.schema([field(column) for column in columns(table).values()], metadata=words | geo))


def geo_arrow(rows: gpd.GeoDataFrame) -> pa.Table:
    """Rows as Arrow with the GeoParquet metadata, which geopandas gives only to files."""
    buffer = io.BytesIO()
    rows.to_parquet(buffer, index=False, schema_version="1.1.0")
    return pq.read_table(buffer)


def field(column: Column) -> pa.Field:
    """The Arrow field of a declared column, described in its metadata."""
    words = {
        "description_en": column.description_en,
        "description_fr": column.description_fr,
        "unit": column.unit,
        "vocabulary": "|".join(column.codes),
        "references": column.ids,
    }
    metadata = {name: value for name, value in words.items() if value}
    return pa.field(column.name, TYPES[column.kind], nullable=column.is_nullable, metadata=metadata)


def to_bytes(table: pa.Table) -> bytes:
    """The Parquet file of an Arrow table, the same at every build."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def content_hash(tables: dict[str, pa.Table]) -> str:
    """A short hash of what the tables say, whichever library wrote them: the version of the data."""
    digest = sha256()
    for name, table in sorted(tables.items()):
        digest.update(repr((name, table.to_pylist())).encode())
    return digest.hexdigest()[:12]
