"""Rows as files that others open: CSV, JSON Lines, GeoJSON, Parquet; in codes, and no cell that a spreadsheet would run.

Lists are joined by `;` in CSV; missing stays empty (CSV) or null (JSON); geometry is in GeoJSON and Parquet alone.
The Excel workbook is in `atlas.outlets.workbook`.
"""

import io
import json
import re
from collections.abc import Iterable
from datetime import date
from numbers import Integral, Real
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from atlas.columns import CODED, NAMES, SAID, VALUES
from atlas.store import Tables
from atlas.view import View

RUNS = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[;,\t\r\n]))(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would begin a formula: at the start of a cell, and after what another dialect reads as its end."""


class Dialect(NamedTuple):
    """How a CSV file separates cells and decimals."""

    separator: str
    decimal: str


DIALECTS = {"comma": Dialect(",", "."), "semicolon": Dialect(";", ",")}
"""`semicolon` is what Excel reads where commas are decimal: French, German, Spanish..."""


def csv(rows: pd.DataFrame, dialect: str = "comma", *, has_mark: bool = True) -> bytes:
    """`rows` as UTF-8 CSV in one of DIALECTS, with the byte-order mark that Excel expects; missing stays empty."""
    how, flat = DIALECTS[dialect], rows.drop(columns="geometry", errors="ignore")
    texts = {str(name): flat[name].map(lambda cell: _cell(cell, how)) for name in flat if _is_text(flat[name])}
    plain = pd.DataFrame(flat.assign(**texts))
    text = plain.to_csv(index=False, sep=how.separator, decimal=how.decimal, lineterminator="\r\n")
    return text.encode("utf-8-sig" if has_mark else "utf-8")


def jsonl(rows: pd.DataFrame) -> bytes:
    """`rows` as JSON Lines: one object per row, lists as lists, dates as text, missing as null."""
    flat = rows.drop(columns="geometry", errors="ignore")
    return "".join(f"{_json(record)}\n" for record in records(flat)).encode("utf-8")


def geojson(rows: gpd.GeoDataFrame) -> bytes:
    """`rows` as a FeatureCollection (RFC 7946): WGS 84, outer rings anticlockwise; the first column is the id. A row without a
    geometry keeps its place, with null."""
    shapes = shapely.orient_polygons(rows.to_crs(4326).geometry.to_numpy(), exterior_cw=False)
    key, flat = rows.columns[0], pd.DataFrame(rows.drop(columns="geometry"))
    features = [
        {"type": "Feature", "id": record[key], "properties": record, "geometry": _shape(shape)}
        for record, shape in zip(records(flat), shapes, strict=True)
    ]
    return _json({"type": "FeatureCollection", "features": features}).encode("utf-8")


def parquet(rows: pd.DataFrame, schema: pa.Schema | None = None) -> bytes:
    """`rows` as Parquet; GeoParquet when they have geometry. `schema` gives the types and the description of each column."""
    found = _arrow(rows)
    if schema is not None:
        words = {key: value for key, value in (schema.metadata or {}).items() if key != b"geo"}
        geo = {key: value for key, value in (found.schema.metadata or {}).items() if key == b"geo"}
        fields = [schema.field(own.name) if own.name in schema.names else own for own in found.schema]
        found = found.cast(pa.schema(fields, metadata=words | geo))
    buffer = io.BytesIO()
    pq.write_table(found, buffer, compression="zstd")
    return buffer.getvalue()


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as JSON would say it."""
    return [{str(name): plain(value) for name, value in row.items()} for row in rows.to_dict("records")]


def plain(value: Any) -> Any:
    """A cell as a plain value: list, bool, int, float, text (dates in ISO), None when missing."""
    if pd.api.types.is_list_like(value):
        return [plain(item) for item in value]
    if pd.isna(value):
        return None
    if pd.api.types.is_bool(value):
        return bool(value)
    if isinstance(value, Real):
        return int(value) if isinstance(value, Integral) else float(value)
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def neutral(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would begin a formula."""
    return RUNS.sub("'", text)


def joined(items: Iterable[Any]) -> str:
    """A list as one cell."""
    return ";".join(map(str, items))


def readable(rows: pd.DataFrame, tables: Tables, view: View) -> pd.DataFrame:
    """`rows` for reading: words for codes and column names, and in the last column the address of the first source."""
    urls = tables.source_of["url"]
    shown = rows.assign(source=rows["source_ids"].map(lambda ids: urls.get(ids[0]) if len(ids) else None))
    worded = {
        name: shown[name].map(lambda code, name=name: _worded(code, name, view)) for name in {*CODED, *SAID} & {*shown}
    }
    return (
        shown.assign(**worded)
        .drop(columns=["geometry", "source_ids"], errors="ignore")
        .rename(columns={name: view.gettext(NAMES[name]) for name in NAMES})
    )


def _worded(code: Any, column: str, view: View) -> str | None:
    if pd.api.types.is_list_like(code):
        return ", ".join(str(_worded(item, column, view)) for item in code)
    if pd.isna(code):
        return None
    vocabulary = next((name for name in CODED.get(column, ()) if code in view.vocabulary.codes(name)), None)
    return view.label(vocabulary, code) if vocabulary else view.gettext(VALUES.get(code, code))


def _is_text(column: pd.Series) -> bool:
    return bool(column.dtype == object or pd.api.types.is_string_dtype(column))


def _cell(value: Any, how: Dialect) -> Any:
    if pd.api.types.is_list_like(value):
        value = joined(value)
    if isinstance(value, float) and not pd.isna(value):
        return str(value).replace(".", how.decimal)
    return neutral(value) if isinstance(value, str) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _shape(shape: Any) -> dict[str, Any] | None:
    return None if shape is None or shape.is_empty else shapely.geometry.mapping(shape)


def _arrow(rows: pd.DataFrame) -> pa.Table:
    """Rows as Arrow, with the GeoParquet metadata that geopandas gives only to files."""
    if not isinstance(rows, gpd.GeoDataFrame):
        return pa.Table.from_pandas(rows, preserve_index=False)
    buffer = io.BytesIO()
    rows.to_parquet(buffer, index=False, schema_version="1.1.0")
    return pq.read_table(buffer)
