"""One refresh at a time: a lock that the system takes back when its holder ends, however it ends."""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

LOCK = ".refresh.lock"
"""Beside the folder of the tables. It stays there when nobody holds it: that it is there says nothing."""


class Busy(Exception):
    """Another refresh is running: one sentence that says who runs it, and since when."""


@contextmanager
def one_at_a_time(tables: Path, what: str) -> Iterator[None]:
    """Hold the lock of the folder of `tables` while `what` ("refresh", "rollback"...) is done.

    Raises Busy when another process (or this one) holds it, OSError when the lock cannot be written. Take it once, around
    all that fetches, builds and publishes: it does not open for its own holder.
    """
    tables.parent.mkdir(parents=True, exist_ok=True)
    with (tables.parent / LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(_held(file, tables)) from None
        _sign(file, what)
        yield
        file.truncate(0)


def _sign(file: IO[str], what: str) -> None:
    """Write who holds the lock: what is left of a holder that was killed goes."""
    holder = {"what": what, "pid": os.getpid(), "host": socket.gethostname()}
    file.truncate(0)
    file.write(json.dumps(holder | {"since": f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}"}))
    file.flush()


def _held(file: IO[str], tables: Path) -> str:
    """Who holds it, as far as it has been written down."""
    file.seek(0)
    try:
        holder = json.load(file)
        who = f"{holder['what']} (process {holder['pid']} on {holder['host']}, since {holder['since']})"
    except (ValueError, KeyError, TypeError):
        who = "another run that has only just begun"
    return f"{tables} is being written by {who}. Nothing was done; try again when that has ended."
