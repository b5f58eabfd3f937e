"""What a new version of the data changes: rows added, removed and changed, table by table."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from etl.arrow import to_arrow
from etl.publish import DESCRIPTOR
from etl.tables import key

CHANGES = "changes.json"
Rows = dict[str, dict[str, Any]]


def changes_since(
    folder: Path, files: Mapping[str, bytes], tables: Mapping[str, pd.DataFrame], day: date
) -> dict[str, bytes]:
    """The file that says what `files` (see `publish.contents`) change of the version in `folder`, ready to publish
    with them. Nothing when both say the same, or when the folder holds no readable version."""
    try:
        before, after = (
            json.loads(text)["version"] for text in ((folder / DESCRIPTOR).read_bytes(), files[DESCRIPTOR])
        )
        if before == after:
            return {}
        stored = {name: by_key(pq.read_table(folder / f"{name}.parquet").to_pylist(), name) for name in tables}
    except (OSError, ValueError, KeyError):
        return {}
    found = {
        name: changed(stored[name], by_key(to_arrow(rows, name).to_pylist(), name)) for name, rows in tables.items()
    }
    record = {
        "version": after,
        "previous": before,
        "published": day.isoformat(),
        "tables": {name: described(change, name) for name, change in found.items()},
    }
    return {CHANGES: (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()}


def changed(before: Rows, after: Rows) -> dict[str, list[str]]:
    """Keys of the rows added, removed and changed; a column that only one side has changes nothing."""
    both = before.keys() & after.keys()
    return {
        "added": sorted(after.keys() - before.keys()),
        "removed": sorted(before.keys() - after.keys()),
        "changed": sorted(row for row in both if differs(before[row], after[row])),
    }


def differs(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return any(before[column] != after[column] for column in before.keys() & after.keys())


def described(change: dict[str, list[str]], table: str) -> dict[str, Any]:
    """How many rows, and their identifiers where one column identifies a row."""
    counts = {what: len(rows) for what, rows in change.items()}
    return counts | ({"rows": change} if len(key(table)) == 1 else {})


def by_key(rows: list[dict[str, Any]], table: str) -> Rows:
    return {"|".join(str(row.get(column)) for column in key(table)): row for row in rows}
