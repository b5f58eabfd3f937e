import math

import pandas as pd
import pytest

from atlas.charts import cluster_map_print as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
VIEW = View.of(WORLD, Selection())
ROWS = chart.table(WORLD, Selection())


def marks(figure):
    return [trace for trace in figure.data if trace.mode == "markers" and trace.x[0] is not None]


def test_describe_is_that_of_the_map():
    assert chart.describe(ROWS, VIEW) == "3 of 5 clusters can be placed on the map; France has 2 of them."


def test_land_and_marks_are_plain_scatters_at_equal_scale():
    figure = chart.figure(ROWS, VIEW)
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert [trace.fill for trace in figure.data[:2]] == ["toself", "toself"]
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.xaxis.visible is False
    assert len(figure.to_json()) < 250_000


def test_points_are_projected_to_the_european_grid():
    place = chart.projected(pd.DataFrame({"longitude": [10.0], "latitude": [52.0]}))
    assert (place["x"].iloc[0], place["y"].iloc[0]) == pytest.approx((4321, 3210))


def test_kind_is_a_symbol_and_precision_a_filling():
    drawn = {trace.marker.symbol: trace for trace in marks(chart.figure(ROWS, VIEW))}
    assert set(drawn) == {
        VIEW.vocabulary.property("kinds", kind, "symbol")
        for kind in ("ptce", "ecosystem_site", "social_innovation_park")
    }
    assert list(drawn["circle"].marker.color) == ["rgba(11, 93, 107, 0.38)"]
    assert drawn["square"].marker.color[0].endswith("1.0)")


def test_overseas_clusters_stand_in_a_box_with_or_without_a_point():
    far = ROWS.assign(region=["La Réunion", "Mayotte", "Occitanie", None, None])
    far = far.assign(
        latitude=[-21.0, math.nan, 43.6, 43.26, math.nan], longitude=[55.3, math.nan, 1.44, -2.93, math.nan]
    )
    figure = chart.figure(far, VIEW)
    notes = [note.text for note in figure.layout.annotations]
    assert "Réunion<br>1 of 1" in notes
    assert "Mayotte<br>0 of 1" in notes
    assert figure.layout.xaxis.range[1] < 8200
    assert len(figure.layout.shapes) == 2


def test_what_is_not_on_the_map_has_its_mark():
    names = [trace.name for trace in chart.figure(ROWS, VIEW).data if trace.name]
    assert names[-1] == "Not on the map: no known point (2)"
    assert "PTCE (1)" in names


def test_kosovo_is_named_with_its_note():
    assert "Kosovo*" in [note.text for note in chart.figure(ROWS, VIEW).layout.annotations]
    assert "UNSCR 1244" in chart.WORDS.note


def test_names_are_escaped():
    placed = ROWS.assign(latitude=ROWS["latitude"].fillna(45.0), longitude=ROWS["longitude"].fillna(1.0))
    hover = "".join(text for trace in marks(chart.figure(placed, VIEW)) for text in trace.text)
    assert "Pôle &lt;b&gt;" in hover
    assert "<b>" not in hover


def test_the_camera_and_the_chosen_mark_do_not_change_the_print():
    assert {"size", "colour", "background", "until", "near"} < set(chart.FILTERS)
    assert not {"camera", "id"} & set(chart.FILTERS)


def drawn_as(**chosen):
    selection = Selection(**chosen)
    view = View.of(WORLD, selection)
    return chart.figure(chart.table(WORLD, selection), view)


def test_a_figure_sizes_the_mark_and_a_missing_one_is_small_and_hollow():
    sizes = {trace.marker.symbol: trace.marker.size[0] for trace in marks(drawn_as(size="jobs", scope="hosted"))}
    assert (sizes["square"] / sizes["circle"]) ** 2 == pytest.approx(40 / 150, abs=0.01)
    assert sizes["pentagon"] < sizes["square"]


def test_rings_of_the_legend_are_as_wide_as_the_marks():
    """Plotly draws no legend mark wider than 16 pixels: the rings stand on the map."""
    figure = drawn_as(size="jobs", scope="hosted")
    largest = max(trace.marker.size[0] for trace in marks(figure))
    widths = [shape.x1 - shape.x0 for shape in figure.layout.shapes if shape.name == "size"]
    assert widths[0] == pytest.approx(largest * (100 / 150) ** 0.5, abs=0.1)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[-4:] == ["Jobs, on the site", "100 jobs", "30 jobs", "9 jobs"]
    assert "not published (1)" in [trace.name for trace in figure.data]


def test_an_undated_mark_has_a_thin_edge():
    drawn = {trace.marker.symbol: trace.marker.line.width[0] for trace in marks(drawn_as(until=2012))}
    assert drawn["square"] < drawn["circle"]
    assert "Undated, always shown: thin and pale (1)" in [trace.name for trace in drawn_as(until=2012).data]


def test_a_theme_is_a_shape_too():
    symbols = {trace.marker.symbol for trace in marks(drawn_as(colour="theme"))}
    assert len(symbols) == 3


def test_a_rate_colours_the_land_and_the_overseas_departments():
    figure = drawn_as(background="social_economy_share_of_employment", near=(48.1, -1.7), radius=300)
    hovers = [trace.text for trace in figure.data if trace.hoveron == "fills"]
    assert hovers == ["<b>France</b><br>Social economy, share of paid employment<br>10.1% (2021)"]
    assert [trace.name for trace in figure.data if trace.name][-2:] == ["10.1% (1)", "not published (44)"]


def test_paper_draws_each_cluster_never_a_density():
    view = View.of(WORLD, Selection(background="density"))
    assert chart.describe(ROWS, view) == chart.describe(ROWS, VIEW)
    assert len(marks(chart.figure(ROWS, view))) == 3


def test_a_box_without_a_rate_is_hatched():
    view = View.of(WORLD, Selection(background="social_economy_share_of_employment"))
    georgian = ROWS.assign(country="GE", latitude=41.7, longitude=44.8)
    boxes = [trace for trace in chart.figure(georgian, view).data if trace.fill == "toself" and trace.xaxis == "x2"]
    assert [trace.fillpattern.shape for trace in boxes] == ["/"]
    plain = chart.figure(georgian, VIEW).data
    assert all(trace.fillpattern.shape is None for trace in plain if trace.fill == "toself")


def test_a_radius_with_nothing_inside_is_drawn():
    figure = drawn_as(near=(60.0, 0.0), radius=50)
    assert marks(figure) == []
    assert figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0] >= 1200


def test_empty_selection_draws():
    selection = Selection(countries=("DE",))
    rows = chart.table(WORLD, selection)
    assert chart.figure(rows, View.of(WORLD, selection)).layout.annotations
    assert chart.describe(rows, VIEW) == "No cluster matches this selection."
    assert marks(chart.figure(ROWS[ROWS["country"] == "EU"], VIEW)) == []
