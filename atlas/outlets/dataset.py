"""Rows as files that others open: CSV with codes, lists joined by `;`, and no cell a spreadsheet would run."""

from typing import Any

import pandas as pd

from atlas.store import Tables
from atlas.view import View

CODED = {
    "country": ("countries", "geo_aggregates"),
    "geo": ("countries", "geo_aggregates"),
    "kind": ("kinds", "programme_kinds"),
    "theme": ("themes", "programme_themes"),
    "themes": ("themes",),
    "components": ("components",),
    "metric": ("metrics",),
    "scope": ("scopes",),
    "qualifier": ("qualifiers",),
    "level": ("programme_levels",),
    "status": ("statuses",),
    "unit": ("units",),
    "definition": ("count_definitions",),
    "indicator": ("indicators",),
    "budget_kind": ("budget_kinds",),
    "coordinate_precision": ("coordinate_precisions",),
    "latest_rule": ("latest_rules",),
}
"""Columns that hold codes, and the vocabularies the codes come from."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(rows: pd.DataFrame) -> bytes:
    """`rows` as UTF-8 CSV with a byte-order mark, as Excel expects; geometry is left out, missing stays empty."""
    plain = rows.drop(columns="geometry", errors="ignore").apply(
        lambda column: column.map(_cell) if column.dtype == object or pd.api.types.is_string_dtype(column) else column
    )
    return plain.to_csv(index=False).encode("utf-8-sig")


def readable(rows: pd.DataFrame, tables: Tables, view: View) -> pd.DataFrame:
    """`rows` for reading: labels for codes, and the address of the first source in a `source` column."""
    urls = tables.sources.set_index("source_id")["url"]
    shown = rows.assign(source=rows["source_ids"].map(lambda ids: urls.get(ids[0]) if len(ids) else None))
    labels = {
        column: shown[column].map(lambda code, names=names: _label(code, names, view))
        for column, names in CODED.items()
        if column in shown
    }
    return shown.assign(**labels).drop(columns=["geometry", "source_ids"], errors="ignore")


def _label(code: Any, vocabularies: tuple[str, ...], view: View) -> str | None:
    if pd.api.types.is_list_like(code):
        return ", ".join(str(_label(item, vocabularies, view)) for item in code)
    if pd.isna(code):
        return None
    known = next((name for name in vocabularies if code in view.vocabulary.codes(name)), vocabularies[0])
    return view.label(known, code)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return ";".join(map(str, value)) if pd.api.types.is_list_like(value) else value
