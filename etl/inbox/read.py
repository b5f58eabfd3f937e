"""A file of any format as a table of text with the row every cell stands in."""

from pathlib import Path

from etl.inbox.delimited import read_delimited
from etl.inbox.descriptor import FORMATS, Descriptor
from etl.inbox.grid import Grid, Text, with_header
from etl.inbox.records import read_parquet, read_records
from etl.inbox.sheets import read_sheet
from etl.read import bad_file

NAMES = {"ndjson": "jsonl", "geoparquet": "parquet", "tab": "tsv", "txt": "csv", "xlsm": "xlsx", "xlsb": "xlsx"}
"""Endings of file names that are not the name of their format."""


def read(path: Path, descriptor: Descriptor) -> Text:
    """Read a file as its descriptor says. Raises BadInput when its form is not what the descriptor says."""
    if not path.is_file():
        raise bad_file(path, "is missing", "Restore it, or correct path in its descriptor")
    return with_header(grid(path, descriptor), descriptor.dialect, path)


def grid(path: Path, descriptor: Descriptor) -> Grid:
    """The rows of a file, by its format."""
    match name := descriptor.format or format_of(path):
        case "xlsx" | "xls" | "ods":
            return read_sheet(path, descriptor)
        case "json" | "jsonl" | "geojson":
            return read_records(path, descriptor, name)
        case "parquet":
            return read_parquet(path)
    return read_delimited(path, descriptor)


def format_of(path: Path) -> str:
    """The format a file's name says; BadInput when it says none."""
    ending = path.suffix.lower().removeprefix(".")
    name = NAMES.get(ending, ending)
    if name not in FORMATS:
        raise bad_file(path, "does not say its format by its name", f"Write format: one of {', '.join(FORMATS)}")
    return name
