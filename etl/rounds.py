"""A round of downloads: all that one publisher is asked for, and what came of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

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


def due(asked: Mapping[Path, str], raw: Path, folder: Path, every_days: int) -> dict[Path, str]:
    """Where the answers to questions go (below `raw`) -> the query to ask: those of `asked` that have no answer yet, and every
    answer in `folder` whose last look is `every_days` old, so that none goes stale once nobody asks for it any more."""
    kept = [path.with_suffix("") for path in sorted((raw / folder).glob("*.lock"))]
    locks = {path: lock for path in kept if (lock := lock_of(path)) and sha256_of(path) == lock.sha256}
    known = {path.relative_to(raw): lock for path, lock in locks.items()}
    old = {path: urlsplit(lock.url).query for path, lock in known.items() if is_old(lock, every_days)}
    return {path: query for path, query in asked.items() if path not in known} | old


def is_old(lock: Lock, every_days: int) -> bool:
    """Whether a file was last looked at `every_days` ago or longer."""
    try:
        seen = date.fromisoformat(lock.checked_on or lock.fetched_on)
    except ValueError:
        return True
    return datetime.now(UTC).date() - seen >= timedelta(days=every_days)


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
