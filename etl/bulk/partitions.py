"""Partitions of CSV files: stretches of whole records, found without holding a file in memory, read as text."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from etl.bulk.contract import FILE, Bulk
from etl.read import bad_file

BLOCK = 16 * 2**20
"""Bytes of a partition, about: what one process holds of the input."""
LONGEST_RECORD = 4 * 2**20
CUT = "Fetch it again: it was cut, or its quotes are not doubled"


@dataclass(frozen=True)
class Partition:
    """Bytes `start` to `stop` of a file, whole records, and the columns its header gives them."""

    path: str
    header: tuple[str, ...]
    start: int
    stop: int

    @property
    def bytes(self) -> int:
        return self.stop - self.start


def header_of(path: Path, bulk: Bulk) -> tuple[str, ...]:
    """The columns of a file; BadInput when it is missing, is not the data, or lacks or repeats columns that are needed."""
    if not path.is_file():
        raise bad_file(path, "is missing", "Fetch it")
    if problem := bulk.wrong(path):
        raise bad_file(path, problem.rstrip("."), "Fetch it again")
    with path.open("rb") as file:
        names = next(csv.reader([file.readline().decode("utf-8-sig", errors="replace")], delimiter=bulk.delimiter), [])
    found = {
        "missing columns": [name for name in bulk.needed if name not in names],
        "columns repeated": sorted({name for name in names if names.count(name) > 1}),
    }
    if any(found.values()):
        surplus = {"columns not expected": beyond(names, bulk)}
        problems = [f"{what}: {', '.join(columns)}" for what, columns in (found | surplus).items() if columns]
        remedy = f"The publisher has changed the file: compare with what {bulk.name} is declared to hold"
        raise bad_file(path, "; ".join(problems), remedy, line=1)
    return tuple(names)


def beyond(names: list[str] | tuple[str, ...], bulk: Bulk) -> list[str]:
    """The columns that are not declared."""
    return [name for name in names if name not in bulk.needed + bulk.known]


def differences(header: tuple[str, ...], bulk: Bulk) -> list[str]:
    """What a header holds beyond what is declared, and what it lacks of it; a file is taken all the same."""
    told = {"columns not expected": beyond(header, bulk), "columns absent": [c for c in bulk.known if c not in header]}
    return [f"{what}: {', '.join(columns)}" for what, columns in told.items() if columns]


def partitions(path: Path, header: tuple[str, ...], block: int = BLOCK) -> Iterator[Partition]:
    """Cut a file at ends of records, about every `block` bytes; BadInput when its quotes do not close.

    A line break inside quotes ends no record: it is one where an odd number of quotes stands before it.
    """
    with path.open("rb") as file:
        file.readline()
        start = file.tell()
        while chunk := file.read(block):
            is_open, limit = bool(chunk.count(b'"') % 2), file.tell() + LONGEST_RECORD
            line = file.readline()
            is_open ^= bool(line.count(b'"') % 2)
            while is_open:
                line = file.readline()
                if not line or file.tell() > limit:
                    raise bad_file(path, f"has quotes that do not close, after byte {start:,}", CUT)
                is_open ^= bool(line.count(b'"') % 2)
            yield Partition(str(path), header, start, file.tell())
            start = file.tell()


def read(partition: Partition, bulk: Bulk) -> tuple[pd.DataFrame, int]:
    """The cells of the declared columns that are read, as text ('' where empty), and FILE; and how many records had not as many
    cells as the header."""
    with Path(partition.path).open("rb") as file:
        file.seek(partition.start)
        content = file.read(partition.bytes)
    wanted = bulk.needed + bulk.taken
    table, misfits = parse(utf8(content), partition.header, wanted, bulk.delimiter)
    cells = table.to_pandas()
    constant = {name: "" for name in wanted if name not in cells} | {FILE: Path(partition.path).name.split(".")[0]}
    return cells.assign(**constant)[[*wanted, FILE]].astype("str"), misfits


def utf8(content: bytes) -> bytes:
    """The same bytes when they are UTF-8; else with U+FFFD, which shows, where a letter was destroyed."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode(errors="replace").encode()
    return content


def parse(content: bytes, header: tuple[str, ...], wanted: tuple[str, ...], delimiter: str) -> tuple[pa.Table, int]:
    """Records as a table of text, and how many were of another width."""
    misfits: list[int] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        misfits.append(row.actual_columns)
        return "skip"

    columns = [name for name in header if name in wanted]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(content),
        read_options=pyarrow.csv.ReadOptions(column_names=list(header), use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()), include_columns=columns, strings_can_be_null=False
        ),
    )
    return table, len(misfits)
