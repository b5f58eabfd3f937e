"""The Parquet tables, read once per data version. The only door between the files and everything that is shown."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from atlas import later, storage
from atlas.frames import frame
from atlas.large import LargeTable
from atlas.published import Published
from atlas.storage import Folder, Once, TablesMissing
from atlas.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[1] / "data" / "tables"
"""Where the tables are, unless TABLES_URL of the environment names another path or an URL
(`s3://bucket/prefix/tables`)."""
DESCRIPTOR = "datapackage.json"
WAITS = (0.0, 0.02, 0.1, 0.3)
"""Seconds between the looks at tables that are being replaced on a disk."""
VERSIONS = 4
"""Versions that are held at the same time."""
AT_ONCE = 8
"""Files read at the same time."""
Place = str | Path | None
"""A folder of tables by its path or URL; None: where TABLES_URL says."""


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
    regions: gpd.GeoDataFrame
    organisations: pd.DataFrame
    projects: LargeTable
    participants: LargeTable
    third_places: LargeTable
    same_as: pd.DataFrame
    field_sources: pd.DataFrame
    vocabulary: pd.DataFrame

    @cached_property
    def codes(self) -> Vocabulary:
        """The vocabulary, ready to be looked up, with the NUTS regions where there are any."""
        return Vocabulary(self.vocabulary, self.regions)

    @cached_property
    def source_of(self) -> pd.DataFrame:
        """The sources by their identifier."""
        return self.sources.set_index("source_id")

    def rows(self, name: str) -> pd.DataFrame:
        """All rows of the table called `name`, those of a large one too."""
        found = getattr(self, name)
        return found.whole() if isinstance(found, LargeTable) else found


GEOMETRY = ("clusters", "countries", "regions", "third_places")
LARGE = ("projects", "participants", "third_places")
"""Tables of up to a hundred thousand rows: see `atlas.large`."""


def tables(place: Place = None) -> Tables:
    """The tables, cached until their data version changes: one version, whole, also while another takes its place, and
    the last one that was read while a store is away. Raises TablesMissing."""
    folder = folder_of(place)
    try:
        found = _read_now(folder, WAITS if folder.is_local else (0.0,))
    except TablesMissing:
        if folder.is_local or folder not in _LAST:
            raise
        return _LAST[folder]
    if not folder.is_local:
        _keep(folder, found)
    return found


_LAST: dict[Folder, Tables] = {}
"""The tables of stores as they were last read whole, those asked for last at the end."""


def _keep(folder: Folder, found: Tables) -> None:
    _LAST.pop(folder, None)
    _LAST[folder] = found
    for oldest in [*_LAST][:-VERSIONS]:
        _LAST.pop(oldest, None)


def _read_now(folder: Folder, waits: tuple[float, ...]) -> Tables:
    """The tables that the descriptor states, looked at again after each wait."""
    for wait in waits:
        if wait:
            time.sleep(wait)
        published = _stated(folder, _descriptor(folder))
        try:
            return _read(published).get()
        except TablesMissing as error:
            missing = error
    raise missing


def folder_of(place: Place = None) -> Folder:
    """The folder of tables at `place`. Raises TablesMissing when TABLES_URL is no address."""
    return Folder.at(place or os.environ.get("TABLES_URL") or FOLDER)


def version(place: Place = None) -> str:
    """Version of the data, as `datapackage.json` states it. Raises TablesMissing."""
    return str(package(place)["version"])


def package(place: Place = None) -> dict[str, Any]:
    """The Frictionless descriptor of the tables, read-only: it is asked at every request. Raises TablesMissing."""
    return _parsed(_descriptor(folder_of(place)))


def _descriptor(folder: Folder) -> bytes:
    """The bytes of the descriptor, which are one."""
    try:
        found = folder.lately(DESCRIPTOR) or b""
        _parsed(found)
    except (OSError, ValueError) as error:
        raise TablesMissing(_unreadable(folder, error)) from error
    return found


def _unreadable(folder: Folder, error: Exception) -> str:
    if folder.is_local:
        return f"{folder.url} holds no readable {DESCRIPTOR}: run `python -m etl build`."
    if isinstance(error, OSError):
        return f"{folder.url} cannot be read: {str(error).rstrip('.')}. Look at TABLES_URL and the variables AWS_*."
    return f"{folder.url} holds no readable {DESCRIPTOR}: publish the tables there, or correct TABLES_URL."


@lru_cache(maxsize=8)
def _parsed(descriptor: bytes) -> dict[str, Any]:
    return json.loads(descriptor)


@lru_cache(maxsize=8)
def _stated(folder: Folder, descriptor: bytes) -> Published:
    return Published.of(folder, _parsed(descriptor))


def changes(place: Place = None) -> dict[str, Any] | None:
    """What the version in use changed of the one before it, as the ETL tells it; None when it does not."""
    try:
        return json.loads(next(_published(place).copies("changes.json")))
    except (StopIteration, TablesMissing, ValueError):
        return None


def searched(place: Place = None) -> str:
    """When the facts were last searched for (YYYY-MM), as `datapackage.json` states it; '' if it does not.

    What is empty was not found then. Raises TablesMissing.
    """
    return max((source.get("searched", "") for source in package(place)["sources"]), default="")


def file(name: str, place: Place = None) -> bytes:
    """The published file of the table called `name`, exactly. Raises TablesMissing."""
    return _published(place).content(f"{name}.parquet")


def beside(path: str, place: Place = None) -> bytes | None:
    """A file of the folders beside that of the tables ("changes/CHANGES.md", "reports/quality.json"), as it was at most
    two seconds ago on a store; None when it is not there, or its store is away. Raises TablesMissing when TABLES_URL
    is no address."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\0" in path:
        return None
    try:
        return folder_of(place).beside(str(parts.parent)).lately(parts.name)
    except OSError:
        return None


