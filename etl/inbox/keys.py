"""Identifiers that stay the same from one refresh to the next, and rows of a file that are one thing."""

import re
from collections.abc import Hashable, Sequence
from hashlib import sha256
from typing import Any

from etl.faults import Fault
from etl.gazetteer import UNDECOMPOSED
from etl.inbox.report import Refusal
from etl.merge import TOGETHER, is_empty
from etl.resolve import AGREED, KEYS
from etl.suggest import plain

LONGEST = 80
Row = dict[str, Any]
IDENTIFIER = {"clusters": "cluster_id", "programmes": "programme_id", "sources": "source_id"}
"""The tables in which a row is a thing, and what identifies it."""
MONEY = ("amount_eur", "amount", "currency")
JOINED = ("source_ids", "themes", "components")


def identifier(dataset: str, key: Sequence[str]) -> str:
    """The identifier of a thing, from its natural key alone: neither its row nor its neighbours change it.

    What letters cannot be written in ASCII, or are too many, is told apart by a digest.
    """
    words = "-".join(plain(part.casefold().translate(UNDECOMPOSED)) for part in key)
    slug = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
    is_whole = not re.search(r"[^\x00-\x7f]", words) and len(slug) <= LONGEST
    digest = "" if is_whole else "-" + sha256("\x1f".join(key).encode()).hexdigest()[:8]
    return f"{dataset}-{slug[:LONGEST].strip('-')}{digest}".replace("--", "-")


def merge(table: str, rows: Sequence[tuple[Any, Row]]) -> tuple[list[tuple[Any, Row]], int, list[Refusal]]:
    """Rows that are one thing as one row: kept rows, how many were merged, those that contradict an earlier one.

    `rows` are (position, row). A later row fills what the first leaves empty; where they differ the first stays.
    """
    kept: dict[Hashable, tuple[Any, Row]] = {}
    merged = 0
    refused = []
    for position, row in rows:
        key = key_of(table, row)
        if key not in kept:
            kept[key] = position, row
        elif column := differing(table, kept[key][1], row):
            refused.append(contradiction(table, position, kept[key][0], row, column))
        else:
            merged += 1
            fill(table, kept[key][1], row)
    return list(kept.values()), merged, refused


def key_of(table: str, row: Row) -> Hashable:
    """What makes two rows of a file one: the identifier of a thing; who received what; else all they say."""
    if name := row.get(IDENTIFIER.get(table, "")):
        return str(name)
    return tuple(str(row.get(name)) for name in (KEYS[table] if table in AGREED else row))


def differing(table: str, first: Row, row: Row) -> str:
    """A column in which two rows of one thing say two things; blank when there is none."""
    for names in statements(table, first, row):
        ours, theirs = said(first, names), said(row, names)
        if ours != theirs and not (is_silent(ours) or is_silent(theirs)):
            return next(name for name, one in zip(names, theirs, strict=True) if not is_empty(one))
    return ""


def fill(table: str, first: Row, row: Row) -> None:
    """Give the first row the statements that only the later one makes, each whole; lists together."""
    for names in statements(table, first, row):
        if is_silent(said(first, names)):
            first |= {name: row.get(name) for name in names}
    for name in set(JOINED) & set(row):
        first[name] = list(dict.fromkeys([*first[name], *row[name]]))


def statements(table: str, first: Row, row: Row) -> list[tuple[str, ...]]:
    """The columns of two rows, those that make one statement together: a point, an amount with its currency."""
    groups = [*TOGETHER.get(table, []), *([MONEY] if table in AGREED else [])]
    grouped = {name for names in groups for name in names}
    names = dict.fromkeys([*first, *row])
    return [*groups, *((name,) for name in names if name not in grouped and name not in JOINED)]


def said(row: Row, names: Sequence[str]) -> list[Any]:
    return [row.get(name) for name in names]


def is_silent(cells: Sequence[Any]) -> bool:
    return all(map(is_empty, cells))


def contradiction(table: str, position: Any, earlier: Any, row: Row, column: str) -> Refusal:
    """The refusal of a row that has the key of an earlier one and says another thing."""
    problem = "is not what an earlier row with the same key says"
    remedy = f"See row {earlier[1]}; correct one of the two, or add a column to naturalKey"
    return Refusal(table, Fault.at(position, column, row[column], problem, remedy), leaves_out=True)
