"""Real tables, over as many slides as they need, each with its header row."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import Grid, Run
from atlas.outlets.briefing.slides.deck import Deck, describe, remark, to_end
from atlas.outlets.briefing.slides.fitting import LEADING, lines, width
from atlas.outlets.briefing.slides.master import LEFT, ROOM, Box
from atlas.outlets.briefing.slides.text import add, colour
from atlas.theme import PAPER

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without grid or colour."""
HEIGHT = 4.75
"""Inches of the room for a table, under a title of two lines."""
SIZES, LARGE = (12, 11, 10, 9), 14
"""Points, the first at which the columns keep their words; and of a table that one slide holds even so."""
SIDE, ABOVE = 6, 3.5
"""Points between the edge of a cell and its text."""
WIDEST = 0.42
"""Largest share of the table that one column takes."""


def write(deck: Deck, grid: Grid, notes: Sequence[str] = (), foot: str = "") -> None:
    """A table over as many slides as it needs. `notes` go to the speaker and `foot` under it, else its own sources."""
    measures = _measured(grid)
    pages = list(_pages(grid, measures))
    for number, rows in enumerate(pages, 1):
        slide = deck.slide(
            "figure",
            _texts(deck, grid, number, len(pages)) | {15: foot or deck.foot(grid.cited)},
            notes or _sources(deck, grid),
        )
        high = _draw(deck, slide, grid, rows, measures)
        if grid.left_out and number == len(pages):
            box = Box(LEFT, deck.body.top + high + 0.08, ROOM, 0.3)
            remark(slide, box, wording.rows_left_out(grid, deck.view), deck.view.gettext("Note"))
        to_end(slide)


def _texts(deck: Deck, grid: Grid, number: int, count: int) -> dict[int, str | Sequence[Run]]:
    name = wording.table_label(grid.number, deck.view) if grid.number else ""
    label = deck.label(name, deck.part(number, count), title=grid.caption)
    return {0: grid.caption or deck.heading, 13: label}


def _sources(deck: Deck, grid: Grid) -> list[str]:
    cited = [source for source in deck.composed.sources if source.number in set(grid.cited)]
    return [
        grid.caption,
        *(f"[{source.number}] {source.title}. {wording.imprint(source)} {source.url}" for source in cited),
    ]


class Measures(NamedTuple):
    """Points of the letters, and of the width of each column."""

    size: float
    widths: list[float]


def _measured(grid: Grid) -> Measures:
    """The largest letters at which the columns keep their words; wider columns for longer texts."""
    for size in (LARGE, *SIZES):
        wanted = [_wanted(grid, i, size) for i in range(len(grid.columns))]
        high = (len(grid.rows) + 1) * (LEADING * size + 2 * ABOVE)
        if sum(wanted) <= 72 * ROOM and (size < LARGE or high <= 72 * HEIGHT):
            break
    total = sum(wanted)
    room = 72 * ROOM
    if total <= room:
        spare = (room - total) / len(wanted) if total > 0.7 * room else 0.12 * (room - total) / len(wanted)
        return Measures(size, [want + spare for want in wanted])
    return Measures(size, _squeezed(wanted, [_longest(grid, i, size) for i in range(len(wanted))], room))


def _squeezed(wanted: list[float], least: list[float], room: float) -> list[float]:
    """Columns made narrower, in proportion to what they have above their longest word."""
    if sum(least) >= room:
        return [room * low / sum(least) for low in least]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + share * (want - low) for want, low in zip(wanted, least, strict=True)]


def _wanted(grid: Grid, column: int, size: float) -> float:
    texts = [grid.columns[column], *(row[column] for row in grid.rows)]
    return min(max(width(text, size, i == 0) for i, text in enumerate(texts)) + 2 * SIDE + 2, WIDEST * 72 * ROOM)


def _longest(grid: Grid, column: int, size: float) -> float:
    texts = [grid.columns[column], *(row[column] for row in grid.rows)]
    longest = max(width(word, size, i == 0) for i, text in enumerate(texts) for word in text.split(" "))
    return min(longest + 2 * SIDE + 2, WIDEST * 72 * ROOM)


def _row_height(texts: Sequence[str], widths: Sequence[float], size: float, is_bold: bool = False) -> float:
    """Points of height of a row whose texts wrap."""
    most = max(lines(text, wide - 2 * SIDE, size, is_bold) for text, wide in zip(texts, widths, strict=True))
    return most * size * LEADING + 2 * ABOVE


def _pages(grid: Grid, measures: Measures) -> Iterator[list[tuple[str, ...]]]:
    """The rows of each slide."""
    size, widths = measures
    header = _row_height(grid.columns, widths, size, True)
    page: list[tuple[str, ...]] = []
    used = header
    for row in grid.rows:
        high = _row_height(row, widths, size)
        if page and used + high > 72 * HEIGHT:
            yield page
            page, used = [], header
        page.append(row)
        used += high
    yield page


def _draw(deck: Deck, slide: Slide, grid: Grid, rows: list[tuple[str, ...]], measures: Measures) -> float:
    """Draw some rows under the header; returns the height in inches."""
    size, widths = measures
    heights = [_row_height(grid.columns, widths, size, True), *(_row_height(row, widths, size) for row in rows)]
    place = (Inches(LEFT), Inches(deck.body.top), Pt(sum(widths)), Pt(sum(heights)))
    frame = slide.shapes.add_table(len(rows) + 1, len(widths), *place)
    frame.name = wording.table_label(grid.number, deck.view) if grid.number else deck.view.gettext("Table")
    describe(frame, grid.caption)
    table: Any = frame.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(int(Pt(wide)))
    for i, (texts, high) in enumerate(zip([grid.columns, *rows], heights, strict=True)):
        table.rows[i].height = Emu(int(Pt(high)))
        for column, text in enumerate(texts):
            tone = PAPER.quiet if text == deck.view.missing else PAPER.text
            _fill(table.cell(i, column), Written(text, size, tone, grid.is_number[column], is_header=i == 0))
    return sum(heights) / 72


class Written(NamedTuple):
    """A text of a table, and how it is written."""

    text: str
    size: float
    tone: str
    is_number: bool
    is_header: bool


def _fill(cell: Any, written: Written) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if written.is_header else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    add(paragraph, [Run(written.text)], written.size, written.tone, True if written.is_header else None)
    paragraph.alignment = PP_ALIGN.RIGHT if written.is_number else PP_ALIGN.LEFT
    _line_below(cell, PAPER.quiet if written.is_header else PAPER.line, 1 if written.is_header else 0.5)


def _line_below(cell: Any, tone: str, wide: float) -> None:
    line = (
        f'<a:lnB {nsdecls("a")} w="{Pt(wide):.0f}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill>'
        f'<a:srgbClr val="{colour(tone)}"/></a:solidFill><a:prstDash val="solid"/></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
