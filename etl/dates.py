"""Dates as precise as published: the day that stands for them, and how precise they are."""

from collections.abc import Callable
from datetime import date

import pandas as pd

PRECISIONS = ("year", "month", "day")


def with_day(rows: pd.DataFrame, column: str, day: Callable[[str], date]) -> pd.DataFrame:
    """Add to a column of dates of any precision its `<column>_precision` and `<column>_date` (see `day`)."""
    precision = rows[column].map(lambda cell: PRECISIONS[cell.count("-")], na_action="ignore")
    return rows.assign(**{f"{column}_precision": precision, f"{column}_date": days(rows[column], day)})


def days(partial: pd.Series, day: Callable[[str], date]) -> pd.Series:
    """The day, first or last, of every date of any precision; null stays null."""
    found = [day(cell) if isinstance(cell, str) else None for cell in partial]
    return pd.Series(pd.to_datetime(pd.Series(found, index=partial.index, dtype="object")), dtype="datetime64[ns]")
