"""Number formats of Office that write numbers as our figures do. Its decimal mark is always that of the reader's machine."""

import re
from collections.abc import Sequence
from typing import NamedTuple

SPACE = '"\u202f"'
GROUPED = {"en": "#,##0", "fr": f"[<1000]0;[<1000000]#{SPACE}##0;#{SPACE}###{SPACE}##0"}
"""Thousands as the language writes them, whatever the machine."""
NUMBER = re.compile(r"(?P<before>[^\d−-]*)(?P<number>[−-]?\d[\d\s.,\u202f\xa0]*?)(?P<after>[^\d]*)")
SCALES = {1.0: "", 1e3: ",", 1e6: ",,", 1e9: ",,,"}


class Written(NamedTuple):
    """What stands around a number, and how it is written: `scale` is 1e6 for '3M'."""

    scale: float
    before: str
    after: str
    has_decimals: bool
    is_grouped: bool


def inferred(pairs: Sequence[tuple[float | None, str]], language: str, with_decimals: bool = True) -> str | None:
    """The format that turns each value into its text, None when there is none."""
    read = [_written(value, text, language) for value, text in pairs if value is not None]
    if not read or None in read:
        return None
    found = [written for written in read if written]
    if not with_decimals and any(written.has_decimals for written in found):
        return None
    around = {written.scale: (written.before, written.after) for written in found}
    if len(around) > 3 or len({(written.scale, written.before, written.after) for written in found}) > len(around):
        return None
    return _plain(found, language) if set(around) == {1.0} else _scaled(around)


def _written(value: float, text: str, language: str) -> Written | None:
    match = NUMBER.fullmatch(text)
    if not match:
        return None
    thousands, point = ((",",), ".") if language == "en" else (("\u202f", "\xa0", " "), ",")
    digits = match["number"].replace("−", "-")
    is_grouped = any(mark in digits for mark in thousands)
    for mark in thousands:
        digits = digits.replace(mark, "")
    try:
        number = float(digits.replace(point, "."))
    except ValueError:
        return None
    scale = 1.0 if number == 0 == value else round(value / number, 6) if number else 0.0
    return Written(scale, match["before"], match["after"], point in digits, is_grouped) if scale in SCALES else None


def _plain(found: list[Written], language: str) -> str:
    before, after = _quoted(found[0].before), _quoted(found[0].after)
    if any(written.has_decimals for written in found):
        return f"{before}General{after}"
    body = GROUPED[language] if any(written.is_grouped for written in found) else "0"
    return ";".join(re.sub(r"^(\[[^]]+\])?(.*)$", rf"\g<1>{before}\g<2>{after}", part) for part in body.split(";"))


def _scaled(around: dict[float, tuple[str, str]]) -> str:
    """One section per scale, the largest first: '[>=1000000]0,,"M";0,"K"'."""
    scales = sorted(around, reverse=True)
    sections = [
        ("" if scale == scales[-1] else f"[>={scale:.0f}]")
        + f"{_quoted(around[scale][0])}0{SCALES[scale]}{_quoted(around[scale][1])}"
        for scale in scales
    ]
    return ";".join(sections)


def _quoted(text: str) -> str:
    return f'"{text}"' if text and '"' not in text else ""
