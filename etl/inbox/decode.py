"""From bytes to text, whatever they were written in: what cannot be read is told, never guessed."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from etl.read import bad_file

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""First bytes that say how the rest is written, longest first where one begins with another."""
TWICE = re.compile("[\u00c2\u00c3\u00c4\u00c5][\u0080-\u00bf\u0152-\u0178\u2018-\u203a\u20ac\u2122]|\u00e2\u20ac")
"""What letters with accents look like when UTF-8 was read as cp1252, and written again."""
DESTROYED = "\ufffd"
OFTEN = 3


def decode(path: Path, content: bytes, encodings: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what was seen: encodings mixed, NUL bytes left out, letters destroyed or written twice.

    A byte order mark decides. Else the first encoding that reads the whole; else, when there are several, each line by
    the first that reads it. BadInput with the line when none does.
    """
    text, notes = decoded(path, content, encodings)
    if nuls := text.count("\0"):
        notes.append(f"{nuls} NUL bytes were left out.")
    if destroyed := lines_with(text, DESTROYED):
        notes.append(f"Letters were destroyed ({DESTROYED}) before the file reached us, in {places(destroyed)}.")
    if twice := lines_with(text, TWICE):
        notes.append(f"UTF-8 seems to have been read as another encoding, in {places(twice)}: see encoding.")
    return text.replace("\0", ""), tuple(notes)


def decoded(path: Path, content: bytes, encodings: Sequence[str]) -> tuple[str, list[str]]:
    """The text, and a note when lines are not all in one encoding."""
    for mark, name in MARKS.items():
        if content.startswith(mark):
            encodings = [name, *encodings[1:]]
            break
    for name in encodings[:1] if len(encodings) > 1 else encodings:
        try:
            return content.decode(name), []
        except UnicodeDecodeError as error:
            if len(encodings) == 1:
                raise unreadable(path, content, error) from error
    return line_by_line(path, content, encodings)


def line_by_line(path: Path, content: bytes, encodings: Sequence[str]) -> tuple[str, list[str]]:
    """Every line by the first encoding that reads it, and how many were read by which."""
    lines, used = [], Counter[str]()
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        name, text = first_reading(path, number, line, encodings)
        used[name] += not line.isascii()
        lines.append(text)
    counts = ", ".join(f"{count} in {name}" for name, count in used.most_common() if count)
    return "".join(lines), [f"The lines are not all written in one encoding: {counts}."]


def first_reading(path: Path, number: int, line: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    """The first encoding that reads a line, and the text."""
    for name in encodings:
        try:
            return name, line.decode(name)
        except UnicodeDecodeError:
            continue
    problem = f"is in none of {', '.join(encodings)}"
    raise bad_file(path, problem, "Add its encoding to the descriptor", line=number, value=shown(line))


def unreadable(path: Path, content: bytes, error: UnicodeDecodeError) -> Exception:
    """The fault of a byte that the only encoding given cannot read."""
    line = content.count(b"\n", 0, error.start) + 1
    start = content.rfind(b"\n", 0, error.start) + 1
    remedy = f"Correct encoding in the descriptor; when encodings are mixed write [{error.encoding}, cp1252]"
    words = shown(content[max(start, error.start - 15) : error.start + 15])
    return bad_file(path, f"is not {error.encoding}", remedy, line=line, value=words)


def shown(content: bytes) -> str:
    """Bytes as they may be meant, for a message."""
    return content[:60].decode("cp1252", errors="replace").split("\n")[0].strip()


def lines_with(text: str, what: str | re.Pattern[str]) -> list[int]:
    """The numbers of the lines in which something stands."""
    found = re.compile(re.escape(what)) if isinstance(what, str) else what
    return (
        [number for number, line in enumerate(text.split("\n"), 1) if found.search(line)] if found.search(text) else []
    )


def places(lines: Sequence[int]) -> str:
    """Line 3; 2 lines (3, 7); 9 lines (3, 7, 8, …)."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"{len(lines)} lines ({', '.join(map(str, lines[:OFTEN]))}{', …' if len(lines) > OFTEN else ''})"
