"""Office charts: only where nothing is lost, and then with the very numbers and words of the figure."""

from functools import lru_cache
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.util import Inches

from atlas import store
from atlas.charts import charts
from atlas.outlets.briefing import native_charts
from atlas.outlets.briefing.native_charts import Bars, Panels, Scatter
from atlas.outlets.briefing.native_charts.formats import GROUPED, inferred
from atlas.outlets.briefing.slides.chart_bars import Scale, draw_bars
from atlas.outlets.briefing.slides.chart_dots import draw_scatter
from atlas.outlets.briefing.slides.chart_panels import draw_panels
from atlas.outlets.briefing.slides.master import BODY
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.theme import PAPER

TWO = {"countries": ("FR", "PT")}
NATIVE = {
    "awards_by_country_and_theme": Bars,
    "clusters_by_country": Bars,
    "clusters_by_kind": Bars,
    "clusters_founded": Bars,
    "country_budgets": Panels,
    "country_profile": Panels,
    "country_social_economy": Panels,
    "indicator_change": Scatter,
    "indicator_scatter": Scatter,
    "jobs_by_dimension": Bars,
    "jobs_history": Scatter,
}
"""The charts that become Office charts, and as what; all others are pictures."""
LANGUAGES = ("en", "fr")
DAY = pd.Timedelta(days=1)
CASES = [(name, language) for name in NATIVE for language in LANGUAGES]


@lru_cache
def figure(name: str, language: str = "en") -> go.Figure:
    chosen = TWO if name.startswith("country_") or name == "indicator_change" else {}
    selection = Selection(language=language, id="fr-darwin-bordeaux" if name.startswith("cluster_") else "", **chosen)
    return Drawing.of(name, selection, store.tables(), PAPER).figure


def planned(name: str, language: str = "en"):
    native = native_charts.plan(figure(name, language), language)
    assert native is not None
    return native


