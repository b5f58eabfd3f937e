"""What a file of data/bulk is made of: kept in its own metadata, so that both always belong together."""

import json
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.download import Lock

INPUTS = b"inputs"
"""Key of the metadata."""


@dataclass(frozen=True)
class Input:
    """A raw file: its name up to the first point, its address, the days it was changed and fetched on, its first line."""

    name: str
    url: str
    changed_on: str
    fetched_on: str
    first_line: str

    @classmethod
    def of(cls, path: Path, lock: Lock, header: str) -> "Input":
        """What the lock of a raw file knows, and the first line of its CSV."""
        return cls(path.name.split(".")[0], lock.url, day(lock.last_modified), lock.fetched_on, header)


@dataclass(frozen=True)
class Inputs:
    """What a file is made of: a mark to compare, and the raw files by name."""

    made_of: str
    files: dict[str, Input]


def read_inputs(path: Path) -> Inputs:
    """What the file at `path` is made of; nothing known where it cannot be read."""
    try:
        said = json.loads(pq.read_schema(path).metadata[INPUTS])
        files = [Input(**one) for one in said["files"]]
        return Inputs(said["made_of"], {one.name: one for one in files})
    except (OSError, pa.ArrowInvalid, ValueError, TypeError, KeyError):
        return Inputs("", {})


def first_line(path: Path) -> str:
    """The first line of a CSV, as received, without mark and line end."""
    with path.open("rb") as file:
        return file.readline().decode("utf-8-sig", errors="replace").strip()


def day(http_date: str) -> str:
    """Last-Modified as YYYY-MM-DD; '' when it is none."""
    try:
        return f"{parsedate_to_datetime(http_date):%Y-%m-%d}"
    except (TypeError, ValueError):
        return ""
