"""JSON, JSON Lines, GeoJSON and Parquet: records made flat (`siege.commune`), every value text as it is written."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from etl.inbox.decode import decode
from etl.inbox.descriptor import Descriptor
from etl.inbox.grid import Grid
from etl.inbox.sheets import as_text
from etl.read import bad_file

LIST = ";"
POINT = ("geometry.x", "geometry.y")
"""The columns the points of a GeoJSON or GeoParquet file come in: as they stand in it, x first."""


def read_records(path: Path, descriptor: Descriptor, name: str) -> Grid:
    """The records of a JSON, JSON Lines or GeoJSON file; those of a list inside it when `property` says where."""
    text, notes = decode(path, path.read_bytes(), descriptor.encoding)
    try:
        if name == "jsonl":
            return table([parsed(line) for line in text.splitlines() if line.strip()]).noting(*notes)
        content = parsed(text)
    except json.JSONDecodeError as error:
        raise bad_file(path, f"is not JSON ({error.msg})", "Fetch or export it again", line=error.lineno) from error
    if name == "geojson":
        return table([feature(one) for one in listed(path, content, "features")]).noting(*notes, *projection(content))
    return table(listed(path, content, descriptor.dialect.property)).noting(*notes)


def parsed(text: str) -> Any:
    """JSON with every number as it is written."""
    return json.loads(text, parse_float=str, parse_int=str)


def listed(path: Path, content: Any, where: str) -> list[dict[str, Any]]:
    """The list of records at a path of names; BadInput when there is none."""
    for name in filter(None, where.split(".")):
        content = content.get(name) if isinstance(content, dict) else None
    if isinstance(content, list) and all(isinstance(one, dict) for one in content):
        return content
    lists = [key for key, value in content.items() if isinstance(value, list)] if isinstance(content, dict) else []
    remedy = (
        f"Write dialect.property: {' or '.join(lists)}"
        if lists
        else "Give the path to its list of records in dialect.property"
    )
    raise bad_file(path, f"holds no list of records{f' at {where}' if where else ''}", remedy)


def feature(one: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature as a record; a geometry that is no point has no coordinates."""
    geometry = one.get("geometry") or {}
    point = (geometry.get("coordinates") or ["", ""]) if geometry.get("type") == "Point" else ["", ""]
    identifier = {"id": one["id"]} if "id" in one else {}
    return identifier | (one.get("properties") or {}) | dict(zip(POINT, point[:2], strict=True))


def projection(content: Mapping[str, Any]) -> list[str]:
    """What an old GeoJSON says of its coordinates."""
    name = ((content.get("crs") or {}).get("properties") or {}).get("name", "")
    return [f"The file says that its coordinates are in {name}."] if name and "CRS84" not in name else []


def table(found: list[dict[str, Any]]) -> Grid:
    """Records as rows below a header of all their names; row 2 is the first record."""
    flat = [dict(flattened(record, "")) for record in found]
    names = list(dict.fromkeys(name for record in flat for name in record))
    body = [(number, [record.get(name, "") for name in names]) for number, record in enumerate(flat, 2)]
    return Grid([(1, names), *(row for row in body if any(row[1]))])


def flattened(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every value inside, by the path to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flattened(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        flat = not any(isinstance(item, (Mapping, list)) for item in value)
        yield name, LIST.join(map(as_text, value)) if flat else json.dumps(value, ensure_ascii=False)
    else:
        yield name, as_text(value)


def read_parquet(path: Path) -> Grid:
    """The rows of a Parquet file; the points of a GeoParquet in POINT."""
    try:
        found = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise bad_file(path, "is not a Parquet file we can read", "Fetch or export it again") from error
    geometry = json.loads((found.schema.metadata or {}).get(b"geo", b"{}")).get("primary_column", "")
    rows = [{name: value for name, value in row.items() if name != geometry} for row in found.to_pylist()]
    if geometry:
        points = shapely.from_wkb(found.column(geometry).to_pylist())
        rows = [
            row | dict(zip(POINT, coordinates(point), strict=True)) for row, point in zip(rows, points, strict=True)
        ]
    return table(rows)


def coordinates(shape: Any) -> tuple[str, str]:
    """x and y of a point as text, blank for other shapes."""
    return (repr(shape.x), repr(shape.y)) if isinstance(shape, shapely.Point) and not shape.is_empty else ("", "")
