from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import country_social_economy as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
EU27 = {"geo": "EU27", "geo_level": "aggregate", "indicator": chart.JOBS, "unit": "persons", "value": 11e6}


def world(*figures: dict) -> Tables:
    like = SMALL.indicators.iloc[0].to_dict()
    more = pd.DataFrame([like | figure for figure in figures])
    return replace(SMALL, indicators=pd.concat([SMALL.indicators, more], ignore_index=True))


def test_table_holds_every_measure_of_every_item_and_missing_is_not_zero():
    selection = Selection(countries=("FR", "ES"))
    rows = chart.table(SMALL, selection)
    assert rows.astype(object).fillna("").values.tolist() == [
        ["FR", chart.JOBS, 2_500_000.0, "persons", "exact", "2021", "", ["s1"]],
        ["FR", chart.SHARE, 10.1, "percent", "exact", "2021", "", ["s1"]],
        ["FR", "social_enterprises", "", "entities", "", "", "", []],
        ["ES", chart.JOBS, 1_300_000.0, "persons", "exact", "2021", "", ["s2"]],
        ["ES", chart.SHARE, "", "percent", "", "", "", []],
        ["ES", "social_enterprises", "", "entities", "", "", "", []],
    ]
    assert chart.coverage(rows, SMALL, selection) == Coverage(3, 6, "figures")


def test_a_group_is_never_averaged_and_the_published_aggregate_stands_for_eu27():
    tables, selection = world(EU27), Selection(countries=("eu14", "eu27"))
    rows = chart.table(tables, selection)
    assert rows.loc[rows["measure"] == chart.JOBS, "value"].astype(object).fillna("").tolist() == ["", 11e6]
    cells = chart.figure(rows, View.of(tables, selection)).data[1].text
    assert "not published<br>for the group" in cells[0] and cells[1] == "11,000,000"


def test_disagreeing_sources_are_written_together():
    tables = world(EU27, EU27 | {"value": 11.5e6, "qualifier": "at_least"})
    selection = Selection(countries=("eu27",))
    rows, view = chart.table(tables, selection), View.of(tables, selection)
    assert chart.figure(rows, view).data[1].text[0] == "11,000,000<br>at least 11,500,000"
    assert (
        chart.describe(rows, view) == "EU27: paid jobs in the social economy, 11,000,000 / at least "
        "11,500,000 in 2021; share of paid employment, not published."
    )


def test_the_highest_is_named_within_one_year():
    tables = world({"geo": "IT", "indicator": chart.JOBS, "year": 2015, "unit": "persons", "value": 9e6})
    for language, sentence in (
        ("en", "Most paid jobs in the social economy: France (2,500,000 in 2021)"),
        ("fr", "Le plus d’emplois salariés dans l’économie sociale\N{NO-BREAK SPACE}: France (2"),
    ):
        selection = Selection(countries=("FR", "IT"), language=language)
        said = chart.describe(chart.table(tables, selection), View.of(tables, selection))
        assert said.startswith(sentence)
