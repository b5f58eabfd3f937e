"""From the local folder to a store: the versions, the list of them, and what is told of them. Only what is not there is
sent."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.archive import ARCHIVE, DESCRIPTOR, LIST, is_whole, replaced
from etl.bring import BESIDE, UPLOADED, at_once, digest, listed, uploaded
from etl.storage import Store


def send_versions(store: Store, tables: Path, here: Mapping[str, Any]) -> list[str]:
    """Send every version kept, and that in use where the switch is a descriptor alone; then the list. Returns the files
    sent."""
    archive = tables.parent / ARCHIVE
    kept = replaced(archive)
    folders = {entry["version"]: archive / entry["version"] for entry in kept if is_whole(archive / entry["version"])}
    if not store.is_local:
        folders[here["version"]] = tables
    sent = [path for name, folder in folders.items() for path in send_version(store, name, folder)]
    content = (json.dumps(kept, indent=2) + "\n").encode()
    return sent + send(store, {f"{ARCHIVE}/{LIST}": content} if kept != listed(store) else {})


def send_version(store: Store, name: str, folder: Path) -> list[str]:
    """Send a version that the store has not; its descriptor last: where it is, the others are. One of that name that
    was cut off on its way here, or was written by another library, gives way."""
    files = {f"{ARCHIVE}/{name}/{file}": content for file, content in contents(folder).items()}
    path = f"{ARCHIVE}/{name}/{DESCRIPTOR}"
    last, there = files.pop(path), store.read(path)
    if there == last:
        return []
    if there:
        send(store, {path: b""})
    return send(store, files) + send(store, {path: last})


def send_beside(store: Store, place: Path) -> list[str]:
    """Send what is told of the versions, as far as it is not there; then the list of what is."""
    paths = sorted(path for name in BESIDE for path in (place / name).rglob("*") if path.is_file())
    files = {path.relative_to(place).as_posix(): path.read_bytes() for path in paths if not path.name.startswith(".")}
    there, here = uploaded(store), {name: digest(content) for name, content in files.items()}
    new = {name: content for name, content in files.items() if there.get(name) != here[name]}
    sent = send(store, new)
    return sent + send(store, {UPLOADED: json.dumps(there | here, indent=1).encode()} if new else {})


def prune(store: Store, named: set[str]) -> None:
    """Remove versions that are kept no more. What a store does not let go of harms nothing, and the next time it is
    tried again."""
    try:
        for name in [] if store.is_local else store.names(ARCHIVE):
            if name != LIST and name not in named:
                store.remove(f"{ARCHIVE}/{name}")
    except OSError:
        return


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a version by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def send(store: Store, files: Mapping[str, bytes]) -> list[str]:
    """Put files on the store; returns their paths. Raises OSError, NotMirrored."""
    at_once(lambda path: store.put(path, files[path]), list(files))
    return list(files)
