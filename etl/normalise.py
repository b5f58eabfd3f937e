"""From text to typed columns: what a column's declaration says decides how its cells are read."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
from pandas.api.extensions import ExtensionArray

from etl import cells, territories
from etl.cells import Reader
from etl.columns import Column
from etl.faults import BadCell, BadInput, Fault
from etl.read import Text

if TYPE_CHECKING:
    from etl.vocabulary import Codes

READERS: dict[str, Reader] = {
    "integer": cells.integer,
    "number": cells.number,
    "date_text": cells.partial_date,
    "url": cells.url,
}
"""How the kinds of columns that are more than text are read."""
DTYPES: dict[Reader, str] = {cells.number: "float64", cells.integer: "Int64"}


def reader(column: Column, codes: "Codes") -> Reader:
    """How the cells of a declared column are read."""
    item = item_reader(column, codes)
    return cells.Listed(item) if column.kind == "list" else item


def item_reader(column: Column, codes: "Codes") -> Reader:
    """How one value of a declared column is read: by its vocabulary, else its kind, else its pattern."""
    if "countries" in column.codes:
        return territories.country(codes.labels(column.codes))
    if column.codes:
        return cells.code(codes.labels(column.codes), column.codes[0])
    if column.kind in READERS:
        return READERS[column.kind]
    if column.name.endswith("_fr"):
        return cells.french
    expression = column.checks.get("str_matches")
    return cells.pattern(expression) if expression else cells.text


def parse(raw: pd.DataFrame, readers: Mapping[str, Reader], *, required: Collection[str] = ()) -> pd.DataFrame:
    """`parse_text` of a frame of text with the index (file, line)."""
    text = Text({name: raw[name].tolist() for name in readers}, raw.index.tolist())
    return parse_text(text, readers, required=required)


def parse_text(
    text: Text, readers: Mapping[str, Reader], *, required: Collection[str] = (), unique: str = ""
) -> pd.DataFrame:
    """Read every column with its reader; blank cells become null, or [] in lists.

    Raises BadInput with every cell that cannot be read, is blank in a `required` column, or repeats in `unique`.
    """
    faults = repeated(text, unique) if unique else []
    parsed = {}
    for name, read_cell in readers.items():
        parsed[name], wrong = parse_column(text.columns[name], read_cell, is_required=name in required)
        faults += [
            Fault.at(position, name, cell, wrong[cell].problem, wrong[cell].remedy)
            for position, cell in (zip(text.positions, text.columns[name], strict=True) if wrong else ())
            if cell in wrong
        ]
    if faults:
        raise BadInput(faults)
    return pd.DataFrame(parsed, index=text.index)


def parse_column(
    written: Sequence[str], read_cell: Reader, *, is_required: bool
) -> tuple[ExtensionArray, dict[str, BadCell]]:
    """The cells of one column read, and those that cannot be; a value that repeats is read once."""
    values: dict[str, object] = {}
    wrong: dict[str, BadCell] = {}
    for cell in dict.fromkeys(written):
        try:
            values[cell] = parse_cell(cell, read_cell, is_required)
        except BadCell as error:
            wrong[cell] = error
    dtype = "object" if isinstance(read_cell, cells.Listed) else DTYPES.get(read_cell, "str")
    return pd.Series([values.get(cell) for cell in written], dtype=dtype).array, wrong


def parse_cell(cell: str, read_cell: Reader, is_required: bool) -> object:
    """One cleaned cell read; blank is null ([] in lists), or BadCell when required."""
    clean = cells.text(cell)
    value = read_cell(clean) if clean or isinstance(read_cell, cells.Listed) else None
    if is_required and value in (None, []):
        raise BadCell("is empty", "Write a value: this column is never empty")
    return value


def repeated(text: Text, column: str) -> list[Fault]:
    """A fault for every identifier that stands in an earlier row of its file, naming that row's line."""
    first_line: dict[tuple[str, str], int] = {}
    faults = []
    for position, cell in zip(text.positions, text.columns[column], strict=True):
        (file, line), identifier = position, cells.text(cell)
        if (first := first_line.setdefault((file, identifier), line)) != line:
            problem = f"stands already in line {first}"
            remedy = "Remove one of the two rows, or give it another identifier"
            faults.append(Fault.at(position, column, identifier, problem, remedy))
    return faults