def drawn(native) -> list:
    """The charts of a planned one, saved and opened again."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    match native:
        case Bars():
            draw_bars(slide, BODY, native, "Title", Scale.of(BODY, native))
        case Panels():
            draw_panels(slide, BODY, native)
        case Scatter():
            draw_scatter(slide, BODY, native, "Title")
    file = BytesIO()
    deck.save(file)
    shapes = Presentation(BytesIO(file.getvalue())).slides[0].shapes
    return [shape.chart for shape in shapes if shape.has_chart]


def sheet(chart) -> list[tuple]:
    """The rows of the workbook in a chart, below its header."""
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [row for row in book.active.iter_rows(min_row=2, values_only=True) if any(cell is not None for cell in row)]


def labels(chart) -> list[str]:
    """The words written beside the marks of a chart."""
    rich = chart._chartSpace.xpath(".//c:dLbl/c:tx/c:rich")
    return [" ".join(text.text for text in label.xpath(".//a:t")) for label in rich]


def amounts(name: str, language: str = "en") -> list[float]:
    """Every length of a bar in the figure, but for those that stand for what is missing."""
    traces = [trace for trace in figure(name, language).data if trace.type == "bar"]
    lengths = [float(value) for trace in traces for value in (trace.x if trace.orientation == "h" else trace.y)]
    return sorted(length for length in lengths if length)


def counted(x) -> float:
    """A number, or a date as the days that Office counts."""
    return float(x) if isinstance(x, int | float | np.number) else (pd.Timestamp(x) - pd.Timestamp("1899-12-30")) / DAY


@pytest.mark.parametrize("name", list(charts()))
def test_a_chart_is_native_only_where_nothing_is_lost(name):
    native = native_charts.plan(figure(name), "en")
    assert type(native) is NATIVE.get(name, type(None))


@pytest.mark.parametrize(("name", "language"), [case for case in CASES if NATIVE[case[0]] is not Scatter])
def test_bars_have_the_numbers_of_the_figure(name, language):
    found = drawn(planned(name, language))
    shown = [value for chart in found for series in chart.plots[0].series for value in series.values]
    kept = [cell for chart in found for row in sheet(chart) for cell in row[1:]]
    assert sorted(value for value in shown if value) == amounts(name, language) != []
    assert sorted(cell for cell in kept if cell) == pytest.approx(amounts(name, language), rel=1e-14)


@pytest.mark.parametrize(("name", "language"), [case for case in CASES if NATIVE[case[0]] is Scatter])
def test_points_have_the_numbers_of_the_figure(name, language):
    chart = drawn(planned(name, language))[0]
    marked = [trace for trace in figure(name, language).data if "markers" in trace.mode and trace.marker.opacity != 0]
    points = [number for trace in marked for x, y in zip(trace.x, trace.y, strict=True) for number in (counted(x), y)]
    kept = [cell for row in sheet(chart) if isinstance(row[0], int | float) for cell in row[:2]]
    shown = [y for series in chart.plots[0].series for y in series.values]
    assert len(points) > 4 and kept == pytest.approx(points) and shown == pytest.approx(points[1::2])


def test_bars_stand_in_the_order_of_the_page_in_its_words_and_colours():
    native, rows = planned("clusters_by_country", "fr"), figure("clusters_by_country", "fr").data[0]
    chart = drawn(native)[0]
    assert list(chart.plots[0].categories) == list(rows.y) and rows.y[1] == "Espagne"
    assert chart.category_axis.reverse_order
    assert [fill.colour for fill in native.series[0].fills] == list(rows.marker.color)


def test_bars_that_plotly_draws_from_the_bottom_are_turned_round():
    upward = go.Figure(go.Bar(x=[1, 2], y=["low", "high"], orientation="h"))
    assert native_charts.plan(upward, "en").categories == ("high", "low")
    assert native_charts.plan(go.Figure(upward).update_yaxes(autorange="reversed"), "en").categories == ("low", "high")


@pytest.mark.parametrize(("language", "about"), [("en", "about 1,600"), ("fr", "environ 1\u202f600")])
def test_qualifiers_stay_beside_their_numbers(language, about):
    assert about in labels(drawn(planned("jobs_by_dimension", language))[0])


def test_whole_numbers_are_live_labels_as_the_language_writes_them():
    bar = planned("clusters_by_kind", "fr").series[0]
    assert bar.label_format and not labels(drawn(planned("clusters_by_kind", "fr"))[0])
    dots = drawn(planned("jobs_history", "fr"))[0]
    assert any(label.startswith("environ") for label in labels(dots)) and "1\u202f200" in labels(dots)


def test_what_is_not_published_is_an_empty_cell_and_a_word_and_never_zero():
    native = planned("country_profile")
    jobs = native.charts[native.titles.index(next(title for title in native.titles if title.startswith("Jobs")))]
    portugal = jobs.series[0].values[jobs.categories.index("Portugal")]
    assert portugal is None and jobs.series[0].labels[1].startswith("not published")
    assert [
        row
        for chart in drawn(native)
        for row in sheet(chart)
        if row[:1] == ("Portugal",) and len(row) > 1 and row[1] is None
    ]


def test_words_beside_the_figure_are_kept():
    assert planned("clusters_founded").notes[0].endswith("clusters: year not published")


def test_years_are_categories_and_the_first_bar_keeps_its_name():
    native = planned("clusters_founded", "fr")
    assert native.categories[0] == "avant 2000" and native.categories[1] == "" and native.categories[-1].isdigit()
    assert native.is_stacked and not native.is_horizontal


BAR = go.Bar(x=[3, 2], y=["a", "b"], orientation="h")


@pytest.mark.parametrize(
    "odd",
    [
        go.Figure(go.Bar(x=[3, 2], y=["a", "b"], orientation="h", base=[1, 0])),
        go.Figure(go.Bar(x=[3, 2], y=["a", "b"], orientation="h", error_x={"array": [1, 1]})),
        go.Figure([BAR, BAR]).update_layout(barmode="overlay"),
        go.Figure(BAR).add_vline(x=1),
        go.Figure(BAR).add_annotation(x=1, y="a", text="here"),
        go.Figure(BAR).update_xaxes(type="log"),
        go.Figure(go.Heatmap(z=[[1]])),
        go.Figure(go.Scatter(x=[1, 2], y=[1, 2], fill="toself")),
        go.Figure(go.Scatter(x=[1, 2], y=[1, None], mode="lines")),
        go.Figure(go.Scatter(x=[1, 2], y=[1, 2], mode="markers", marker_symbol="star")),
        go.Figure(go.Scatter(x=[1], y=[1], mode="markers"), {"yaxis": {"tickvals": [1], "ticktext": ["Pôle A"]}}),
        go.Figure(go.Scatter(x=[1], y=[1])).update_xaxes(visible=False).update_yaxes(visible=False),
        go.Figure(),
    ],
)  # fmt: skip
def test_a_figure_that_says_more_stays_a_picture(odd):
    assert native_charts.plan(odd, "en") is None


def test_a_logarithmic_axis_stays_one():
    figure = go.Figure(go.Scatter(x=[20, 3000], y=[1, 2], mode="markers")).update_xaxes(type="log", range=[1.2, 3.6])
    scaling = drawn(native_charts.plan(figure, "en"))[0]._chartSpace.xpath(".//c:scaling[c:logBase]")
    assert [child.get("val") for child in scaling[0]] == ["10", "10000.0", "10.0"]


@pytest.mark.parametrize(
    ("pairs", "language", "found"),
    [
        ([(5, "5%"), (10, "10%")], "en", '0"%"'),
        ([(0, "0\u202f%"), (10, "10\u202f%")], "fr", '0"\u202f%"'),
        ([(2020, "2020")], "fr", "0"),
        ([(500, "500"), (1500, "1,500")], "en", GROUPED["en"]),
        ([(500, "500"), (1500, "1\u202f500")], "fr", GROUPED["fr"]),
        ([(1e5, "€100K"), (1e6, "€1M")], "en", '[>=1000000]"€"0,,"M";"€"0,"K"'),
        ([(1, "Pôle A")], "fr", None),
        ([(7, "about 6")], "en", None),
    ],
)
def test_number_formats_write_what_the_figure_writes(pairs, language, found):
    assert inferred(pairs, language) == found


def test_a_name_is_no_formula_and_no_link_in_the_workbook():
    names = ["=1+1", "+a", "@b", "https://evil.example", "external:c:\\x", "<b>&\x07"]
    hostile = go.Figure(go.Bar(x=[1] * 6, y=names, orientation="h")).update_yaxes(autorange="reversed")
    book = openpyxl.load_workbook(
        BytesIO(drawn(native_charts.plan(hostile, "en"))[0].part.chart_workbook.xlsx_part.blob)
    )
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells[:4]] == ["'=1+1", "'+a", "'@b", "'https://evil.example"]
    assert len(cells) == 6 and all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
