from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import funding_timeline as chart
from atlas.lanes import lanes
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.timeline import MANY
from atlas.view import View
from tests.small_world import small_world

EVERYTHING = Selection()
AXES = ("xaxis", "xaxis2", "xaxis3")


def many(n: int) -> Tables:
    """The small world with `n` copies of its European fund."""
    real = small_world()
    fund = real.programmes.query("programme_id == 'eu-fund'")
    copies = [fund.assign(programme_id=f"fund-{i}", budget_eur=float(i), budget_kind="envelope") for i in range(n)]
    return replace(real, programmes=pd.concat(copies, ignore_index=True))


def traces(tables: Tables, selection: Selection = EVERYTHING):
    figure = chart.figure(chart.table(tables, selection), View.of(tables, selection))
    return figure, *figure.data[:4]


def identifiers(selection: Selection) -> list[str]:
    return chart.table(small_world(), selection)["programme_id"].dropna().tolist()


def test_table_holds_the_dated_programmes_by_date_then_counts_then_foundings():
    rows = chart.table(small_world(), Selection())
    programmes = rows[rows["measure"] == "programme"]
    assert programmes["programme_id"].tolist() == ["fr-prog-ptce-aap-2013", "part", "eu-fund", "law"]
    assert programmes["start"].tolist() == ["2013", "2013", "2014", "2014-07-31"]
    assert [list(ids) for ids in programmes["source_ids"]] == [["s1"], ["s2"], ["s3"], ["s1"]]
    shown = ["measure", "definition", "start", "value", "qualifier"]
    assert rows.loc[rows["measure"] != "programme", shown].fillna("").values.tolist() == [
        ["ptce_published_count", "active", "2020", 56.0, "about"],
        ["ptce_published_count", "state_laureates", "2014-01-10", 23.0, "exact"],
        ["clusters", "", "2010", 1.0, ""],
        ["clusters", "", "2014", 2.0, ""],
        ["clusters", "", "", 2.0, ""],
    ]
    assert rows["source_ids"].iloc[-3:].map(list).tolist() == [["s1"], ["s1", "s2", "s3"], ["s2", "s3"]]
    assert chart.coverage(rows, small_world(), Selection()) == (4, 5, "programmes")


def test_filters():
    assert identifiers(Selection(levels=("eu",))) == ["eu-fund"]
    assert identifiers(Selection(programme_kinds=("law",))) == ["law"]


def test_foundings_follow_the_list_counted_by_and_counts_of_ptce_are_french():
    ptce = chart.table(small_world(), Selection(definition="ptce")).query("measure == 'clusters'")
    assert ptce["value"].tolist() == [1, 1]
    spain = chart.table(small_world(), Selection(countries=("ES",)))
    assert spain["measure"].tolist() == ["clusters"]


def test_everything_stands_on_one_axis_of_time():
    figure = traces(small_world())[0]
    assert [figure.layout[axis].range for axis in AXES] == [("2004-01-01", "2031-01-01")] * 3
    assert (figure.layout.xaxis2.matches, figure.layout.xaxis3.matches) == ("x", "x")
    assert figure.layout.xaxis3.rangeslider.visible
    titles = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    assert titles == [
        "<b>European Union</b>",
        "<b>National</b>",
        "<b>Published counts of PTCE, by definition</b>",
        "<b>Clusters founded each year</b><br><span style='font-size:12px;color:#5c6870'>"
        "Before 2004: 0; year not published: 2</span>",
    ]


def test_counts_of_two_definitions_are_two_traces_of_marks_never_a_line():
    counts = [trace for trace in traces(small_world())[0].data if trace.yaxis == "y2"]
    assert [(trace.mode, trace.text) for trace in counts] == [
        ("markers+text", ("about 56",)),
        ("markers+text", ("23",)),
    ]
    assert counts[0].y != counts[1].y


def test_chosen_years_are_the_axis_and_what_began_before_has_an_arrow():
    figure, bars, tips, _runs, _marks = traces(small_world(), Selection(time=(2015, 2016)))
    assert figure.layout.xaxis.range == ("2015-01-01", "2017-01-01")
    assert list(bars.customdata) == ["eu-fund"]
    assert list(tips.marker.symbol) == ["triangle-left", "triangle-right"]
    assert "2014 to 2020" in bars.hovertext[0]


def test_buttons_show_the_financial_periods_of_the_union_and_all():
    (menu,) = traces(small_world())[0].layout.updatemenus
    assert [button.label for button in menu.buttons] == ["All years", "2007–13", "2014–20", "2021–27"]
    assert menu.buttons[2].args[0] == {f"{axis}.range": ["2014-01-01", "2021-01-01"] for axis in AXES}
    assert not traces(small_world(), Selection(time=(2014, 2016)))[0].layout.updatemenus


def test_by_country_europe_comes_first_and_each_kind_is_named_once():
    figure = traces(small_world(), Selection(by="country"))[0]
    notes = [note.text for note in figure.layout.annotations]
    assert notes[: notes.index("<b>Published counts of PTCE, by definition</b>")] == [
        "<b>Europe-wide</b>",
        "<b>France</b>",
        "Fund or programme",
        "Law",
        "Call for projects",
    ]


def test_bars_marks_and_what_they_carry():
    figure, bars, _tips, _runs, marks = traces(small_world())
    assert (bars.type, bars.orientation) == ("bar", "h")
    assert set(bars.customdata) == {"fr-prog-ptce-aap-2013", "part", "eu-fund"}
    assert list(marks.customdata) == ["law"]
    assert list(marks.marker.symbol) == ["diamond"]
    assert marks.x[0] == "2014-07-31"
    assert figure.layout.xaxis.type == "date"


def test_an_end_that_is_not_published_is_pale_with_an_arrow():
    _figure, bars, tips, _runs, _marks = traces(small_world())
    at = list(bars.customdata).index("part")
    assert bars.marker.color[at].startswith("rgba")
    assert list(tips.marker.symbol) == ["triangle-right"]
    assert tips.x[0] == "2014-01-01"
    assert "From 2013, end not published" in bars.hovertext[at]
    assert "(part of a larger budget)" in bars.hovertext[at]


def test_a_year_covers_the_year():
    _figure, bars, *_rest = traces(small_world())
    at = list(bars.customdata).index("eu-fund")
    assert bars.base[at] == "2014-01-01"
    assert pd.Timestamp(bars.base[at]) + pd.Timedelta(milliseconds=bars.x[at]) == pd.Timestamp("2020-12-31 18:00")
    assert "2014 to 2020" in bars.hovertext[at]
    assert "Target: €100,000,000" in bars.hovertext[at]


def test_lanes_never_overlap():
    spans = [(0, 2), (1, 3), (2, 4), (2.5, 3)]
    assert lanes(spans, 0) == [0, 1, 0, 2]
    assert lanes(spans, 1) == [1, 0, 1, 2]


def test_few_rows_are_all_named_and_many_only_by_their_largest_envelope():
    few, lots = many(10), many(MANY + 1)
    assert [text for text in traces(few)[0].data[4].text if text] == ["European fund"] * 10
    assert [text for text in traces(lots)[0].data[4].text if text] == ["European fund"]
    assert traces(lots)[0].layout.height < 1400


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
    assert rows["programme_id"].isna().all()
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No dated programme matches this selection."


def test_names_are_escaped():
    tables = small_world()
    tables = replace(tables, programmes=tables.programmes.assign(name_en="<img>"))
    figure, bars, *_rest = traces(tables)
    assert "<img>" not in figure.to_json()
    assert "&lt;img&gt;" in bars.hovertext[0]
