"""Bars of several measures side by side, each an Office chart of its own under its title."""

from typing import Any

from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from atlas.outlets.briefing.native_charts import Bars, Panels
from atlas.outlets.briefing.slides.chart_bars import Scale, draw_bars
from atlas.outlets.briefing.slides.chart_parts import cell, place_plot
from atlas.outlets.briefing.slides.deck import textbox
from atlas.outlets.briefing.slides.fitting import LEADING, width
from atlas.outlets.briefing.slides.master import Box
from atlas.outlets.briefing.slides.text import clean, colour, write
from atlas.theme import PAPER

PANEL, ABREAST = 12, 3
"""Points of the words in a chart of several, and how many stand side by side."""
ROW, HEAD = 0.75, 0.5
"""Inches of a row of bars, and of the title over them, where there is room."""


def draw_panels(slide: Slide, box: Box, native: Panels) -> list[Any]:
    """Charts side by side under their titles, names of the rows at the left of each block. Returns the graphic frames."""
    names = max(width(name, PANEL) for name in native.charts[0].categories) / 72 + 0.15
    names = min(names, 0.25 * box.width)
    across = min(len(native.charts), ABREAST)
    wide = (box.width - names) / across
    blocks = -(-len(native.charts) // across)
    high = min(box.height / blocks, HEAD + ROW * len(native.charts[0].categories))
    frames = []
    for i, (title, bars) in enumerate(zip(native.titles, native.charts, strict=True)):
        row, column = divmod(i, across)
        own = wide + names * (not column)
        left = box.left + column * wide + names * (column > 0)
        frames.append(_panel(slide, Box(left, box.top + row * high, own, high), bars, title, names * (not column)))
    return frames


def _panel(slide: Slide, box: Box, native: Bars, title: str, names: float) -> Any:
    frame = draw_bars(slide, box, native, cell(title), Scale(PANEL, 0, 0, native.reach))
    chart = frame.chart
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    paragraph = chart.chart_title.text_frame.paragraphs[0]
    for i, part in enumerate(clean(title).split("\n")):
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = f"  {part}" if i else part, Pt(PANEL), i == 0
        run.font.color.rgb = colour(PAPER.quiet if i else PAPER.text)
    _corner(chart.chart_title._element, names / box.width)
    if not names:
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = 72 * (box.width - names) - 10
    written = max(width(label, PANEL) for label in native.series[0].labels) + 10
    chart.value_axis.maximum_scale = (native.reach or 1) / max(1 - written / plot, 0.25)
    head = LEADING * PANEL * 1.6 / 72
    shares = (names / box.width + 0.005, head / box.height, plot / (72 * box.width), 0.97 - head / box.height)
    place_plot(chart, shares)
    _name_missing(slide, native, Box(box.left + names, box.top + head, plot / 72, 0.97 * box.height - head))
    return frame


def _name_missing(slide: Slide, native: Bars, plot: Box) -> None:
    """What stands where there is no bar: Office writes no label beside an empty cell."""
    row = plot.height / len(native.categories)
    for i, (value, label) in enumerate(zip(native.series[0].values, native.series[0].labels, strict=True)):
        if value is None and label:
            high = LEADING * PANEL * (label.count("\n") + 1) / 72
            place = Box(plot.left + 0.08, plot.top + (i + 0.5) * row - high / 2, plot.width - 0.1, high)
            write(textbox(slide, place, native.categories[i]), label.split("\n"), PANEL, tone=PAPER.quiet)


def _corner(title: Any, left: float) -> None:
    """The title at the left over its plot."""
    layout = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    )
    for found in title.findall(qn("c:layout")):
        title.remove(found)
    title.find(qn("c:tx")).addnext(parse_xml(layout))
