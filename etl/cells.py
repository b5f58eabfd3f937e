"""From the text of one cell to its value. Every reader takes text, returns the value and raises BadCell."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from rapidfuzz import process

from etl.faults import BadCell

Reader = Callable[[str], object]

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "„": "“"}
BLANK = re.compile(r"[ \t\r\n\f\v]+")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
SPACE = re.compile(r"[\s'’]")
"""What separates thousands besides commas and points: any space, no-break or thin, and the Swiss apostrophe."""
FRENCH = [
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"[ \u00a0](?=[;!?%])"), "\u202f"),
    (re.compile(r" (?=[:»])|(?<=«) "), "\u00a0"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}\b)"), "\u202f"),
]
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(
    r"(?P<whole>[+-]?\d{1,3}(?P<separator>[ .,])\d{3}(?:(?P=separator)\d{3})*)(?:(?!(?P=separator))[.,](?P<decimals>\d+))?"
)


def text(cell: str) -> str:
    """Trim, collapse spaces and line breaks (no-break spaces stay: French needs them), drop stray quotes, NFC."""
    composed = cell if cell.isascii() else unicodedata.normalize("NFC", INVISIBLE.sub("", cell))
    clean = BLANK.sub(" ", composed).strip()
    closing = QUOTES.get(clean[:1], "")
    inner = clean[1:-1]
    if len(clean) > 1 and clean[-1] == closing and clean[0] not in inner and closing not in inner:
        return inner.strip()
    return clean


def french(cell: str) -> str:
    """French as it is printed: typographic apostrophes, no-break spaces before high punctuation, inside guillemets and
    between thousands."""
    printed = text(cell)
    for pattern, replacement in FRENCH:
        printed = pattern.sub(replacement, printed)
    return printed


def number(cell: str) -> float:
    """Read a number written in any European way: 1234.5, 1 234,5, 1,234.5, 1.234,5, 1'234.

    "1,234" alone can be two numbers and is refused; "1.234" is a decimal, as everywhere in these files.
    """
    spaced = SPACE.sub(" ", cell)
    if AMBIGUOUS.fullmatch(spaced):
        plain, decimal = spaced.replace(",", ""), spaced.replace(",", ".")
        raise BadCell("may be a thousand or a decimal", f"Write {plain} or {decimal}")
    if PLAIN.fullmatch(spaced):
        return float(spaced.replace(",", "."))
    if parts := GROUPED.fullmatch(spaced):
        return float(f"{parts['whole'].replace(parts['separator'], '')}.{parts['decimals'] or 0}")
    raise BadCell("is not a number", "Write digits only, such as 1234 or 1234.5")


def integer(cell: str) -> int:
    """Read a whole number, written as `number` allows."""
    value = number(cell)
    if value != int(value):
        raise BadCell("is not a whole number", f"Write {round(value)}, or another whole number")
    return int(value)


def partial_date(cell: str) -> str:
    """Check a date of any precision, YYYY, YYYY-MM or YYYY-MM-DD, and return it as written."""
    parts = DATE.fullmatch(cell)
    if not parts:
        raise BadCell("is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        first_day(cell)
    except ValueError as error:
        raise BadCell(f"is not a date ({error})", "Write a day that exists, or only its month or year") from error
    return cell


def first_day(partial: str) -> date:
    """First day of YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = (int(part) for part in f"{partial}-01-01".split("-")[:3])
    return date(year, month, day)


def last_day(partial: str) -> date:
    """Last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    first = first_day(partial)
    match partial.count("-"):
        case 0:
            return date(first.year, 12, 31)
        case 1:
            return first.replace(day=monthrange(first.year, first.month)[1])
    return first


def url(cell: str) -> str:
    """Check an address: http or https, a host, no space."""
    parts = urlsplit(cell) if not re.search(r"\s", cell) else urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise BadCell("is not a web address", "Write it whole, starting with https:// or http://")
    return cell


def pattern(expression: str) -> Reader:
    """A reader of text that matches `expression` (an identifier, a currency code)."""

    def read(cell: str) -> str:
        if not re.fullmatch(expression, cell):
            raise BadCell("is not written as expected", f"Write it to match {expression}")
        return cell

    return read


def code(codes: Collection[str], vocabulary: str) -> Reader:
    """A reader of codes of one vocabulary; the closest codes are given when it is unknown."""

    def read(cell: str) -> str:
        if cell in codes:
            return cell
        raise BadCell(f"is not a code of {vocabulary}", closest(cell, codes, f"See data/vocabulary/{vocabulary}.csv"))

    return read


def closest(cell: str, known: Collection[str], otherwise: str) -> str:
    """The remedy for a value that is not known: the three closest that are, or `otherwise`."""
    folded = {value: value.casefold() for value in sorted(known)}
    found = [str(value) for _, _, value in process.extract(cell.casefold(), folded, limit=3, score_cutoff=50)]
    return f"The closest are: {', '.join(found)}" if found else otherwise


@dataclass(frozen=True)
class Listed:
    """A reader of lists: items between semicolons, stripped, repeated items dropped, order kept; blank is []."""

    read_item: Reader

    def __call__(self, cell: str) -> list[object]:
        items = dict.fromkeys(item for part in cell.split(";") if (item := text(part)))
        return [self.read_item(item) for item in items]
