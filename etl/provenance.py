"""Where single cells come from: those with their own source, and those on which merged rows disagree."""

import pandas as pd

from etl.cells import closest
from etl.faults import BadCell, Fault
from etl.merge import Cell, as_text, is_empty
from etl.normalise import fault
from etl.sources.curated import CLUSTERS

KEY = ["table", "row_id", "column", "value"]


def faults(field_sources: pd.DataFrame, clusters: pd.DataFrame) -> list[Fault]:
    """Rows of field_sources.csv that name a column clusters.csv does not have, or a cell that is empty there."""
    unknown = field_sources[~field_sources["column"].isin(CLUSTERS)]
    remedy = {cell: closest(cell, CLUSTERS, "Name a column of clusters.csv") for cell in unknown["column"]}
    found = [
        fault(at, "column", cell, BadCell("is not a column of clusters", remedy[cell]))
        for at, cell in unknown["column"].items()
    ]
    rows = clusters.set_index("cluster_id")
    for at, row in field_sources.drop(unknown.index).iterrows():
        if row["row_id"] in rows.index and is_empty(rows.at[row["row_id"], CLUSTERS[row["column"]]]):
            error = BadCell("is empty in clusters.csv", "Fill that cell or remove this row")
            found.append(fault(at, "column", row["column"], error))
    return found


def stated(field_sources: pd.DataFrame, facts: pd.DataFrame, resolved: pd.DataFrame, kept: dict[str, str]) -> pd.DataFrame:
    """The cells of clusters.csv that have their own source: value as text, and whether the table shows it.

    `facts` are the clusters as read, `resolved` as merged, `kept` the identifiers merged into others.
    """
    before, after = facts.set_index("cluster_id"), resolved.set_index("cluster_id")
    rows = []
    for row in field_sources.itertuples():
        column, kept_id = CLUSTERS[row.column], kept.get(row.row_id, row.row_id)
        value = as_text(before.at[row.row_id, column])
        shown = as_text(after.at[kept_id, column])
        rows.append([row.table, kept_id, column, value, value == shown, row.source_ids])
    return pd.DataFrame(rows, columns=[*KEY, "is_used", "source_ids"])


def with_cells(stated_cells: pd.DataFrame, cells: list[Cell]) -> pd.DataFrame:
    """Add the cells that merging filled or found to disagree, unless their own source is stated already."""
    found = pd.DataFrame(cells, columns=stated_cells.columns)
    is_stated = found.set_index(KEY).index.isin(stated_cells.set_index(KEY).index)
    return pd.concat([stated_cells, found[~is_stated]], ignore_index=True)
