"""What a file shows of itself: encoding, delimiter, header, marks. A guess is a guess: each comes with its doubts."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from etl.faults import BadCell, BadInput
from etl.inbox import values
from etl.inbox.decode import MARKS
from etl.inbox.delimited import records
from etl.inbox.descriptor import MISSING, Dialect
from etl.read import Record

DELIMITERS = ";,\t|"
SAMPLE = 500
"""Rows looked at."""
SIGNS_IN_WORDS = re.compile(r"(?<=[^\W\d_])[^\w\s’'\"“”«».,;:()/&+|\t-]|[^\w\s’'\"“”«».,;:()/&+|\t-](?=[^\W\d_])")
"""Signs beside letters, which words do not have: what Polish looks like when cp1250 is read as cp1252."""
ALPHABETS = {
    "cp1252": ("àâæçéèêëîïôœùûüÿ", "äöüßé", "áéíñóúü", "àèéìòù", "ãáâàçéêíóôõú", "æøåé", "åäöé", "éëïóö"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
}
"""Letters beyond ASCII of the languages each encoding is used for: French, German, Spanish, Italian, Portuguese, Danish,
Swedish, Dutch; Polish, Czech, Slovak, Hungarian, Romanian, Croatian."""
NUMBER = re.compile(r"[+-]?[\d][\d\s.,'\u00a0\u202f\u2009]*(?:\s*(?:%|€|EUR|£|GBP|zł|PLN))?")
MISSING_LIKE = re.compile(
    r"[-–—.:?*x]+|n\.?\s?[acrdsn]\.?|n/[acd]|null|none|nan|nc|k\.?\s?a\.?|s/d|b\.?d\.?|inconnu|unknown", re.I
)


class Marks(NamedTuple):
    """The decimal and thousands marks of a file, as far as they are certain."""

    decimal_char: str
    group_char: str


def encodings(content: bytes) -> list[str]:
    """Encodings to try, one when the whole is in it: UTF-8, else that of the words it makes; both when mixed."""
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return ["utf-8" if name == "utf-8-sig" else name]
    lines = [line for line in content.splitlines() if not line.isascii()]
    strange = [line for line in lines if not reads(line, "utf-8")]
    if not strange:
        return ["utf-8"]
    single = western_or_eastern(b"\n".join(strange))
    return [single] if len(strange) == len(lines) else ["utf-8", single]


def reads(line: bytes, encoding: str) -> bool:
    """Whether bytes can be read in an encoding."""
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def western_or_eastern(content: bytes) -> str:
    """cp1252 or cp1250, by which makes words: no signs inside them, and letters that one language has together."""
    return min(ALPHABETS, key=lambda name: strangeness(content, name))


def strangeness(content: bytes, encoding: str) -> tuple[int, float]:
    """Signs inside words, and the share of letters beyond ASCII that the closest language does not have."""
    text = content.decode(encoding, errors="replace")
    letters = [letter for letter in text.casefold() if letter.isalpha() and not letter.isascii()]
    missed = min(sum(letter not in alphabet for letter in letters) for alphabet in ALPHABETS[encoding])
    return len(SIGNS_IN_WORDS.findall(text)), missed / max(1, len(letters))


def dialect(path: Path, text: str) -> tuple[Dialect, list[str]]:
    """The delimiter that cuts most rows into the same number of cells, whether quotes quote, and doubts."""
    head = "".join(islice(text.splitlines(keepends=True), SAMPLE))
    tried = [(evenness(path, head, mark, quote), mark, quote) for mark in DELIMITERS for quote in ('"', "")]
    (score, cells), mark, quote = max(tried, key=lambda one: (one[0], one[2] == '"'))
    doubts = [] if score > 0.9 or cells == 1 else [f"only {score:.0%} of the rows have as many cells as most"]
    return Dialect.model_validate({"delimiter": mark, "quoteChar": quote}), doubts


def evenness(path: Path, text: str, delimiter: str, quote: str) -> tuple[float, int]:
    """The share of rows with the most frequent number of cells, and that number; (0, 0) when it is no CSV."""
    try:
        rows = records(path, text, Dialect.model_validate({"delimiter": delimiter, "quoteChar": quote}))
    except (BadInput, csv.Error):
        return 0.0, 0
    widths = Counter(len(cells) for _, cells in rows)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return (count / len(rows), width) if width > 1 else (0.0, width)


def header_rows(rows: Sequence[Record]) -> list[int]:
    """The numbers of the header rows: the first row as wide as the body, and one above or below when it is in groups."""
    width = Counter(filled(cells) for _, cells in rows[:SAMPLE]).most_common(1)[0][0] if rows else 0
    first = next((at for at, (_, cells) in enumerate(rows) if different(cells) >= max(2, width * 0.6)), 0)
    chosen = [rows[first][0]] if rows else [1]
    above, below = rows[first - 1] if first else None, rows[first + 1] if first + 1 < len(rows) else None
    if above and different(above[1]) >= 2 and above[0] == rows[first][0] - 1:
        return [above[0], *chosen]
    if below and is_grouped(rows[first][1]) and not any(NUMBER.fullmatch(cell.strip()) for cell in below[1] if cell):
        return [*chosen, below[0]]
    return chosen


def different(cells: Iterable[str]) -> int:
    """How many different words a row has: a title merged over the whole width is one."""
    return len({cell.strip() for cell in cells} - {""})


def filled(cells: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def is_grouped(cells: Sequence[str]) -> bool:
    """Whether a row looks like the upper one of two header rows: words over several columns (merged, or blank beside)."""
    words = [cell.strip() for cell in cells]
    return any(a and (a == b or not b) for a, b in pairwise(words)) and bool(words[-1] or words[0])


def marks(cells: Iterable[str]) -> Marks:
    """The marks that numbers themselves make certain: “5.637.188,00” says both."""
    found = Counter(mark for cell in cells if (mark := decimal_mark(cell.strip())))
    if not found:
        return Marks("", "")
    mark, count = found.most_common(1)[0]
    return Marks(mark, values.GROUP[mark]) if count > 0.9 * found.total() else Marks("", "")


def decimal_mark(cell: str) -> str:
    """The decimal mark of a number when only one reading of it is possible; blank else."""
    bare = re.sub(r"[^\d.,]", "", cell) if NUMBER.fullmatch(cell) else ""
    if not re.search(r"\d[.,]\d", bare) or values.TWO_WAYS.fullmatch(bare):
        return ""
    last = bare[max(bare.rfind(","), bare.rfind("."))]
    return values.GROUP[last] if bare.count(last) > 1 else last


def numeric_share(cells: Sequence[str], decimal_char: str = "") -> float:
    """The share of filled cells that are numbers."""
    whole = [cell for cell in cells if cell]
    return sum(is_number(cell, decimal_char) for cell in whole) / len(whole) if whole else 0.0


def is_number(cell: str, decimal_char: str) -> bool:
    """Whether a cell can be read as a number."""
    try:
        values.number(cell, decimal_char or ".")
    except BadCell:
        return False
    return True


def missing_marks(cells: Iterable[str]) -> list[str]:
    """What stands for nothing in a file besides what always does."""
    always = {mark.casefold() for mark in MISSING}
    found = Counter(cell for cell in cells if cell and cell.casefold() not in always and MISSING_LIKE.fullmatch(cell))
    return [mark for mark, count in found.most_common() if count > 1]
