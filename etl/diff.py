"""What one version of the data changes of another: rows added, removed and changed, coverage and totals before and after."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq

from etl.archive import DESCRIPTOR, parsed
from etl.columns import columns
from etl.schema import TABLES
from etl.tables import key

Row = dict[str, Any]
Rows = dict[str, Row]
"""Rows by their key, its parts joined by |."""
What = Literal["added", "removed", "changed"]
LABELS = ("name", "name_en", "organisation", "title", "label_en", "geo_name")
SHARE = 0.05
"""Drop of a coverage that is a loss."""


@dataclass(frozen=True)
class Snapshot:
    """A version as rows: by table, in the order of the file."""

    version: str
    tables: Mapping[str, list[Row]]


@dataclass(frozen=True)
class Change:
    """One row added, removed or changed; `columns` gives what stood and stands in each cell that differs.

    Of rows added or removed the key and the label are told, not the cells: what was taken out of the data stays out of its history.
    """

    table: str
    what: What
    key: str
    label: str
    cluster: str
    country: str
    columns: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """A count or a sum before and after; None where a version has no figure to sum."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Difference:
    """Everything between two versions."""

    before: str
    after: str
    changes: list[Change]
    coverage: list[Measure]
    totals: list[Measure]

    def count(self, table: str, what: What) -> int:
        return sum(change.table == table and change.what == what for change in self.changes)


class Loss(Exception):
    """The new version covers less than the last one: one sentence that says what, and how to go on all the same."""


def of_folder(folder: Path) -> Snapshot:
    """The version in `folder`. Raises OSError or ValueError when it cannot be read."""
    return of_files({path.name: path.read_bytes() for path in folder.iterdir()})


