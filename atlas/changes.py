"""What each version of the data changed of the one before it, as the ETL recorded it beside the tables."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz, process

from atlas import store

FOLDER = "changes"
What = Literal["added", "removed", "changed"]
WHATS: tuple[What, ...] = ("added", "changed", "removed")
Keys = Mapping[str, Sequence[str]]
"""Table -> the columns that identify its rows."""


class _Recorded(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Recorded):
    """One row added, removed or changed; `columns` gives what stood and what stands in each cell that differs."""

    table: str
    what: What
    key: str
    label: str = ""
    cluster: str = ""
    country: str = ""
    columns: dict[str, tuple[Any, Any]] = {}


class Measure(_Recorded):
    """A count or a sum before and after; None where a version has no figure to sum."""

    name: str
    before: float | None
    after: float | None


class Step(_Recorded):
    """All that one version changed of the version before it; `published` is a day (YYYY-MM-DD)."""

    before: str
    after: str
    published: str
    changes: tuple[Change, ...]
    coverage: tuple[Measure, ...]
    totals: tuple[Measure, ...]

    def count(self, what: What, table: str = "") -> int:
        """How many rows were added, removed or changed: of one table, or of all."""
        return sum(change.what == what and table in {"", change.table} for change in self.changes)


class Group(NamedTuple):
    """The changes of one thing: a cluster, a programme, a country, or the rest of a table."""

    kind: Literal["cluster", "programme", "country", "table"]
    code: str
    changes: list[Change]


KINDS = ("cluster", "programme", "country", "table")
"""The kinds of groups, in the order in which they are told."""


def steps() -> dict[str, Step]:
    """The steps that are recorded, the last first, by the name that the URL has for them: that of the version they led to, and
    of the one before where two led to one (a version that was published again). Raises TablesMissing."""
    files = [name for name in store.names_beside(FOLDER) if name.endswith(".json")]
    read = [step for name in files if (step := _step(store.beside(f"{FOLDER}/{name}") or b""))]
    named: dict[str, Step] = {}
    for step in in_order(read, store.version()):
        named[step.after if step.after not in named else f"{step.after}~{step.before}"] = step
    return named


def in_order(found: Collection[Step], version: str) -> list[Step]:
    """The last first: from the step that led to `version` back to the first, then those that no other leads to."""
    rest = sorted(found, key=lambda step: (step.published, numbers(step.after)), reverse=True)
    chain: list[Step] = []
    while step := next((step for step in rest if step.after == version), None):
        rest.remove(step)
        chain.append(step)
        version = step.before
    return sorted([*chain, *rest], key=lambda step: step.published, reverse=True)


def numbers(version: str) -> list[int]:
    """2026.11.26.10 -> [2026, 11, 26, 10], so that it comes after .9; nothing for a version named by its hash."""
    return [int(part) for part in version.split(".")] if re.fullmatch(r"\d+(\.\d+)+", version) else []


def nearest(asked: str, known: Iterable[str]) -> str:
    """The known version that `asked` is most like; '' without any."""
    found = process.extractOne(asked, list(known), scorer=fuzz.ratio)
    return found[0] if found else ""


def among(changes: Iterable[Change], countries: Collection[str], cluster: str) -> list[Change]:
    """The changes in one of `countries` and about `cluster`; an empty choice is no restriction."""
    return [
        change
        for change in changes
        if (not countries or change.country in countries) and (not cluster or change.cluster == cluster)
    ]


def groups(changes: Iterable[Change], keys: Keys) -> list[Group]:
    """The changes by the thing they are about, clusters first; within a thing in the order of the tables."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault(about(change, keys), []).append(change)
    ordered = sorted(found.items(), key=lambda item: (KINDS.index(item[0][0]), item[0][1]))
    return [Group(kind, code, own) for (kind, code), own in ordered]  # type: ignore[arg-type]


def about(change: Change, keys: Keys) -> tuple[str, str]:
    """The kind and the code of what a row is about."""
    if change.cluster:
        return "cluster", change.cluster
    if programme := parts(change, keys).get("programme_id", ""):
        return "programme", programme
    return ("country", change.country) if change.country else ("table", change.table)


def parts(change: Change, keys: Keys) -> dict[str, str]:
    """The columns that make the key of a row, and their cells as text; nothing when the key cannot be taken apart."""
    columns, cells = keys.get(change.table, ()), change.key.split("|")
    return dict(zip(columns, cells, strict=True)) if len(columns) == len(cells) else {}


def keys() -> Keys:
    """The columns that identify the rows of each table, as the descriptor of the tables has them. Raises TablesMissing."""
    return {resource["name"]: resource["schema"].get("primaryKey", []) for resource in store.package()["resources"]}


@lru_cache(maxsize=64)
def _step(content: bytes) -> Step | None:
    """A step; None for a file that is none: a hand may have been there."""
    try:
        return Step.model_validate_json(content)
    except ValidationError:
        return None
