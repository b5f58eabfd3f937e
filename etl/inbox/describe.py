"""`describe FILE`: look at any file and write a first descriptor, with its doubts as comments."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.inbox import columns, values
from etl.inbox.look import Seen, look, skeleton
from etl.inbox.mapping import OPEN

CLUSTER = ("name", "place", "region", "country", "website", "founded_year", "lead_organisation")
"""The columns of clusters that may be taken as they are."""
FIGURES = {"jobs": "own", "members": "members", "surface_m2": "site"}
"""Metrics a column may hold, and a scope to begin with."""
FEW = 12


def describe(path: Path) -> str:
    """The YAML of a first descriptor of a file; what it leaves to decide stands as “?”. BadInput when it is unreadable."""
    return "\n".join(lines(look(path))) + "\n"


def lines(seen: Seen) -> Iterator[str]:
    """The lines of the descriptor."""
    begun = skeleton(seen.path)
    yield f'# A first descriptor of {seen.path.name}, from a look at it. Decide what stands as "?", look at every doubt, then:'
    yield "# python -m etl check --descriptor THIS_FILE"
    yield from (f"# Seen: {doubt}" for doubt in seen.doubts)
    yield f"name: {begun['name']}"
    yield f"title: {quoted(begun['title'])}"
    yield f"path: {quoted(begun['path'])}"
    yield f'publisher: "{OPEN}"  # who publishes the file'
    yield f'licence: "{OPEN}"  # under which it may be used, such as CC BY 4.0'
    yield f'homepage: "{OPEN}"  # the page on which it is published: every figure leads to it'
    for word, said in seen.said.items():
        if said not in ({}, {"property": ""}):
            yield f"{word}: {quoted(said)}"
    if "decimalChar" not in seen.said:
        yield "# decimalChar: no number shows which mark its decimals have"
    key = columns.natural_key(seen.text.rows, seen.likely.of_ours)
    yield f"naturalKey: {quoted(key)}" if key else f"# naturalKey: no column tells the rows apart: {names(seen)}"
    if seen.likely.personal:
        yield f"personal: {quoted(list(seen.likely.personal))}  # about persons: never taken"
    yield "tables:"
    yield from tables(seen)
    if seen.likely.unknown:
        yield f"# Columns nobody has placed: {', '.join(map(repr, seen.likely.unknown))}"


def tables(seen: Seen) -> Iterator[str]:
    """The tables a file likely fills."""
    found = set(seen.likely.of_ours)
    if {"value", "year"} <= found and found & {"country", "region"}:
        yield from indicators(seen)
    elif "amount" in found and "name" in found and not found & {"website", "latitude", "point", "founded_year", "jobs"}:
        yield from partners(seen)
    else:
        yield from clusters(seen)


def clusters(seen: Seen) -> Iterator[str]:
    """A table of clusters, and one of each figure about them."""
    yield from ("  - table: clusters", "    fields:")
    for ours in CLUSTER:
        if ours in seen.likely.of_ours:
            yield field(seen, ours, ours)
        elif ours in ("name", "country"):
            yield f'      {ours}: {{constant: "{OPEN}"}}'
    yield f'      kind: {{constant: "{OPEN}"}}  # a code of data/vocabulary/kinds.csv, or from: and map:'
    yield "      status: {constant: unknown}  # active where the source shows it"
    yield from listed(seen)
    yield from pointed(seen)
    for metric, scope in FIGURES.items():
        if metric in seen.likely.of_ours:
            yield from figures(seen, metric, scope)


def field(seen: Seen, ours: str, meaning: str, more: str = "") -> str:
    """One column of ours from theirs, with its doubt."""
    theirs = seen.likely.of_ours[meaning]
    doubt = f"  # doubt: {seen.likely.doubts[meaning]}" if meaning in seen.likely.doubts else ""
    return f"      {ours}: {{from: {quoted(theirs)}{more}}}{doubt}"


def listed(seen: Seen) -> Iterator[str]:
    """Themes as a comment: their words are not our codes before someone says which is which."""
    if cells := seen.cells("themes"):
        mark = columns.separator(cells)
        words = list(dict.fromkeys(item for cell in cells for item in values.items(cell, mark)))
        separator = f", separator: {quoted(mark)}" if mark else ""
        some = ", ".join(f"{quoted(word)}: …" for word in words[:FEW])
        yield f"      # themes: {{from: {quoted(seen.likely.of_ours['themes'])}{separator}, map: {{{some}}}}}"


def pointed(seen: Seen) -> Iterator[str]:
    """The points, and how precise they are."""
    found = columns.point(seen.text.rows, seen.likely.of_ours)
    if found:
        where, doubt = found
        yield "      coordinate_precision: {constant: commune}  # site where the points are those of the places themselves"
        said = ", ".join(f"{word}: {quoted(value)}" for word, value in where.items())
        yield f"    point: {{{said}}}{f'  # doubt: {doubt}' if doubt else ''}"


def figures(seen: Seen, metric: str, scope: str) -> Iterator[str]:
    """A table of one figure about the clusters."""
    share = columns.share_of_numbers(seen.text.rows, seen.likely.of_ours[metric], seen.said.get("decimalChar", ""))
    yield from ("  - table: observations", "    fields:", f"      metric: {{constant: {metric}}}")
    yield field(seen, "value", metric) + (f"  # {share:.0%} of its cells are numbers" if share < 1 else "")
    yield "      qualifier: {constant: exact}  # about or planned where the source says so"
    yield f"      scope: {{constant: {scope}}}  # doubt: what it counts, a code of data/vocabulary/scopes.csv"
    if "as_of" in seen.likely.of_ours:
        yield field(seen, "as_of", "as_of")


def partners(seen: Seen) -> Iterator[str]:
    """A table of who received money."""
    yield from ("  - table: partners", "    fields:", field(seen, "organisation", "name"))
    yield f'      programme_id: {{constant: "{OPEN}"}}  # a programme of ours: see data/facts/funding/programmes.csv'
    yield f'      role: {{constant: "{OPEN}"}}  # a code of data/vocabulary/partner_roles.csv'
    if "country" in seen.likely.of_ours:
        yield field(seen, "country", "country")
    yield field(seen, "amount_eur", "amount") + "  # add currency: EUR only if the publisher says euros"


def indicators(seen: Seen) -> Iterator[str]:
    """A table of figures about territories."""
    yield from ("  - table: indicators", "    fields:")
    place = "country" if "country" in seen.likely.of_ours else "region"
    yield field(seen, "geo", place)
    yield from (field(seen, ours, ours) for ours in ("year", "value"))
    theirs = "indicator" in seen.likely.of_ours
    yield (
        field(seen, "indicator", "indicator")
        if theirs
        else f'      indicator: {{constant: "{OPEN}"}}  # data/vocabulary/indicators.csv'
    )
    yield f'      unit: {{constant: "{OPEN}"}}  # a code of data/vocabulary/units.csv'


def quoted(value: Any) -> str:
    """A value as YAML on one line."""
    return json.dumps(value, ensure_ascii=False)


def names(seen: Seen) -> str:
    return ", ".join(map(str, seen.text.rows.columns))
