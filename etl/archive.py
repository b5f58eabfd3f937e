"""Versions of the data that were replaced: kept whole, so that what was published with one can be shown again."""

import json
import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

DESCRIPTOR = "datapackage.json"
LIST = "versions.json"
KEPT = 12
"""Versions kept; beyond them, the first replaced goes."""


def keep(folder: Path, files: Mapping[str, bytes], archive: Path, day: date) -> None:
    """Keep the version in `folder`, replaced by `files` on `day`, below `archive`. Nothing when both are one version, or when
    the folder holds none that can be read."""
    version = version_of(folder)
    if version is None or version == _version(files.get(DESCRIPTOR, b"")):
        return
    if not (archive / version).is_dir():
        archive.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=archive, prefix=".") as beside:
            _link(folder, Path(beside, version))
            Path(beside, version).rename(archive / version)
    kept = [entry for entry in replaced(archive) if entry["version"] != version]
    _write([*kept, {"version": version, "replaced": day.isoformat()}], archive)


def replaced(archive: Path) -> list[dict[str, str]]:
    """The versions kept, each with the day it was replaced, the first replaced first."""
    try:
        listed = json.loads((archive / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [entry for entry in listed if (archive / entry["version"]).is_dir()]


def version_of(folder: Path) -> str | None:
    """The version that the descriptor in `folder` states; None without a readable one."""
    try:
        return _version((folder / DESCRIPTOR).read_bytes())
    except OSError:
        return None


def _version(descriptor: bytes) -> str | None:
    try:
        stated = json.loads(descriptor)
    except ValueError:
        return None
    return str(stated["version"]) if isinstance(stated, dict) and "version" in stated else None


def _link(folder: Path, kept: Path) -> None:
    """A second name for each file, which takes no room; a copy where the disk has no second names."""
    kept.mkdir()
    for path in folder.iterdir():
        try:
            os.link(path, kept / path.name)
        except OSError:
            shutil.copy2(path, kept / path.name)


def _write(listed: list[dict[str, str]], archive: Path) -> None:
    """The list, then without what is beyond the number kept: a version that is listed is there."""
    kept, gone = listed[-KEPT:], listed[:-KEPT]
    with TemporaryDirectory(dir=archive, prefix=".") as beside:
        new = Path(beside, LIST)
        new.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        new.replace(archive / LIST)
    for entry in gone:
        shutil.rmtree(archive / entry["version"], ignore_errors=True)
