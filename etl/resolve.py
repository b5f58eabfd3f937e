"""One row per thing: merge what same_as says is one, and make every identifier follow the row that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from etl import identities, indicators, observations, provenance, repeats
from etl.faults import BadInput
from etl.identities import IDENTIFIER, Links
from etl.merge import merge

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
"""What rows that say one thing must agree on."""
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
    links = {table: identities.links(table, facts["same_as"]) for table in IDENTIFIER}
    kept = {table: identities.kept_identifiers(links[table]) for table in IDENTIFIER}
    merged = {
        table: merge(table, facts[table], partial(identities.kept_row, merged_into=links[table]))
        for table in IDENTIFIER
    }
    rows = {name: follow(table, kept) for name, table in facts.items() if name not in IDENTIFIER}
    if found := [fault for name in AGREED for fault in repeats.contradictions(rows[name], KEYS[name], AGREED[name])]:
        raise BadInput(found)
    rows["clusters"] = merged["clusters"][0]
    rows["programmes"] = without_own_parent(follow(merged["programmes"][0], kept))
    own = provenance.stated(facts["field_sources"], facts["clusters"], rows["clusters"], kept["clusters"])
    rows["field_sources"] = provenance.with_cells(own, [cell for _, cells in merged.values() for cell in cells])
    rows["same_as"] = to_the_end(facts["same_as"], links)
    return Resolved(
        tables={
            name: repeats.merge_repeats(table, KEYS[name]) if name in KEYS else table for name, table in rows.items()
        },
        rows_in={name: len(facts[name] if name in IDENTIFIER else table) for name, table in rows.items()},
        rows_merged={name: len(links[name]) for name in IDENTIFIER}
        | {name: repeats.count(rows[name], key) for name, key in KEYS.items()},
    )


def follow(rows: pd.DataFrame, kept: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Replace merged identifiers by the kept ones (by table), in every column that holds identifiers."""
    columns = [name for name in HOLDS if name in rows]
    return rows.assign(**{name: rows[name].replace(dict(kept[HOLDS[name]])) for name in columns})


def without_own_parent(programmes: pd.DataFrame) -> pd.DataFrame:
    """A programme merged with its parent is not part of itself."""
    return programmes.assign(part_of=programmes["part_of"].mask(programmes["part_of"] == programmes["programme_id"]))


def to_the_end(same_as: pd.DataFrame, links: Mapping[str, Links]) -> pd.DataFrame:
    """The links as published: each to the row that is kept in the end."""
    rows = zip(same_as["table"], same_as["dataset"], same_as["merged_id"], strict=True)
    return same_as.assign(
        kept_id=[identities.kept_row((dataset, merged), links[table])[1] for table, dataset, merged in rows]
    )
