"""A round of downloads: all that one publisher is asked for, and what came of it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import httpx

from etl.download import BUSY, Fetched, Lock, NotFetched, lock_of, sha256_of
from etl.read import bad_file


def each(steps: Iterable[Callable[[], Fetched]]) -> list[Fetched]:
    """Take every step and return what came. Raises NotFetched with one sentence (a line each) per step that failed.

    A publisher that does not answer at all is not asked for the rest: what came before is kept, the next round goes on.
    """
    fetched, told = [], []
    for step in steps:
        try:
            fetched.append(step())
        except NotFetched as failure:
            told.append(str(failure))
            if is_down(failure):
                break
    if told:
        raise NotFetched("\n".join(told))
    return fetched


def is_down(failure: NotFetched) -> bool:
    """Whether the publisher, not the one file, is what failed."""
    cause = failure.__cause__
    if isinstance(cause, httpx.HTTPStatusError):
        return cause.response.status_code in BUSY
    return isinstance(cause, httpx.TransportError)


def intact(path: Path) -> Lock:
    """The lock of a raw file; BadInput when the file is not the one that was downloaded."""
    lock = lock_of(path)
    if lock is None or sha256_of(path) != lock.sha256:
        raise bad_file(path, "is not the file that was downloaded: its lock differs or is missing", "Fetch it again")
    return lock
