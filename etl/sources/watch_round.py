"""A round of the watch: one portal, asked about every term, page after page, as long as it answers and allows it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx

from etl.download import Fetched, NotFetched, Remote, Tell, download, lock_path
from etl.rounds import is_down
from etl.sources import watch_portals as portals
from etl.sources.watch_allowance import Allowance, Spent
from etl.sources.watch_portals import TERMS, Portal, path_of

PAUSE = 1.0
"""Least seconds between two questions to one portal."""


def ask(portal: Portal, pages_of: Callable[[Portal, str], Iterator[Fetched]]) -> tuple[list[Fetched], list[str]]:
    """Ask one portal about every term: what came, also before a failure, and a sentence per failure."""
    fetched: list[Fetched] = []
    told: list[str] = []
    for term in TERMS:
        try:
            for page in pages_of(portal, term):
                fetched.append(page)
        except NotFetched as failure:
            told.append(sentence(failure, portal))
            if isinstance(failure, Spent) or is_down(failure) or is_gone(failure):
                break
    return fetched, told


def pages(
    portal: Portal, term: str, *, raw: Path, http: httpx.Client, tell: Tell, allowance: Allowance
) -> Iterator[Fetched]:
    """The pages of what a portal finds for a term, as they come; those that an earlier, longer answer had are dropped."""
    page, has_more = 0, True
    while has_more and page < portals.MOST_PAGES:
        page += 1
        remote = remote_of(portal, term, page)
        allowance.stop_if_spent(remote.url)
        come = download(remote, raw, http, tell)
        yield come
        has_more = portals.has_more(portals.answer_of(come.path), portal, page)
    for old in range(page + 1, portals.MOST_PAGES + 1):
        path = raw / path_of(portal, term, old)
        path.unlink(missing_ok=True)
        lock_path(path).unlink(missing_ok=True)


def remote_of(portal: Portal, term: str, page: int) -> Remote:
    """A page of what a portal finds for a term."""
    url, parameters = portals.question(portal, term, page)
    check = partial(portals.wrong, portal=portal, page=page)
    return Remote(url, path_of(portal, term, page), parameters, check=check, pause=PAUSE)


def is_gone(failure: NotFetched) -> bool:
    """Whether the catalogue itself is not there any more."""
    cause = failure.__cause__
    gone = (httpx.codes.NOT_FOUND, httpx.codes.GONE)
    return isinstance(cause, httpx.HTTPStatusError) and cause.response.status_code in gone


def sentence(failure: NotFetched, portal: Portal) -> str:
    """What failed; of a portal that has closed also what to do."""
    remedy = f" If {portal.name} has closed for good, take it out of PORTALS in etl/sources/watch_portals.py."
    return f"{failure}{remedy if is_gone(failure) else ''}"
