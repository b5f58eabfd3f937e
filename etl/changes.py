"""What a new version of the data changes, as a file published with it: rows added, removed and changed, table by table."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from etl.archive import DESCRIPTOR, parsed, version_of
from etl.diff import Difference, difference, of_files, of_folder
from etl.schema import TABLES
from etl.tables import key

CHANGES = "changes.json"


def since(folder: Path, files: Mapping[str, bytes]) -> Difference | None:
    """What `files` change of the version in `folder`; None when both are one version, or when the folder holds none."""
    stated = parsed(files[DESCRIPTOR])
    if stated is None or version_of(folder) in (None, str(stated["version"])):
        return None
    try:
        before = of_folder(folder)
    except (OSError, ValueError):
        return None
    return difference(before, of_files(files))


def record(found: Difference, tables: list[str], day: date) -> dict[str, bytes]:
    """The file of a difference: versions, day, and per table how many rows, with their identifiers where one column is the key."""
    told = {
        "version": found.after,
        "previous": found.before,
        "published": day.isoformat(),
        "tables": {name: _told(found, name) for name in tables},
    }
    return {CHANGES: (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()}


def _told(found: Difference, table: str) -> dict[str, Any]:
    rows: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    for change in found.changes:
        if change.table == table:
            rows[change.what].append(change.key)
    counts = {what: len(keys) for what, keys in rows.items()}
    has_one = table in TABLES and len(key(table)) == 1
    return counts | ({"rows": {what: sorted(keys) for what, keys in rows.items()}} if has_one else {})
