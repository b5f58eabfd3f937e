"""The HTML that Streamlit serves first: told where its server is, and only for pages that exist.

Left to itself, a deep link such as /clusters first asks /clusters/_stcore, which does not exist: two failed requests and
a round trip before anything is drawn. And a page that does not exist opens Streamlit's own box, in English only.
"""

from collections.abc import Callable, Collection, Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE = b"<head><script>window.__streamlit={BACKEND_BASE_URL:location.origin}</script>"

OTHERS = {"_stcore", "embed", "oembed"}
"""Parts of a path that is no page."""


class Index:
    """ASGI middleware: adds the base address to HTML pages, and what `heads` writes in the head of some (page -> HTML); a page
    that is not in `pages` leads home, with its name."""

    def __init__(
        self, app: ASGIApp, pages: Collection[str], heads: Mapping[str, Callable[[Request], str]] | None = None
    ) -> None:
        self.app = app
        self.pages = {"", *pages}
        self.heads = heads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "." in scope["path"] or not OTHERS.isdisjoint(scope["path"].split("/")):
            return await self.app(scope, receive, send)
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain, "extensions": {}}, receive, collect)
        headers = MutableHeaders(raw=list(messages[0].get("headers", [])))
        is_page = headers.get("content-type", "").startswith("text/html")
        name = scope["path"].strip("/")
        if is_page and name not in self.pages:
            return await RedirectResponse(home(name, scope["query_string"].decode("latin-1")))(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        if is_page and body:
            body = body.replace(b"<head>", BASE, 1)
            if name in self.heads:
                head = await run_in_threadpool(self.heads[name], Request(scope))
                body = body.replace(b"</head>", head.encode("utf-8") + b"</head>", 1)
                del headers["etag"]
            headers["content-length"] = str(len(body))
        await send({**messages[0], "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})
        return None


def home(name: str, query: str) -> str:
    """Address of the home page, which says that page `name` does not exist; the rest of the link is kept."""
    return "/?" + "&".join(filter(None, (query, f"page={quote(name[:100], safe='')}")))
