"""Tables on a store: published in the local folder first, then sent there; brought from there to a machine without.

archive/<version>/   every version, the one in use too: it is whole there before it is in use
<tables>/            datapackage.json alone, put after that: it is the switch
changes/, reports/   as they are beside the local folder; uploaded.json says which of their files are there
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from etl.archive import ARCHIVE, DESCRIPTOR, descriptor, forget, is_whole, parsed, replaced
from etl.bring import bring_beside, bring_kept, listed, version_files
from etl.publish import publish
from etl.send import contents, prune, send, send_beside, send_versions
from etl.storage import NotMirrored, Store
from etl.version import content_of

Tell = Callable[[str], None]


@contextmanager
def mirrored(tables: Path, tell: Tell = lambda step: None) -> Iterator[None]:
    """Bring the tables from the store that TABLES_URL names, do what is within, then send them there. Nothing when it
    names none, or `tables` itself. Raises NotMirrored; take `once.one_at_a_time` around."""
    url = os.environ.get("TABLES_URL", "")
    pull(url, tables, tell)
    yield
    push(tables, url, tell)


def pull(url: str, tables: Path, tell: Tell = lambda step: None) -> str:
    """Bring the version in use at `url`, and those kept there, when the local folder is behind it or holds none; what
    it replaces is kept. Returns its name ('': nothing was brought). Raises NotMirrored, and what is here is as it
    was."""
    store = elsewhere(url, tables)
    if store is None:
        return ""
    with said(f"{url} cannot be brought to {tables}"):
        store.check()
        content = store.read(f"{store.tables}/{DESCRIPTOR}") or b""
        stated = parsed(content)
        if stated is None or not is_behind(tables, stated, listed(store)):
            return ""
        tell(f"Bringing version {stated['version']} from {url}")
        files = version_files(store, stated) | {DESCRIPTOR: content}
        bring_kept(store, tables.parent / ARCHIVE)
        bring_beside(store, tables.parent)
        publish(files, tables)
        forget(str(stated["version"]), tables.parent / ARCHIVE)
    return str(stated["version"])


def push(tables: Path, url: str, tell: Tell = lambda step: None) -> list[str]:
    """Send the version in the local folder to `url`, and those kept: whole, then in use. Returns the files sent.
    Raises NotMirrored: readers go on with the version before, and the next push takes up what is left."""
    store = elsewhere(url, tables)
    if store is None:
        return []
    with said(f"{tables} cannot be sent to {url}"):
        store.check()
        before = store.read(f"{store.tables}/{DESCRIPTOR}")
        here = sendable(tables, before, store)
        tell(f"Sending version {here['version']} to {url}")
        sent = send_versions(store, tables, here)
        sent += switch(store, tables, before)
        sent += send_beside(store, tables.parent)
        prune(store, {here["version"], *(entry["version"] for entry in listed(store))})
    return sent


@contextmanager
def said(what: str) -> Iterator[None]:
    """A store that does not answer, or refuses, is one sentence."""
    try:
        yield
    except OSError as error:
        sentence = (
            f"{what}: {str(error).rstrip('.')}. Look at TABLES_URL, the variables AWS_* and the disk, then run again."
        )
        raise NotMirrored(sentence) from error


def elsewhere(url: str, tables: Path) -> Store | None:
    """The store at `url`; None when there is none, or when it is the local folder. Raises NotMirrored."""
    if not url:
        return None
    store = Store.at(url)
    return None if store.is_local and store.folder.resolve() == tables.resolve() else store


def is_behind(tables: Path, stated: Mapping[str, Any], there: list[dict[str, str]]) -> bool:
    """Whether the version that a store states comes after the local one: the store has replaced that, or it was never
    here. Where it was replaced here, the local one is still to be sent."""
    here = descriptor(tables) if is_whole(tables) else None
    if here is None:
        return True
    if is_same(here, stated):
        return False
    was_here = {entry["version"] for entry in replaced(tables.parent / ARCHIVE)}
    return here["version"] in {entry["version"] for entry in there} or stated["version"] not in was_here


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two descriptors are of one version: name and content."""
    return one["version"] == other["version"] and content_of(one) == content_of(other)


def sendable(tables: Path, before: bytes | None, store: Store) -> dict[str, Any]:
    """The descriptor of the local version. Raises NotMirrored when it is not whole, or when the store went on without
    it."""
    here = descriptor(tables)
    if here is None or not is_whole(tables):
        raise NotMirrored(f"{tables} holds no whole version: nothing was sent to {store.url}.")
    there = parsed(before or b"")
    known = {here["version"], *(entry["version"] for entry in replaced(tables.parent / ARCHIVE))}
    if there and (there["version"] not in known or (there["version"] == here["version"] and not is_same(there, here))):
        raise NotMirrored(
            f"{store.url} holds a version {there['version']} that was never in {tables}: "
            "another machine has published. Nothing was sent; run again, which begins by bringing it here."
        )
    return here


def switch(store: Store, tables: Path, before: bytes | None) -> list[str]:
    """Let readers see the local version. Raises NotMirrored when somebody else has let them see another meanwhile."""
    path = f"{store.tables}/{DESCRIPTOR}"
    content, there = (tables / DESCRIPTOR).read_bytes(), store.read(path)
    if there != before:
        raise NotMirrored(
            f"{store.url} was published by another machine meanwhile: run again, which begins by bringing that here."
        )
    if store.is_local:
        return publish(contents(tables), store.folder)
    return send(store, {path: content} if content != there else {})
