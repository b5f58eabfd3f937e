"""The elements of a briefing in HTML."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, tostring

from atlas.outlets import image
from atlas.outlets.briefing import composed as model
from atlas.outlets.briefing import wording
from atlas.outlets.briefing.html_parts import add, cited, link, parts, stretch, tag
from atlas.outlets.chromium import NoPicture
from atlas.outlets.embed.inline import lean
from atlas.view import View

WIDE, NARROW = 760, 340
"""Pixels wide that a picture is drawn: for a desk and for paper, and for a phone."""
log = logging.getLogger(__name__)


@dataclass
class Page:
    """What the elements of one page share: its words, how many sources it lists, and its drawings, put in at the end."""

    view: View
    sources: int
    drawings: dict[str, str] = field(default_factory=dict)

    def place(self, name: str, svg: str) -> Element:
        """Where a drawing is to stand."""
        self.drawings[name] = svg
        return tag("svg", id=name)

    def written(self, tree: Element) -> str:
        """The tree as HTML, each drawing in its place."""
        text = tostring(tree, encoding="unicode", method="html")
        for name, svg in self.drawings.items():
            text = text.replace(f'<svg id="{name}"></svg>', svg, 1)
        return text


def block(element: model.Element, number: int, page: Page) -> Iterator[Element]:
    """One element; `number` tells it from the others of the page."""
    match element:
        case model.Heading():
            yield tag(f"h{element.level + 1}", element.text, id=f"section-{number}")
        case model.Paragraph():
            yield tag("p", *stretch(element.runs, page.sources))
        case model.Bullets():
            items = (tag("li", *stretch(item, page.sources)) for item in element.items)
            yield tag("ol" if element.is_ordered else "ul", *items)
        case model.KeyFigures():
            yield tag("dl", *(_key_figure(figure, page) for figure in element.figures), class_="key-figures")
        case model.Grid():
            yield table(element, page)
        case model.Picture():
            yield _picture(element, page)
        case model.Boxed():
            yield tag("p", element.sentence, class_="boxed")


def table(grid: model.Grid, page: Page) -> Element:
    """A table with its caption, in a box that scrolls when it is wider than the page."""
    label = wording.table_label(grid.number, page.view) if grid.number else ""
    caption = tag("caption", tag("span", label, class_="label") if label else None, tag("strong", grid.caption))
    head = tag("tr", *(_header(name, grid.is_number[place]) for place, name in enumerate(grid.columns)))
    body = (tag("tr", *_cells(row, grid, page)) for row in grid.rows)
    name = f"{label} {grid.caption}".strip()
    box = tag("div", role="region", tabindex="0", class_="scroll", aria_label=name or page.view.gettext(wording.DATA))
    add(box, tag("table", caption if name else None, tag("thead", head), tag("tbody", *body)))
    more = wording.rows_left_out(grid, page.view)
    return tag("div", box, tag("p", more, class_="small") if more else None, class_="table")


def _header(name: str, is_number: bool) -> Element:
    return tag("th", name, scope="col", **({"class_": "number"} if is_number else {}))


def _cells(row: tuple[str, ...], grid: model.Grid, page: Page) -> Iterator[Element]:
    sources = page.view.gettext(wording.SOURCES)
    for place, (text, column, is_number) in enumerate(zip(row, grid.columns, grid.is_number, strict=True)):
        found = wording.leading(text) if column == sources else [wording.Part(text)]
        cell = parts("th" if place == 0 else "td", found, page.sources)
        if place == 0:
            cell.set("scope", "row")
        if kinds := [name for name, holds in (("number", is_number), ("missing", text == page.view.missing)) if holds]:
            cell.set("class", " ".join(kinds))
        yield cell


def _key_figure(figure: model.KeyFigure, page: Page) -> Element:
    line = tag("dd", figure.line, cited(wording.references(figure.cited), page.sources), class_="small")
    return tag("div", tag("dt", figure.label), tag("dd", figure.value, class_="value"), line)


def _picture(picture: model.Picture, page: Page) -> Element:
    label = tag("span", wording.figure_label(picture.number, page.view), class_="label")
    caption = tag("figcaption", label, tag("strong", picture.drawing.sentence))
    add(caption, tag("span", wording.drawn(picture), class_="small"))
    figure = tag("figure", caption, id=f"figure-{picture.number}")
    rows = table(picture.table, page)
    try:
        add(figure, *_drawings(picture, page))
        is_open = picture.is_table_shown
    except NoPicture as error:
        log.warning("Figure %d: %s", picture.number, error)
        add(figure, tag("p", page.view.gettext(wording.NO_PICTURE), class_="boxed"))
        is_open = True
    add(figure, *_foot(picture, page))
    summary = tag("summary", page.view.gettext(wording.DATA))
    return add(figure, rows if is_open else tag("details", summary, rows))


def _drawings(picture: model.Picture, page: Page) -> list[Element]:
    """The drawing for a wide page and for a phone, of which one is shown. Raises NoPicture."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    drawn = [(name, lean(image.svg(picture.drawing, width), f"f{picture.number}{name[0]}")) for name, width in sizes]
    return [
        tag("div", page.place(f"drawing-{picture.number}-{name}", svg), class_=f"drawing {name}") for name, svg in drawn
    ]


def _foot(picture: model.Picture, page: Page) -> Iterator[Element]:
    for note in wording.notes(picture):
        yield tag("p", note, class_="small")
    yield tag(
        "p", wording.sources_line(picture), cited(wording.references(picture.cited), page.sources), class_="small"
    )
    if picture.address:
        yield tag("p", link(picture.address, page.view.gettext(wording.ONLINE)), class_="small")
