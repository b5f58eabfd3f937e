"""Publications and uploads in processes of their own: to be killed, refused and starved."""

import os
import resource
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from etl import mirror, publish


def publish_until_killed(
    versions: list[Mapping[str, bytes]], folder: Path, can_exchange: bool, orders: Connection
) -> None:
    """At each order, start a process that publishes one version after the other without end, and tell its number; at the next,
    wait until it has been killed. It is a copy of this one, which has all it needs: a hundred of them take seconds."""
    if not can_exchange:
        publish.exchange = lambda one, other: False
    while orders.recv():
        number = os.fork()
        while number == 0:
            for files in versions:
                publish.publish(files, folder)
        orders.send(number)
        orders.recv()
        os.waitpid(number, 0)
        orders.send("gone")


def publish_once(files: Mapping[str, bytes], folder: Path, uid: int, most_bytes: int, said: Connection) -> None:
    """Publish as the user `uid`, with files of at most `most_bytes` (-1: of any size); say what became of it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    os.setresuid(-1, uid, -1)
    try:
        said.send(publish.publish(files, folder))
    except OSError as error:
        said.send(error.strerror or str(error))


def push_with(tables: Path, url: str, variables: Mapping[str, str]) -> None:
    """Send the tables to a store that is reached with these variables of the environment."""
    os.environ.update(variables)
    mirror.push(tables, url)
