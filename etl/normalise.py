"""From text to typed columns: what a column's declaration says decides how its cells are read."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from etl import cells, territories
from etl.cells import Reader
from etl.columns import Column
from etl.faults import BadCell, BadInput, Fault

if TYPE_CHECKING:
    from etl.vocabulary import Codes

DTYPES: dict[Reader, str] = {cells.number: "float64", cells.integer: "Int64"}
READERS: dict[str, Reader] = {
    "integer": cells.integer,
    "number": cells.number,
    "date_text": cells.partial_date,
    "url": cells.url,
}


def reader(column: Column, codes: "Codes") -> Reader:
    """How the cells of a declared column are read."""
    item = item_reader(column, codes)
    return cells.Listed(item) if column.kind == "list" else item


def item_reader(column: Column, codes: "Codes") -> Reader:
    """How one value of a declared column is read: by its vocabulary, else its kind, else its pattern."""
    if column.codes:
        labels = codes.labels(column.codes)
        countries = "countries" in column.codes
        return territories.country(labels) if countries else cells.code(labels, column.codes[0])
    if found := READERS.get(column.kind):
        return found
    expression = column.checks.get("str_matches")
    return cells.pattern(expression) if expression else cells.text


def parse(
    raw: pd.DataFrame, readers: Mapping[str, Reader], *, required: Collection[str] = (), unique: str = ""
) -> pd.DataFrame:
    """Read every column of `raw` (text, index (file, line)) with its reader; blank cells become null, or [] in lists.

    Raises BadInput with every cell that cannot be read, is blank in a `required` column, or repeats in `unique`.
    """
    faults: list[Fault] = []
    parsed = {}
    for name, read_cell in readers.items():
        parsed[name], bad = parse_column(raw[name], read_cell, is_required=name in required)
        faults += bad
    if unique:
        faults += repeated(raw[unique].map(cells.text))
    if faults:
        raise BadInput(faults)
    return pd.DataFrame(parsed, index=raw.index)


def parse_column(raw: pd.Series, read_cell: Reader, *, is_required: bool) -> tuple[pd.Series, list[Fault]]:
    """One column read, and what is wrong with it."""
    read_once: dict[str, object] = {}
    wrong: dict[str, BadCell] = {}
    for cell in raw.unique():
        try:
            read_once[cell] = parse_cell(cell, read_cell, is_required)
        except BadCell as error:
            wrong[cell] = error
    faults = [fault(at, raw.name, cell, wrong[cell]) for at, cell in raw.items() if cell in wrong]
    values = [read_once.get(cell) for cell in raw]
    dtype = "object" if isinstance(read_cell, cells.Listed) else DTYPES.get(read_cell, "str")
    return pd.Series(values, index=raw.index, name=raw.name, dtype=dtype), faults


def parse_cell(cell: str, read_cell: Reader, is_required: bool) -> object:
    """One cleaned cell read; blank is null, or BadCell when required."""
    clean = cells.text(cell)
    value = read_cell(clean) if clean or isinstance(read_cell, cells.Listed) else None
    if is_required and value in (None, []):
        raise BadCell("is empty", "Write a value: this column is never empty")
    return value


def fault(at: object, column: object, cell: str, error: BadCell) -> Fault:
    """The fault of the cell at (file, line)."""
    file, line = at  # type: ignore[misc]
    return Fault(file, line, str(column), cell, error.problem, error.remedy)


def repeated(identifiers: pd.Series) -> list[Fault]:
    """A fault for every identifier that stands in an earlier row, naming that row's line."""
    first = identifiers[~identifiers.duplicated()]
    line_of = dict(zip(first, (line for _, line in first.index), strict=True))
    again: Sequence[tuple[object, str]] = list(identifiers[identifiers.duplicated()].items())
    remedy = "Remove one of the two rows, or give it another identifier"
    return [fault(at, identifiers.name, cell, BadCell(f"stands already in line {line_of[cell]}", remedy)) for at, cell in again]
