"""One row per thing: merge what same_as says is one, and make every identifier follow the row that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from etl import identities, indicators, observations, provenance
from etl.faults import BadCell, BadInput, Fault
from etl.identities import THEIRS
from etl.merge import as_text, merge, merge_repeats
from etl.normalise import fault

KEYS = {
    "observations": observations.KEY,
    "awards": ["cluster_id", "programme_id", "year"],
    "partners": ["programme_id", "organisation", "country"],
    "annual_funding": ["programme_id", "year", "kind"],
    "indicators": indicators.KEY,
    "field_sources": provenance.KEY,
}
"""Rows alike in these columns say one thing: they are merged, with the sources of all."""
AGREED = {"awards": ["amount_eur"], "partners": ["role", "amount_eur"], "annual_funding": ["amount_eur", "country"]}
"""What rows that say one thing must agree on, where they say it."""
HOLDS = {"cluster_id": "clusters", "programme_id": "programmes", "part_of": "programmes"}
"""Columns that hold identifiers, and of which table."""


@dataclass(frozen=True)
class Resolved:
    """The tables and, by table, how many rows came in and how many were merged into another."""

    tables: dict[str, pd.DataFrame]
    rows_in: dict[str, int]
    rows_merged: dict[str, int]


def resolve(facts: Mapping[str, pd.DataFrame]) -> Resolved:
    """Facts by table, their references checked -> one row per thing, every identifier that of a row that is kept.

    Raises BadInput when rows that became one disagree on an amount.
    """
    links = {table: identities.links(table, facts["same_as"], facts[table]) for table in THEIRS}
    merged = {
        table: merge(table, facts[table], partial(identities.kept_row, merged_into=links[table])) for table in THEIRS
    }
    kept = {table: identities.kept_identifiers(links[table]) for table in THEIRS}
    rows = {name: follow(table, kept) for name, table in facts.items() if name not in THEIRS}
    if found := [fault for name in AGREED for fault in contradictions(rows[name], KEYS[name], AGREED[name])]:
        raise BadInput(found)
    rows["clusters"] = merged["clusters"][0]
    rows["programmes"] = without_own_parent(follow(merged["programmes"][0], kept))
    own = provenance.stated(facts["field_sources"], facts["clusters"], rows["clusters"], kept["clusters"])
    rows["field_sources"] = provenance.with_cells(own, [cell for _, cells in merged.values() for cell in cells])
    rows["same_as"] = same_as(facts["same_as"], links)
    return Resolved(
        tables={name: merge_repeats(table, KEYS[name]) if name in KEYS else table for name, table in rows.items()},
        rows_in={name: len(facts[name] if name in THEIRS else table) for name, table in rows.items()},
        rows_merged={name: len(links[name]) if name in THEIRS else repeats(table, name) for name, table in rows.items()},
    )


def repeats(rows: pd.DataFrame, table: str) -> int:
    """How many rows say what an earlier row says."""
    return int(rows.duplicated(KEYS[table]).sum()) if table in KEYS else 0


def contradictions(rows: pd.DataFrame, key: list[str], agreed: list[str]) -> list[Fault]:
    """A fault for every row that says another thing than an earlier row with the same key."""
    groups = rows.groupby(key, dropna=False)
    found = []
    for column in agreed:
        earlier = groups[column].transform("first")
        differs = rows[column].notna() & (rows[column] != earlier)
        remedy = "Keep the right one, or make them two things"
        found += [
            fault(at, column, as_text(cell), BadCell(f"is not what another row for the same {key[0]} says", remedy))
            for at, cell in rows.loc[differs.fillna(False), column].items()
        ]
    return found


def follow(rows: pd.DataFrame, kept: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Replace merged identifiers by the kept ones, in every column that holds identifiers."""
    columns = [name for name in HOLDS if name in rows]
    return rows.assign(**{name: rows[name].replace(dict(kept[HOLDS[name]])) for name in columns})


def without_own_parent(programmes: pd.DataFrame) -> pd.DataFrame:
    """A programme merged with its parent is not part of itself."""
    return programmes.assign(part_of=programmes["part_of"].mask(programmes["part_of"] == programmes["programme_id"]))


def same_as(rows: pd.DataFrame, links: Mapping[str, Mapping[identities.Row, identities.Row]]) -> pd.DataFrame:
    """The same_as files as published: with the dataset of every merged row, and the identifier kept in the end."""
    ends = {
        (table, *row): (row[0], identities.kept_row(row, merged_into)[1])
        for table, merged_into in links.items()
        for row in merged_into
    }
    by_identifier = {(table, merged): end for (table, _, merged), end in ends.items()}
    found = [
        ends.get((row.table, row.dataset, row.merged_id)) or by_identifier[row.table, row.merged_id]
        for row in rows.itertuples()
    ]
    return rows.assign(dataset=[dataset for dataset, _ in found], kept_id=[kept for _, kept in found])
