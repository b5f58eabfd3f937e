"""Rows as files that others open: CSV with codes, lists joined by `;`, and no cell a spreadsheet would run."""

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(rows: pd.DataFrame) -> bytes:
    """`rows` as UTF-8 CSV with a byte-order mark, as Excel expects; geometry is left out, missing stays empty."""
    plain = rows.drop(columns="geometry", errors="ignore").apply(lambda column: column.map(_cell) if column.dtype == object or pd.api.types.is_string_dtype(column) else column)
    return plain.to_csv(index=False).encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return ";".join(map(str, value)) if pd.api.types.is_list_like(value) else value
