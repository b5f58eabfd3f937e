from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import social_economy_employment as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
FRANCE_SPAIN = Selection(countries=("FR", "ES"))


def rows_and_view(selection=FRANCE_SPAIN, tables=TABLES):
    return chart.table(tables, selection), View.of(tables, selection)


def with_figures(*figures):
    """The small world with more figures, each the first indicator changed."""
    more = pd.DataFrame([TABLES.indicators.iloc[0].to_dict() | figure for figure in figures])
    return replace(TABLES, indicators=pd.concat([TABLES.indicators, more], ignore_index=True))


def test_table_keeps_missing_as_rows_without_value():
    rows, _view = rows_and_view()
    assert rows[["geo", "indicator", "role", "value", "source_ids"]].astype(object).fillna("").values.tolist() == [
        ["FR", chart.JOBS, "study", 2_500_000.0, ["s1"]],
        ["FR", chart.SHARE, "study", 10.1, ["s1"]],
        ["ES", chart.JOBS, "study", 1_300_000.0, ["s2"]],
        ["ES", chart.SHARE, "missing", "", []],
    ]
    assert chart.coverage(rows, TABLES, FRANCE_SPAIN) == Coverage(2, 2, "countries")


def test_two_methods_are_never_one_figure():
    rows, view = rows_and_view(tables=with_figures({"year": 2015, "as_of": "2015", "value": 2_000_000.0}))
    assert rows.query("geo == 'FR'")["role"].tolist() == ["study", "other", "study"]
    _missing, other, study = chart.figure(rows, view).data[:3]
    assert (list(other.x), list(study.x)) == ([2_000_000.0], [2_500_000.0, 1_300_000.0])
    assert other.marker.color != study.marker.color


def test_sources_that_disagree_are_both_drawn_and_those_that_agree_once():
    rows, view = rows_and_view(
        tables=with_figures({"value": 2_600_000.0, "source_ids": ["s2"]}, {"source_ids": ["s3"]})
    )
    france = rows.query("geo == 'FR' and role == 'study' and indicator == @chart.JOBS")
    assert france[["value", "source_ids"]].values.tolist() == [[2_600_000.0, ["s2"]], [2_500_000.0, ["s1", "s3"]]]
    assert 2_600_000.0 in chart.figure(rows, view).data[2].x


def test_a_european_total_is_a_reference_of_25_countries():
    tables = with_figures({"geo": "EU27", "geo_level": "aggregate", "country": None, "value": 11_511_283.0})
    rows, view = rows_and_view(tables=tables)
    assert rows["role"].tolist()[-1] == "reference"
    figure = chart.figure(rows, view)
    heading = figure.layout.annotations[0].text.replace("<br>", " ")
    assert "EU27: 11,511,283 (25 countries)" in heading
    assert 11_511_283.0 not in {x for trace in figure.data for x in trace.x}


def test_missing_is_a_cross_in_words_never_a_zero():
    figure = chart.figure(*rows_and_view())
    crosses = figure.data[3]
    assert (crosses.marker.symbol, crosses.text) == ("x-thin", ("not published",))
    assert figure.layout.xaxis.type == "log"


def test_countries_without_any_figure_are_named():
    figure = chart.figure(*rows_and_view(Selection(countries=("FR", "XK"))))
    assert figure.layout.annotations[-1].text == "Not published: Kosovo*."


def test_notes_are_escaped():
    figure = chart.figure(*rows_and_view(tables=with_figures({"value": 1.0, "note": "<script>"})))
    assert "<script>" not in figure.to_json().replace("\\u003c", "<")


def test_sentences():
    assert (
        chart.describe(*rows_and_view())
        == "Most paid jobs in the social economy: France (2,500,000 in 2021); highest share of paid employment: France (10.1% in 2021)."
    )
    assert (
        chart.describe(*rows_and_view(Selection(countries=("ES",))))
        == "Paid jobs in the social economy: Spain (1,300,000 in 2021); share of paid employment: not published."
    )
    rows, view = rows_and_view(Selection(countries=("XK",)))
    assert chart.describe(rows, view) == "No European study gives social economy employment for this selection."
    assert len(chart.figure(rows, view).layout.annotations) == 1