def of_files(files: Mapping[str, bytes]) -> Snapshot:
    """A version as the files to publish (see `publish.contents`). Raises ValueError when one cannot be read."""
    stated = parsed(files.get(DESCRIPTOR, b""))
    if stated is None:
        raise ValueError(f"{DESCRIPTOR} is missing or states no version")
    tables = {
        name.removesuffix(".parquet"): pq.read_table(io.BytesIO(content)).to_pylist()
        for name, content in sorted(files.items())
        if name.endswith(".parquet")
    }
    return Snapshot(str(stated["version"]), {name: tables[name] for name in _ordered(tables)})


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What `after` changes of `before`."""
    names = list(dict.fromkeys([*after.tables, *before.tables]))
    places = _countries(before) | _countries(after)
    changes = [
        change
        for name in names
        for change in _changes(name, before.tables.get(name, []), after.tables.get(name, []), places)
    ]
    return Difference(
        before.version,
        after.version,
        changes,
        _measures(coverage(before), coverage(after), missing=0),
        _measures(totals(before), totals(after), missing=None),
    )


def losses(found: Difference, share: float = SHARE) -> list[Measure]:
    """The coverages that drop by more than `share`. One row fewer among many is a correction, not a loss; the last one is."""
    return [
        measure
        for measure in found.coverage
        if (was := measure.before or 0) - (now := measure.after or 0) > was * share and (was - now > 1 or not now)
    ]


def stop_for_loss(found: Difference, share: float = SHARE) -> None:
    """Raise Loss, with each coverage that drops by more than `share`."""
    if lost := losses(found, share):
        named = "; ".join(f"{measure.name}: {measure.before:g} -> {measure.after:g}" for measure in lost)
        raise Loss(
            f"This version covers over {share:.0%} less than {found.before} ({named}). The tables were not touched: "
            "look at what has gone, then publish with --accept-loss if it is meant."
        )


def coverage(of: Snapshot) -> dict[str, float]:
    """How much is there: rows by table, filled cells by column that may be empty, clusters by country, clusters that report."""
    counted: Counter[str] = Counter()
    for table, rows in of.tables.items():
        counted[f"{table}, rows"] = len(rows)
        for column in _optional(table):
            counted[f"{table}, {column} filled"] = sum(row.get(column) not in (None, "", []) for row in rows)
    counted.update(f"clusters in {row.get('country')}" for row in of.tables.get("clusters", []))
    told = {(row.get("metric"), row.get("scope"), row.get("cluster_id")) for row in of.tables.get("observations", [])}
    counted.update(f"clusters that report {metric} ({scope})" for metric, scope, _cluster in told)
    return dict(counted)


def totals(of: Snapshot) -> dict[str, float]:
    """The latest figures summed by metric, scope and unit (never across scopes, never `other`), awards in euros."""
    summed: defaultdict[str, float] = defaultdict(float)
    for row in of.tables.get("observations", []):
        if row.get("is_latest") and row.get("scope") != "other":
            summed[f"{row['metric']} ({row['scope']}), {row['unit']}"] += row["value"]
    for row in of.tables.get("awards", []):
        if row.get("amount_eur") is not None:
            summed["awards whose amount is published, EUR"] += row["amount_eur"]
    return dict(summed)


def by_key(rows: Iterable[Row], table: str) -> Rows:
    """Rows by their key; a key met again is numbered, so that no row hides another."""
    names, met, found = key(table) if table in TABLES else None, Counter[str](), {}
    for row in rows:
        name = "|".join(str(row.get(column)) for column in names or row)
        met[name] += 1
        found[name if met[name] == 1 else f"{name}#{met[name]}"] = row
    return found


def _changes(table: str, before: list[Row], after: list[Row], places: Mapping[str, str]) -> list[Change]:
    """The changes of one table: changed rows where both have the key, or the key but for the value."""
    was, now = by_key(before, table), by_key(after, table)
    gone, new = [name for name in was if name not in now], [name for name in now if name not in was]
    pairs = _revalued(table, {name: was[name] for name in gone}, {name: now[name] for name in new})
    both = [(name, name) for name in now if name in was] + list(pairs.items())
    changes = [
        _change(table, "changed", name, now[name], places=places, cells=_cells(was[old], now[name]))
        for old, name in both
    ]
    return [
        *(_change(table, "added", name, now[name], places=places) for name in new if name not in pairs.values()),
        *(_change(table, "removed", name, was[name], places=places) for name in gone if name not in pairs),
        *(change for change in changes if change.columns),
    ]


def _revalued(table: str, gone: Rows, new: Rows) -> dict[str, str]:
    """Key that has gone -> key that is new, where only the value in it differs and no other row could be meant."""
    names = key(table) if table in TABLES else []
    if "value" not in names:
        return {}
    rest = [name for name in names if name != "value"]
    old, fresh = (_alone(rows, rest) for rows in (gone, new))
    return {name: fresh[cells] for cells, name in old.items() if cells in fresh}


def _alone(rows: Rows, names: list[str]) -> dict[tuple[Any, ...], str]:
    """Cells of `names` -> key, where one row has them."""
    found = defaultdict(list)
    for name, row in rows.items():
        found[tuple(row.get(column) for column in names)].append(name)
    return {cells: same[0] for cells, same in found.items() if len(same) == 1}


def _change(
    table: str,
    what: What,
    name: str,
    row: Row,
    *,
    places: Mapping[str, str],
    cells: Mapping[str, tuple[Any, Any]] | None = None,
) -> Change:
    """A change, with the cluster and the country it is about."""
    cluster = _cluster(table, row)
    country = row.get("country") or places.get(cluster) or (row.get("geo") if row.get("geo_level") == "country" else "")
    label = next((str(row[column]) for column in LABELS if row.get(column)), "")
    return Change(table, what, name, label, cluster, str(country or ""), cells or {})


def _cluster(table: str, row: Row) -> str:
    """The identifier of the cluster a row is about; '' when it is about none."""
    pointer = {"field_sources": "row_id", "same_as": "kept_id"}.get(table)
    if pointer:
        return str(row.get(pointer)) if row.get("table") == "clusters" else ""
    return str(row.get("cluster_id") or "")


def _cells(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """The cells that differ, of the columns that both have: a new column by itself changes no row."""
    shared = [column for column in after if column in before]
    return {name: (_said(before[name]), _said(after[name])) for name in shared if before[name] != after[name]}


def _said(cell: Any) -> Any:
    """A cell as JSON can hold it; a shape by its hash."""
    if isinstance(cell, bytes):
        return f"shape {sha256(cell).hexdigest()[:8]}"
    return cell if cell is None or isinstance(cell, str | int | float | list) else str(cell)


def _countries(of: Snapshot) -> dict[str, str]:
    return {str(row.get("cluster_id")): str(row.get("country") or "") for row in of.tables.get("clusters", [])}


def _measures(before: Mapping[str, float], after: Mapping[str, float], missing: float | None) -> list[Measure]:
    names = dict.fromkeys([*before, *after])
    return [Measure(name, before.get(name, missing), after.get(name, missing)) for name in names]


def _optional(table: str) -> list[str]:
    """The columns that may be empty."""
    if table not in TABLES:
        return []
    return [name for name, column in columns(table).items() if column.is_nullable or column.kind == "list"]


def _ordered(names: Iterable[str]) -> list[str]:
    """Tables in the order of the schema, then others."""
    known = list(TABLES)
    return sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name))