def names_beside(path: str, place: Place = None) -> list[str]:
    """What lies in one of those folders, in order; nothing when it is not there, or its store is away. Raises
    TablesMissing when TABLES_URL is no address."""
    try:
        return folder_of(place).beside(path).names()
    except OSError:
        return []


def _published(place: Place) -> Published:
    folder = folder_of(place)
    return _stated(folder, _descriptor(folder))


@lru_cache(maxsize=VERSIONS)
def _read(published: Published) -> Once[Tables]:
    return Once(lambda: _made(published), pause=0 if published.folder.is_local else storage.AWAY)


def _made(published: Published) -> Tables:
    names = [name for name in Tables.__dataclass_fields__ if name != "version"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        contents = pool.map(lambda name: _content(name, published), names)
        found: dict[str, Any] = {name: _table(name, content) for name, content in zip(names, contents, strict=True)}
    return Tables(published.version, **found)


def _content(name: str, published: Published) -> bytes | LargeTable | None:
    """The file of a table, or a large table itself; None for a table that came after this version."""
    path = f"{name}.parquet"
    if name in later.TABLES and not published.states(path):
        return None
    if name in LARGE:
        published.opened(path).close()
        return LargeTable(name, published.digest(path) or object(), lambda: published.opened(path))
    return published.content(path)


def _table(name: str, content: bytes | LargeTable | None) -> pd.DataFrame | LargeTable:
    """A table of its file; without rows when there is none."""
    if isinstance(content, LargeTable):
        return content
    if content is None:
        nothing = later.TABLES[name].empty_table()
        return LargeTable(name, None, nothing) if name in LARGE else frame(nothing)
    try:
        return frame(later.whole(name, pq.read_table(pa.BufferReader(content))))
    except (OSError, ValueError) as error:
        raise TablesMissing(f"{name}.parquet cannot be read: run `python -m etl build`.") from error
