"""What documents say around the blocks of a briefing: labels, lines under a picture, numbers that lead to sources."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from atlas.outlets.briefing.composed import Grid, Picture, Source
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.numbering import ranges
from atlas.view import View
from atlas.words import N_

CONTENTS, SOURCES, METHOD = N_("Contents"), N_("Sources"), N_("Method")
NO_PICTURE = N_("This figure could not be drawn; its table stands in its place.")
ONLINE = N_("This figure with the data of the day")
DATA = N_("The data of this figure")
LOGO = N_("Logo")
SKIP = N_("Skip to the text")

CITED = re.compile(r" ?\[[\d–, ]+\]")
"""What `compose` writes after a sentence that has sources."""


class Part(NamedTuple):
    """A stretch of a text: `source` is the number of the source it leads to, 0 for none."""

    text: str
    source: int = 0


def figure_label(number: int, view: View) -> str:
    """'Figure 2'."""
    return view.gettext(N_("Figure {number}")).format(number=number)


def continued(number: int, view: View) -> str:
    """'Figure 2, continued'."""
    return view.gettext(N_("Figure {number}, continued")).format(number=number)


def table_label(number: int, view: View) -> str:
    """'Table 2'."""
    return view.gettext(N_("Table {number}")).format(number=number)


def rows_left_out(grid: Grid, view: View) -> str:
    """What a table does not show, in words; '' when it shows all."""
    return view.ngettext("{n} more row", "{n} more rows", grid.left_out) if grid.left_out else ""


def drawn(picture: Picture) -> str:
    """The quiet line over a picture: its title and what is drawn."""
    words = picture.drawing.words
    return f"{words.title} · {words.drawn}"


def alternative(picture: Picture) -> str:
    """What a picture says and shows, for who cannot see it."""
    return f"{picture.drawing.sentence} {picture.drawing.words.drawn}"


def imprint(source: Source) -> str:
    """'Publisher, 2020.': who published it, and when."""
    return f"{source.publisher}, {source.published}."


def host(source: Source) -> str:
    """'example.org': where it stands on the web."""
    return (urlsplit(target(source.url)).hostname or "").removeprefix("www.")


def stop(title: str) -> str:
    """What ends a title in a list: nothing where it ends itself."""
    return "" if title.endswith((".", "?", "!", "…")) else "."


def notes(picture: Picture) -> list[str]:
    """The lines under a picture: how to read it, and how much of what was asked for is in it."""
    drawing = picture.drawing
    return [line for line in (drawing.words.note, drawing.coverage) if line]


def sources_line(picture: Picture) -> str:
    """Who publishes what is drawn; where no list of sources follows, with the version of the data."""
    drawing = picture.drawing
    return drawing.publishers_line if picture.cited else drawing.source_line


def references(cited: Iterable[int]) -> list[Part]:
    """Numbers of sources as they are written: (1, 2, 3, 7) -> '1', '–', '3', ', ', '7', each number leading to its source."""
    return leading(ranges(cited))


def run_parts(text: str) -> list[Part]:
    """A stretch of text; one that is only numbers of sources between brackets leads to them."""
    return leading(text) if CITED.fullmatch(text) else [Part(text)]


def leading(text: str) -> list[Part]:
    """A text of numbers of sources, each leading to its source."""
    pieces = [piece for piece in re.split(r"(\d+)", text) if piece]
    return [Part(piece, int(piece) if piece.isdigit() else 0) for piece in pieces]
