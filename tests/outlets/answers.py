"""A real server for a few routes, and what it answers: status, headers, body."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


class Answer(NamedTuple):
    """What a server said. Header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def serving(routes: Sequence[BaseRoute]) -> Iterator[str]:
    """Serve `routes` on a free port until the block ends; yields the address."""
    config = uvicorn.Config(Starlette(routes=list(routes)), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def ask(url: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to one request, whatever its status. Header names with `_` for `-`."""
    request = urllib.request.Request(
        url, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return Answer(response.status, _small(response.headers), response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _small(error.headers), error.read())


def _small(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
