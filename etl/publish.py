"""Write the tables and their descriptor: all of them or none, each file whole, files that did not change untouched."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from etl.archive import DESCRIPTOR, keep
from etl.arrow import content_hash, to_arrow, to_bytes
from etl.datapackage import Resource, datapackage
from etl.sources import Source

ARCHIVE = "archive"
"""Folder beside that of the tables, for the versions that were replaced."""


def contents(tables: Mapping[str, pd.DataFrame], sources: list[Source]) -> dict[str, bytes]:
    """The files of a build by name: one Parquet per table, then the descriptor."""
    arrow = {name: to_arrow(rows, name) for name, rows in tables.items()}
    resources = [Resource(name, to_bytes(table), table.num_rows) for name, table in arrow.items()]
    files = {f"{resource.table}.parquet": resource.content for resource in resources}
    return files | {DESCRIPTOR: datapackage(resources, sources, content_hash(arrow))}


def publish(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Put `files` in `folder` and remove tables that are no more; return the names that changed. A version that is replaced
    is kept in the archive beside the folder.

    Everything is first written beside the folder, then moved file by file, the descriptor last: a full disk or a
    power cut before the moves leaves the last good tables as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, content in files.items() if not is_same(folder / name, content)]
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        for name in changed:
            Path(beside, name).write_bytes(files[name])
        keep(folder, files, folder.parent / ARCHIVE, date.today())
        for name in changed:
            Path(beside, name).replace(folder / name)
    gone = sorted(path.name for path in folder.glob("*.parquet") if path.name not in files)
    for name in gone:
        (folder / name).unlink()
    return changed + gone


def is_same(path: Path, content: bytes) -> bool:
    """Whether the file is there with this content."""
    return path.is_file() and path.read_bytes() == content
