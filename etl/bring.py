"""From a store to the local folder: the files of a version, the versions kept, and what is told of them."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from etl.archive import ARCHIVE, DESCRIPTOR, KEPT, LIST, parsed, replaced
from etl.history import HISTORY, put
from etl.reports import REPORTS
from etl.storage import NotMirrored, Store

BESIDE = (HISTORY, REPORTS)
"""Folders beside that of the tables, with what is told of the versions."""
UPLOADED = "uploaded.json"
"""The hash of each file of those folders that is on the store."""
AT_ONCE = 8
"""Files sent or read at the same time."""


def listed(store: Store) -> list[dict[str, str]]:
    """The versions a store has replaced, the first replaced first."""
    try:
        found = json.loads(store.read(f"{ARCHIVE}/{LIST}") or b"[]")
    except ValueError:
        return []
    return [entry for entry in found if PurePosixPath(entry["version"]).name == entry["version"]]


def uploaded(store: Store) -> dict[str, str]:
    """The files of BESIDE that a store says it holds: path -> hash."""
    try:
        found = json.loads(store.read(UPLOADED) or b"{}")
    except ValueError:
        return {}
    return {path: hash_ for path, hash_ in found.items() if path.startswith(BESIDE) and ".." not in path}


def version_files(store: Store, stated: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a version on a store, each as its descriptor states it. Raises NotMirrored, OSError."""
    for folder in (f"{ARCHIVE}/{stated['version']}", store.tables):
        names = [name for name in store.names(folder) if not name.startswith(".")]
        contents = at_once(store.read, [f"{folder}/{name}" for name in names])
        files = {name: content for name, content in zip(names, contents, strict=True) if content is not None}
        if all(one.get("hash", "") in {"", digest(files.get(one["path"], b""))} for one in stated["resources"]):
            return files
    raise NotMirrored(f"{store.url} does not hold version {stated['version']} as it states it: nothing was brought.")


def bring_kept(store: Store, archive: Path) -> None:
    """Bring the versions a store keeps and that are not here, then list them; one that is harmed there is left."""
    archive.mkdir(parents=True, exist_ok=True)
    there = listed(store)
    for name in [entry["version"] for entry in there if not (archive / entry["version"]).is_dir()]:
        stated = parsed(store.read(f"{ARCHIVE}/{name}/{DESCRIPTOR}") or b"")
        try:
            bring_version(version_files(store, stated) if stated else {}, archive / name)
        except NotMirrored:
            continue
    names = {entry["version"] for entry in there}
    both = [*there, *(entry for entry in replaced(archive) if entry["version"] not in names)]
    kept = sorted((one for one in both if (archive / one["version"]).is_dir()), key=lambda one: one["replaced"])
    put(archive / LIST, (json.dumps(kept[-KEPT:], indent=2) + "\n").encode())


def bring_version(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a version in one move."""
    with TemporaryDirectory(dir=folder.parent, prefix=".") as beside:
        whole = Path(beside, folder.name)
        whole.mkdir()
        for name, content in files.items():
            (whole / name).write_bytes(content)
        if files:
            whole.rename(folder)


def bring_beside(store: Store, place: Path) -> None:
    """Bring what is told of the versions: changes, reports."""
    paths = list(uploaded(store))
    for path, content in zip(paths, at_once(store.read, paths), strict=True):
        target = place / path
        if content is not None and not (target.is_file() and target.read_bytes() == content):
            target.parent.mkdir(parents=True, exist_ok=True)
            put(target, content)


def at_once(do: Callable[[str], Any], names: list[str]) -> list[Any]:
    """What `do` makes of each name, several at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, names))


def digest(content: bytes) -> str:
    """A hash as descriptors state it."""
    return f"sha256:{sha256(content).hexdigest()}"
