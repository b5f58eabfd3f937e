"""Names of versions: `YYYY.MM.DD`, and `.n` for the next ones of a day. One content has one name, and one name one content."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.archive import ARCHIVE, DESCRIPTOR, descriptor, forget, is_whole, parsed, replaced
from etl.changes import CHANGES
from etl.publish import publish

NAME = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d+))?")


class NoVersion(Exception):
    """A version that is not kept: one sentence that says which are."""


@dataclass(frozen=True)
class Version:
    """A version that can be read: its name, where it is, the day it was published and replaced ('' when not known or not yet)."""

    name: str
    folder: Path
    published: str
    replaced: str = ""


def named(files: Mapping[str, bytes], folder: Path, day: date) -> dict[str, bytes]:
    """`files` (see `publish.contents`) under the name of their version: that of the version in `folder`, or kept beside it, with
    the same content; else a new one of `day`, or of the last day published when the clock is behind it.

    The hash of the content moves to the field `hash`, except where the version of that content is named by its hash still.
    """
    stated = parsed(files[DESCRIPTOR])
    if stated is None:
        raise ValueError(f"{DESCRIPTOR} states no version")
    known = list(_descriptors(folder))
    same = next((other for other in known if content_of(other) == content_of(stated)), None)
    name = same["version"] if same else following((other["version"] for other in known), day)
    if name == stated["version"]:
        return dict(files)
    package: dict[str, Any] = {}
    for word, value in stated.items():
        package |= {"version": name, "hash": content_of(stated)} if word == "version" else {word: value}
    return dict(files) | {DESCRIPTOR: (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()}


def following(names: Iterable[str], day: date) -> str:
    """The name after all `names`: of `day`, unless one of them is of that day or a later one."""
    last = max((_numbers(name) for name in names), default=(0, 0, 0, 0))
    today = (day.year, day.month, day.day)
    if today > last[:3]:
        return "{:04}.{:02}.{:02}".format(*today)
    return "{:04}.{:02}.{:02}.{}".format(*last[:3], max(last[3], 1) + 1)


def content_of(package: Mapping[str, Any]) -> str:
    """The hash of what the tables of a descriptor say: its field `hash`, or its version where it is named by that."""
    return str(package.get("hash", package["version"]))


def versions(folder: Path) -> list[Version]:
    """The version in `folder`, then those kept, the last replaced first."""
    archive, current = folder.parent / ARCHIVE, descriptor(folder)
    now = [Version(str(current["version"]), folder, published(folder))] if current else []
    kept = [
        Version(entry["version"], archive / entry["version"], published(archive / entry["version"]), entry["replaced"])
        for entry in reversed(replaced(archive))
        if not now or entry["version"] != now[0].name
    ]
    return now + kept


def find(name: str, folder: Path) -> Version:
    """The version called `name`. Raises NoVersion with those that there are."""
    there = versions(folder)
    for version in there:
        if version.name == name:
            return version
    names = ", ".join(version.name for version in there) or "none"
    raise NoVersion(f"Version {name} of the data is not kept beside {folder}. Kept: {names}.")


def rollback(name: str, folder: Path) -> list[str]:
    """Publish a version that is kept again; the one it replaces is kept. Returns the names of the files that changed.
    Raises NoVersion, OSError. The next build brings the newer content back, unless its facts are mended first."""
    version = find(name, folder)
    if version.folder == folder:
        return []
    if not is_whole(version.folder):
        raise NoVersion(
            f"Version {name} in {version.folder} is harmed: its files are not those it states. Choose another."
        )
    files = {path.name: path.read_bytes() for path in version.folder.iterdir()}
    changed = publish(files, folder)
    forget(name, folder.parent / ARCHIVE)
    return changed


def published(folder: Path) -> str:
    """The day (YYYY-MM-DD) the version in `folder` was published, as its changes say or its name does; '' when neither."""
    package = descriptor(folder) or {}
    try:
        told = json.loads((folder / CHANGES).read_text(encoding="utf-8"))
        if told["version"] == package.get("version"):
            return str(told["published"])
    except (OSError, ValueError, KeyError):
        pass
    dated = NAME.fullmatch(str(package.get("version", "")))
    return "-".join(dated.groups()[:3]) if dated else ""


def _descriptors(folder: Path) -> Iterable[dict[str, Any]]:
    """Those of the version in `folder` and of all that are kept."""
    archive = folder.parent / ARCHIVE
    for place in (folder, *(archive / entry["version"] for entry in reversed(replaced(archive)))):
        if (package := descriptor(place)) is not None:
            yield package


def _numbers(name: str) -> tuple[int, int, int, int]:
    """2026.11.25.2 -> (2026, 11, 25, 2); all 0 for a name that is a hash."""
    found = NAME.fullmatch(name)
    year, month, day, number = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    return year, month, day, number
