from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, country_profile
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
PEOPLE = {"geo": "FR", "indicator": "population", "unit": "persons", "year": 2024, "value": 2e6, "source_ids": ["s3"]}
LIKE, EVERYTHING = SMALL.indicators.iloc[0].to_dict(), Selection()
TABLES = replace(SMALL, indicators=pd.concat([SMALL.indicators, pd.DataFrame([LIKE | PEOPLE])], ignore_index=True))


def rows_and_view(selection=EVERYTHING):
    return country_profile.table(TABLES, selection), View.of(TABLES, selection)


def test_table_keeps_the_year_qualifier_and_coverage_of_each_figure():
    rows, _view = rows_and_view()
    assert rows.astype(object).fillna("").values.tolist() == [
        ["FR", "clusters", 3.0, "clusters", "exact", "", "", 3, ["s1", "s2"]],
        ["FR", "clusters_per_million", 1.5, "clusters_per_million", "exact", "2024", "", 3, ["s1", "s2", "s3"]],
        ["FR", "jobs", 190.0, "jobs", "about", "2020–2021", 2, 3, ["s2"]],
        ["ES", "clusters", 1.0, "clusters", "exact", "", "", 1, ["s3"]],
        ["ES", "clusters_per_million", "", "clusters_per_million", "exact", "", "", 1, ["s3"]],
        ["ES", "jobs", "", "jobs", "", "", 0, 1, []],
    ]
    assert country_profile.coverage(rows, TABLES, Selection()) == Coverage(4, 6, "figures")


def test_jobs_are_of_one_scope_and_planned_ones_are_not_jobs():
    rows = rows_and_view()[0].query("measure == 'jobs'")
    assert rows["value"].astype(object).fillna("").tolist() == [190.0, ""]


def test_a_group_is_one_row_and_chosen_countries_without_clusters_are_shown():
    rows, _view = rows_and_view(Selection(countries=("IT", "eu27")))
    assert rows.loc[rows["measure"] == "clusters", ["geo", "value"]].values.tolist() == [["IT", 0.0], ["eu27", 4.0]]


def test_each_measure_has_an_axis_from_zero_and_missing_is_worded():
    figure = country_profile.figure(*rows_and_view())
    assert [trace.type for trace in figure.data] == ["bar", "scatter"] * 3
    assert {figure.layout[name].range[0] for name in ("xaxis", "xaxis2", "xaxis3")} == {0}
    jobs = figure.data[5].text
    assert jobs[0].startswith("about 190<br>") and "2 of 3" in jobs[0]
    assert "not published" in jobs[1] and "0 of 1" in jobs[1]


@pytest.mark.parametrize(("selection", "sentence"), [
    (Selection(), "Of 2 territories, the most clusters: France (3); the most per million inhabitants: France (1.5)."),
    (Selection(countries=("FR",)), "France: 3 clusters; per million inhabitants: 1.5."),
    (Selection(countries=("benelux", "DE")), "We know no cluster of this selection in the 2 territories shown."),
    (Selection(kinds=("hub",)), "No country matches this selection."),
    (Selection(countries=("FR", "ES"), language="fr"),
     "Sur 2 territoires, le plus de pôles : France (3) ; le plus par million d’habitants : France (1,5)."),
])  # fmt: skip
def test_sentence_is_true_of_any_selection(selection, sentence):
    rows, view = rows_and_view(selection)
    said = country_profile.describe(rows, view)
    assert said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == sentence
    assert country_profile.figure(rows, view).to_json()
