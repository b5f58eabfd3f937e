"""A briefing as a PowerPoint deck: one finding per slide, charts that can be edited, sources in the notes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Element,
    Grid,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
)
from atlas.outlets.briefing.slides import endings, figures, prose, tables
from atlas.outlets.briefing.slides.deck import Deck
from atlas.outlets.briefing.slides.text import LANGUAGES, clean, speak, words
from atlas.outlets.citation import PUBLISHER


def write(composed: Composed) -> bytes:
    """The briefing as a deck of 16:9 slides."""
    deck = Deck.of(composed)
    endings.cover(deck)
    _body(deck)
    if composed.method:
        endings.method(deck)
    if composed.sources:
        endings.sources(deck)
    _properties(deck)
    speak(_roots(deck), composed.language)
    file = BytesIO()
    deck.file.save(file)
    return file.getvalue()


def _body(deck: Deck) -> None:
    """The elements in order. A heading names the slides that follow it; alone, it gets a slide of its own."""
    held: dict[int, str] = {}
    is_waiting = False
    for is_text, group in groupby(deck.composed.elements, lambda element: isinstance(element, Paragraph | Bullets)):
        if is_text:
            prose.write(deck, [element for element in group if isinstance(element, Paragraph | Bullets)])
            is_waiting = False
            continue
        for element in group:
            if not isinstance(element, Heading):
                _one(deck, element)
                is_waiting = False
                continue
            if is_waiting and element.level <= max(held):
                prose.section(deck, deck.heading)
            held = {level: text for level, text in held.items() if level < element.level} | {
                element.level: element.text
            }
            deck.headings = tuple(held[level] for level in sorted(held))
            is_waiting = True
    if is_waiting:
        prose.section(deck, deck.heading)


def _one(deck: Deck, element: Element) -> None:
    match element:
        case Picture():
            figures.write(deck, element)
        case Grid():
            tables.write(deck, element)
        case KeyFigures():
            prose.key_figures(deck, element)
        case Boxed():
            prose.boxed(deck, element)


def _properties(deck: Deck) -> None:
    composed, core = deck.composed, deck.file.core_properties
    core.title, core.subject = clean(composed.title)[:255], clean(words(composed.lead))[:255]
    core.author = core.last_modified_by = deck.view.gettext(PUBLISHER)
    core.keywords, core.comments = clean(", ".join(composed.keywords))[:255], clean(composed.credit)[:255]
    core.language = LANGUAGES[composed.language]
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)
    core.revision = 1


def _roots(deck: Deck) -> Iterator[Any]:
    """Everything that holds words: presentation, master, layouts, slides, notes and charts."""
    yield deck.file.part._element
    yield deck.file.slide_master._element
    for layout in deck.file.slide_layouts:
        yield layout._element
    for slide in deck.file.slides:
        yield slide._element
        if slide.has_notes_slide:
            yield slide.notes_slide._element
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart._chartSpace
