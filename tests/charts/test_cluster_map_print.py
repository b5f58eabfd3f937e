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
    assert list(drawn["circle"].marker.color) == ["rgba(11, 93, 107, 0.35)"]
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


def test_empty_selection_draws():
    selection = Selection(countries=("DE",))
    rows = chart.table(WORLD, selection)
    assert chart.figure(rows, View.of(WORLD, selection)).layout.annotations
    assert chart.describe(rows, VIEW) == "No cluster matches this selection."
    assert marks(chart.figure(ROWS[ROWS["country"] == "EU"], VIEW)) == []
