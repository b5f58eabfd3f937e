from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import funding_timeline as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world


def many(n: int) -> Tables:
    """The small world with `n` copies of its European fund."""
    real = small_world()
    fund = real.programmes.query("programme_id == 'eu-fund'")
    copies = [fund.assign(programme_id=f"fund-{i}", budget_eur=float(i), budget_kind="envelope") for i in range(n)]
    return replace(real, programmes=pd.concat(copies, ignore_index=True))


def traces(tables: Tables):
    figure = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection()))
    return figure, *figure.data[:4]


def test_table_holds_the_dated_programmes_by_date():
    rows = chart.table(small_world(), Selection())
    assert rows["programme_id"].tolist() == ["fr-prog-ptce-aap-2013", "part", "eu-fund", "law"]
    assert rows["start"].tolist() == ["2013", "2013", "2014", "2014-07-31"]
    assert [list(ids) for ids in rows["source_ids"]] == [["s1"], ["s2"], ["s3"], ["s1"]]
    assert chart.coverage(rows, small_world(), Selection()) == (4, 5, "programmes")


def test_filters():
    assert chart.table(small_world(), Selection(levels=("eu",)))["programme_id"].tolist() == ["eu-fund"]
    assert chart.table(small_world(), Selection(programme_kinds=("law",)))["programme_id"].tolist() == ["law"]


def test_bars_marks_and_what_they_carry():
    figure, bars, _tips, _runs, marks = traces(small_world())
    assert (bars.type, bars.orientation) == ("bar", "h")
    assert set(bars.customdata) == {"fr-prog-ptce-aap-2013", "part", "eu-fund"}
    assert list(marks.customdata) == ["law"]
    assert list(marks.marker.symbol) == ["diamond"]
    assert marks.x[0] == pytest.approx(2014.58, abs=0.01)
    assert list(figure.layout.xaxis.range) == [2013, 2021]


def test_an_end_that_is_not_published_is_pale_with_an_arrow():
    _figure, bars, tips, _runs, _marks = traces(small_world())
    at = list(bars.customdata).index("part")
    assert bars.marker.color[at].startswith("rgba")
    assert list(tips.marker.symbol) == ["triangle-right"]
    assert "From 2013, end not published" in bars.hovertext[at]
    assert "(part of a larger budget)" in bars.hovertext[at]


def test_a_year_covers_the_year():
    _figure, bars, *_rest = traces(small_world())
    at = list(bars.customdata).index("eu-fund")
    assert (bars.base[at], bars.base[at] + bars.x[at]) == (2014, 2021)
    assert "2014 to 2020" in bars.hovertext[at]
    assert "Target: €100,000,000" in bars.hovertext[at]


def test_lanes_never_overlap():
    spans = [(0, 2), (1, 3), (2, 4), (2.5, 3)]
    assert chart.lanes(spans, 0) == [0, 1, 0, 2]
    assert chart.lanes(spans, 1) == [1, 0, 1, 2]


def test_few_rows_are_all_named_and_many_only_by_their_largest_envelope():
    few, lots = many(10), many(chart.MANY + 1)
    assert [text for text in traces(few)[0].data[4].text if text] == ["European fund"] * 10
    assert [text for text in traces(lots)[0].data[4].text if text] == ["European fund"]
    assert traces(lots)[0].layout.height < 12 * 70


@pytest.mark.parametrize(
    "start, end, sentence",
    [("2013", None, "1 programme starts in 2013."), (None, "2013", "1 programme has a published date.")],
)
def test_describe_one(start, end, sentence):
    tables = small_world()
    row = tables.programmes.query("programme_id == 'part'").assign(
        start=start, start_date=pd.to_datetime(start), end=end, end_date=pd.to_datetime(end)
    )
    tables = replace(tables, programmes=row)
    rows = chart.table(tables, Selection())
    assert chart.describe(rows, View.of(tables, Selection())) == sentence
    assert chart.figure(rows, View.of(tables, Selection())).data


def test_describe():
    tables = small_world()
    rows = chart.table(tables, Selection())
    assert (
        chart.describe(rows, View.of(tables, Selection()))
        == "4 programmes start between 2013 and 2014; the most in one year is 2, in 2013 and 2014."
    )
    assert (
        chart.describe(rows.iloc[:3], View.of(tables, Selection()))
        == "3 programmes start between 2013 and 2014; the most in one year is 2, in 2013."
    )


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(countries=("ES",)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No dated programme matches this selection."


def test_names_are_escaped():
    tables = small_world()
    tables = replace(tables, programmes=tables.programmes.assign(name_en="<img>"))
    figure, bars, *_rest = traces(tables)
    assert "<img>" not in figure.to_json()
    assert "&lt;img&gt;" in bars.hovertext[0]
