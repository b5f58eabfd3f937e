"""The HTML that Streamlit serves first, told where its server is.

Left to itself, a deep link such as /clusters first asks /clusters/_stcore, which does not exist: two failed requests and a
round trip before anything is drawn.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE = b"<head><script>window.__streamlit={BACKEND_BASE_URL:location.origin}</script>"


class KnownBase:
    """ASGI middleware: adds the base address to HTML pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "." in scope["path"] or "/_stcore/" in scope["path"]:
            return await self.app(scope, receive, send)
        held: list[Message] = []

        async def amend(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                for ready in _amended(held):
                    await send(ready)

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        return await self.app({**scope, "headers": plain, "extensions": {}}, receive, amend)


def _amended(messages: list[Message]) -> list[Message]:
    start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
    headers = MutableHeaders(scope={"type": "http", "headers": list(start.get("headers", []))})
    if headers.get("content-type", "").startswith("text/html"):
        body = body.replace(b"<head>", BASE, 1)
        headers["content-length"] = str(len(body))
    return [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body}]
