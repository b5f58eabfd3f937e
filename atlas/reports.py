"""The reports that the ETL leaves beside the tables: how the sources stand, what the last build found, what the watch has seen."""

import re
from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from atlas import store

FOLDER = "reports"
EMAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
HIDDEN = b"[e-mail]"
"""Stands for an address of someone: what was left out for it is no reason to publish it."""
Model = TypeVar("Model", bound=BaseModel)


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class SourceState(_Report):
    """One source as it stood when the tables were built; days are YYYY-MM-DD, '' when there is none."""

    source_id: str
    title: str
    title_fr: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    files: int = 0
    fetched_on: str = ""
    checked_on: str = ""
    rows: int | None = None
    next_due: str = ""
    failures: int = 0
    why: str = ""
    every_days: int | None = None


class Status(_Report):
    """All sources that are declared."""

    version: str = ""
    sources: tuple[SourceState, ...] = ()


class Counted(_Report):
    """The rows of one table: in = out + merged + rejected."""

    table: str
    rows_in: int
    rows_out: int
    rows_merged: int
    rows_rejected: int


class Found(_Report):
    """Something that a check found in a row; `rule` is a sentence of the ETL, in English."""

    severity: str
    table: str
    row: str | None = ""
    column: str | None = ""
    value: str | None = ""
    rule: str


class Suggestion(_Report):
    """Two rows that may be one thing."""

    table: str
    score: float
    id_a: str
    id_b: str
    name_a: str
    name_b: str


class Taken(_Report):
    """The rows of a dropped-in file as rows of one table: read = taken + merged + filtered + left out."""

    table: str
    rows_read: int
    taken: int
    merged: int
    filtered: int = 0
    left_out: int


class Reason(_Report):
    """Why rows were left out, or cells left empty; `first` tells the first of them, in English."""

    table: str
    rule: str
    consequence: str
    rows: int
    first: str = ""


class Import(_Report):
    """What became of one dropped-in dataset; `sentences` are what a human should know or decide, in English."""

    name: str
    is_ready: bool = True
    counts: tuple[Taken, ...] = ()
    reasons: tuple[Reason, ...] = ()
    sentences: tuple[str, ...] = ()


class Quality(_Report):
    """What the last build counted and found; `waiting` gives the proposals to decide on, by the file they stand in."""

    version: str = ""
    ledger: tuple[Counted, ...] = ()
    findings: tuple[Found, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    imports: tuple[Import, ...] = ()
    waiting: dict[str, int] = {}


class Dataset(_Report):
    """A dataset of someone's catalogue; `is_new` and `is_changed` are about the last day on which the catalogue answered."""

    portal: str
    id: str
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    url: str | None = None
    modified: str | None = None
    terms: tuple[str, ...] = ()
    stands_in: tuple[str, ...] = ()
    first_seen: str | None = None
    is_new: bool = False
    is_changed: bool = False


class Watch(_Report):
    """What the watched catalogues hold, and what is to be said besides, in English."""

    remarks: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()


def status() -> Status | None:
    """How the sources stood; None without a report. Raises TablesMissing."""
    return _read("status.json", Status)


def quality() -> Quality | None:
    """What the last build found; None without a report. Raises TablesMissing."""
    return _read("quality.json", Quality)


def watch() -> Watch | None:
    """What the watch has seen; None without a report. Raises TablesMissing."""
    return _read("watch.json", Watch)


def left_out(name: str) -> bytes | None:
    """The CSV of all that the import `name` left out, addresses of people hidden; None for an import that no report knows."""
    known = next((one.name for one in (quality() or Quality()).imports if one.name == name), None)
    content = store.beside(f"{FOLDER}/imports/{known}.csv") if known else None
    return None if content is None else EMAIL.sub(HIDDEN, content)


def _read(name: str, model: type[Model]) -> Model | None:
    content = store.beside(f"{FOLDER}/{name}")
    return None if content is None else _parsed(EMAIL.sub(HIDDEN, content), model)


@lru_cache(maxsize=8)
def _parsed(content: bytes, model: type[Model]) -> Model | None:
    """A report; None for a file that is none: a hand may have been there."""
    try:
        return model.model_validate_json(content)
    except ValidationError:
        return None
