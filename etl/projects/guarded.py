"""What the tables do not hold, though a file publishes it, is null and told in the note of its row; and how notes are written."""

import re
from collections.abc import Sequence

import pandas as pd

from etl.regions import TRANSNATIONAL
from etl.sources.world_atlas import OBSERVED

FIRST, LAST = pd.Timestamp(1950, 1, 1), pd.Timestamp(2100, 12, 31)
"""Days between which a project may begin and end: others are slips (year 0202, 9999)."""
CURRENCY = re.compile(r"[A-Z]{3}")
HERE = frozenset(OBSERVED.values())


def guarded(rows: pd.DataFrame) -> pd.DataFrame:
    """Amounts below zero, days that cannot be and currencies that are not ISO 4217 -> null, and a sentence each in `note_en`."""
    for name in rows.columns.intersection(["eu_amount_eur", "total_amount"]):
        rows = without(rows, name, rows[name] < 0, "is less than nothing")
    for name in rows.columns.intersection(["start_date", "end_date"]):
        rows = without(rows, name, rows[name].notna() & ~rows[name].between(FIRST, LAST), "cannot be")
    if "currency" in rows:
        is_odd = rows["currency"].notna() & ~rows["currency"].astype("str").str.fullmatch(CURRENCY).fillna(True)
        rows = without(rows, "currency", is_odd, "is not the code of a currency")
    return rows


def without(rows: pd.DataFrame, name: str, is_odd: "pd.Series[bool]", problem: str) -> pd.DataFrame:
    """The cells of a column that are odd -> null, told in the note."""
    if not is_odd.any():
        return rows
    odd = [f"Published {name} “{as_text(cell)}” {problem}." for cell in rows.loc[is_odd, name]]
    sentences = pd.Series(None, index=rows.index, dtype="object")
    sentences[is_odd] = odd
    return rows.assign(**{name: rows[name].mask(is_odd), "note_en": joined(rows["note_en"], sentences)})


def as_text(cell: object) -> str:
    """A cell as a reader writes it."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def joined(*notes: "pd.Series[str]") -> "pd.Series[str]":
    """Notes of the same rows, one after the other; null where there is none."""
    told = [" ".join(note for note in row if isinstance(note, str)) or None for row in zip(*notes, strict=True)]
    return pd.Series(told, index=notes[0].index, dtype="str")


def country_of(codes: Sequence[str]) -> str | None:
    """The country of what is published with several: none, the one, or EU (transnational)."""
    return (codes[0] if len(codes) == 1 else TRANSNATIONAL) if codes else None


def is_here(codes: Sequence[str]) -> bool:
    """Whether one of the countries is observed, or none is known."""
    return not codes or not HERE.isdisjoint(codes)
