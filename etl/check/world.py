"""What a check is given, a World, and what it gives back, Findings; and how checks walk over rows and cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

from etl import schema

Severity = Literal["error", "warning"]
ERROR: Severity = "error"
WARNING: Severity = "warning"


class Finding(NamedTuple):
    """One thing found: an error stops the build, a warning is printed. `row` is the row's key, `rule` one sentence."""

    severity: Severity
    table: str
    row: str
    column: str
    value: str
    rule: str


@dataclass(frozen=True)
class World:
    """What a build made: tables by name, ledger (rows in, out, merged, rejected); and the last year to be believed."""

    tables: Mapping[str, pd.DataFrame]
    ledger: pd.DataFrame
    last_year: int

    def error(self, table: str, row: Any, column: str, rule: str, *, value: Any = None) -> Finding:
        """An error in a cell, or in one `value` of the list in it; `row` is its label in the table's index."""
        shown = self.cell(table, row, column) if value is None else value
        return Finding(ERROR, table, self.key(table, row), column, str(shown), rule)

    def warning(self, table: str, row: Any, column: str, rule: str) -> Finding:
        """A warning about a cell."""
        return self.error(table, row, column, rule)._replace(severity=WARNING)

    def cell(self, table: str, row: Any, column: str) -> Any:
        """The value of a cell, of whatever type its column holds."""
        return self.tables[table].at[row, column]

    def key(self, table: str, row: Any) -> str:
        """The key of a row, as its model declares it, parts joined by '|'; 'row 3' when the key columns are missing."""
        parts = [self.cell(table, row, name) for name in key_columns(table) if name in self.tables[table]]
        return "|".join("" if pd.isna(part) else str(part) for part in parts) or f"row {row}"


def key_columns(table: str) -> list[str]:
    """The columns that identify a row, from the model's metadata."""
    metadata: dict[str, Any] = schema.TABLES[table].Config.metadata  # type: ignore[attr-defined]
    return list(metadata["key"])


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, `Index` their label."""
    yield from rows.itertuples()


def cells(rows: pd.DataFrame, column: str) -> Iterator[tuple[Any, Any]]:
    """(row label, value) of every value of a column: nulls left out, lists opened."""
    yield from rows[column].explode().dropna().items()
