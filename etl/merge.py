"""One row per thing: merged rows fill the empty cells of the row that is kept, and never overwrite the others."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from etl.identities import IDENTIFIER, Row

TOGETHER: dict[str, list[tuple[str, ...]]] = {
    "clusters": [("latitude", "longitude", "coordinate_precision")],
    "programmes": [("budget_eur", "budget_amount", "budget_currency", "budget_kind")],
}
"""Columns that make one statement: filled together from one row, or not at all."""
COMPARED = {
    "clusters": ["name", "place", "founded_year", "lead_organisation", "website", "status"],
    "programmes": ["start", "end", "budget_eur", "budget_amount", "applications", "laureates"],
}
"""Facts on which sources can disagree; kinds, levels, themes and summaries are this project's words."""
DATES = ("start", "end")

Cell = dict[str, Any]
"""One row of field_sources: table, row_id, column, value, is_used, source_ids."""


def merge(table: str, things: pd.DataFrame, kept_row: Callable[[Row], Row]) -> tuple[pd.DataFrame, list[Cell]]:
    """Merge the rows of `things` that are one; return one row per thing, and the cells that were filled or disagree."""
    groups: dict[Row, list[pd.Series]] = {}
    for _, row in things.iterrows():
        identity = row["dataset"], row[IDENTIFIER[table]]
        group = groups.setdefault(kept_row(identity), [])
        group.insert(0 if kept_row(identity) == identity else len(group), row)
    cells: list[Cell] = []
    kept = [fold(table, group, cells) for group in groups.values()]
    return pd.DataFrame(kept).astype(things.dtypes.to_dict()).reset_index(drop=True), cells


def fold(table: str, group: Sequence[pd.Series], cells: list[Cell]) -> pd.Series:
    """The kept row (the first of its group) completed by the others in turn; what happened is added to `cells`."""
    kept = group[0]
    for merged in group[1:]:
        completed = fill(table, kept, merged)
        cells += compared(table, kept, merged, completed)
        kept = completed
    return kept


def fill(table: str, kept: pd.Series, merged: pd.Series) -> pd.Series:
    """`kept` with its empty cells, and its vaguer dates, taken from `merged`; their sources together."""
    statements = [*TOGETHER[table], *((name,) for name in map(str, kept.index))]
    completed = kept.copy()
    for names in statements:
        is_alone = len(names) > 1 or not any(names[0] in others for others in TOGETHER[table])
        is_vaguer = names[0] in DATES and refines(merged[names[0]], kept[names[0]])
        if is_alone and (is_vaguer or all(is_empty(kept[name]) for name in names)):
            for name in names:
                completed[name] = merged[name]
    completed["source_ids"] = union([kept["source_ids"], merged["source_ids"]])
    return completed


def compared(table: str, kept: pd.Series, merged: pd.Series, completed: pd.Series) -> list[Cell]:
    """The cells `merged` gave to the kept row, and both values of those on which the two rows disagree."""
    cells: list[Cell] = []
    for column in COMPARED[table]:
        ours, theirs, shown = kept[column], merged[column], completed[column]
        row = {"table": table, "row_id": kept[IDENTIFIER[table]], "column": column}
        from_merged = row | {"value": as_text(theirs), "source_ids": merged["source_ids"]}
        from_kept = row | {"value": as_text(ours), "source_ids": kept["source_ids"]}
        if is_empty(theirs) or says_the_same(column, ours, theirs):
            continue
        if theirs == shown:
            cells.append(from_merged | {"is_used": True})
        else:
            cells += [from_kept | {"is_used": True}, from_merged | {"is_used": False}]
    return cells


def says_the_same(column: str, ours: Any, theirs: Any) -> bool:
    """Whether two values are equal, or theirs a vaguer date that agrees with ours."""
    return not is_empty(ours) and (ours == theirs or (column in DATES and refines(ours, theirs)))


def refines(value: Any, other: Any) -> bool:
    """Whether a date says the same as `other`, more precisely: 2013-07-15 refines 2013."""
    return isinstance(value, str) and isinstance(other, str) and value.startswith(f"{other}-")


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing: null or an empty list."""
    return value == [] if isinstance(value, list) else bool(pd.isna(value))


def as_text(value: Any) -> str:
    """A value as a person would type it in the facts: 2013, 1.5, a;b."""
    if isinstance(value, list):
        return ";".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def union(lists: Sequence[list[str]]) -> list[str]:
    """All items once, in the order they come."""
    return list(dict.fromkeys(item for items in lists for item in items))
