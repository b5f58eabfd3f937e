"""Letters of an SVG as shapes, and pictures inside it as its own shapes: what programs without our fonts draw alike.

Typst has the font and writes each line of text as paths; a picture that it sets in a page it keeps as a file inside the file,
which Word and PowerPoint do not draw.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from atlas.outlets.typesetting import FAMILY, typeset_pages

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
DATA = "data:image/svg+xml;base64,"
ANCHORS = {"middle": 0.5, "end": 1.0}
LINES = f"""
#let data = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "{FAMILY}", top-edge: 1em, bottom-edge: -0.3em)
#for line in data.lines {{
  page(line.map(part => text(
    size: part.size * 1pt, weight: part.weight, style: part.style, fill: rgb(part.fill), part.text,
  )).join())
}}
"""


class Line(NamedTuple):
    """One line of a text element: its parts for Typst, where its baseline starts and how it is anchored (pixels)."""

    parts: list[dict[str, Any]]
    x: float
    y: float
    anchor: float


def outlined_letters(svg: str) -> str:
    """`svg` (as plotly writes it) with every text element as paths in its place."""
    root = etree.fromstring(svg.encode("utf-8"))
    texts = [(text, list(_lines(text))) for text in root.iter(f"{SVG}text")]
    pages = iter(_pages([line.parts for _text, lines in texts for line in lines]))
    for text, lines in texts:
        group = etree.Element(f"{SVG}g", {name: text.get(name) for name in ("transform", "opacity") if text.get(name)})
        if opacity := _style(text).get("opacity"):
            group.set("opacity", opacity)
        group.extend([_placed(line, next(pages)) for line in lines])
        group.tail = text.tail
        text.getparent().replace(text, group)
    return etree.tostring(root, encoding="unicode")


def flattened(svg: str) -> str:
    """`svg` with the SVG pictures inside it as groups of their shapes."""
    root = etree.fromstring(svg.encode("utf-8"))
    for picture in list(root.iter(f"{SVG}image")):
        if (picture.get(HREF) or "").startswith(DATA):
            picture.getparent().replace(picture, _group(picture))
    return etree.tostring(root, encoding="unicode")


def _group(picture: etree._Element) -> etree._Element:
    inner = etree.fromstring(b64decode(picture.get(HREF).removeprefix(DATA)))
    width, height = map(float, inner.get("viewBox").split()[2:])
    scale = f"scale({float(picture.get('width')) / width:g} {float(picture.get('height')) / height:g})"
    place = f"translate({picture.get('x', '0')} {picture.get('y', '0')})"
    group = etree.Element(f"{SVG}g", {"transform": f"{picture.get('transform', '')} {place} {scale}".strip()})
    group.extend([child for child in inner if child.tag not in {f"{SVG}title", f"{SVG}desc"}])
    return group


def _lines(text: etree._Element) -> Iterator[Line]:
    """The lines of a text element: its `tspan`s of class line, else itself."""
    style = _style(text)
    size = float(style["font-size"].removesuffix("px"))
    anchor = ANCHORS.get(text.get("text-anchor", ""), 0)
    spans = [span for span in text if span.get("class") == "line"]
    for line in spans or [text]:
        x, y = (float(line.get(name) or text.get(name) or 0) for name in ("x", "y"))
        parts = [_part(words, kept) for words, kept in _runs(line, style)]
        if any(part["text"].strip() for part in parts):
            yield Line(parts, x, y + float((line.get("dy") or "0em").removesuffix("em")) * size, anchor)


def _runs(element: etree._Element, style: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The words of an element and of the spans in it, each with the style it has there."""
    own = {**style, **_style(element)}
    if element.text:
        yield element.text, own
    for child in element:
        yield from _runs(child, own)
        if child.tail:
            yield child.tail, own


def _style(element: etree._Element) -> dict[str, str]:
    pairs = (rule.split(":", 1) for rule in (element.get("style") or "").split(";") if ":" in rule)
    return {name.strip(): value.strip() for name, value in pairs}


def _part(words: str, style: dict[str, str]) -> dict[str, Any]:
    return {
        "text": words,
        "size": float(style["font-size"].removesuffix("px")),
        "weight": "bold" if style.get("font-weight", "") in {"bold", "600", "700"} else "regular",
        "style": "italic" if style.get("font-style") == "italic" else "normal",
        "fill": _hex(style.get("fill", "#000000")),
    }


def _hex(colour: str) -> str:
    """'rgb(29, 42, 51)' -> '#1d2a33'."""
    found = re.fullmatch(r"rgba?\((\d+), *(\d+), *(\d+).*\)", colour)
    return "#" + "".join(f"{int(part):02x}" for part in found.groups()) if found else colour


def _pages(lines: list[list[dict[str, Any]]]) -> list[etree._Element]:
    """Each line as an SVG as wide as its words; the baseline is one em (of its largest part) below the top."""
    return [etree.fromstring(page) for page in typeset_pages(LINES, {"lines": lines})] if lines else []


def _placed(line: Line, page: etree._Element) -> etree._Element:
    width = float(page.get("viewBox").split()[2])
    top = max(part["size"] for part in line.parts)
    group = etree.Element(f"{SVG}g", {"transform": f"translate({line.x - line.anchor * width:.2f} {line.y - top:.2f})"})
    glyphs = {symbol.get("id"): symbol[0].get("d") for symbol in page.iter(f"{SVG}symbol")}
    for child in page:
        if child.tag != f"{SVG}defs":
            _spell(child, glyphs)
            group.append(child)
    return group


def _spell(element: etree._Element, glyphs: dict[str, str]) -> None:
    """Put the path of each letter where it is only referred to: few programs follow references to symbols."""
    for use in list(element.iter(f"{SVG}use")):
        place = f"translate({use.get('x', '0')} {use.get('y', '0')})"
        drawn = {"d": glyphs[use.get(HREF).removeprefix("#")], "transform": place, "fill": use.get("fill")}
        use.getparent().replace(use, etree.Element(f"{SVG}path", drawn))
