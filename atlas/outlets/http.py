"""Answers as the web expects: validators, caching, HEAD, compression, and errors of one sentence."""

import gzip
import json
import logging
from collections.abc import Callable
from functools import lru_cache, wraps
from hashlib import sha256
from html import escape
from urllib.parse import quote

import brotli
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from atlas.outlets.chromium import NoPicture
from atlas.store import TablesMissing

LIVE = "public, max-age=300, stale-while-revalidate=86400"
"""A view that follows the data: asked again after five minutes, and at once answered 304 when nothing changed."""
FROZEN = "public, max-age=31536000, immutable"
"""A view of one version never changes."""
SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "strict-origin-when-cross-origin"}
TEXTS = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/atom+xml",
    "application/geo+json",
    "application/javascript",
    "image/svg",
)
LEAST_BYTES = 1000
METHODS = ["GET", "HEAD"]
OTHERS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
log = logging.getLogger(__name__)


class Problem(Exception):
    """A request that cannot be answered: an HTTP status, and one sentence that says what, where and how to mend it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def route(path: str, answer: Callable[[Request], Response]) -> Route:
    """A route that answers GET and HEAD alone, in a thread, and every fault with one sentence (never a traceback)."""

    @wraps(answer)
    def endpoint(request: Request) -> Response:
        if request.method not in METHODS:
            return refused(request, 405, "Only GET and HEAD are answered here.", allow=", ".join(METHODS))
        try:
            return answer(request)
        except Problem as problem:
            return refused(request, problem.status, problem.sentence)
        except NoPicture as error:
            return refused(request, 503, str(error), **({} if error.is_lasting else {"retry-after": "5"}))
        except TablesMissing as error:
            log.error("%s", error)
            return refused(request, 503, "The data cannot be read now. Please try again later.")
        except Exception:
            log.exception("Failed: %s", request.url.path)
            return refused(request, 500, "This could not be made. The fault is ours and is in our log.")

    return Route(path, endpoint, methods=[*METHODS, *OTHERS])


def answered(
    request: Request, body: bytes, media_type: str, *, is_frozen: bool = False, filename: str = "", **headers: str
) -> Response:
    """`body` with its validator: 304 when the asker has it already; compressed where that helps; a file to save under
    `filename` when one is given. A frozen answer never changes; a live one is asked again after five minutes."""
    validator = f'W/"{sha256(body).hexdigest()[:32]}"'
    sent = {
        **SAFE,
        "etag": validator,
        "cache-control": FROZEN if is_frozen else LIVE,
        "vary": "Accept-Encoding",
        "access-control-allow-origin": "*",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    if filename:
        sent["content-disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    if _has(request, validator):
        return Response(status_code=304, headers=sent)
    if encoding := _encoding(request, body, media_type):
        sent["content-encoding"] = encoding
        body = _encoded(body, encoding)
    return Response(body, media_type=media_type, headers=sent)


def refused(request: Request, status: int, sentence: str, **headers: str) -> Response:
    """One sentence, as JSON to a program, as a plain page to a reader. Never kept by caches."""
    sent = {**SAFE, "cache-control": "no-store", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if "text/html" in request.headers.get("accept", ""):
        page = f'<!doctype html><meta charset="utf-8"><title>{status}</title><p>{escape(sentence)}</p>'
        return Response(page, status, sent, "text/html")
    body = json.dumps({"status": status, "error": sentence}, ensure_ascii=False)
    return Response(body, status, sent, "application/json")


def _has(request: Request, validator: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return validator.removeprefix("W/") in known or "*" in known


def _encoding(request: Request, body: bytes, media_type: str) -> str:
    """The shortest encoding that both sides know; '' when it would not help."""
    if len(body) < LEAST_BYTES or not media_type.startswith(TEXTS):
        return ""
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")]
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")


@lru_cache(maxsize=128)
def _encoded(body: bytes, encoding: str) -> bytes:
    return brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, compresslevel=6, mtime=0)
