"""Points and lines as Office charts."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from atlas.outlets.briefing.native_charts import Scatter
from atlas.outlets.briefing.native_charts.parts import Dots, Line, Mark
from atlas.outlets.briefing.slides.chart_parts import cell, number_axis, prepare, write_label
from atlas.outlets.briefing.slides.master import Box
from atlas.outlets.briefing.slides.text import colour

SYMBOLS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "x": XL_MARKER_STYLE.X,
}
DASHES = {
    "dot": MSO_LINE.ROUND_DOT,
    "dash": MSO_LINE.DASH,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
}
SIDES = {
    "top": XL_LABEL_POSITION.ABOVE,
    "bottom": XL_LABEL_POSITION.BELOW,
    "left": XL_LABEL_POSITION.LEFT,
    "right": XL_LABEL_POSITION.RIGHT,
}


def draw_scatter(slide: Slide, box: Box, native: Scatter, name: str) -> Any:
    """Points and lines. Returns the graphic frame."""
    data = XyChartData(number_format="General")
    for dots in native.series:
        points = data.add_series(cell(dots.name or name))
        for x, y in zip(dots.xs, dots.ys, strict=True):
            points.add_data_point(x, y)
    shapes: Any = slide.shapes
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.lengths, data)
    chart = frame.chart
    prepare(chart, 12, native.has_legend)
    for series, dots in zip(chart.plots[0].series, native.series, strict=True):
        _draw_dots(series, dots)
    number_axis(chart.category_axis, native.x, has_line=True)
    number_axis(chart.value_axis, native.y, has_line=False)
    for axis in (chart.category_axis, chart.value_axis):
        axis.crosses = XL_AXIS_CROSSES.MINIMUM
    _legend_once(chart, native.series)
    return frame


def _draw_dots(series: Any, dots: Dots) -> None:
    _line(series.format.line, dots.line)
    _mark(series.marker, dots.marks[0])
    for i, mark in enumerate(dots.marks):
        if mark != dots.marks[0]:
            _line(series.points[i].format.line, dots.line)
            _mark(series.points[i].marker, mark)
        if dots.labels[i]:
            write_label(series.points[i].data_label, dots.labels[i], 11, SIDES[dots.places[i]])


def _line(line: Any, plan: Line | None) -> None:
    """The line of a series, said again of a point that differs: Office would draw its own there."""
    if plan is None:
        line.fill.background()
        return
    line.color.rgb, line.width = colour(plan.colour), Pt(plan.width)
    if plan.dash in DASHES:
        line.dash_style = DASHES[plan.dash]


def _mark(marker: Any, mark: Mark) -> None:
    if not mark.size:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style = SYMBOLS.get(mark.symbol, XL_MARKER_STYLE.TRIANGLE)
    marker.size = min(max(round(mark.size), 2), 72)
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(mark.fill)
    marker.format.line.color.rgb, marker.format.line.width = colour(mark.outline), Pt(1)


def _legend_once(chart: Any, series: Sequence[Dots]) -> None:
    """Each name once: a line in several stretches is one entry, a series without a name none."""
    if not chart.has_legend:
        return
    seen: set[str] = {""}
    position = chart.legend._element.find(qn("c:legendPos"))
    for i, dots in reversed(list(enumerate(series))):
        is_known = dots.name in seen or any(dots.name == other.name for other in series[:i])
        if is_known:
            entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{i}"/><c:delete val="1"/></c:legendEntry>'
            position.addnext(parse_xml(entry))
