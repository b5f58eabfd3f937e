"""The Parquet tables, read once per data version. The only door between the files and everything that is shown."""

import io
import json
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from atlas.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[1] / "data" / "tables"
ARCHIVE = "archive"
"""Folder beside that of the tables, with whole copies of versions by their name."""
WAITS = (0.0, 0.02, 0.1, 0.3)
"""Seconds between the looks at tables that are being replaced."""


class TablesMissing(Exception):
    """The tables are absent or unreadable; the message says how to build them."""


@dataclass(frozen=True, eq=False)
class Tables:
    """Every table of the observatory; `datapackage.json` beside the files describes each column.

    Treat them as read-only: they are shared by all sessions, and what is computed of them is kept by identity.
    """

    version: str
    clusters: gpd.GeoDataFrame
    observations: pd.DataFrame
    programmes: pd.DataFrame
    awards: pd.DataFrame
    partners: pd.DataFrame
    annual_funding: pd.DataFrame
    indicators: pd.DataFrame
    sources: pd.DataFrame
    countries: gpd.GeoDataFrame
    same_as: pd.DataFrame
    field_sources: pd.DataFrame
    vocabulary: pd.DataFrame

    @cached_property
    def codes(self) -> Vocabulary:
        """The vocabulary, ready to be looked up."""
        return Vocabulary(self.vocabulary)

    @cached_property
    def source_of(self) -> pd.DataFrame:
        """The sources by their identifier."""
        return self.sources.set_index("source_id")


GEOMETRY = ("clusters", "countries")


def tables(folder: Path = FOLDER) -> Tables:
    """The tables of `folder`, cached until its data version changes: one version, whole, also while another takes its place.
    Raises TablesMissing."""
    for wait in WAITS:
        if wait:
            time.sleep(wait)
        stated = package(folder)
        digests = frozenset((resource["path"], resource.get("hash", "")) for resource in stated.get("resources", ()))
        try:
            return _read(folder, str(stated["version"]), digests)
        except TablesMissing as error:
            missing = error
    raise missing


def version(folder: Path = FOLDER) -> str:
    """Version of the data, as `datapackage.json` states it. Raises TablesMissing."""
    return str(package(folder)["version"])


def package(folder: Path = FOLDER) -> dict:
    """The Frictionless descriptor of the tables, read-only: it is asked at every request. Raises TablesMissing."""
    try:
        return _parsed((folder / "datapackage.json").read_bytes())
    except (OSError, ValueError) as error:
        raise TablesMissing(f"{folder} holds no readable datapackage.json: run `python -m etl build`.") from error


@lru_cache(maxsize=4)
def _parsed(descriptor: bytes) -> dict:
    return json.loads(descriptor)


def changes(folder: Path = FOLDER) -> dict | None:
    """What the version in `folder` changed of the one before it, as the ETL tells it; None when it does not."""
    try:
        return json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def searched(folder: Path = FOLDER) -> str:
    """When the facts were last searched for (YYYY-MM), as `datapackage.json` states it; '' if it does not.

    What is empty was not found then. Raises TablesMissing.
    """
    return max((source.get("searched", "") for source in package(folder)["sources"]), default="")


@lru_cache(maxsize=4)
def _read(folder: Path, version: str, digests: frozenset[tuple[str, str]]) -> Tables:
    names = [name for name in Tables.__dataclass_fields__ if name != "version"]
    places, stated = (folder, folder.parent / ARCHIVE / version), dict(digests)
    files = {name: _content(f"{name}.parquet", places, stated) for name in names}
    return Tables(version=version, **{name: _table(name, file) for name, file in files.items()})


def _content(name: str, places: tuple[Path, ...], stated: dict[str, str]) -> io.BytesIO:
    """The file that the descriptor means, by its hash: another in its place is of another version, and never used."""
    for place in places:
        content = _bytes(place / name)
        if content and stated.get(name, "") in {"", f"sha256:{sha256(content).hexdigest()}"}:
            return io.BytesIO(content)
    raise TablesMissing(f"{places[0] / name} is not there as its descriptor states it: run `python -m etl build`.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _table(name: str, file: io.BytesIO) -> pd.DataFrame:
    try:
        rows = gpd.read_parquet(file) if name in GEOMETRY else pd.read_parquet(file)
        return rows.astype({field.name: KEPT[kind] for field in pq.read_schema(file) if (kind := _kind(field.type))})
    except (OSError, ValueError) as error:
        raise TablesMissing(f"{name}.parquet cannot be read: run `python -m etl build`.") from error


KEPT = {"integer": "Int64", "date": "datetime64[s]"}
"""Types pandas would lose when a value is missing."""


def _kind(arrow: pa.DataType) -> str | None:
    return "integer" if pa.types.is_integer(arrow) else "date" if pa.types.is_date(arrow) else None
