from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import country_context as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
RATE = {"indicator": "unemployment_rate", "unit": "percent", "source_ids": ["s1"]}
EUROPE = {"geo": "EU27", "geo_level": "aggregate", "year": 2024, "value": 5.9, "source_ids": ["s2"]}
FIGURES = [
    RATE | {"geo": "FR", "year": 2023, "value": 7.3},
    RATE | {"geo": "FR", "year": 2024, "value": 7.4},
    RATE | {"geo": "IT", "year": 2020, "value": 9.3},
    RATE | EUROPE,
    {"geo": "FR", "indicator": "gdp_per_capita_pps", "unit": "PPS per inhabitant", "year": 2023, "value": 37_838.0},
    {"geo": "FR", "indicator": "gdp_per_capita_pps", "unit": "index EU27_2020=100", "year": 2024, "value": 99.0},
]
LIKE = SMALL.indicators.iloc[0].to_dict()
MORE = pd.DataFrame([LIKE | figure for figure in FIGURES])
TABLES = replace(SMALL, indicators=pd.concat([SMALL.indicators, MORE], ignore_index=True))


def rows_and_view(*countries: str, language: str = "en"):
    selection = Selection(countries=countries, language=language)
    return chart.table(TABLES, selection), View.of(TABLES, selection)


def test_table_takes_the_latest_of_one_unit_and_the_european_figure_apart():
    rows, _view = rows_and_view("FR")
    assert rows.astype(object).fillna("").values.tolist() == [
        ["FR", "unemployment_rate", 7.4, "percent", "exact", "2024", "", ["s1"]],
        ["FR", "gdp_per_capita_pps", 37_838.0, "PPS per inhabitant", "exact", "2023", "", ["s1"]],
        ["FR", "arope_rate", "", "percent", "", "", "", []],
        ["eu27", "unemployment_rate", 5.9, "percent", "exact", "2024", "reference", ["s2"]],
    ]
    assert chart.coverage(rows, TABLES, Selection(countries=("FR",))) == Coverage(2, 3, "figures")


def test_europe_is_no_reference_to_itself():
    rows, _view = rows_and_view("eu27", "FR")
    assert set(rows["role"]) == {""}


def test_the_european_tick_stands_only_beside_a_figure_of_its_year():
    figure = chart.figure(*rows_and_view("FR", "IT"))
    ticks = figure.data[2]
    assert (ticks.marker.symbol, list(ticks.x), len(ticks.y)) == ("line-ns", [5.9], 1)
    assert "2020" in figure.data[1].text[1]


def test_sentences():
    assert chart.describe(*rows_and_view("FR")) == (
        "France: unemployment, 7.4% in 2024; at risk of poverty or social exclusion, not published."
    )
    assert chart.describe(*rows_and_view("FR", "IT")) == (
        "Highest unemployment: France (7.4% in 2024); highest risk of poverty or social exclusion: not published."
    )
    french = chart.describe(*rows_and_view("FR", "IT", language="fr"))
    assert french.startswith("Chômage le plus élevé\N{NO-BREAK SPACE}: France (7,4")
