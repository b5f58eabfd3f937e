"""A deck being written: each new slide has its title, label, foot, number and notes."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide

from atlas.outlets.briefing.composed import Composed, Run
from atlas.outlets.briefing.slides import master
from atlas.outlets.briefing.slides.fitting import Sizes, fitted, height, shortened
from atlas.outlets.briefing.slides.master import Box, Spot
from atlas.outlets.briefing.slides.text import add, clean, words, write
from atlas.outlets.drawing import source_line
from atlas.theme import PAPER
from atlas.view import View

SMALLEST = {"title": 13, "ctrTitle": 20, "subTitle": 12}
"""Points: a text that is too long at this size is cut with '…' (its whole is in the notes)."""
LEAST = 8
STACKED = {0: 0.1, 14: 0.05}
"""Placeholders that follow one another from the top, and the inches between each and the next."""


@dataclass
class Deck:
    """`headings` are the section and its parts that the next slides belong to; the last names a slide without a finding."""

    file: Presentation
    composed: Composed
    headings: tuple[str, ...] = ()
    body: Box = master.BODY
    """The room that title and quiet line left on the slide last made."""
    beside: Box = master.BODY
    """In a layout with its words at the left, the room under them."""

    @classmethod
    def of(cls, composed: Composed) -> "Deck":
        return cls(master.blank(composed.view), composed)

    @property
    def view(self) -> View:
        return self.composed.view

    @property
    def heading(self) -> str:
        """The title of a slide that has no finding of its own."""
        return self.headings[-1] if self.headings else self.composed.title

    def label(self, *more: str, title: str = "") -> str:
        """The line over a title: the headings above it, but for the one that is the title, and `more`."""
        above = self.headings[:-1] if self.headings and self.headings[-1] == title else self.headings
        return "  ·  ".join(filter(None, [*above, *more]))

    def part(self, number: int, count: int) -> str:
        """'Part 2 of 3'; '' of a single one."""
        return self.view.gettext("Part {number} of {count}").format(number=number, count=count) if count > 1 else ""

    def slide(self, layout: str, texts: Mapping[int, str | Sequence[Run]], notes: Sequence[str] = ()) -> Slide:
        """A new slide: `texts` by index of placeholder (0: title); placeholders without a text are taken away, but for 1."""
        slide = self.file.slides.add_slide(master.layout(self.file, layout))
        cut: list[str] = []
        self.body = master.LAYOUTS[layout][0].box
        for spot in master.LAYOUTS[layout]:
            place = _placeholder(slide, spot.number)
            if text := texts.get(spot.number):
                runs = [Run(text)] if isinstance(text, str) else list(text)
                cut += self._write(place, spot, runs)
            elif spot.number not in (1, 2):
                place._element.getparent().remove(place._element)
        self._room(slide, layout)
        _number(slide)
        self._note(slide, [*cut, *notes])
        return slide

    def _write(self, place: Any, spot: Spot, runs: list[Run]) -> list[str]:
        """Write into a placeholder at the size that fits, and the quiet line right under the title; returns the whole text
        when it had to be cut."""
        whole = words(runs)
        least = SMALLEST.get(spot.kind, LEAST)
        size = fitted([whole], spot.box.points, Sizes(spot.size, least), is_bold=spot.is_bold)
        short = shortened(whole, spot.box.points, size, spot.is_bold)
        kept = runs if short == whole else [Run(short)]
        write(place.text_frame, [kept], None if size == spot.size else size)
        if spot.number in STACKED:
            top = self.body.top if spot.number else spot.box.top
            high = height([short], spot.box.points[0], size, 0, spot.is_bold) / 72
            place.left, place.top, place.width, place.height = spot.box._replace(top=top).lengths
            self.body = self.body._replace(top=top + high + STACKED[spot.number])
        return [] if short == whole else [whole]

    def _room(self, slide: Slide, layout: str) -> None:
        """What is left for the slide's own matter."""
        bottom = master.BELOW.box.top - 0.1
        top = self.body.top + 0.12
        self.beside = self.body._replace(top=top, height=master.ASIDE - top)
        self.body = master.TALL if layout == "tall" else Box(master.LEFT, top, master.ROOM, bottom - top)

    def foot(self, cited: Sequence[int]) -> str:
        """'Sources: …' for numbers of sources; '' when there is no list of sources."""
        publishers = [source.publisher for source in self.composed.sources if source.number in set(cited)]
        return source_line(publishers, self.view) if publishers else ""

    def _note(self, slide: Slide, notes: Sequence[str]) -> None:
        if said := list(dict.fromkeys(clean(note) for note in notes if note)):
            frame: Any = slide.notes_slide.notes_text_frame
            frame.text = "\n".join(said)


def _placeholder(slide: Slide, index: int) -> Any:
    return next(place for place in slide.placeholders if place.placeholder_format.idx == index)


def _number(slide: Slide) -> None:
    """The number of the slide, which python-pptx leaves to the author."""
    places: Any = slide.slide_layout.placeholders
    for shape in places:
        if shape.element.ph is not None and shape.element.ph.get("type") == "sldNum":
            own = deepcopy(shape._element)
            own.spPr.clear()
            own.find(qn("p:nvSpPr")).find(qn("p:cNvPr")).set("id", str(len(slide.shapes) + 40))
            slide.shapes._spTree.append(own)


def to_end(slide: Slide) -> None:
    """Foot and number are read last: after what the slide shows."""
    for place in sorted(slide.placeholders, key=lambda shape: shape.placeholder_format.idx == 12):
        if place.placeholder_format.idx in (15, 12):
            slide.shapes._spTree.append(place._element)


def describe(shape: Any, text: str) -> None:
    """What a shape shows, for who cannot see it."""
    shape._element.xpath("*/p:cNvPr")[0].set("descr", clean(text))


def textbox(slide: Slide, box: Box, name: str) -> Any:
    """The frame of a new text box without margins that wraps its words."""
    shape = slide.shapes.add_textbox(*box.lengths)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def remark(slide: Slide, box: Box, text: str, name: str) -> None:
    """A quiet line of small print."""
    size = fitted([text], box.points, Sizes(12, LEAST))
    add(textbox(slide, box, name).paragraphs[0], [Run(text)], size, PAPER.quiet)
