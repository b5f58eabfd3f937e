"""A chart as a picture: SVG drawn once in Chromium, then set in a frame with its title and sources as SVG, PNG or PDF."""

import re
from functools import lru_cache
from html import escape
from typing import NamedTuple

from atlas.outlets.cache import cached, digest
from atlas.outlets.chromium import chromium
from atlas.outlets.drawing import Drawing
from atlas.outlets.outlines import flattened, outlined_letters
from atlas.outlets.typesetting import Form, drawable, typeset

WIDTH, HEIGHT = 760, 450
"""Pixels of a drawing that asks for none."""
NARROWEST, WIDEST = 480, 1400
"""Between them a drawing is fitted to the shape of a preset."""


class Preset(NamedTuple):
    """A size of picture: pixels wide and high (0: as high as its drawing), and pixels per unit."""

    width: int
    height: int = 0
    scale: float = 1


PRESETS = {
    "": Preset(WIDTH),
    "social": Preset(1200, 628),
    "square": Preset(1080, 1080),
    "print": Preset(WIDTH, scale=4),
}
"""PNG sizes by their name in the URL; `print` has 300 points per inch at 19 cm."""
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def height(drawing: Drawing) -> int:
    """Pixels of the drawing from top to bottom."""
    return int(drawing.figure.layout.height or HEIGHT)


def svg(drawing: Drawing, width: int = WIDTH) -> str:
    """The drawing alone as SVG, `width` pixels wide, with its sentence for who cannot see it. Raises NoPicture."""
    key = digest("svg", _json(drawing), str(width))
    drawn = cached(key, lambda: _drawn(drawing, width).encode("utf-8")).decode("utf-8")
    return accessible(drawn, drawing.sentence, drawing.words.drawn)


def outlined(drawing: Drawing, width: int = WIDTH) -> str:
    """The drawing alone as SVG with its letters as shapes: the same in programs that lack our fonts. Raises NoPicture."""
    return accessible(bare(drawing, "svg", width).decode("utf-8"), drawing.sentence, drawing.words.drawn)


def bare(drawing: Drawing, form: Form, width: int = WIDTH, scale: float = 4) -> bytes:
    """The drawing alone, without title or sources, for a document that writes them itself. Raises NoPicture."""
    data = {"svg": drawable(svg(drawing, width)), "width": width, "height": height(drawing), "alt": drawing.sentence}
    return _set(BARE, data, form, scale)


def framed(drawing: Drawing, form: Form, preset: str = "") -> bytes:
    """The picture that stands alone: sentence, title, drawing, coverage, sources and data version. Raises NoPicture."""
    size = PRESETS[preset]
    width = size.width if not size.height else _fitted(drawing, size)
    data = {
        "svg": drawable(svg(drawing, width)),
        "width": size.width,
        "height": size.height,
        "natural": width,
        "alt": drawing.sentence,
        "title": drawing.words.title,
        "drawn": drawing.words.drawn,
        "coverage": drawing.coverage,
        "sources": drawing.source_line,
        "language": drawing.language,
        "colours": {role: getattr(drawing.theme, role) for role in ("background", "text", "quiet", "line")},
    }
    return _set(FRAMED, data, form, size.scale)


def accessible(drawn: str, title: str, description: str) -> str:
    """SVG that names itself: role, title and description, and only once in a page (`xmlns` stays for files)."""
    said = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return re.sub(r"<svg([^>]*)>", lambda tag: f'<svg{tag[1]} role="img">{said}', drawn, count=1)


def _drawn(drawing: Drawing, width: int) -> str:
    """The same bytes for the same figure: plotly names the parts of a picture at random, we by what it shows."""
    drawn = chromium().svg(drawing.figure, width, height(drawing))
    name = re.search(r'id="defs-(\w+)"', drawn)
    return _lean(drawn.replace(name[1], digest(_json(drawing), str(width))[:8]) if name else drawn)


def _lean(drawn: str) -> str:
    """Paths to a tenth of a pixel: fewer bytes of a map, and no eye sees it."""
    return re.sub(r' d="[^"]+"', lambda path: re.sub(r"(\.\d)\d+", r"\1", path[0]), drawn)


@lru_cache(maxsize=256)
def _json(drawing: Drawing) -> str:
    """The figure itself names its picture: what is drawn otherwise can never be taken for it."""
    return drawing.figure.to_json()


def _fitted(drawing: Drawing, size: Preset) -> int:
    """Width at which the drawing has about the shape of the room that a frame of fixed size leaves it."""
    room = 0.72 * size.height
    return int(min(max(height(drawing) * size.width / room, NARROWEST), WIDEST))


def _set(template: str, data: dict, form: Form, scale: float) -> bytes:
    key = digest(template, repr(sorted(data.items(), key=str)), form, str(scale))
    if form == "svg":
        return cached(digest(key, "shapes"), lambda: _shapes(template, data))
    return cached(key, lambda: typeset(template, data, form, ppi=72 * scale))


def _shapes(template: str, data: dict) -> bytes:
    """An SVG of shapes alone: Typst keeps the texts of a picture, in a font that its reader lacks."""
    drawn = typeset(template, {**data, "svg": outlined_letters(data["svg"])}, "svg")
    return flattened(drawn.decode("utf-8")).encode("utf-8")


BARE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1pt, height: data.height * 1pt, margin: 0pt, fill: none)
#image(bytes(data.svg), format: "svg", width: 100%, alt: data.alt)
"""
FRAMED = """
#let data = json(bytes(sys.inputs.data))
#let colour(role) = rgb(data.colours.at(role))
#set document(title: data.alt)
#set page(
  width: data.width * 1pt, height: if data.height > 0 { data.height * 1pt } else { auto }, margin: 28pt,
  fill: colour("background"),
)
#set text(font: "Atlas Sans", size: 12pt, fill: colour("quiet"), lang: data.language)
#let head = {
  block(below: 8pt, text(size: 20pt, weight: "bold", fill: colour("text"), data.alt))
  block(below: 14pt)[*#data.title* · #data.drawn]
}
#let foot = {
  line(length: 100%, stroke: 0.6pt + colour("line"))
  block(above: 8pt)[#data.coverage \\ #data.sources]
}
#if data.height == 0 {
  head
  image(bytes(data.svg), format: "svg", width: 100%, alt: data.alt)
  foot
} else {
  grid(
    rows: (auto, 1fr, auto), row-gutter: 6pt, columns: (100%,),
    head, align(center + horizon, image(bytes(data.svg), format: "svg", fit: "contain", width: 100%, height: 100%, alt: data.alt)), foot,
  )
}
"""
