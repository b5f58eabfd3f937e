from dataclasses import replace

import pandas as pd

from atlas.charts import budgets_by_year as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world

CALL = "fr-prog-ptce-aap-2013"


def world(*budgets: dict) -> Tables:
    """The small world whose programmes are copies of its call with these changes."""
    real = small_world()
    like = real.programmes.query("programme_id == @CALL")
    copies = [like.assign(programme_id=f"p{i}", **changes) for i, changes in enumerate(budgets)]
    return replace(real, programmes=pd.concat(copies, ignore_index=True))


def figure(tables: Tables):
    return chart.figure(chart.table(tables, Selection()), View.of(tables, Selection()))


def test_table_says_what_is_added_and_why_the_rest_is_not():
    rows = chart.table(small_world(), Selection())
    assert rows["programme_id"].tolist() == [CALL, "part", "eu-fund"]
    assert rows["year"].tolist() == [2013, 2013, 2014]
    assert rows["not_added"].fillna("").tolist() == ["", "part_of", "other_kind"]
    assert [list(ids) for ids in rows["source_ids"]] == [["s1"], ["s2"], ["s3"]]
    assert chart.coverage(rows, small_world(), Selection()) == (1, 5, "programmes")


def test_every_reason_is_kept_apart():
    tables = world(
        {},
        {"part_of": "p0"},
        {"start": None, "start_date": pd.NaT},
        {"budget_kind": None},
        {"budget_kind": "unknown"},
        {"budget_kind": "prize"},
    )
    rows = chart.table(tables, Selection()).sort_values("programme_id")
    assert rows["not_added"].fillna("").tolist() == ["", "part_of", "undated", "not_stated", "not_stated", "other_kind"]
    assert "Not added: undated" in figure(tables).to_json()


def test_only_envelopes_without_a_parent_are_summed():
    tables = world(
        {"budget_eur": 1e6},
        {"budget_eur": 2e6},
        {"budget_eur": 50e6, "budget_kind": "total_cost"},
        {"budget_eur": 70e6, "part_of": "p0"},
    )
    drawn = figure(tables)
    assert [note.text for note in drawn.layout.annotations] == ["€3M", "Sum"]
    tick = next(trace for trace in drawn.data if trace.marker.symbol == "line-ns-open")
    assert tick.x == (3e6,)
    assert "National: €3,000,000" in tick.hovertext[0]


def test_what_is_not_added_is_hollow():
    (marks, _legend) = (trace for trace in figure(world({}, {"part_of": "p0"})).data)
    assert set(marks.marker.symbol) == {"square", "square-open"}


def test_marks_of_a_year_do_not_overlap():
    marks = figure(world({}, {}, {})).data[0]
    assert len(set(marks.y)) == 3


def test_axis_is_logarithmic_and_years_are_names():
    drawn = figure(small_world())
    assert drawn.layout.xaxis.type == "log"
    assert drawn.layout.yaxis.ticktext == ("2013", "2014")


def test_describe():
    tables = small_world()
    view = View.of(tables, Selection())
    assert (
        chart.describe(chart.table(tables, Selection()), view)
        == "Of the budgets published, one may be added: €3M (Call); not added: 2."
    )
    assert (
        chart.describe(chart.table(tables, Selection(levels=("eu",))), view)
        == "1 budget is published in euros; it is not an envelope that may be added."
    )
    two = world({"budget_eur": 1e6}, {"budget_eur": 2e6}, {"budget_kind": "prize"})
    assert (
        chart.describe(chart.table(two, Selection()), view)
        == "2 dated envelopes add up to €3M, of which Call is €2M; not added: 1 other budgets."
    )


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(countries=("ES",)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No budget in euros matches this selection."


def test_names_are_escaped():
    text = figure(world({"name_en": "<img>"})).data[0].hovertext[0]
    assert "&lt;img&gt;" in text
