"""Write the tables and their descriptor: the folder is one whole version at every moment, the last one or the new one."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from etl.archive import ARCHIVE, DESCRIPTOR, hold, keep, link, prune
from etl.arrow import content_hash, to_arrow, to_bytes
from etl.datapackage import Resource, datapackage
from etl.sources import Source
from etl.switch import exchange, sync


def contents(tables: Mapping[str, pd.DataFrame], sources: list[Source]) -> dict[str, bytes]:
    """The files of a build by name: one Parquet per table, then the descriptor. Its version is the hash of the content;
    `version.named` gives it the name it is published under."""
    arrow = {name: to_arrow(rows, name) for name, rows in tables.items()}
    resources = [Resource(name, to_bytes(table), table.num_rows) for name, table in arrow.items()]
    files = {f"{resource.table}.parquet": resource.content for resource in resources}
    return files | {DESCRIPTOR: datapackage(resources, sources, content_hash(arrow))}


def publish(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Put `files` in `folder` and remove tables that are no more; return the names that changed. A version that is replaced
    is kept in the archive beside the folder.

    The whole new folder is made beside the one that is read, then both change places at once (`switch.exchange`): who is
    killed, or finds the disk full, leaves the last good version. One publication at a time: see `once`. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clear(folder)
    changed = [name for name, content in files.items() if not is_same(folder / name, content)]
    gone = sorted(path.name for path in folder.glob("*.parquet") if path.name not in files)
    if not changed and not gone:
        return []
    archive = folder.parent / ARCHIVE
    with TemporaryDirectory(dir=folder.parent, prefix=_prefix(folder), ignore_cleanup_errors=True) as beside:
        staged = Path(beside, folder.name)
        stage({name: files[name] for name in changed}, gone, folder, staged)
        keep(folder, files, archive, date.today())
        if not exchange(staged, folder):
            hold(folder, archive)
            move(staged, folder, changed, gone)
    prune(archive)
    return changed + gone


def stage(new: Mapping[str, bytes], gone: list[str], folder: Path, staged: Path) -> None:
    """Make the folder to come: the new files, on the disk, and second names of those that stay as they are."""
    staged.mkdir()
    staged.chmod(folder.stat().st_mode)
    for path in folder.iterdir():
        if path.name not in new and path.name not in gone:
            link(path, staged / path.name)
    for name, content in new.items():
        path = staged / name
        path.write_bytes(content)
        sync(path)
    sync(staged)


def move(staged: Path, folder: Path, changed: list[str], gone: list[str]) -> None:
    """File by file, the descriptor last, where folders cannot change places (a mount point, a layer of a container): until it is
    there, readers find the files it does not describe yet not to be those of the last one, and take those of the archive."""
    names = sorted(changed, key=lambda name: name == DESCRIPTOR)
    try:
        for name in names:
            link(staged / name, _beside(folder / name))
        for name in names:
            _beside(folder / name).replace(folder / name)
    finally:
        for path in folder.glob(".*.new"):
            path.unlink()
    for name in gone:
        (folder / name).unlink()
    sync(folder)


def clear(folder: Path) -> None:
    """Remove what a publication that was killed has left beside the folder, and in it."""
    for path in folder.parent.glob(f"{_prefix(folder)}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(".*.new"):
        path.unlink()


def is_same(path: Path, content: bytes) -> bool:
    """Whether the file is there with this content."""
    return path.is_file() and path.read_bytes() == content


def _prefix(folder: Path) -> str:
    return f".{folder.name}-"


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
