"""Pictures kept on disk: bounded, shared by several processes, and never more than a convenience."""

import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

FOLDER = Path(os.environ.get("PICTURES", Path(tempfile.gettempdir(), "social-innovation-clusters", "pictures")))
BOUND = 256 * 2**20
"""Bytes kept; beyond it, what was least lately used goes."""
KEPT = 0.8
"""Share of the bound that a clearing leaves."""
log = logging.getLogger(__name__)


def digest(*parts: str | bytes) -> str:
    """A name for what is made of these parts alone."""
    whole = sha256()
    for part in parts:
        whole.update((part.encode("utf-8") if isinstance(part, str) else part) + b"\0")
    return whole.hexdigest()


def cached(key: str, make: Callable[[], bytes], folder: Path | None = None, bound: int = BOUND) -> bytes:
    """The file named `key` (of `digest`), made by `make` when it is not there. A disk that is full or may not be written is
    told to the log, and what was made is given all the same."""
    path = Path(folder or FOLDER, key[:2], key)
    try:
        content = path.read_bytes()
        path.touch()
        return content
    except OSError:
        content = make()
    try:
        _keep(path, content)
        if int(key[-2:], 16) == 0 or len(content) > bound:
            _clear(path.parents[1], bound)
    except OSError as error:
        log.warning("Pictures are not kept: %s", error)
    return content


def _keep(path: Path, content: bytes) -> None:
    """Written beside, then moved: another process reads the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _clear(folder: Path, bound: int) -> None:
    """Remove the files least lately used until what is kept is well under the bound."""
    used = []
    for path in folder.glob("*/*"):
        with suppress(OSError):
            state = path.stat()
            used.append((state.st_mtime, state.st_size, path))
    total = sum(size for _time, size, _path in used)
    for _time, size, path in sorted(used):
        if total <= KEPT * bound:
            return
        with suppress(OSError):
            path.unlink()
            total -= size
