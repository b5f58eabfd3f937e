"""Rows as files that others open: CSV with codes, lists joined by `;`, and no cell a spreadsheet would run."""

from typing import Any

import pandas as pd

from atlas.columns import CODED, NAMES, SAID, VALUES
from atlas.store import Tables
from atlas.view import View

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(rows: pd.DataFrame) -> bytes:
    """`rows` as UTF-8 CSV with a byte-order mark, as Excel expects; geometry is left out, missing stays empty."""
    plain = rows.drop(columns="geometry", errors="ignore").apply(
        lambda column: column.map(_cell) if column.dtype == object or pd.api.types.is_string_dtype(column) else column
    )
    return plain.to_csv(index=False).encode("utf-8-sig")


def readable(rows: pd.DataFrame, tables: Tables, view: View) -> pd.DataFrame:
    """`rows` for reading: words for codes and column names, and in the last column the address of the first source."""
    urls = tables.source_of["url"]
    shown = rows.assign(source=rows["source_ids"].map(lambda ids: urls.get(ids[0]) if len(ids) else None))
    worded = {
        name: shown[name].map(lambda code, name=name: _worded(code, name, view)) for name in {*CODED, *SAID} & {*shown}
    }
    return (
        shown.assign(**worded)
        .drop(columns=["geometry", "source_ids"], errors="ignore")
        .rename(columns={name: view.gettext(NAMES[name]) for name in NAMES})
    )


def _worded(code: Any, column: str, view: View) -> str | None:
    if pd.api.types.is_list_like(code):
        return ", ".join(str(_worded(item, column, view)) for item in code)
    if pd.isna(code):
        return None
    vocabulary = next((name for name in CODED.get(column, ()) if code in view.vocabulary.codes(name)), None)
    return view.label(vocabulary, code) if vocabulary else view.gettext(VALUES.get(code, code))


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return ";".join(map(str, value)) if pd.api.types.is_list_like(value) else value
