"""oEmbed 1.0: for the address of a chart or of a page of the dashboard, the code that shows it elsewhere."""

import json
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import QueryParams

from atlas.outlets.chromium import is_available
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.data.query import language_of
from atlas.outlets.embed.asked import Asked, asked
from atlas.outlets.embed.places import Places
from atlas.outlets.http import Problem
from atlas.outlets.image import PRESETS
from atlas.outlets.snippet import sized, tall
from atlas.words import catalogue

WIDTH, LEAST = 720, 50
"""Pixels of a frame for whom no width suits better, and of the smallest that can be asked for."""
CACHE_SECONDS = 300


def answer(parameters: QueryParams, base: str, places: Places) -> bytes:
    """The oEmbed answer as JSON; `base` is the address of the site. Raises Problem."""
    if (form := parameters.get("format", "json")) != "json":
        raise Problem(501, f"oEmbed is answered as JSON only, not as {form[:20]}: ask with format=json.")
    if not (url := parameters.get("url", "")):
        raise Problem(400, "oEmbed needs url=, the address of a chart or of a page of this site.")
    room = {name: _pixels(parameters, name) for name in ("maxwidth", "maxheight")}
    return json.dumps(_rich(_meant(url, base, places), base, **room), ensure_ascii=False).encode("utf-8")


def _meant(url: str, base: str, places: Places) -> Asked:
    """What a page of this site shows. Raises Problem(404) for what is not of this site, or shows no chart."""
    try:
        given = urlsplit(url)
    except ValueError:
        given = urlsplit("")
    path, parameters = _path(given, base), QueryParams(given.query)
    _ = catalogue(language_of(parameters)).gettext
    if path is None:
        sentence = _("This address is not of this site: oEmbed is answered for those below {base}.")
        raise Problem(404, sentence.format(base=base))
    if path.startswith("embed/"):
        return asked(path.removeprefix("embed/"), given.query)
    drawing = places.drawing(path, parameters)
    if drawing is None:
        raise Problem(404, _("This page shows no chart that could stand elsewhere."))
    return Asked(drawing)


def _path(given: SplitResult, base: str) -> str | None:
    """The path of an address below `base`, without slashes around; None when it is elsewhere. http and https are one here."""
    own = urlsplit(base)
    is_own = given.scheme in {"http", "https"} and given.netloc.casefold() == own.netloc.casefold()
    root = f"{own.path.rstrip('/')}/"
    return given.path.removeprefix(root).strip("/") if is_own and f"{given.path}/".startswith(root) else None


def _pixels(parameters: QueryParams, name: str) -> int | None:
    """A number of pixels; None when none is given. Raises Problem."""
    text = parameters.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) >= LEAST):
        raise Problem(400, f"{name} must be a number of pixels, {LEAST} or more, not {text[:20]}.")
    return int(text)


def _rich(shown: Asked, base: str, maxwidth: int | None, maxheight: int | None) -> dict[str, object]:
    """The answer of type 'rich': a frame no larger than the room given, and a thumbnail where it fits."""
    drawing = shown.drawing
    width = min(WIDTH, maxwidth or WIDTH)
    height = min(tall(drawing), maxheight or tall(drawing))
    thumbnail = PRESETS["social"]
    fits = (maxwidth or thumbnail.width) >= thumbnail.width and (maxheight or thumbnail.height) >= thumbnail.height
    picture = {
        "thumbnail_url": drawing.address(base, ".png", preset="social", **shown.frozen),
        "thumbnail_width": thumbnail.width,
        "thumbnail_height": thumbnail.height,
    }
    return {
        "version": "1.0",
        "type": "rich",
        "title": drawing.sentence,
        "provider_name": drawing.view.gettext(PUBLISHER),
        "provider_url": base,
        "cache_age": CACHE_SECONDS,
        "width": width,
        "height": height,
        "html": sized(drawing, base, width, height, **shown.frozen),
        **(picture if fits and is_available() else {}),
    }
