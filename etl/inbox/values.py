"""From one cell as published to a value: text, numbers, codes of digits, lists. What can be two things is refused."""

import html
import re
from collections.abc import Callable
from decimal import Decimal

from etl import cells
from etl.faults import BadCell
from etl.inbox.decode import DESTROYED

SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000'’]")
"""What separates thousands: spaces of every kind, and the Swiss apostrophe."""
MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
GROUP = {",": ".", ".": ","}
"""The mark of thousands that goes with a decimal mark."""


def clean(cell: str) -> str:
    """Text tidied as in the facts, HTML entities read (also those written twice over)."""
    return cells.text(html.unescape(html.unescape(cell)))


def refuse_broken(cell: str) -> None:
    """BadCell for what no reader can make good: destroyed letters, errors of a spreadsheet."""
    if DESTROYED in cell:
        raise BadCell("has destroyed letters", "Write the right word for it in `map`, or ask the publisher")
    if cell in ERRORS:
        raise BadCell("is an error of a spreadsheet", "Correct the formula in the file, or ask the publisher")


def text(cell: str) -> str:
    """Words; BadCell when they hold the e-mail address of someone."""
    if EMAIL.search(cell):
        raise BadCell("holds an e-mail address, which is personal", "Leave it out, or map it to other words")
    return cell


def number(cell: str, decimal_char: str = "", group_char: str = "") -> float:
    """Read a number: by the marks given, or by those the cell itself makes certain. Spaces may group thousands.

    Without marks “1,234” and “1.234” can be two numbers each, and are refused.
    """
    return float(decimal(cell, decimal_char, group_char))


def decimal(cell: str, decimal_char: str = "", group_char: str = "") -> Decimal:
    """As `number`, without a loss of digits."""
    plain = SPACES.sub(" ", cell.translate(MINUS)).strip()
    marks = marked(plain, decimal_char, group_char)
    if marks is None:
        either = "`decimalChar: ','`" if "." in plain else "`decimalChar: '.'`"
        raise BadCell("may be thousands or decimals", f"Write {either} (or the other mark) in the descriptor")
    point, group = (re.escape(mark) for mark in marks)
    parts = re.fullmatch(rf"([+-]?)(\d+|\d{{1,3}}(?:([ ]|{group})\d{{3}})(?:\3\d{{3}})*)(?:{point}(\d+))?", plain)
    if not parts:
        raise BadCell("is not a number", "Write digits only, or correct decimalChar and groupChar in the descriptor")
    sign, whole, _, fraction = parts.groups()
    return Decimal(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{fraction or 0}")


def marked(cell: str, decimal_char: str, group_char: str) -> tuple[str, str] | None:
    """The marks of decimals and of thousands; None when the cell can be read with either."""
    if decimal_char or group_char:
        point = decimal_char or GROUP.get(group_char, ".")
        return point, group_char.strip() or GROUP.get(point, ",")
    if TWO_WAYS.fullmatch(cell):
        return None
    last = max(cell.rfind(","), cell.rfind("."))
    mark = cell[last] if last >= 0 else "."
    return (GROUP[mark], mark) if cell.count(mark) > 1 else (mark, GROUP[mark])


def percentage(cell: str, *, is_percent: bool) -> str:
    """The number of a percentage without its sign; BadCell where percentages are not expected."""
    if "%" in cell and not is_percent:
        raise BadCell("is a percentage", "Write isPercent: true if the column holds percentages")
    return cell.rstrip("% \u00a0\u202f")


def integer(read: Callable[[str], float], cell: str) -> int:
    """A whole number, “2014.0” included."""
    value = read(cell)
    if value != int(value):
        raise BadCell("is not a whole number", "Map the column elsewhere, or correct it")
    return int(value)


def digits(cell: str, length: int) -> str:
    """A code of `length` digits, such as a postcode: what a spreadsheet made of it (84200.0, 1000) undone."""
    plain = re.sub(r"\.0+$", "", SPACES.sub("", cell))
    if not plain.isdecimal() or len(plain) > length:
        raise BadCell(f"is not a code of {length} digits", "Correct digits in the descriptor, or the cell")
    return plain.zfill(length)


def items(cell: str, separator: str) -> list[str]:
    """The items of a list, repeated ones once, in order."""
    parts = re.split(r"\n" if separator == "\\n" else re.escape(separator), cell) if separator else [cell]
    return list(dict.fromkeys(item for part in parts if (item := clean(part))))
