"""CSV and TSV, however they are written: one record per row, quotes and line breaks inside cells understood."""

import csv
import io
from pathlib import Path

from etl.inbox.decode import decode
from etl.inbox.descriptor import Descriptor, Dialect
from etl.inbox.grid import Grid
from etl.read import MARKUP, Record, bad_file

csv.field_size_limit(2**24)


def read_delimited(path: Path, descriptor: Descriptor) -> Grid:
    """The records of a delimited file."""
    text, notes = decode(path, path.read_bytes(), descriptor.encoding)
    if not text.strip():
        raise bad_file(path, "is empty", "Fetch or export it again")
    if (first := text.lstrip()[0]) in MARKUP:
        raise bad_file(path, f"is not a CSV but {MARKUP[first]}", "Correct its format, or fetch the data itself")
    return Grid(records(path, text, dialect_of(path, descriptor)), notes)


def dialect_of(path: Path, descriptor: Descriptor) -> Dialect:
    """The dialect; tabs separate the cells of a TSV unless the descriptor says otherwise."""
    is_tabbed = "tsv" in (descriptor.format, path.suffix.lower().removeprefix("."))
    is_said = "delimiter" in descriptor.dialect.model_fields_set
    return descriptor.dialect if is_said or not is_tabbed else descriptor.dialect.model_copy(update={"delimiter": "\t"})


def records(path: Path, text: str, dialect: Dialect) -> list[Record]:
    """The line each record starts on and its cells, blank records left out; BadInput when quotes do not close."""
    lines = io.StringIO(text, newline="")
    if dialect.quote_char:
        reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote_char, strict=True)
    else:
        reader = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    rows: list[Record] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "Close its quotes and double those inside text, or write quoteChar: '' if quotes are ordinary letters"
        raise bad_file(path, f"has a record that is not CSV ({error})", remedy, line=line) from error
    return rows
