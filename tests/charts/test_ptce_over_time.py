from dataclasses import replace

import pandas as pd

from atlas.charts import ptce_over_time as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK, LIGHT
from atlas.view import View
from tests.small_world import small_world


def world(*counts: tuple[str, str, float, str], note: str | None = None) -> Tables:
    """The small world with these published counts: definition, as_of, value, qualifier."""
    real = small_world()
    like = real.indicators.query("indicator == 'ptce_published_count'").iloc[:1]
    rows = [
        like.assign(
            definition=definition, as_of=as_of, year=int(as_of[:4]), value=value, qualifier=qualifier, note=note
        )
        for definition, as_of, value, qualifier in counts
    ]
    return replace(real, indicators=pd.concat(rows, ignore_index=True))


def test_table_holds_every_published_count_with_its_definition():
    rows = chart.table(small_world(), Selection())
    assert rows[["definition", "as_of", "value", "qualifier"]].values.tolist() == [
        ["active", "2020", 56.0, "about"],
        ["state_laureates", "2014-01-10", 23.0, "exact"],
    ]
    assert [list(ids) for ids in rows["source_ids"]] == [["s1"], ["s2"]]


def test_years_filter():
    rows = chart.table(small_world(), Selection(time=(2015, 2024)))
    assert rows["definition"].tolist() == ["active"]
    assert chart.coverage(rows, small_world(), Selection()) == (1, 2, "figures")


def test_each_definition_has_its_own_panel_and_no_line():
    tables = small_world()
    figure = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection(), LIGHT))
    assert [trace.mode for trace in figure.data] == ["markers+text", "markers+text"]
    assert {trace.yaxis for trace in figure.data} == {"y", "y2"}
    scales = {
        (axis.range[1] - axis.range[0]) / (axis.domain[1] - axis.domain[0])
        for axis in (figure.layout.yaxis, figure.layout.yaxis2)
    }
    assert max(scales) - min(scales) < 1e-6 * max(scales)


def test_sources_that_disagree_are_both_drawn():
    tables = world(("including_emerging", "2017", 160, "exact"), ("including_emerging", "2017", 150, "about"))
    (marks,) = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection(), LIGHT)).data
    assert list(marks.y) == [150, 160]
    assert list(marks.text) == ["about 150", "160"]
    assert list(marks.marker.symbol) == ["diamond", "circle"]


def test_a_year_stands_at_its_middle():
    tables = world(("active", "2020", 56, "exact"))
    (marks,) = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection(), LIGHT)).data
    assert pd.Timestamp(marks.x[0]).strftime("%Y-%m") == "2020-07"


def test_words_do_not_meet():
    sides = chart._sides([100, 108, 108, 116], [60, 90, 84, 90], ["about 100", "160", "about 150", "at least 160"])
    assert sides == ["top center", "top center", "middle left", "middle right"]


def test_describe():
    tables = small_world()
    rows = chart.table(tables, Selection())
    assert chart.describe(rows, View.of(tables, Selection())) == (
        "By definition, the latest published counts of PTCE run from 23 (State laureates, 10 January 2014) to about 56 (Active, 2020)."
    )
    assert (
        chart.describe(rows.iloc[:1], View.of(tables, Selection()))
        == "The latest published count of PTCE is about 56 (Active, 2020)."
    )


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(time=(1900, 1901)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No published count of PTCE matches this selection."


def test_notes_are_escaped():
    tables = world(("active", "2020", 56, "exact"), note="<script>")
    (marks,) = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection())).data
    assert "&lt;script&gt;" in marks.hovertext[0]


def test_a_single_count_of_zero_is_drawn():
    tables = world(("active", "2012", 0.0, "exact"))
    figure = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection()))
    assert list(figure.data[0].y) == [0.0]
