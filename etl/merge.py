"""One row per thing: merged rows fill the empty cells of the row that is kept, and never overwrite the others."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from etl.identities import THEIRS, Row

TOGETHER = {
    "clusters": [("latitude", "longitude", "coordinate_precision")],
    "programmes": [("budget_eur", "budget_amount", "budget_currency", "budget_kind")],
}
"""Columns that make one statement: filled together from one row, or not at all."""
COMPARED = {
    "clusters": ["name", "place", "founded_year", "lead_organisation", "website", "status"],
    "programmes": ["level", "kind", "start", "end", "budget_eur", "budget_amount", "part_of", "applications", "laureates"],
}
"""Facts on which two rows can disagree; summaries and lists are words, not facts."""
DATES = ("start", "end")

Cell = dict[str, Any]
"""One row of field_sources: table, row_id, column, value, is_used, source_ids."""


def merge(table: str, things: pd.DataFrame, kept_row: Callable[[Row], Row]) -> tuple[pd.DataFrame, list[Cell]]:
    """Merge the rows of `things` that are one; return one row per thing, and the cells that were filled or disagree."""
    rows = [row for _, row in things.iterrows()]
    groups: dict[Row, list[pd.Series]] = {kept_row(identity(table, row)): [] for row in rows}
    for row in rows:
        mine = kept_row(identity(table, row))
        groups[mine].insert(0 if identity(table, row) == mine else len(groups[mine]), row)
    cells: list[Cell] = []
    kept = [fold(table, group, cells) for group in groups.values()]
    return pd.DataFrame(kept).astype(things.dtypes.to_dict()).reset_index(drop=True), cells


def identity(table: str, row: pd.Series) -> Row:
    """Dataset and identifier of a row."""
    return row["dataset"], row[THEIRS[table]]


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
    together = TOGETHER[table]
    alone = [(name,) for name in kept.index if not any(name in names for names in together)]
    completed = kept.copy()
    for names in [*together, *alone]:
        if all(is_empty(kept[name]) for name in names) or names[0] in DATES and refines(merged[names[0]], kept[names[0]]):
            for name in names:
                completed[name] = merged[name]
    completed["source_ids"] = union([kept["source_ids"], merged["source_ids"]])
    return completed


def compared(table: str, kept: pd.Series, merged: pd.Series, completed: pd.Series) -> list[Cell]:
    """The cells `merged` gave to the kept row, and both values of those on which the two rows disagree."""
    cells: list[Cell] = []
    for column in COMPARED[table]:
        ours, theirs, used = kept[column], merged[column], completed[column]
        if is_empty(theirs) or not is_empty(ours) and (theirs == ours or column in DATES and refines(ours, theirs)):
            continue
        if theirs == used:
            cells.append(cell(table, kept, column, theirs, True, merged["source_ids"]))
        else:
            cells.append(cell(table, kept, column, ours, True, kept["source_ids"]))
            cells.append(cell(table, kept, column, theirs, False, merged["source_ids"]))
    return cells


def cell(table: str, kept: pd.Series, column: str, value: Any, is_used: bool, source_ids: list[str]) -> Cell:
    """One row of field_sources."""
    row = {"table": table, "row_id": kept[THEIRS[table]], "column": column, "value": as_text(value)}
    return row | {"is_used": is_used, "source_ids": source_ids}


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing: null or an empty list."""
    return value == [] if isinstance(value, list) else bool(pd.isna(value))


def refines(value: Any, other: Any) -> bool:
    """Whether a date says the same as `other`, more precisely: 2013-07-15 refines 2013."""
    return isinstance(value, str) and isinstance(other, str) and value.startswith(f"{other}-")


def union(lists: Sequence[list[str]]) -> list[str]:
    """All items once, in the order they come."""
    return list(dict.fromkeys(item for items in lists for item in items))


def as_text(value: Any) -> str:
    """A value as a person would type it in the facts: 2013, 1.5, a;b."""
    if isinstance(value, list):
        return ";".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def merge_repeats(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows that repeat a key become one: the first value of each column, the sources and the notes of all."""
    groups = rows.groupby(key, dropna=False, sort=False)
    first = groups.first().reset_index()
    joined = {"source_ids": union, "note": join_notes, "note_en": join_notes}
    together = {name: [join(list(cells)) for _, cells in groups[name]] for name, join in joined.items() if name in rows}
    return first.assign(**{name: pd.Series(cells, dtype=rows[name].dtype) for name, cells in together.items()})[rows.columns]


def join_notes(notes: Sequence[Any]) -> str | None:
    """Different notes one after the other; null when there is none."""
    said = dict.fromkeys(note for note in notes if isinstance(note, str))
    return " ".join(f"{note.rstrip('.')}." for note in said) if len(said) > 1 else next(iter(said), None)
