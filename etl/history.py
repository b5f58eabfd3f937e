"""The differences of all versions published, one file each: what feeds, CHANGES.md and the page of changes are made from."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.diff import Change, Difference, Measure

HISTORY = "changes"
"""Folder beside that of the tables."""


@dataclass(frozen=True)
class Published:
    """A difference, and the day (YYYY-MM-DD) it was published."""

    day: str
    found: Difference


def as_json(found: Difference, day: date | str) -> str:
    """A difference as JSON: versions, day, changes with the cells before and after, coverage and totals."""
    return json.dumps({"published": str(day), **asdict(found)}, ensure_ascii=False, indent=2) + "\n"


def remember(found: Difference, day: date, folder: Path) -> Path:
    """Write a difference below `folder`; the same step published again takes the place of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = path_of(found.before, found.after, folder)
    put(path, as_json(found, day).encode())
    return path


def path_of(before: str, after: str, folder: Path) -> Path:
    """The file of the step from one version to another."""
    return folder / f"{after}_after_{before}.json"


def recall(folder: Path) -> list[Published]:
    """The differences below `folder`, the last published first. What cannot be read is left out."""
    found = [published for path in folder.glob("*_after_*.json") if (published := _read(path))]
    return sorted(found, key=lambda one: (one.day, numbers(one.found.after)), reverse=True)


def numbers(version: str) -> list[int]:
    """2026.11.25.10 comes after 2026.11.25.9."""
    return [int(part) for part in re.findall(r"\d+", version)]


def put(path: Path, content: bytes) -> None:
    """Write a file in one move."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _read(path: Path) -> Published | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Published(told.pop("published"), _difference(told))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _difference(told: dict[str, Any]) -> Difference:
    changes = [
        Change(**change | {"columns": {name: tuple(cells) for name, cells in change["columns"].items()}})
        for change in told["changes"]
    ]
    coverage, totals = ([Measure(**measure) for measure in told[part]] for part in ("coverage", "totals"))
    return Difference(told["before"], told["after"], changes, coverage, totals)
