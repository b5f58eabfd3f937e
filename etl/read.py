"""CSV files as text: every cell a string, every row with its file and line, so that any fault can be pointed at."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.faults import BadInput, Fault

BINARY = (b"PK\x03\x04", b"%PDF", b"PAR1", b"\x1f\x8b", b"\x89PNG", b"\xd0\xcf\x11\xe0")
"""First bytes of what is mistaken for CSV: spreadsheet, PDF, Parquet, gzip, image, old spreadsheet."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARKUP = {"<": "a web page (HTML or XML)", "{": "JSON", "[": "JSON"}
SAVE_AS_CSV = "Save it as CSV (UTF-8, commas)"
Record = tuple[int, list[str]]
"""The line a record starts on, and its cells."""


@dataclass(frozen=True)
class Text:
    """A CSV as written: its cells by column, and where each of its rows stands: file, line."""

    columns: Mapping[str, Sequence[str]]
    positions: Sequence[tuple[str, int]]

    @property
    def index(self) -> pd.MultiIndex:
        """The positions as the index of a frame."""
        return pd.MultiIndex.from_tuples(self.positions, names=["file", "line"])


def read_csv(path: Path, columns: Sequence[str], *, may_be_empty: bool = False) -> pd.DataFrame:
    """Read a CSV (see `read_records`): one row per record, all cells text as written, index (file, line)."""
    text = read_text(path, columns, may_be_empty=may_be_empty)
    return pd.DataFrame(text.columns, index=text.index, dtype="str")


def read_text(path: Path, columns: Sequence[str], *, may_be_empty: bool = False) -> Text:
    """Read a CSV (see `read_records`) column by column."""
    header, rows = read_records(path, columns, may_be_empty=may_be_empty)
    by_column = {name: [cells[place] for _, cells in rows] for place, name in enumerate(header)}
    return Text(by_column, [(str(path), line) for line, _ in rows])


def read_records(
    path: Path, columns: Sequence[str], *, is_open: bool = False, may_be_empty: bool = False
) -> tuple[list[str], list[Record]]:
    """Read the header and the records of a CSV.

    Columns must be exactly `columns`, in any order (`is_open`: others may follow); one row at least, unless
    `may_be_empty`. Raises BadInput with what is wrong with the form of the file.
    """
    (_, header), *rows = records(path, decode(path))
    check_header(path, header, columns, is_open)
    check_widths(path, len(header), rows)
    if not rows and not may_be_empty:
        raise bad_file(path, "has a header and no row", "Restore its rows, or the version before")
    return header, rows


def decode(path: Path) -> str:
    """The text of a UTF-8 file, byte order mark removed; BadInput when missing, empty, binary or encoded otherwise."""
    if not path.is_file():
        raise bad_file(path, "is missing", "Restore it, or give the folder it is in")
    content = path.read_bytes()
    if content.startswith(UTF_16):
        raise bad_file(path, "is in UTF-16, not UTF-8", SAVE_AS_CSV)
    if content.startswith(BINARY) or b"\0" in content:
        raise bad_file(path, "is not a CSV but a binary file", SAVE_AS_CSV)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path, content, error.start) from error
    if not text.strip():
        raise bad_file(path, "is empty", "Restore its header and rows, or the version before")
    if (first := text.lstrip()[0]) in MARKUP:
        raise bad_file(path, f"is not a CSV but {MARKUP[first]}", "Fetch or export the CSV itself")
    return text


def not_utf8(path: Path, content: bytes, position: int) -> BadInput:
    """The fault of a byte that is not UTF-8, with the line and the words it stands in."""
    line = content.count(b"\n", 0, position) + 1
    around = content[max(0, position - 15) : position + 15].decode("cp1252", errors="replace")
    return bad_file(path, "is not UTF-8", SAVE_AS_CSV, line=line, value=around.replace("\n", " ").strip())


def records(path: Path, text: str) -> list[Record]:
    """The records, header first, blank lines left out; BadInput when quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Record] = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "Close its quotes, and double those inside the text"
        raise bad_file(path, f"has a record that is not CSV ({error})", remedy, line=line) from error
    return rows


def check_header(path: Path, header: list[str], columns: Sequence[str], is_open: bool) -> None:
    """BadInput when columns are missing, repeated or (unless `is_open`) not expected: all said together."""
    for separator, name in {";": "semicolons", "\t": "tabs"}.items():
        if len(header) == 1 and set(columns) <= set(header[0].split(separator)):
            raise bad_file(path, f"is separated by {name}, not by commas", SAVE_AS_CSV, line=1)
    found = {
        "missing columns": [name for name in columns if name not in header],
        "columns not expected": [] if is_open else [name for name in header if name not in columns],
        "columns repeated": sorted({name for name in header if header.count(name) > 1}),
    }
    if problems := [f"{what}: {', '.join(names)}" for what, names in found.items() if names]:
        raise bad_file(path, "; ".join(problems), f"The header must hold: {', '.join(columns)}", line=1)


def check_widths(path: Path, width: int, rows: list[Record]) -> None:
    """BadInput for every record that has more or fewer cells than the header."""
    remedy = "Put double quotes around text that holds a comma, and keep empty cells"
    faults = [
        Fault(str(path), line, "", cells[0], f"has {len(cells)} cells and the header {width}", remedy)
        for line, cells in rows
        if len(cells) != width
    ]
    if faults:
        raise BadInput(faults)


def bad_file(path: Path, problem: str, remedy: str, *, line: int = 0, value: str = "") -> BadInput:
    """A BadInput with one fault about a whole file or line."""
    return BadInput([Fault(str(path), line, "", value, problem, remedy)])
