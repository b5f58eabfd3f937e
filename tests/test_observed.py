from dataclasses import replace

import pandas as pd

from atlas.observed import is_old, observed, old_before, symbols, year
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()


def test_old_is_counted_from_the_newest_figure_that_exists_not_from_today():
    assert old_before(TABLES) == "2016-01-01"
    assert old_before(replace(TABLES, observations=TABLES.observations.iloc[:0])) == ""


def test_a_date_is_old_when_all_of_it_ended_before():
    dates = pd.Series(["2015", "2016", "2015-12", "2015-12-31", "2016-01-01", None, "2030"])
    assert is_old(dates, "2016-01-01").tolist() == [True, False, True, True, False, pd.NA, False]
    assert is_old(dates, "").fillna(False).sum() == 0
    assert is_old(pd.Series([2015, 2021], dtype="Int64"), "2016-01-01").tolist() == [True, False]


def test_figures_have_a_role_an_age_and_a_mark():
    rows = observed(TABLES, Selection())
    assert rows[["cluster_id", "value", "role", "is_old"]].values.tolist() == [
        ["fr-a", 100.0, "set_aside", True],
        ["fr-a", 150.0, "latest", False],
        ["fr-c", 40.0, "latest", False],
        ["es-d", 900.0, "planned", False],
    ]
    assert symbols(rows, View.of(TABLES, Selection())) == [
        "circle-open-dot",
        "diamond",
        "triangle-right",
        "circle-open",
    ]


def test_an_old_year_says_so_in_both_languages():
    row = {"as_of": "2015-03", "is_old": True}
    assert [year(row, View.of(TABLES, Selection(language=language))) for language in ("en", "fr")] == [
        "2015, old",
        "2015, ancien",
    ]
    assert year({"as_of": None, "is_old": pd.NA}, View.of(TABLES, Selection())) == "undated"
