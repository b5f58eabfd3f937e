"""From built tables to the version that readers see: named, compared with the last one, stopped at a loss, published, told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from etl import diff, feed, history, told
from etl.archive import ARCHIVE, DESCRIPTOR, parsed, version_of
from etl.changes import CHANGES, record, since
from etl.diff import Difference, Snapshot
from etl.history import Published
from etl.publish import contents, publish
from etl.sources import Source
from etl.version import named, rollback

CHANGES_MD = "CHANGES.md"


@dataclass(frozen=True)
class Released:
    """A publication: its version, the files that changed, what it changes (None when there was nothing to compare with)."""

    version: str
    changed: list[str]
    found: Difference | None


def release(
    tables: Mapping[str, pd.DataFrame],
    sources: list[Source],
    folder: Path,
    day: date,
    *,
    accept_loss: bool = False,
    share: float = diff.SHARE,
) -> Released:
    """Publish built tables in `folder`. Raises diff.Loss (before anything is written), OSError; take `once.one_at_a_time` around."""
    files = named(contents(tables, sources), folder, day)
    found = since(folder, files)
    if found is not None and not accept_loss:
        diff.stop_for_loss(found, share)
    extra = {} if found is None else record(found, list(tables), day)
    changed = publish({**files, **extra}, folder)
    tell(found, folder, day)
    return Released(str((parsed(files[DESCRIPTOR]) or {})["version"]), changed, found)


def roll_back(name: str, folder: Path, day: date) -> Released:
    """Publish a kept version again, and tell what that changes. Raises version.NoVersion, OSError."""
    before = _readable(folder)
    changed = rollback(name, folder)
    after = diff.of_folder(folder)
    found = diff.difference(before, after) if before and before.version != after.version else None
    tell(found, folder, day)
    return Released(after.version, changed, found)


def _readable(folder: Path) -> Snapshot | None:
    """The version in `folder`; None where a hand or a disk has harmed it: that is what a rollback is for."""
    try:
        return diff.of_folder(folder)
    except (OSError, ValueError):
        return None


def tell(found: Difference | None, folder: Path, day: date) -> None:
    """Add a difference to the history beside the tables, then write the feeds and CHANGES.md anew from all of it."""
    place = folder.parent / history.HISTORY
    if found is not None:
        history.remember(found, day, place)
    elif missed := untold(folder, place):
        history.remember(missed.found, date.fromisoformat(missed.day), place)
    if all_found := history.recall(place):
        feed.write_feeds(all_found, place / feed.FEEDS)
        history.put(place / CHANGES_MD, told.changes_md(all_found).encode())


def untold(folder: Path, place: Path) -> Published | None:
    """What the version in `folder` changed of the one before it, where whoever published it was stopped before telling."""
    try:
        noted = json.loads((folder / CHANGES).read_text(encoding="utf-8"))
        if (
            noted["version"] != version_of(folder)
            or history.path_of(noted["previous"], noted["version"], place).is_file()
        ):
            return None
        before = diff.of_folder(folder.parent / ARCHIVE / noted["previous"])
        return Published(noted["published"], diff.difference(before, diff.of_folder(folder)))
    except (OSError, ValueError, KeyError):
        return None
