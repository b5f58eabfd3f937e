"""The first slide and the last ones: cover, method, numbered sources."""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image
from pptx.slide import Slide
from pptx.util import Pt

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import Paragraph, Run, Source
from atlas.outlets.briefing.slides import prose
from atlas.outlets.briefing.slides.deck import Deck, describe, to_end
from atlas.outlets.briefing.slides.fitting import height
from atlas.outlets.briefing.slides.master import HALVES, Box
from atlas.outlets.briefing.slides.text import add, words

LOGO = Box(1.0, 0.7, 3.2, 1.0)
SIZES, SPACE = (14, 12, 10), 4
"""Points of the list of sources, the first at which one slide holds it, and between two of them."""


def cover(deck: Deck) -> None:
    """Title, lead, date and version of the data, logo; the licence where no method follows."""
    composed = deck.composed
    line = " ".join(filter(None, [composed.dateline, "" if composed.method else composed.credit]))
    slide = deck.slide("cover", {0: composed.title, 1: composed.lead, 13: line}, [words(composed.lead)])
    if not composed.lead:
        _drop(slide, 1)
    if composed.logo:
        _logo(deck, slide)
    to_end(slide)


def method(deck: Deck) -> None:
    """How the figures are made, and under which licence."""
    deck.headings = (deck.view.gettext(wording.METHOD),)
    said = filter(None, [*deck.composed.method, deck.composed.credit])
    prose.write(deck, [Paragraph((Run(text),)) for text in said])


def sources(deck: Deck) -> None:
    """Every page and document, numbered as cited, on as many slides as needed."""
    size, columns = next(_columns(deck.composed.sources))
    slides = [columns[first : first + 2] for first in range(0, len(columns), 2)]
    title = deck.view.gettext(wording.SOURCES)
    part = deck.view.gettext("{title} ({number} of {count})")
    for number, shown in enumerate(slides, 1):
        heading = part.format(title=title, number=number, count=len(slides)) if len(slides) > 1 else title
        slide = deck.slide("sources", {0: heading})
        for index, column in enumerate(shown, 1):
            _list(slide, index, column, size)
        if len(shown) == 1:
            _drop(slide, 2)
        to_end(slide)


def _list(slide: Slide, index: int, column: list[Source], size: float) -> None:
    frame = next(place for place in slide.placeholders if place.placeholder_format.idx == index).text_frame
    for i, source in enumerate(column):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        add(paragraph, _runs(source), size)
        paragraph.space_before = Pt(SPACE if i else 0)


def _runs(source: Source) -> list[Run]:
    host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    said = f"{source.title}. {source.publisher}, {source.published}. "
    return [Run(f"[{source.number}] ", is_bold=True), Run(said), Run(host, href=source.url)]


def _columns(listed: tuple[Source, ...]) -> Iterator[tuple[float, list[list[Source]]]]:
    """Size and columns: those that one slide holds, else those at the least size."""
    for size in SIZES:
        columns = list(_filled(listed, size))
        if len(columns) <= 2 or size == SIZES[-1]:
            yield size, columns


def _filled(listed: tuple[Source, ...], size: float) -> Iterator[list[Source]]:
    wide, high = HALVES[0].points
    column: list[Source] = []
    for source in listed:
        tried = [words(_runs(other)) for other in [*column, source]]
        if column and height(tried, wide, size, SPACE) > high:
            yield column
            column = []
        column.append(source)
    yield column


def _logo(deck: Deck, slide: Slide) -> None:
    with Image.open(BytesIO(deck.composed.logo)) as picture:
        wide, high = picture.size
    scale = min(LOGO.width / wide, LOGO.height / high)
    place = Box(LOGO.left, LOGO.top, wide * scale, high * scale)
    shape = slide.shapes.add_picture(BytesIO(deck.composed.logo), *place.lengths)
    shape.name = deck.view.gettext(wording.LOGO)
    describe(shape, shape.name)


def _drop(slide: Slide, index: int) -> None:
    for place in list(slide.placeholders):
        if place.placeholder_format.idx == index:
            place._element.getparent().remove(place._element)
