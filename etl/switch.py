"""Put one folder in place of another in a single step of the file system, so that a path always leads to one whole version."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Of renameat2(2) on Linux; macOS has the same number for RENAME_SWAP of renamex_np(2)."""
REFUSED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY)
"""What a system answers that cannot: the folder is a mount point or a layer of a container, or the disk does not know how."""


def exchange(one: Path, other: Path) -> bool:
    """Let each folder take the place of the other, at once; False where the system cannot. Raises OSError."""
    function = _exchange()
    if function is None:
        return False
    if function(os.fsencode(one), os.fsencode(other)) == 0:
        sync(other.parent)
        return True
    number = ctypes.get_errno()
    if number in REFUSED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk: a power cut must not undo them in another order."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange() -> Callable[[bytes, bytes], int] | None:
    """The system's own call; None without one."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return lambda one, other: int(library.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda one, other: int(library.renamex_np(one, other, RENAME_EXCHANGE))
    return None
