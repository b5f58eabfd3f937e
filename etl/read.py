"""CSV files as text: every cell a string, every row with its file and line, so that any fault can be pointed at."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.faults import BadInput, Fault

BINARY = (b"PK\x03\x04", b"%PDF", b"PAR1", b"\x1f\x8b", b"\x89PNG", b"\xd0\xcf\x11\xe0")
"""First bytes of the files mistaken for CSV: spreadsheet, PDF, Parquet, gzip, image, old spreadsheet."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARKUP = {"<": "a web page (HTML or XML)", "{": "JSON", "[": "JSON"}
SAVE_AS_CSV = "Save it as CSV (UTF-8, commas)"


def read_csv(path: Path, columns: Sequence[str], *, more_columns: bool = False, may_be_empty: bool = False) -> pd.DataFrame:
    """Read a CSV: one row per record, all cells text as written, index (file, line).

    Columns must be exactly `columns`, in any order, unless `more_columns`; one row at least unless `may_be_empty`.
    Raises BadInput with everything wrong about the file's form.
    """
    rows = records(path, decode(path))
    header = rows[0][1]
    check_header(path, header, columns, more_columns)
    check_widths(path, rows)
    if len(rows) == 1 and not may_be_empty:
        raise fault(path, "has a header and no row", "Restore its rows, or the version before")
    index = pd.MultiIndex.from_tuples([(str(path), line) for line, _ in rows[1:]], names=["file", "line"])
    return pd.DataFrame([cells for _, cells in rows[1:]], index=index, columns=header, dtype="str")


def decode(path: Path) -> str:
    """The text of a UTF-8 file, byte order mark removed; BadInput when missing, empty, binary or in another encoding."""
    if not path.is_file():
        raise fault(path, "is missing", "Restore it, or give the folder it is in")
    content = path.read_bytes()
    if content.startswith(UTF_16):
        raise fault(path, "is in UTF-16, not UTF-8", SAVE_AS_CSV)
    if content.startswith(BINARY) or b"\0" in content:
        raise fault(path, "is not a CSV but a binary file", SAVE_AS_CSV)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path, content, error.start) from error
    if not text.strip():
        raise fault(path, "is empty", "Restore its header and rows, or the version before")
    if (first := text.lstrip()[0]) in MARKUP:
        raise fault(path, f"is not a CSV but {MARKUP[first]}", "Fetch or export the CSV itself")
    return text


def not_utf8(path: Path, content: bytes, position: int) -> BadInput:
    """The fault of a byte that is not UTF-8, with the line and the word it stands in."""
    line = content.count(b"\n", 0, position) + 1
    around = content[max(0, position - 15) : position + 15].decode("cp1252", errors="replace")
    return fault(path, "is not UTF-8", "Save it as CSV UTF-8", line=line, value=around.replace("\n", " ").strip())


def records(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Records with the line each starts on, header first, blank lines left out; BadInput when quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        problem = f"has a record that is not CSV ({error})"
        raise fault(path, problem, "Close its quotes and double those inside the text", line=line) from error
    return rows


def check_header(path: Path, header: list[str], columns: Sequence[str], more_columns: bool) -> None:
    """BadInput when columns are missing, repeated or (unless `more_columns`) not expected: all said together."""
    for separator in ";\t":
        if len(header) == 1 and set(columns) <= set(header[0].split(separator)):
            raise fault(path, f"is separated by {separator!r}, not by commas", SAVE_AS_CSV, line=1)
    missing = [name for name in columns if name not in header]
    extra = [] if more_columns else [name for name in header if name not in columns]
    repeated = sorted({name for name in header if header.count(name) > 1})
    said = {"missing columns": missing, "columns not expected": extra, "columns repeated": repeated}
    if problems := [f"{what}: {', '.join(names)}" for what, names in said.items() if names]:
        remedy = f"The header must hold: {', '.join(columns)}"
        raise fault(path, "; ".join(problems), remedy, line=1)


def check_widths(path: Path, rows: list[tuple[int, list[str]]]) -> None:
    """BadInput for every record that has more or fewer cells than the header."""
    width = len(rows[0][1])
    problem = "has {} cells and the header {}"
    remedy = "Put double quotes around text that holds a comma, and keep empty cells"
    faults = [
        Fault(str(path), line, "", cells[0], problem.format(len(cells), width), remedy)
        for line, cells in rows
        if len(cells) != width
    ]
    if faults:
        raise BadInput(faults)


def fault(path: Path, problem: str, remedy: str, *, line: int = 0, value: str = "") -> BadInput:
    """A BadInput with one fault about a whole file or line."""
    return BadInput([Fault(str(path), line, "", value, problem, remedy)])
