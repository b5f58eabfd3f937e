"""Bars and columns as Office charts: one, or several side by side."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from atlas.outlets.briefing.native_charts import Bars
from atlas.outlets.briefing.native_charts.parts import Bar, Fill
from atlas.outlets.briefing.slides.chart_parts import cell, number_axis, paint, place_plot, prepare, write_label
from atlas.outlets.briefing.slides.fitting import width
from atlas.outlets.briefing.slides.master import Box
from atlas.outlets.briefing.slides.text import colour
from atlas.theme import PAPER

KINDS = {
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
}
LARGEST, SMALLEST = 12, 8
"""Points of the words in a chart."""
NAMES, MANY = 0.5, 18
"""Largest share of the width for the names of bars; columns from which on their names are written smaller."""
THICKEST = 0.38
"""Inches."""
LEGEND = 0.09
"""Share of the height of a chart that its legend takes."""


class Scale(NamedTuple):
    """What charts of one figure share: points of the words, of the names and of the longest number, and the largest value."""

    size: float
    names: float
    written: float
    reach: float

    @classmethod
    def of(cls, box: Box, native: Bars, rows: int = 0) -> "Scale":
        """For bars in a box, the longest column of which has so many `rows`."""
        size = _size(box, native, rows or len(native.categories))
        names = min(max((width(name, size) for name in native.categories), default=0) + 10, NAMES * 72 * box.width)
        written = max((width(label, size) for bar in native.series for label in bar.labels), default=0) + 8
        return cls(size, names, written, native.reach)


def draw_bars(slide: Slide, box: Box, native: Bars, name: str, scale: Scale) -> Any:
    """Bars or columns; charts of one scale and width can be compared. Returns the graphic frame."""
    data = CategoryChartData(number_format="General")
    data.categories = [cell(category) for category in native.categories]
    for bar in native.series:
        data.add_series(cell(bar.name or name), bar.values)
    shapes: Any = slide.shapes
    frame = shapes.add_chart(KINDS[native.is_horizontal, native.is_stacked], *box.lengths, data)
    chart = frame.chart
    prepare(chart, scale.size, native.has_legend)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(box, native), 100 if native.is_stacked else 0
    for series, bar in zip(plot.series, native.series, strict=True):
        series.invert_if_negative = False
        _fill_bars(series, bar.fills)
        _label_bars(series, bar, scale.size)
    _categories(chart.category_axis, native)
    number_axis(chart.value_axis, native.axis, has_line=False)
    if native.is_horizontal:
        _fit(chart, native, box, scale)
    return frame


def _gap(box: Box, native: Bars) -> int:
    """Percent of the thickness of a bar between two: no bar is thicker than `THICKEST`."""
    along = box.height if native.is_horizontal else box.width
    return round(min(max(40, 100 * (along / max(len(native.categories), 1) / THICKEST - 1)), 500))


def _size(box: Box, native: Bars, rows: int) -> float:
    """Points of the words: rows leave each other room, and names keep to one line where they can."""
    if not native.is_horizontal:
        return LARGEST if rows <= MANY else 10
    longest = max((width(name, 1) for name in native.categories), default=1)
    room = NAMES * 72 * box.width - 10
    return max(SMALLEST, min(LARGEST, 0.66 * 72 * box.height / max(rows, 1), room / max(longest, 1)))


def _fill_bars(series: Any, fills: Sequence[Fill]) -> None:
    paint(series.format, fills[0])
    for i, fill in enumerate(fills):
        if fill != fills[0]:
            paint(series.points[i].format, fill)


def _label_bars(series: Any, bar: Bar, size: float) -> None:
    """Live values where a number format writes them as the figure does, else the words of the figure."""
    if not bar.labels:
        return
    labels = series.data_labels
    labels.show_value = bool(bar.label_format)
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.color.rgb = Pt(size), colour(PAPER.text)
    if bar.label_format:
        labels.number_format, labels.number_format_is_linked = bar.label_format, False
        return
    for i, (value, label) in enumerate(zip(bar.values, bar.labels, strict=True)):
        if label and value is not None:
            write_label(series.points[i].data_label, label, size, XL_LABEL_POSITION.OUTSIDE_END)


def _categories(axis: Any, native: Bars) -> None:
    axis.reverse_order = native.is_horizontal
    axis.major_tick_mark, axis.has_major_gridlines = XL_TICK_MARK.NONE, False
    axis.format.line.color.rgb = colour(PAPER.line)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if native.is_horizontal:
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM
    _every_label(axis._element)


def _every_label(axis: Any) -> None:
    """No name may be skipped."""
    for tag in ("c:tickLblSkip", "c:noMultiLvlLbl"):
        for found in axis.findall(qn(tag)):
            axis.remove(found)
    axis.append(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
    axis.append(parse_xml(f'<c:noMultiLvlLbl {nsdecls("c")} val="1"/>'))


def _fit(chart: Any, native: Bars, box: Box, scale: Scale) -> None:
    """Room for names and numbers, the same in every chart of the scale."""
    whole, high = 72 * box.width, 72 * box.height
    plot = whole - scale.names - 6
    axis = chart.value_axis
    axis.minimum_scale = 0 if all((value or 0) >= 0 for bar in native.series for value in bar.values) else None
    if scale.reach and not native.axis.is_shown:
        axis.maximum_scale = scale.reach / max(1 - scale.written / plot, 0.3)
    under = LEGEND * high * native.has_legend + 20 * native.axis.is_shown
    place_plot(chart, (scale.names / whole, 0.01, plot / whole, 0.98 - under / high))
