"""The words of a PDF, page by page, as a reader would copy them."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf


def pages(path: Path | BytesIO) -> list[str]:
    """The text of each page, in the order it is drawn, without its spaces: their width is not written in a PDF."""
    with pikepdf.open(path) as pdf:
        return ["".join("".join(_drawn(page)).split()) for page in pdf.pages]


def _drawn(page: pikepdf.Page) -> Iterator[str]:
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    known: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = letters[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            shown = operands[0] if str(operator) == "TJ" else operands
            codes, size = (
                b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String)),
                len(min(known, default=b".")),
            )
            yield from (known.get(codes[place : place + size], "") for place in range(0, len(codes), size))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each code of a font (one byte, or two) stands for."""
    if "/ToUnicode" not in font:
        return {}
    table, code = font.ToUnicode.read_bytes().decode("latin-1"), r"<((?:[0-9A-Fa-f]{2}){1,2})>"
    single = re.findall("^" + code + r"[ \t]*<([0-9A-Fa-f]+)>[ \t]*\r?$", table, re.MULTILINE)
    ranges = re.findall("^" + code + r"[ \t]*" + code + r"[ \t]*<([0-9A-Fa-f]{4})>", table, re.MULTILINE)
    found = {
        bytes.fromhex(key): bytes.fromhex(letter).decode("utf-16-be") for key, letter in single if len(letter) >= 4
    }
    for low, high, first in ranges:
        span = range(int(low, 16), int(high, 16) + 1)
        found |= {key.to_bytes(len(low) // 2, "big"): chr(int(first, 16) + key - span[0]) for key in span}
    return found
