"""Identifiers that point to nothing, found before anything is merged so that the line to mend can be named."""

from collections.abc import Mapping

import pandas as pd

from etl import identities
from etl.cells import closest
from etl.faults import BadCell, Fault
from etl.normalise import fault
from etl.sources.curated import FILES, File, by_table


def faults(facts: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Every identifier in the facts (rows by file path) that no row has, and every wrong link of same_as."""
    tables = by_table(facts)
    found = [wrong for file in FILES for wrong in dangling(file, facts[file.path], tables)]
    for table in identities.THEIRS:
        found += identities.faults(table, tables["same_as"], tables[table])
    return found


def dangling(file: File, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """A fault for every identifier of one file that the table it points to does not have."""
    found = []
    for theirs, ours in file.columns.items():
        contract = file.contract(ours)
        if file.table == "same_as" or contract is None or not contract.ids:
            continue
        table, name = contract.ids.split(".")
        known = set(tables[table][name])
        named = rows[ours].explode().dropna()
        found += [unknown(at, theirs, cell, table, known) for at, cell in named[~named.isin(known)].items()]
    return found


def unknown(at: object, column: str, cell: str, table: str, known: set[str]) -> Fault:
    """The fault of an identifier that `table` does not have."""
    return fault(at, column, cell, BadCell(f"is not in {table}", closest(cell, known, f"Add its row to {table}.csv")))
