"""Slides of a chart: the finding as title, what is drawn, the chart, coverage and sources; the rest in the notes."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pptx.slide import Slide

from atlas.outlets.briefing import native_charts, wording
from atlas.outlets.briefing.composed import Boxed, Picture
from atlas.outlets.briefing.native_charts import Bars, Native, Panels, Scatter
from atlas.outlets.briefing.slides import keys, prose, tables
from atlas.outlets.briefing.slides.chart_bars import Scale, draw_bars
from atlas.outlets.briefing.slides.chart_dots import draw_scatter
from atlas.outlets.briefing.slides.chart_panels import draw_panels
from atlas.outlets.briefing.slides.deck import Deck, describe, remark, to_end
from atlas.outlets.briefing.slides.master import BODY, TALL, Box
from atlas.outlets.briefing.slides.pictures import files, insert, is_wide, pieces
from atlas.outlets.chromium import NoPicture

ROWS, PAIRED = 18, 21
"""Bars in one column of a slide, and in each of two that stand side by side."""
NEAR = 5
"""Rows by which a column may be shorter, to start with a heading."""
GAP = 0.35
"""Inches between two columns of bars."""
NOTE = 0.32
"""Inches for the words that stood in the figure."""


def write(deck: Deck, picture: Picture) -> None:
    """One chart: an Office chart where nothing is lost, else a picture, else its table."""
    if picture.drawing.rows.empty or not picture.drawing.figure.data:
        prose.boxed(deck, Boxed(picture.drawing.sentence))
        return
    if native := native_charts.plan(picture.drawing.figure, deck.view.language):
        _native(deck, picture, native)
    else:
        try:
            _pictured(deck, picture)
        except NoPicture:
            prose.boxed(deck, Boxed(deck.view.gettext(wording.NO_PICTURE)), picture.drawing.sentence)
            _table(deck, picture)
            return
    if picture.is_table_shown:
        _table(deck, picture)


def _table(deck: Deck, picture: Picture) -> None:
    """What the chart shows, under the same sources."""
    tables.write(deck, picture.table, notes(deck, picture), _foot(deck, picture))


def notes(deck: Deck, picture: Picture) -> list[str]:
    """What the speaker needs: the sentence, coverage, how to read it, every source, the address and the data version."""
    _ = deck.view.gettext
    drawing = picture.drawing
    listed = [
        _("{title}. {publisher}. {url}").format(title=row["title"], publisher=row["publisher"], url=row["url"])
        for row in drawing.sources.to_dict("records")
    ]
    sources = [_("Sources:"), *(f"– {line}" for line in listed)] if listed else []
    address = _("This view: {url}").format(url=picture.address) if picture.address else ""
    version = _("Data version: {version}").format(version=deck.view.tables.version)
    return [drawing.sentence, drawing.words.drawn, drawing.coverage, drawing.words.note, address, version, *sources]


def _slide(deck: Deck, picture: Picture, layout: str, part: str = "") -> Slide:
    drawing = picture.drawing
    texts = {0: drawing.sentence, 13: deck.label(part), 14: wording.drawn(picture), 15: _foot(deck, picture)}
    return deck.slide(layout, texts, notes(deck, picture))


def _foot(deck: Deck, picture: Picture) -> str:
    words = {"coverage": picture.drawing.coverage, "sources": picture.drawing.source_line}
    return deck.view.gettext("{coverage}. {sources}").format(**words)


def _described(shape: Any, picture: Picture, deck: Deck, part: str = "") -> None:
    """Name and alternative text of a chart, or of a part of it."""
    shape.name = wording.figure_label(picture.number, deck.view)
    describe(shape, " ".join(filter(None, [wording.alternative(picture), part])))


def _pictured(deck: Deck, picture: Picture) -> None:
    drawing = picture.drawing
    layout, box = ("figure", BODY) if is_wide(drawing, BODY) else ("tall", TALL)
    cut = pieces(drawing, box)
    drawn = files(cut[0])
    for number, piece in enumerate(cut, 1):
        part = deck.part(number, len(cut))
        slide = _slide(deck, picture, layout, part)
        if layout == "tall" and number == 1:
            keys.write(deck, slide, drawing.figure)
        _described(insert(slide, deck.body, piece, drawn), picture, deck, part)
        to_end(slide)


class Column(NamedTuple):
    """Some of the bars of a chart, where they stand, and the share of the height they take."""

    native: Bars
    box: Box
    share: float


def _native(deck: Deck, picture: Picture, native: Native) -> None:
    title = picture.drawing.words.title
    if isinstance(native, Panels):
        slide = _slide(deck, picture, "figure")
        frames = draw_panels(slide, deck.body, native)
        for frame, panel in zip(frames, native.titles, strict=True):
            _described(frame, picture, deck, panel)
        to_end(slide)
        return
    if isinstance(native, Scatter):
        slide = _slide(deck, picture, "figure")
        _described(draw_scatter(slide, _under_notes(slide, deck, native), native, title), picture, deck)
        to_end(slide)
        return
    shown = list(_columns(native))
    rows = max(len(column.native.categories) for columns in shown for column in columns)
    for number, columns in enumerate(shown, 1):
        slide = _slide(deck, picture, "figure", deck.part(number, len(shown)))
        body = _under_notes(slide, deck, native)
        for column in columns:
            box = column.box._replace(top=body.top, height=body.height * column.share)
            scale = Scale.of(box._replace(height=body.height), native, rows)
            _described(draw_bars(slide, box, column.native, title, scale), picture, deck)
        to_end(slide)


def _under_notes(slide: Slide, deck: Deck, native: Bars | Scatter) -> Box:
    """The room for the chart, less a line for the words that stood in the figure."""
    body = deck.body
    if not native.notes:
        return body
    remark(slide, body._replace(height=NOTE), "  ·  ".join(native.notes), deck.view.gettext("Note"))
    return body.lowered(NOTE)


def _columns(native: Bars) -> Iterator[list[Column]]:
    """The bars of each slide, in one or two columns."""
    count = len(native.categories)
    if not native.is_horizontal or count <= ROWS:
        yield [Column(native, BODY, min(1, (count + 1.5) / 9) if native.is_horizontal else 1)]
        return
    cuts = _cuts(native)
    parts = [native.part(start, stop) for start, stop in pairwise(cuts)]
    wide = (BODY.width - GAP) / 2
    lefts = (BODY.left, BODY.left + wide + GAP)
    longest = max(len(part.categories) for part in parts)
    for first in range(0, len(parts), 2):
        yield [
            Column(part, BODY._replace(left=left, width=wide), len(part.categories) / longest)
            for part, left in zip(parts[first : first + 2], lefts, strict=False)
        ]


def _cuts(native: Bars) -> list[int]:
    """Where columns of bars start: of about one height, with a heading first where one is near."""
    count = len(native.categories)
    parts = 2 * -(-count // (2 * PAIRED))
    headings = [i for i in range(1, count) if all(bar.values[i] is None for bar in native.series)]
    cuts = [0]
    for part in range(1, parts):
        wanted = -(-count * part // parts)
        near = [i for i in headings if cuts[-1] < i and abs(i - wanted) <= NEAR]
        cuts.append(_nearest(near, wanted))
    return [*cuts, count]


def _nearest(places: list[int], wanted: int) -> int:
    return min(places, key=lambda place: abs(place - wanted), default=wanted)
