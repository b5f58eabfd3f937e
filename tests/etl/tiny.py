"""Tables of one row, each with the mark of its version: small enough to publish in milliseconds, read by the real reader."""

import io
import json
from functools import cache
from hashlib import sha256

import geopandas as gpd
import pandas as pd
from shapely import Point

from atlas import store
from etl.archive import DESCRIPTOR

NAMES = [name for name in store.Tables.__dataclass_fields__ if name != "version"]


@cache
def version(mark: str, noise: int = 0) -> dict[str, bytes]:
    """The files of a version that says `mark` in every table; `noise` bytes more in one, as an incompressible file."""
    files = {f"{name}.parquet": table(mark, name in store.GEOMETRY) for name in NAMES}
    resources = [
        {"name": path.removesuffix(".parquet"), "path": path, "hash": f"sha256:{sha256(content).hexdigest()}"}
        for path, content in files.items()
    ]
    package = {"version": mark, "resources": resources, "sources": []}
    large = {"zz.parquet": bytes(noise)} if noise else {}
    return files | large | {DESCRIPTOR: json.dumps(package).encode()}


def table(mark: str, has_geometry: bool) -> bytes:
    """One row of one column, and a point where a table has geometry."""
    buffer, rows = io.BytesIO(), pd.DataFrame({"mark": [mark]})
    if has_geometry:
        gpd.GeoDataFrame(rows, geometry=[Point(0, 0)], crs=4326).to_parquet(buffer)
    else:
        rows.to_parquet(buffer)
    return buffer.getvalue()


def marks(tables: store.Tables) -> set[str]:
    """What the tables say they are of; one mark when no two are of different versions."""
    return {tables.version, *(tables.rows(name)["mark"].item() for name in NAMES)}
