"""Identifiers that point to nothing, found before anything is merged so that the line to mend can be named."""

from collections.abc import Mapping

import pandas as pd

from etl import identities
from etl.cells import closest
from etl.faults import Fault
from etl.sources.curated import FILES, File


def faults(facts: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Every identifier in the facts that no row has, and every wrong link of same_as.

    `facts` are the rows by file, `tables` the same rows by table.
    """
    found = [fault for file in FILES for fault in dangling(file, facts[file.path], tables)]
    for table in identities.IDENTIFIER:
        found += identities.faults(table, tables["same_as"], tables[table])
    return found


def dangling(file: File, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """A fault for every identifier of one file that the table it points to does not have."""
    found = []
    for theirs, ours in file.columns.items():
        contract = file.contract(ours)
        if contract and contract.ids:
            target, identifier = contract.ids.split(".")
            known = set(tables[target][identifier].unique())
            named = rows[ours].explode().dropna()
            unknown = set(named.unique()) - known
            for position, value in named[named.isin(unknown)].items() if unknown else ():
                remedy = closest(str(value), known, f"Add its row to {target}.csv")
                found.append(Fault.at(position, theirs, value, f"is not in {target}", remedy))
    return found
