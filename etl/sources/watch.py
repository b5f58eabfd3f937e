"""A watch on open-data catalogues: what is new or has changed about PTCE, third places and the social economy.

It reports, and imports nothing: whoever reads the report decides what becomes a source. What was seen before is remembered in a
small file beside the answers (`watch_memory`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pandas as pd

from etl.download import Fetched, NotFetched, Tell
from etl.faults import BadInput
from etl.rounds import intact
from etl.sources import Source, watch_memory
from etl.sources import watch_portals as portals
from etl.sources.watch_allowance import listening
from etl.sources.watch_memory import Seen, after_look
from etl.sources.watch_portals import FOLDER, PORTALS, TERMS, Found, Portal, path_of
from etl.sources.watch_round import ask, pages

SOURCE = Source(
    source_id=str(FOLDER),
    publisher="data.gouv.fr; Opendatasoft portals of ministries and regions",
    title="Watch on catalogues: datasets about PTCE, third places and the social economy",
    title_fr="Veille sur les catalogues : jeux de données sur les PTCE, les tiers-lieux et l’économie sociale",
    url="https://www.data.gouv.fr/datasets/",
    licence="As each dataset says",
    citation="Catalogues of data.gouv.fr and of the portals named, as they answered.",
    updates="Continuously.",
    every_days=7,
)
SEEN = FOLDER / "seen.json"
COLUMNS = [
    "portal", "id", "title", "publisher", "licence", "url", "modified", "terms", "stands_in", "first_seen", "is_new",
    "is_changed",
]  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """What a portal found: the datasets by identifier, the terms that found each, and the last day it answered ('': never)."""

    datasets: dict[str, Found]
    terms: dict[str, list[str]]
    look: str


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Ask every portal about every term, and remember what was found.

    Raises NotFetched with a sentence per question that failed. A portal that is down, has closed or has had enough is not asked
    for the rest; the others are.
    """
    fetched, told = [], []
    with listening(http) as allowance:
        for portal in PORTALS:
            come, failures = ask(portal, partial(pages, raw=raw, http=http, tell=tell, allowance=allowance))
            fetched += come
            told += failures
    try:
        remember(raw)
    except BadInput as bad:
        told += map(str, bad.faults)
    if told:
        raise NotFetched("\n".join(told))
    return fetched


def news(raw: Path) -> pd.DataFrame:
    """The datasets that the portals found, from the answers kept, those that are new first: COLUMNS.

    `terms` are the words that were searched for, `stands_in` the fields in which they stand (none: the portal alone sees a link).
    `is_new` and `is_changed` are about the last day on which the portal answered. No rows when nothing was fetched; BadInput for
    altered answers.
    """
    memory = watch_memory.recall(raw / SEEN)
    rows = [row for portal in PORTALS for row in rows_of(portal, answers(portal, raw), memory.get(portal.name, {}))]
    told = pd.DataFrame(rows, columns=COLUMNS).astype({"is_new": "bool", "is_changed": "bool"})
    order, ascending = ["is_new", "is_changed", "portal", "id"], [False, False, True, True]
    return told.sort_values(order, ascending=ascending, ignore_index=True)


def rows_of(portal: Portal, found: Answers, memory: dict[str, Seen]) -> Iterator[dict[str, object]]:
    """The rows of one portal."""
    for one in found.datasets.values():
        seen, terms = after_look(memory.get(one.id), one.modified, found.look), found.terms[one.id]
        is_new = seen.first_seen == found.look
        yield {
            **{name: getattr(one, name) or None for name in COLUMNS[1:7]},
            "portal": portal.name,
            "terms": terms,
            "stands_in": list(dict.fromkeys(place for term in terms for place in one.stands_in(term))),
            "first_seen": seen.first_seen,
            "is_new": is_new,
            "is_changed": seen.changed_on == found.look and not is_new,
        }


def answers(portal: Portal, raw: Path) -> Answers:
    """The answers kept of a portal; of two that tell of one dataset the one that knows the later change. BadInput for altered ones."""
    found = Answers({}, {}, "")
    for term, path in kept(portal, raw):
        lock = intact(path)
        found = Answers(found.datasets, found.terms, max(found.look, lock.checked_on or lock.fetched_on))
        for one in portals.datasets(portals.answer_of(path), portal):
            known = found.datasets.setdefault(one.id, one)
            found.datasets[one.id] = max(known, one, key=lambda either: either.modified)
            found.terms[one.id] = list(dict.fromkeys([*found.terms.get(one.id, []), term]))
    return found


def kept(portal: Portal, raw: Path) -> Iterator[tuple[str, Path]]:
    """The term and the path of every answer that is kept of a portal."""
    for term in TERMS:
        paths = (raw / path_of(portal, term, page) for page in range(1, portals.MOST_PAGES + 1))
        yield from ((term, path) for path in paths if path.is_file())


def remember(raw: Path) -> None:
    """Write down what the answers hold, beside what was known. BadInput for altered answers."""
    memory = watch_memory.recall(raw / SEEN)
    for portal in PORTALS:
        found = answers(portal, raw)
        known = memory.setdefault(portal.name, {})
        known |= {one.id: after_look(known.get(one.id), one.modified, found.look) for one in found.datasets.values()}
    watch_memory.write(memory, raw / SEEN)


def remarks(raw: Path) -> list[str]:
    """What is to be said besides the rows: portals that did not answer of late, answers longer than what was looked at."""
    looks = {portal.name: answers(portal, raw).look for portal in PORTALS}
    last = max(looks.values())
    silent = [f"{name} last answered on {day}: its datasets are those of then." for name, day in looks.items() if "" < day < last]  # fmt: skip
    never = [f"{name} has not answered yet." for name, day in looks.items() if last and not day]
    return [*silent, *never, *(one for portal in PORTALS for one in too_long(portal, raw))]


def too_long(portal: Portal, raw: Path) -> Iterator[str]:
    """A sentence per question that has more answers than are followed."""
    most = portals.MOST_PAGES * portals.PAGE_SIZE
    for term, path in kept(portal, raw):
        total = portals.total_of(portals.answer_of(path), portal)
        if path == raw / path_of(portal, term, 1) and total > most:
            yield f"{portal.name} finds {total} datasets for “{term}”: the first {most} were looked at."
