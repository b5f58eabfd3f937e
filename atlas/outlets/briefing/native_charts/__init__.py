"""Office charts that readers can edit, planned from the figure of a chart: the same numbers, words and colours.

plan(figure, language)   the chart, or None where an Office chart would lose something: then it stays a picture
parts                    what a planned chart holds
bars, dots, reading, formats   how it is read from plotly
"""

import plotly.graph_objects as go

from atlas.outlets.briefing.native_charts.bars import bars
from atlas.outlets.briefing.native_charts.dots import dots
from atlas.outlets.briefing.native_charts.panels import panels
from atlas.outlets.briefing.native_charts.parts import Bars, Native, Panels, Scatter
from atlas.outlets.briefing.native_charts.reading import NotPlain

__all__ = ["Bars", "Native", "Panels", "Scatter", "plan"]


def plan(figure: go.Figure, language: str) -> Native | None:
    """The figure as an Office chart; None when it is more than plain bars, columns, lines or points."""
    kinds = {trace.type for trace in figure.data}
    places = {(trace.xaxis or "x", trace.yaxis or "y") for trace in figure.data if trace.type in {"bar", "scatter"}}
    if not kinds or not kinds <= {"bar", "scatter"} or figure.layout.shapes:
        return None
    try:
        if kinds == {"bar", "scatter"} and any(trace.yaxis for trace in figure.data):
            return panels(figure)
        if len(places) > 1:
            return None
        return bars(figure, language) if "bar" in kinds else dots(figure, language)
    except NotPlain:
        return None
