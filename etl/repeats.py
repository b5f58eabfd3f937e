"""Rows that say one thing twice, once identifiers follow the row that is kept: they become one, with all sources."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from etl.faults import Fault
from etl.merge import as_text, union


def merge_repeats(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows that repeat a key become one: the first value of each column, the sources and the notes of all."""
    groups = rows.groupby(key, dropna=False, sort=False)
    joined = {"source_ids": union, "note": join_notes, "note_en": join_notes}
    together = {
        name: pd.Series([join(cells) for cells in by_group(rows[name], groups.ngroup())], dtype=rows[name].dtype)
        for name, join in joined.items()
        if name in rows
    }
    return groups.first().reset_index().assign(**together)[rows.columns]


def by_group(cells: pd.Series, groups: "pd.Series[int]") -> Iterable[list[Any]]:
    """The cells of each group, the group that comes first first."""
    together: dict[int, list[Any]] = {}
    for group, cell in zip(groups, cells, strict=True):
        together.setdefault(group, []).append(cell)
    return together.values()


def join_notes(notes: Sequence[Any]) -> str | None:
    """Different notes one after the other; null when there is none."""
    said = list(dict.fromkeys(note for note in notes if isinstance(note, str)))
    return " ".join(f"{note.rstrip('.')}." for note in said) if len(said) > 1 else next(iter(said), None)


def contradictions(rows: pd.DataFrame, key: list[str], agreed: list[str]) -> list[Fault]:
    """A fault for every row that says another thing in a column of `agreed` than an earlier row with its key."""
    groups = rows.groupby(key, dropna=False)
    found = []
    for column in agreed:
        differs = (rows[column] != groups[column].transform("first")) & rows[column].notna()
        problem = f"is not what an earlier row with the same {', '.join(key)} says"
        for position, value in rows.loc[differs.fillna(False).astype(bool), column].items():
            found.append(Fault.at(position, column, as_text(value), problem, "Keep the right one of the two rows"))
    return found


def count(rows: pd.DataFrame, key: list[str]) -> int:
    """How many rows repeat the key of an earlier row."""
    return int(rows.duplicated(key).sum())
