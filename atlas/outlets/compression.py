"""Serve Streamlit's own scripts and fonts compressed. A file of a release never changes, so each is compressed once."""

import gzip
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TYPES = ("text/", "application/javascript", "application/json", "image/svg+xml")
LEAST_BYTES = 1000


class CompressStatic:
    """ASGI middleware: gzip for static text files, when the browser accepts it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wants(scope):
            return await self.app(scope, receive, send)
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app({**scope, "extensions": {}}, receive, collect)
        for message in _compressed(messages):
            await send(message)
        return None


def _wants(scope: Scope) -> bool:
    return (
        scope["method"] == "GET"
        and scope["path"].endswith((".js", ".css", ".json", ".svg", ".html", "/"))
        and "gzip" in Headers(scope=scope).get("accept-encoding", "")
    )


def _compressed(messages: list[Message]) -> list[Message]:
    """The response with its body compressed, or as it was when that would not help."""
    start = messages[0]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    headers = MutableHeaders(raw=list(start.get("headers", [])))
    compressible = start["status"] == 200 and headers.get("content-type", "").startswith(TYPES)
    if not compressible or "content-encoding" in headers or len(body) < LEAST_BYTES:
        return messages
    body = _gzip(body)
    headers["content-encoding"], headers["content-length"] = "gzip", str(len(body))
    headers.add_vary_header("Accept-Encoding")
    return [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body}]


@lru_cache(maxsize=512)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)
