"""What every format is read into: rows of text with their number in the file, and what was seen on the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from etl.faults import Fault
from etl.inbox.descriptor import Dialect
from etl.read import Record, bad_file


@dataclass(frozen=True)
class Grid:
    """Rows as they lie in a file: number (from 1) and cells, blank rows left out; notes are sentences to be told."""

    rows: list[Record]
    notes: tuple[str, ...] = ()

    def noting(self, *notes: str) -> "Grid":
        """The same rows, with more said of them."""
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True)
class Text:
    """A table of text: one column per column of theirs, index (file, line); what was seen, and rows that are none."""

    rows: pd.DataFrame
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]


def with_header(grid: Grid, dialect: Dialect, path: Path) -> Text:
    """The rows below the header as a table; rows too short or too long are faults and are left out."""
    names, notes = header(grid, dialect, path)
    first = max(dialect.header_rows)
    body = [row for row in grid.rows if row[0] > first and not is_skipped(row, dialect.skip_rows)]
    width, names, body = without_empty_end(names, body)
    whole = [row for row in body if len(row[1]) == width]
    index = pd.MultiIndex.from_tuples([(str(path), line) for line, _ in whole], names=["file", "line"])
    rows = pd.DataFrame([cells for _, cells in whole], index=index, columns=names, dtype="str")
    return Text(rows, (*grid.notes, *notes), tuple(misfit(path, row, width) for row in body if len(row[1]) != width))


def header(grid: Grid, dialect: Dialect, path: Path) -> tuple[list[str], list[str]]:
    """The names of the columns: several header rows joined, line breaks and repeated names taken out; and notes."""
    above = [cells for line, cells in grid.rows if line in dialect.header_rows]
    if len(above) != len(dialect.header_rows):
        lines = ", ".join(map(str, dialect.header_rows))
        raise bad_file(path, f"has no header in row {lines}", "Correct headerRows in its descriptor")
    width = max(map(len, above))
    filled = [spread(cells, width) for cells in above[:-1]] + [above[-1] + [""] * (width - len(above[-1]))]
    joined = [
        dialect.header_join.join(dict.fromkeys(filter(None, map(one_line, parts))))
        for parts in zip(*filled, strict=True)
    ]
    return numbered(joined)


def spread(cells: Sequence[str], width: int) -> list[str]:
    """An upper header row: a merged cell's words stand over all the columns it covered."""
    words: list[str] = []
    for cell in [*cells, *[""] * (width - len(cells))]:
        words.append(cell if cell.strip() or not words else words[-1])
    return words


def one_line(cell: str) -> str:
    return re.sub(r"\s+", " ", cell).strip()


def numbered(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names made different from each other: the second Nom is Nom (2); a nameless column is column N."""
    unique: list[str] = []
    notes = []
    for position, name in enumerate(names, 1):
        named, count = name or f"column {position}", 1
        while named in unique:
            count += 1
            named = f"{name} ({count})"
        if count > 1:
            notes.append(f"The column “{name}” stands {count} times; this one is called “{named}”.")
        unique.append(named)
    return unique, notes


def is_skipped(row: Record, skipped: Sequence[str]) -> bool:
    """Whether a row is named in skipRows, by its number or by what its first cell begins with."""
    line, cells = row
    return any(line == int(mark) if mark.isdigit() else cells[0].strip().startswith(mark) for mark in skipped)


def without_empty_end(names: list[str], body: list[Record]) -> tuple[int, list[str], list[Record]]:
    """Nameless columns at the end in which no row has anything are a separator too many: they go."""
    width = len(names)
    while width > 1 and names[width - 1] == f"column {width}" and not any(any(cells[width - 1 :]) for _, cells in body):
        width -= 1
    if width == len(names):
        return width, names, body
    return width, names[:width], [(line, cells[:width]) for line, cells in body]


def misfit(path: Path, row: Record, width: int) -> Fault:
    """The fault of a row that does not have the cells of the header."""
    line, cells = row
    remedy = "Put quotes around text that holds the delimiter, or correct delimiter and quoteChar in the descriptor"
    return Fault(str(path), line, "", cells[0][:60], f"has {len(cells)} cells and the header {width}", remedy)
