"""A first look at a file: how it is written, and what its columns likely mean."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.inbox import columns, guess, values
from etl.inbox.columns import Likely
from etl.inbox.decode import decode
from etl.inbox.descriptor import MISSING, Descriptor
from etl.inbox.grid import Grid, Text, one_line, with_header
from etl.inbox.keys import identifier
from etl.inbox.mapping import OPEN
from etl.inbox.moments import NUMERIC
from etl.inbox.read import format_of, grid
from etl.read import bad_file


@dataclass(frozen=True)
class Seen:
    """A file as it was first understood: how it is written, its table of text, what its columns likely mean, doubts."""

    path: Path
    said: dict[str, Any]
    text: Text
    likely: Likely
    doubts: tuple[str, ...]

    def cells(self, ours: str) -> list[str]:
        """The cells of the column that likely is `ours`, tidied, blank ones left out."""
        theirs = self.likely.of_ours.get(ours)
        return [clean for cell in self.text.rows[theirs] if (clean := values.clean(cell))] if theirs else []


def look(path: Path) -> Seen:
    """Understand a file as far as it shows itself."""
    if not path.is_file():
        raise bad_file(path, "is missing", "Give the path of a file")
    said, doubts = written(path)
    draft = Descriptor.model_validate(skeleton(path) | said)
    rows = grid(path, draft)
    said.setdefault("dialect", {})
    if draft.format in ("csv", "tsv", "xlsx", "xls", "ods"):
        said["dialect"]["headerRows"] = guess.header_rows(rows.rows)
    text = with_header(rows, Descriptor.model_validate(skeleton(path) | said).dialect, path)
    if not len(text.rows):
        raise bad_file(path, "has a header and no row", "Give a file with data")
    cells = [values.clean(cell) for name in text.rows for cell in text.rows[name].head(guess.SAMPLE)]
    return Seen(
        path,
        said | described_marks(cells),
        text,
        columns.likely(text.rows, lowest(rows, said, text)),
        (*doubts, *text.notes),
    )


def lowest(rows: Grid, said: dict[str, Any], text: Text) -> dict[str, str]:
    """Name of a column -> what the last of its header rows says."""
    last = max(said["dialect"].get("headerRows", [1]))
    words = next((cells for line, cells in rows.rows if line == last), [])
    return {str(name): one_line(word) for name, word in zip(text.rows.columns, words, strict=False) if word.strip()}


def skeleton(path: Path) -> dict[str, Any]:
    """What makes a descriptor that only reads."""
    return {
        "name": identifier("", [path.stem]).strip("-") or "dataset",
        "title": path.stem,
        "path": path.name,
        "publisher": OPEN,
        "licence": OPEN,
        "tables": [{"table": "clusters"}],
    }


def written(path: Path) -> tuple[dict[str, Any], list[str]]:
    """How a file is written (words of a descriptor), and doubts."""
    name = format_of(path)
    if name in ("csv", "tsv"):
        content = path.read_bytes()
        encodings = guess.encodings(content)
        text, _ = decode(path, content, encodings)
        dialect, doubts = guess.dialect(path, text)
        quoting = {} if dialect.quote_char else {"quoteChar": ""}
        return {"format": name, "encoding": encodings, "dialect": {"delimiter": dialect.delimiter} | quoting}, doubts
    if name == "json":
        where = list_inside(path)
        return ({"format": "geojson"} if where == "features" else {"format": name, "dialect": {"property": where}}), []
    return {"format": name}, []


def list_inside(path: Path) -> str:
    """The path to the first list of records in a JSON file; blank when it is one."""
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return ""
    return next(lists(content, ""), "")


def lists(content: Any, at: str) -> Iterator[str]:
    """The paths to lists of records."""
    if isinstance(content, list) and content and all(isinstance(one, dict) for one in content):
        yield at
    elif isinstance(content, dict):
        for name, inner in content.items():
            yield from lists(inner, f"{at}.{name}".strip("."))


def described_marks(cells: Sequence[str]) -> dict[str, Any]:
    """Marks of numbers and of what is missing, and the order of day and month, where they are certain."""
    marks, missing = guess.marks(cells), guess.missing_marks(cells)
    said: dict[str, Any] = {"decimalChar": marks.decimal_char} if marks.decimal_char else {}
    said |= {"missingValues": [*MISSING, *missing]} if missing else {}
    days = [(int(found[1]), int(found[2]), cell) for cell in cells if (found := NUMERIC.fullmatch(cell))]
    pattern = "".join(mark for mark in (days[0][2][len(days[0][2].rstrip("0123456789")) - 1],)) if days else ""
    if any(first > 12 for first, _, _ in days) and not any(second > 12 for _, second, _ in days):
        said["dates"] = {"patterns": f"%d{pattern}%m{pattern}%Y"}
    elif any(second > 12 for _, second, _ in days) and not any(first > 12 for first, _, _ in days):
        said["dates"] = {"patterns": f"%m{pattern}%d{pattern}%Y"}
    return said
