from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, country_profile
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
PPS = {"indicator": "gdp_per_capita_pps", "unit": "PPS per inhabitant"}
MORE = [
    {"indicator": "population", "unit": "persons", "year": 2020, "value": 1_000_000.0, "source_ids": ["s2"]},
    {"indicator": "population", "unit": "persons", "year": 2024, "value": 2_000_000.0, "source_ids": ["s3"]},
    {"indicator": "gdp_per_capita_pps", "unit": "index EU27_2020=100", "year": 2024, "value": 104.0},
    PPS | {"year": 2023, "value": 37_838.0},
    {"indicator": "social_economy_share_of_employment", "unit": "percent", "year": 2023, "value": 99.0},
]
TABLES = replace(
    SMALL,
    indicators=pd.concat(
        [SMALL.indicators, pd.DataFrame([SMALL.indicators.iloc[0].to_dict() | row for row in MORE])], ignore_index=True
    ),
)
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING):
    return country_profile.table(TABLES, selection), View.of(TABLES, selection)


def test_table_is_long_with_the_year_and_unit_of_each_figure():
    rows, _view = rows_and_view()
    assert rows["country"].unique().tolist() == ["FR", "ES"]
    assert rows.query("country == 'FR'").drop(columns="country").astype(object).fillna("").values.tolist() == [
        ["clusters", 3.0, "clusters", "", ["s1", "s2"]],
        ["clusters_per_million", 1.5, "clusters_per_million", 2024, ["s1", "s2", "s3"]],
        ["clusters_with_jobs", 3.0, "clusters", "", ["s2", "s1"]],
        ["social_economy_share_of_employment", 10.1, "percent", 2021, ["s1"]],
        ["unemployment_rate", "", "percent", "", []],
        ["gdp_per_capita_pps", 37_838.0, "PPS per inhabitant", 2023, ["s1"]],
        ["arope_rate", "", "percent", "", []],
    ]
    assert country_profile.coverage(rows, TABLES, Selection()) == Coverage(0, 2, "countries")


def test_a_planned_figure_is_not_a_jobs_figure():
    rows, _view = rows_and_view()
    assert rows.query("country == 'ES' and measure == 'clusters_with_jobs'")["value"].tolist() == [0.0]


def test_chosen_countries_are_shown_even_without_clusters_and_at_most_twelve():
    assert rows_and_view(Selection(countries=("IT", "FR")))[0]["country"].unique().tolist() == ["FR", "IT"]
    everyone = tuple(TABLES.countries.query("role == 'observed'")["country"])
    assert rows_and_view(Selection(countries=everyone))[0]["country"].nunique() == 12


def test_each_measure_has_an_axis_from_zero_and_missing_is_worded():
    figure = country_profile.figure(*rows_and_view())
    assert sum(trace.type == "bar" for trace in figure.data) == len(country_profile.MEASURES)
    assert {figure.layout[name].range[0] for name in ("xaxis", "xaxis4", "xaxis7")} == {0}
    jobless = figure.data[9]
    assert all("not<br>published" in text for text in jobless.text)


@pytest.mark.parametrize(("selection", "sentence"), [
    (Selection(), "Of 2 countries, the most clusters: France (3); the most per million inhabitants: France (1.5)."),
    (Selection(countries=("FR",)), "France: 3 clusters; per million inhabitants: 1.5."),
    (Selection(countries=("IT", "DE")), "We know no cluster of this selection in the 2 countries shown."),
    (Selection(kinds=("hub",)), "No country matches this selection."),
])  # fmt: skip
def test_sentence_is_true_of_any_selection(selection, sentence):
    rows, view = rows_and_view(selection)
    assert country_profile.describe(rows, view) == sentence
    assert country_profile.figure(rows, view).to_json()
