"""The addresses of embeds: /embed/<chart>, its files /embed/<chart>.svg .png .pdf .csv .json, and /oembed.

The parameters are those of the pages (`country=FR~ES&lang=fr`), of which a chart takes its own; `scheme=` is auto, light or
dark, `preset=` a size of PNG, `v=` a version of the data that stays. What cannot be used is refused with one sentence.
"""

import os
from collections.abc import Callable, Mapping

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from atlas.outlets.data.query import language_of
from atlas.outlets.dataset import csv
from atlas.outlets.embed import oembed, preview
from atlas.outlets.embed.asked import Asked, asked, split
from atlas.outlets.embed.assets import HOST, by_path
from atlas.outlets.embed.page import page
from atlas.outlets.embed.places import Places, Shown
from atlas.outlets.embed.record import as_json
from atlas.outlets.http import Problem, answered, route
from atlas.outlets.image import MEDIA_TYPES, framed
from atlas.outlets.site import site
from atlas.store import TablesMissing
from atlas.words import catalogue

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
"""Styles stand in the page, in the attributes of SVG and in what plotly writes; nothing else may."""
WRITTEN: dict[str, tuple[Callable[[Asked, str], bytes], str]] = {
    "csv": (lambda asked, base: csv(asked.drawing.rows), "text/csv; charset=utf-8"),
    "json": (
        lambda asked, base: as_json(asked.drawing, asked.drawing.address(base, **asked.frozen)),
        "application/json",
    ),
    "plotly.json": (lambda asked, base: asked.drawing.figure.to_json().encode("utf-8"), "application/json"),
}
"""Form of a file -> who writes it, given the address of the site, and its media type."""


class Any(Convertor[str]):
    """The rest of a path whatever it holds: Starlette's own `path` stops at the end of a line."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", Any())


def routes(shown: Shown) -> list[Route]:
    """The routes; `shown` says which page of the dashboard shows which charts."""
    places = Places(shown)

    def embed(request: Request) -> Response:
        """The page of a chart, or one of its files."""
        name, form = split(request.path_params["name"])
        what = asked(name, request.url.query, form)
        return _file(request, what, form) if form else _page(request, what, places)

    def rich(request: Request) -> Response:
        body = oembed.answer(request.query_params, site(request), places)
        return answered(request, body, "application/json")

    return [
        route("/embed/static/{path:any}", static),
        route("/embed/{name}", embed),
        route("/embed/{path:any}", unknown),
        route("/embed", unknown),
        route("/oembed", rich),
    ]


def heads(shown: Shown) -> Mapping[str, Callable[[Request], str]]:
    """What the pages of the dashboard say of themselves to others: page -> HTML for its head ('' is the home page)."""
    places = Places(shown)

    def head(request: Request) -> str:
        name = request.url.path.rstrip("/").rpartition("/")[2]
        try:
            drawing = places.drawing(name if name in places.pages else "", request.query_params)
        except TablesMissing:
            return ""
        if drawing is None:
            return ""
        address = f"{site(request)}/{name if name in places.pages else ''}?{request.url.query}".rstrip("?")
        return preview.page_head(drawing, address, site(request))

    return dict.fromkeys(("", *places.pages), head)


def static(request: Request) -> Response:
    """A script or a font of the embeds."""
    asset = by_path().get(request.path_params["path"])
    if asset is None:
        raise Problem(404, "There is no such file; a newer one may be named in the page that asks for it.")
    return answered(request, asset.body, asset.media_type, is_frozen=asset.path != HOST)


def unknown(request: Request) -> Response:
    """What stands below /embed and is no chart."""
    _ = catalogue(language_of(request.query_params)).gettext
    raise Problem(404, _("There is no chart at this address: charts stand at /embed/ and their name."))


def _page(request: Request, what: Asked, places: Places) -> Response:
    base = site(request)
    body = page(what, base, places.address(what.drawing, base)).encode("utf-8")
    policy = POLICY.format(ancestors=os.environ.get("EMBED_FRAME_ANCESTORS", "*"))
    language = what.drawing.language
    return answered(
        request, body, "text/html; charset=utf-8", is_frozen=bool(what.version),
        content_security_policy=policy, content_language=language,
    )  # fmt: skip


def _file(request: Request, what: Asked, form: str) -> Response:
    if form in WRITTEN:
        write, media_type = WRITTEN[form]
        body = write(what, site(request))
    else:
        body, media_type = framed(what.drawing, form, what.preset), MEDIA_TYPES[form]  # type: ignore[arg-type]
    filename = f"{what.drawing.name.replace('_', '-')}-{what.drawing.language}.csv" if form == "csv" else ""
    return answered(request, body, media_type, is_frozen=bool(what.version), filename=filename)
