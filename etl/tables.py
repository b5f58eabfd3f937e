"""The shape of a table as its model declares it: columns, types, order of rows."""

import pandas as pd

from etl.columns import Column, columns
from etl.schema import TABLES

DTYPES = {
    "text": "str",
    "date_text": "str",
    "url": "str",
    "integer": "Int64",
    "number": "float64",
    "flag": "bool",
    "date": "datetime64[ns]",
    "list": "object",
}


def conform(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """The declared columns of `table`, typed and in order (missing ones null), rows sorted by key."""
    declared = columns(table)
    typed = {name: values(rows, column) for name, column in declared.items()}
    shaped = rows.assign(**typed)[list(declared)]
    return shaped.sort_values(key(table), kind="stable").reset_index(drop=True)


def values(rows: pd.DataFrame, column: Column) -> pd.Series:
    """The cells of one column with its declared type."""
    found = rows.get(column.name, pd.Series(None, index=rows.index, dtype="object"))
    return found if column.kind == "geometry" else found.astype(DTYPES[column.kind])


def key(table: str) -> list[str]:
    """The columns that identify a row."""
    return list(TABLES[table].Config.metadata["key"])


def described(table: str) -> dict[str, str]:
    """What a row of `table` is, in English and French."""
    metadata = TABLES[table].Config.metadata
    return {"description_en": metadata["en"], "description_fr": metadata["fr"]}
