"""What every Office chart needs: words, axes of numbers, fills, labels, and a safe workbook."""

import re
from typing import Any

from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from atlas.outlets.briefing.native_charts.parts import Axis, Fill
from atlas.outlets.briefing.slides.text import clean, colour
from atlas.theme import PAPER

PATTERNS = {
    "/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "\\": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    ".": MSO_PATTERN.PERCENT_20,
    "x": MSO_PATTERN.DIAGONAL_CROSS,
    "+": MSO_PATTERN.CROSS,
    "-": MSO_PATTERN.NARROW_HORIZONTAL,
    "|": MSO_PATTERN.NARROW_VERTICAL,
}
RUNS = re.compile(r"[=+\-@{＝＋－＠]|\w+://|(mailto|internal|external):", re.IGNORECASE)
"""What the workbook of a chart would take for a formula or a link at the start of a cell."""


def cell(text: str) -> str:
    """A text that no spreadsheet runs, on one line."""
    line = " ".join(clean(text).split("\n"))
    return f"'{line}" if RUNS.match(line) else line


def prepare(chart: Any, size: float, has_legend: bool) -> None:
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size), colour(PAPER.text)
    chart.has_legend = has_legend
    if has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "gap")


def number_axis(axis: Any, plan: Axis, has_line: bool) -> None:
    axis.visible = plan.is_shown
    axis.has_major_gridlines = plan.is_shown and plan.has_grid
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE if has_line else XL_TICK_MARK.NONE
    if axis.has_major_gridlines:
        axis.major_gridlines.format.line.color.rgb = colour(PAPER.line)
    if plan.is_shown:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = plan.number_format, False
        axis.tick_labels.font.color.rgb = colour(PAPER.quiet)
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if has_line:
            axis.format.line.color.rgb = colour(PAPER.quiet)
        else:
            axis.format.line.fill.background()
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = plan.low, plan.high, plan.step
    axis.reverse_order = plan.is_reversed
    if plan.is_log:
        axis._element.find(qn("c:scaling")).insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))
    if plan.title:
        axis.has_title = True
        axis.axis_title.text_frame.text = clean(plan.title)
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.bold, font.size, font.color.rgb = False, Pt(12), colour(PAPER.quiet)


def paint(place: Any, fill: Fill) -> None:
    inside: FillFormat = place.fill
    if fill.pattern:
        inside.patterned()
        inside.pattern = PATTERNS.get(fill.pattern, MSO_PATTERN.PERCENT_50)
        inside.fore_color.rgb, inside.back_color.rgb = colour(fill.colour), colour(fill.back)
    else:
        inside.solid()
        inside.fore_color.rgb = colour(fill.colour)
    if fill.outline:
        place.line.color.rgb, place.line.width = colour(fill.outline), Pt(0.75)


def write_label(label: Any, text: str, size: float, side: Any) -> None:
    paragraphs = label.text_frame
    paragraphs.word_wrap = False
    for i, line in enumerate(clean(text).split("\n")):
        paragraph = paragraphs.paragraphs[0] if i == 0 else paragraphs.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.color.rgb = Pt(size), colour(PAPER.text)
    label.position = side


def place_plot(chart: Any, shares: tuple[float, float, float, float]) -> None:
    """The plot itself (without names and numbers) at shares of the chart: left, top, width, height."""
    area = chart._chartSpace.chart.plotArea
    for found in area.findall(qn("c:layout")):
        area.remove(found)
    edges = "".join(f'<c:{tag} val="{share:.4f}"/>' for tag, share in zip("xywh", shares, strict=True))
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{edges}</c:manualLayout></c:layout>'
        ),
    )
