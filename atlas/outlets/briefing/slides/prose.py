"""Slides of words: paragraphs and lists, a sentence in a box, a section, key figures."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from atlas.outlets.briefing.composed import Boxed, Bullets, KeyFigure, KeyFigures, Paragraph, Run
from atlas.outlets.briefing.slides.deck import Deck, textbox, to_end
from atlas.outlets.briefing.slides.fitting import LEADING, Sizes, fitted, height
from atlas.outlets.briefing.slides.master import LEFT, ROOM, TEXT, Box
from atlas.outlets.briefing.slides.text import add, clean, colour, words
from atlas.theme import PAPER

LARGE, SIZE, SMALL = 28, 18, 14
"""Points of running text: a few sentences alone, as it should be, and at the least before it goes on to another slide."""
SHORT, LOWER = 420, 0.45
"""Characters that stand alone on a slide in large letters, and the inches by which they stand lower."""
CITED = re.compile(r" ?\[[\d–, ]+\]")
"""Numbers of sources, written small."""
LABEL, MISSING = 0.62, 26
"""Inches of the label of a key figure: two lines; points of the words for a missing one."""
SPACE = 8
"""Points between paragraphs."""
LONGEST = 900
"""Characters of a paragraph before it is cut at a space."""


class Item(NamedTuple):
    """A paragraph as a slide shows it: `mark` is '' for plain text, '•' or a number for an item of a list."""

    runs: tuple[Run, ...]
    mark: str = ""


def write(deck: Deck, elements: Sequence[Paragraph | Bullets], notes: Sequence[str] = ()) -> None:
    """Paragraphs and lists that follow one another, over as many slides as they need."""
    items = [part for element in elements for item in _items(element) for part in _short(item)]
    said = [words(item.runs) for item in items]
    is_short = sum(map(len, said)) <= SHORT
    size = fitted(said, _room(), Sizes(LARGE if is_short else SIZE, SMALL), SPACE)
    pages = list(_pages(items, size))
    for number, page in enumerate(pages, 1):
        label = deck.label(deck.part(number, len(pages)), title=deck.heading)
        slide = deck.slide("text", {0: deck.heading, 13: label}, notes)
        place = next(place for place in slide.placeholders if place.placeholder_format.idx == 1)
        place.left, place.top, place.width, place.height = deck.body.lowered(LOWER * is_short).lengths
        frame = place.text_frame
        for i, item in enumerate(page):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            _mark(paragraph, item.mark)
            for run in item.runs:
                is_cited = bool(CITED.fullmatch(run.text))
                add(paragraph, [run], round(0.55 * size) if is_cited else size, PAPER.quiet if is_cited else "")
            paragraph.space_before = Pt(SPACE if i else 0)
        to_end(slide)


def section(deck: Deck, title: str) -> None:
    """A slide that only names a section."""
    to_end(deck.slide("section", {0: title}))


def boxed(deck: Deck, box: Boxed, title: str = "") -> None:
    """A sentence in a box, where something could not be drawn."""
    title = title or deck.heading
    slide = deck.slide("figure", {0: title, 13: deck.label(title=title)})
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *deck.body._replace(height=1.6).lengths)
    shape.name = deck.view.gettext("Note")
    shape.shadow.inherit = False
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(PAPER.surface)
    shape.line.color.rgb = colour(PAPER.line)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.3)
    size = fitted([box.sentence], (72 * (ROOM - 0.6), 72 * 1.4), Sizes(SIZE, 9))
    add(frame.paragraphs[0], [Run(box.sentence)], size, PAPER.text)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    to_end(slide)


def key_figures(deck: Deck, element: KeyFigures) -> None:
    """Large numbers, each with the line that makes it honest."""
    title = deck.heading if deck.headings else deck.view.gettext("Key figures")
    cited = [number for figure in element.figures for number in figure.cited]
    said = [f"{figure.label}: {figure.value}. {figure.line}" for figure in element.figures]
    slide = deck.slide("figure", {0: title, 13: deck.label(title=title), 15: deck.foot(cited)}, said)
    boxes = list(_cards(len(element.figures)))
    for figure, box in zip(element.figures, boxes, strict=True):
        _card(slide, box, figure, _sizes(element.figures, boxes[0]), deck.view.missing)
    to_end(slide)


def _cards(count: int) -> Iterator[Box]:
    """Places of up to four numbers side by side, more in a second row."""
    across = count if count <= 4 else -(-count // 2)
    wide = (ROOM - 0.45 * (across - 1)) / max(across, 1)
    for i in range(count):
        row, column = divmod(i, across)
        top, high = (2.2, 4.0) if count <= 4 else (1.6 + 2.6 * row, 2.4)
        yield Box(LEFT + column * (wide + 0.45), top, wide, high)


def _sizes(figures: Sequence[KeyFigure], box: Box) -> tuple[float, float, float]:
    """Points of labels, values and lines: the same on all the cards."""
    wide = 72 * box.width
    value = min(fitted([figure.value], (wide, 68), Sizes(54, 18), is_bold=True) for figure in figures)
    room = 72 * (box.height - LABEL) - LEADING * value
    label = min(fitted([figure.label], (wide, 72 * LABEL), Sizes(16, 9), is_bold=True) for figure in figures)
    return label, value, min(fitted([figure.line], (wide, room), Sizes(16, 9)) for figure in figures)


def _card(slide: Any, box: Box, figure: KeyFigure, sizes: tuple[float, float, float], missing: str) -> None:
    """Label, value and line under a rule; the values of all cards stand at one height."""
    top = box.top - 0.1
    rule = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, *(Inches(edge) for edge in (box.left, top, box.left + box.width, top))
    )
    rule.line.color.rgb, rule.line.width = colour(PAPER.primary), Pt(2)
    rule._element.nvCxnSpPr.cNvPr.append(_decoration())
    label, value, line = sizes
    name = clean(figure.label)
    add(textbox(slide, box._replace(height=LABEL), name).paragraphs[0], [Run(figure.label)], label, PAPER.quiet, True)
    frame = textbox(slide, box._replace(top=box.top + LABEL, height=box.height - LABEL), name)
    tone, size = (PAPER.quiet, min(value, MISSING)) if figure.value == missing else (PAPER.primary, value)
    add(frame.paragraphs[0], [Run(figure.value)], size, tone, True)
    frame.paragraphs[0].line_spacing = Pt(LEADING * value)
    add(frame.add_paragraph(), [Run(figure.line)], line, PAPER.text)


def _decoration() -> Any:
    """Tells screen readers to pass over a shape."""
    return parse_xml(
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )


def _room() -> tuple[float, float]:
    wide, high = TEXT.points
    return wide - 24, high


def _items(element: Paragraph | Bullets) -> list[Item]:
    if isinstance(element, Paragraph):
        return [Item(element.runs)]
    return [Item(runs, f"{i}." if element.is_ordered else "•") for i, runs in enumerate(element.items, 1)]


def _short(item: Item) -> Iterator[Item]:
    """An item cut at spaces, so that each part fits on a slide."""
    part: list[Run] = []
    used = 0
    for run in item.runs:
        for piece in _pieces(run):
            if part and used + len(piece.text) > LONGEST:
                yield item._replace(runs=tuple(part))
                part, used = [], 0
            part.append(piece)
            used += len(piece.text)
    yield item._replace(runs=tuple(part))


def _pieces(run: Run) -> Iterator[Run]:
    text = run.text
    while len(text) > LONGEST:
        cut = text.rfind(" ", 1, LONGEST) + 1 or LONGEST
        yield Run(text[:cut], run.is_bold, run.is_italic, run.href)
        text = text[cut:]
    yield Run(text, run.is_bold, run.is_italic, run.href)


def _pages(items: list[Item], size: float) -> Iterator[list[Item]]:
    """The items of each slide."""
    page: list[Item] = []
    for item in items:
        tried = [words(other.runs) for other in [*page, item]]
        if page and height(tried, _room()[0], size, SPACE) > _room()[1]:
            yield page
            page = []
        page.append(item)
    if page:
        yield page


def _mark(paragraph: Any, mark: str) -> None:
    """Bullets and numbers as Office has them; plain text has none."""
    properties = paragraph._p.get_or_add_pPr()
    if mark == "•":
        return
    if not mark:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        return
    properties.set("marL", "342900")
    properties.set("indent", "-342900")
    start = mark.rstrip(".")
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="+mj-lt"/>'))
    properties.append(parse_xml(f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod" startAt="{start}"/>'))
