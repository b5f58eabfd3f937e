"""What a build says it changed of the version before it."""

import json
from datetime import date

from etl.build import build
from etl.changes import CHANGES, record, since
from etl.publish import contents, publish
from etl.sources import declared

DAY = date(2026, 11, 25)


def built(folders):
    tables = build(folders).tables
    return tables, contents(tables, declared())


def test_rows_added_removed_and_changed_are_told_by_table(write, rows):
    folders = write({})
    _tables, files = built(folders)
    publish(files, folders.tables)
    europe = [row | {"city": "Bilbo"} for row in rows["europe/clusters.csv"] if row["cluster_id"] == "es-b"]
    new = {**europe[0], "cluster_id": "es-new", "name": "Nuevo"}
    path = "europe/clusters.csv"
    tables, files = built(write({path: [rows[path][0], *europe, new]}))
    told = json.loads(record(since(folders.tables, files), list(tables), DAY)[CHANGES])
    assert told["published"] == "2026-11-25"
    assert told["previous"] != told["version"] == json.loads(files["datapackage.json"])["version"]
    assert told["tables"]["clusters"] == {
        "added": 1, "removed": 0, "changed": 1, "rows": {"added": ["es-new"], "removed": [], "changed": ["es-b"]},
    }  # fmt: skip
    assert told["tables"]["observations"]["added"] == 0


def test_the_same_data_changes_nothing(write):
    folders = write({})
    _tables, files = built(folders)
    publish(files, folders.tables)
    assert since(folders.tables, files) is None


def test_a_first_or_unreadable_version_is_compared_with_nothing(write):
    folders = write({})
    _tables, files = built(folders)
    assert since(folders.tables, files) is None
    publish(files | {"clusters.parquet": b"torn"}, folders.tables)
    assert since(folders.tables, files | {"datapackage.json": b'{"version": "new"}'}) is None
