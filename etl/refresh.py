"""A refresh: ask the official sources, one after the other. What fails is told in a sentence, and its last copy serves."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpx

from etl import status
from etl.download import Fetched, NotFetched, Remote, Tell, download
from etl.inbox.check import descriptors, remote
from etl.sources import (
    Source,
    cordis,
    declared,
    ess_companies,
    eurostat,
    gisco,
    is_fetched,
    kohesio,
    third_places,
    watch,
    world_atlas,
)

Fetch = Callable[[Path, httpx.Client, Tell], list[Fetched]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What came of asking one source: its files, or the sentence that says why they did not come."""

    source_id: str
    title: str
    files: tuple[Fetched, ...]
    why: str = ""

    @property
    def new(self) -> int:
        """Files that are not those of the last time."""
        return sum(file.is_new for file in self.files)

    @property
    def bytes(self) -> int:
        """The size of its files."""
        return sum(file.lock.bytes for file in self.files)


def official(year: int, scale: str) -> list[tuple[Source, Fetch]]:
    """The sources that are asked as a whole, each with how; `year` and `scale` choose the edition of the boundaries."""
    boundaries = partial(gisco.fetch, year=year, scale=scale)
    modules = (eurostat, third_places, watch, kohesio, cordis, ess_companies)
    return [
        (world_atlas.SOURCE, world_atlas.fetch),
        (gisco.SOURCE, boundaries),
        *((module.SOURCE, module.fetch) for module in modules),
    ]


def dropped_in(inbox: Path) -> list[tuple[Source, Fetch]]:
    """The drop-in datasets whose descriptor gives an address instead of a file. Raises BadInput for descriptors."""
    asked = ((one.descriptor.declared(), remote(one)) for one in descriptors(inbox))
    return [
        (replace(source, source_id=f"inbox/{source.source_id}"), partial(fetch_one, found))
        for source, found in asked
        if found
    ]


def known(inbox: Path) -> list[Source]:
    """The sources that have a state: those declared, and the drop-in datasets that have an address. Raises BadInput."""
    return [*declared(), *(source for source, _ in dropped_in(inbox))]


def fetch_one(remote: Remote, raw: Path, http: httpx.Client, tell: Tell) -> list[Fetched]:
    """A source of one file."""
    return [download(remote, raw, http, tell)]


def chosen(
    sources: Iterable[tuple[Source, Fetch]], raw: Path, only: Iterable[str], without: Iterable[str]
) -> list[tuple[Source, Fetch]]:
    """The sources to ask: those of `only` where it names any, never those of `without`; a pinned one only while it is not there.
    Raises NotFetched for a name that no source has."""
    listed, wanted, unwanted = list(sources), set(only), set(without)
    known = {source.source_id for source, _ in listed}
    if unknown := sorted((wanted | unwanted) - known):
        raise NotFetched(f"No source is called {', '.join(unknown)}: there are {', '.join(sorted(known))}.")
    return [
        (source, fetch)
        for source, fetch in listed
        if source.source_id not in unwanted
        and (source.source_id in wanted if wanted else source.every_days is not None or not is_fetched(source, raw))
    ]


def ask(source: Source, fetch: Fetch, raw: Path, http: httpx.Client, tell: Tell) -> Asked:
    """Ask one source and note what came of it. Raises OSError when the raw folder cannot be written."""
    try:
        files = fetch(raw, http, tell)
    except NotFetched as failure:
        return failed(source, raw, str(failure))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        log.exception("%s", source.source_id)
        return failed(source, raw, f"{source.title}: the answer is not as expected ({fault!r}). The last copy is kept.")
    status.succeeded(raw, source.source_id)
    return Asked(source.source_id, source.title, tuple(files))


def failed(source: Source, raw: Path, why: str) -> Asked:
    """Note a failure, with the age of the copy that serves meanwhile."""
    status.failed(raw, source.source_id, why)
    return Asked(source.source_id, source.title, (), why)


def note_rows(raw: Path, rows: Mapping[str, int]) -> None:
    """Note how many rows a build took of each source that was fetched."""
    for source_id, count in rows.items():
        status.counted(raw, source_id, count)
