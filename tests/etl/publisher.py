"""A publisher on this machine: a real HTTP server that plays a script, and remembers what it was asked."""

import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Said(NamedTuple):
    """One answer. `sent` bytes of the body are sent before the line is cut (None: all of it)."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    sent: int | None = None


class Asked(NamedTuple):
    """One request: path with its query, headers in small letters, body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Publisher:
    """Answers the requests to each path in the order of its script; the last answer is repeated."""

    address: str = ""
    script: dict[str, list[Said]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, path: str, *answers: Said) -> str:
        """Let `path` give these answers; returns its address."""
        self.script[path] = list(answers)
        return self.address + path

    @property
    def questions(self) -> list[dict[str, str]]:
        """What the query of each request asked, in order."""
        return [{name: value[0] for name, value in parse_qs(urlsplit(one.path).query).items()} for one in self.asked]


def quiet(done: int, whole: int) -> None:
    """Hear nothing of what a download tells."""


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher, until the block ends."""
    publisher = Publisher()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            publisher.asked.append(Asked(self.command, self.path, headers, self.rfile.read(length)))
            answers = publisher.script.get(self.path.split("?")[0], [Said(status=404)])
            said = answers.pop(0) if len(answers) > 1 else answers[0]
            self._answer(_part(said, headers))

        do_POST = do_GET

        def _answer(self, said: Said) -> None:
            self.send_response(said.status)
            for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body[: said.sent])
            if said.sent is not None:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _part(said: Said, asked: dict[str, str]) -> Said:
    """The rest of the body, where a request goes on with what is still the same file; 304 for what the asker has."""
    etag = said.headers.get("ETag", "")
    if said.status == 200 and etag and asked.get("if-none-match") == etag:
        return Said(status=304, headers={"ETag": etag})
    if said.status != 200 or "range" not in asked or asked.get("if-range") != etag:
        return said
    start = int(asked["range"].removeprefix("bytes=").rstrip("-"))
    rest = said.body[start:]
    return Said(
        rest, 206, {**said.headers, "Content-Range": f"bytes {start}-{len(said.body) - 1}/{len(said.body)}"}, said.sent
    )
