from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage
from atlas.charts import regions_of_france as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
BRITTANY = {"geo": "FRH", "geo_level": "region", "geo_name": "Bretagne", "country": "FR"}
OCCITANIE = BRITTANY | {"geo": "FRJ", "geo_name": "OCCITANIE"}
POPULATION = {"indicator": "population", "year": 2021, "as_of": "2021", "note": None}
JOBS = {"indicator": chart.JOBS, "note": "<script>"}
FIGURES = (
    OCCITANIE | POPULATION | {"value": 2_000_000.0, "source_ids": ["s3"]},
    BRITTANY | POPULATION | {"value": 1_000_000.0, "year": 2014, "as_of": "2014"},
    BRITTANY | POPULATION | {"value": 500_000.0, "source_ids": ["s2"]},
    BRITTANY | JOBS | {"value": 300.0, "year": 2015},
    BRITTANY | JOBS | {"value": 310.0, "year": 2015, "qualifier": "about"},
    BRITTANY | JOBS | {"value": 200.0, "year": 2011},
    {**BRITTANY, "geo": "FRH0", **JOBS, "value": 999.0, "year": 2021},
)


def world(*figures):
    first = TABLES.indicators.iloc[0].to_dict()
    rows = pd.DataFrame([first | figure for figure in figures]).astype(
        TABLES.indicators.dtypes.drop("source_ids").to_dict()
    )
    return replace(TABLES, indicators=rows)


def rows_and_view(*figures, language="en"):
    tables, selection = world(*(figures or FIGURES)), Selection(language=language)
    return chart.table(tables, selection), View.of(tables, selection)


def test_table_keeps_every_figure_with_its_year_and_the_missing_by_name_of_region():
    rows, _view = rows_and_view()
    shown = rows[["geo", "indicator", "role", "year", "is_old", "value", "ptce", "source_ids"]].astype(object)
    assert shown.where(shown.notna(), "").values.tolist() == [
        ["FRH", chart.JOBS, "latest", 2015, True, 300.0, "", ["s1"]],
        ["FRH", chart.JOBS, "other", 2015, True, 310.0, "", ["s1"]],
        ["FRH", chart.JOBS, "other", 2011, True, 200.0, "", ["s1"]],
        ["FRH", chart.SHARE, "missing", "", "", "", "", []],
        ["FRH", chart.RATE, "latest", 2021, False, 0.2, 1, ["s1", "s2"]],
        ["FRJ", chart.JOBS, "missing", "", "", "", "", []],
        ["FRJ", chart.SHARE, "missing", "", "", "", "", []],
        ["FRJ", chart.RATE, "latest", 2021, False, 0.05, 1, ["s1", "s2", "s3"]],
    ]
    assert chart.coverage(rows, TABLES, Selection()) == Coverage(2, 2, "clusters")


def test_the_rate_divides_by_the_latest_population_and_says_its_year():
    rows, _view = rows_and_view()
    rates = rows[rows["indicator"] == chart.RATE]
    assert rates[["population", "population_year"]].values.tolist() == [[500_000.0, 2021], [2_000_000.0, 2021]]


def test_without_a_population_there_is_no_rate():
    rows, view = rows_and_view(*FIGURES[3:])
    rate = rows[rows["indicator"] == chart.RATE]
    assert rate[["role", "ptce"]].values.tolist() == [["missing", 1]]
    assert chart.describe(rows, view).startswith("No PTCE")


def test_regions_are_in_order_of_name_and_old_figures_hollow_with_a_dot():
    rows, view = rows_and_view()
    figure = chart.figure(rows, view)
    assert figure.layout.yaxis.ticktext == ("Bretagne", "OCCITANIE")
    others, latest, words = figure.data[:3]
    assert list(latest.marker.symbol) == ["circle-open-dot"]
    assert list(words.text) == ["300 · 2015, old"]
    assert len(others.x) == 2
    assert "<script>" not in figure.to_json().replace("\\u003c", "<")


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "2 PTCE that we know in 2 French regions: from 0.05 per 100,000 inhabitants (OCCITANIE) to 0.2 (Bretagne)."),
    ("fr", "2 PTCE connus de nous dans 2 régions françaises\xa0: de 0,05 pour 100 000 habitants (OCCITANIE) à 0,2 (Bretagne)."),
])  # fmt: skip
def test_sentences(language, sentence):
    said = chart.describe(*rows_and_view(language=language))
    assert said.replace("\u202f", " ") == sentence.replace("\u202f", " ")
