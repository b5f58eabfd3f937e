"""Versions of the data that were replaced: kept whole, so that what was published with one can be shown again."""

import json
import os
import shutil
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DESCRIPTOR = "datapackage.json"
ARCHIVE = "archive"
"""Folder beside that of the tables, for the versions that were replaced."""
LIST = "versions.json"
KEPT = 12
"""Versions kept; beyond them, the first replaced goes."""


def keep(folder: Path, files: Mapping[str, bytes], archive: Path, day: date) -> None:
    """Keep the version in `folder`, replaced by `files` on `day`, below `archive`. Nothing when both are one version, or when
    the folder holds none that can be read."""
    version, new = version_of(folder), _version(files.get(DESCRIPTOR, b""))
    if version is None or version == new:
        return
    hold(folder, archive)
    kept = [entry for entry in replaced(archive) if entry["version"] != version]
    _write([*kept, {"version": version, "replaced": day.isoformat()}], archive)


def hold(folder: Path, archive: Path) -> None:
    """A whole second folder of the version in `folder`, not yet listed; the files of it that is there are good."""
    version = version_of(folder)
    if version is None or (archive / version).is_dir():
        return
    archive.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=archive, prefix=".") as beside:
        _link(folder, Path(beside, version))
        Path(beside, version).rename(archive / version)


def prune(archive: Path) -> None:
    """Remove the folders that the list does not name: versions beyond those kept, and what a killed run has left.
    Nothing without a list that can be read."""
    named = {entry["version"] for entry in replaced(archive)}
    for path in archive.iterdir() if named else ():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)


def forget(version: str, archive: Path) -> None:
    """Take a version off the list: it is published again."""
    listed = replaced(archive)
    if any(entry["version"] == version for entry in listed):
        _write([entry for entry in listed if entry["version"] != version], archive)


def replaced(archive: Path) -> list[dict[str, str]]:
    """The versions kept, each with the day it was replaced, the first replaced first."""
    try:
        listed = json.loads((archive / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [entry for entry in listed if (archive / entry["version"]).is_dir()]


def version_of(folder: Path) -> str | None:
    """The version that the descriptor in `folder` states; None without a readable one."""
    stated = descriptor(folder)
    return None if stated is None else str(stated["version"])


def descriptor(folder: Path) -> dict[str, Any] | None:
    """The descriptor in `folder`; None without a readable one that states a version."""
    try:
        return parsed((folder / DESCRIPTOR).read_bytes())
    except OSError:
        return None


def parsed(content: bytes) -> dict[str, Any] | None:
    """The descriptor in these bytes; None when they are none."""
    try:
        stated = json.loads(content)
    except ValueError:
        return None
    return stated if isinstance(stated, dict) and "version" in stated else None


def is_whole(folder: Path) -> bool:
    """Whether every table is there as the descriptor in `folder` states it, by its hash."""
    stated = descriptor(folder) or {}
    return "resources" in stated and all(_is_as_stated(folder, resource) for resource in stated["resources"])


def link(path: Path, other: Path) -> None:
    """A second name for a file, which takes no room; a copy where the disk has no second names."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copy2(path, other)


def _version(content: bytes) -> str | None:
    stated = parsed(content)
    return None if stated is None else str(stated["version"])


def _is_as_stated(folder: Path, resource: dict[str, Any]) -> bool:
    try:
        content = (folder / resource["path"]).read_bytes()
    except OSError:
        return False
    return resource.get("hash", "") in {"", f"sha256:{sha256(content).hexdigest()}"}


def _link(folder: Path, kept: Path) -> None:
    kept.mkdir()
    for path in folder.iterdir():
        link(path, kept / path.name)


def _write(listed: list[dict[str, str]], archive: Path) -> None:
    """The list of the versions to keep, in one move: a version that is listed is there."""
    with TemporaryDirectory(dir=archive, prefix=".") as beside:
        new = Path(beside, LIST)
        new.write_text(json.dumps(listed[-KEPT:], indent=2) + "\n", encoding="utf-8")
        new.replace(archive / LIST)
