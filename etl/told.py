"""A difference in words: Markdown for CHANGES.md and for the text of a proposed change."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from etl.diff import Change, Difference, Measure, What
from etl.history import Published

MOST = 50
"""Rows told one by one in a table of a text; the rest is counted."""
WHATS: tuple[What, ...] = ("added", "removed", "changed")
TITLE = "# Changes of the data\n"


def changes_md(history: Iterable[Published]) -> str:
    """CHANGES.md: every version, the last first."""
    return "\n".join([TITLE, *(markdown(one.found, one.day) for one in history)])


def markdown(found: Difference, day: str = "") -> str:
    """A difference as Markdown: rows by table, what happened to which cluster, other rows, coverage and totals that moved."""
    heading = f"## {found.after}{f' ({day})' if day else ''}\n\nCompared with {found.before}."
    if not found.changes:
        return f"{heading} No row differs.\n"
    parts = [heading, rows_by_table(found), clusters(found), others(found)]
    parts += [measures("Coverage", found.coverage), measures("Totals (one scope each, latest figures)", found.totals)]
    return "\n\n".join(part for part in parts if part) + "\n"


def rows_by_table(found: Difference) -> str:
    """How many rows of each table were added, removed and changed."""
    names = dict.fromkeys(change.table for change in found.changes)
    lines = [f"| {name} | " + " | ".join(str(found.count(name, what)) for what in WHATS) + " |" for name in names]
    return "\n".join(["| table | added | removed | changed |", "|---|--:|--:|--:|", *lines])


def clusters(found: Difference) -> str:
    """What happened to each cluster."""
    by_cluster = defaultdict(list)
    for change in found.changes:
        if change.cluster:
            by_cluster[change.cluster].append(change)
    lines = [f"- **{cell(name)}**: {'; '.join(map(sentence, changes))}" for name, changes in sorted(by_cluster.items())]
    return "\n".join(["### By cluster\n", *shortened(lines)]) if lines else ""


def others(found: Difference) -> str:
    """The rows that are about no cluster, by table."""
    rest = sorted((change for change in found.changes if not change.cluster), key=lambda change: change.table)
    parts = [
        "\n".join([f"### {table}\n", *shortened([f"- {sentence(change)}" for change in changes])])
        for table, changes in groupby(rest, key=lambda change: change.table)
    ]
    return "\n\n".join(parts)


def measures(title: str, found: Iterable[Measure]) -> str:
    """The measures that moved."""
    lines = [
        f"| {cell(measure.name)} | {number(measure.before)} | {number(measure.after)} |"
        for measure in found
        if measure.before != measure.after
    ]
    return "\n".join([f"### {title}\n", "| what | before | after |", "|---|--:|--:|", *lines]) if lines else ""


def sentence(change: Change) -> str:
    """`changed in clusters: es-b, Parque B (place: Bilbao → Bilbo)`."""
    label = f", {cell(change.label)}" if change.label else ""
    cells = "; ".join(f"{name}: {cell(before)} → {cell(after)}" for name, (before, after) in change.columns.items())
    return f"{change.what} in {change.table}: {cell(change.key)}{label}{f' ({cells})' if cells else ''}"


def shortened(lines: list[str]) -> list[str]:
    """At most MOST lines, and how many more there are."""
    return lines if len(lines) <= MOST else [*lines[:MOST], f"- … and {len(lines) - MOST} more"]


def cell(value: Any) -> str:
    """A cell on one line, with nothing in it that Markdown or HTML would take for its own; nothing published is said so."""
    if value is None or value == []:
        return "*empty*"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    line = " ".join(text.split())
    short = line if len(line) <= 120 else line[:119] + "…"
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>|#" else sign for sign in short)


def number(value: float | None) -> str:
    """Digits as they are; a figure that a version does not have is said so."""
    return "no figure" if value is None else f"{value:.15g}"
