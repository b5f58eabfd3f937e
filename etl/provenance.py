"""Where single cells come from: those with their own source, and those on which merged rows disagree."""

from collections.abc import Mapping

import pandas as pd

from etl.cells import closest
from etl.faults import Fault
from etl.merge import Cell, as_text, is_empty
from etl.sources.curated import CLUSTERS

KEY = ["table", "row_id", "column", "value"]


def faults(field_sources: pd.DataFrame, clusters: pd.DataFrame) -> list[Fault]:
    """Rows of field_sources.csv that name a column clusters.csv does not have, or a cell that is empty there."""
    cells = clusters.set_index("cluster_id")
    found = []
    for position, row in field_sources[field_sources["row_id"].isin(cells.index)].iterrows():
        column = row["column"]
        if column not in CLUSTERS:
            remedy = closest(column, CLUSTERS, "Name a column of clusters.csv")
            found.append(Fault.at(position, "column", column, "is not a column of clusters.csv", remedy))
        elif is_empty(cells.at[row["row_id"], CLUSTERS[column]]):
            remedy = "Fill that cell, or remove this row"
            found.append(Fault.at(position, "column", column, "is empty in clusters.csv for this cluster", remedy))
    return found


def stated(
    field_sources: pd.DataFrame, facts: pd.DataFrame, resolved: pd.DataFrame, kept: Mapping[str, str]
) -> pd.DataFrame:
    """The cells of clusters.csv that have their own source: value as text, and whether the table shows it.

    `facts` are the clusters as read, `resolved` as merged, `kept` the identifiers of those merged into others.
    """
    before, after = facts.set_index("cluster_id"), resolved.set_index("cluster_id")
    rows = []
    for _, row in field_sources.iterrows():
        column, kept_id = CLUSTERS[row["column"]], kept.get(row["row_id"], row["row_id"])
        value = as_text(before.at[row["row_id"], column])
        is_used = value == as_text(after.at[kept_id, column])
        rows.append([row["table"], kept_id, column, value, is_used, row["source_ids"]])
    return pd.DataFrame(rows, columns=[*KEY, "is_used", "source_ids"])


def with_cells(stated_cells: pd.DataFrame, cells: list[Cell]) -> pd.DataFrame:
    """Add the cells that merging filled or found to disagree, unless their own source is stated already."""
    found = pd.DataFrame(cells, columns=stated_cells.columns)
    is_stated = pd.MultiIndex.from_frame(found[KEY]).isin(pd.MultiIndex.from_frame(stated_cells[KEY]))
    return pd.concat([stated_cells, found[~is_stated]], ignore_index=True)
