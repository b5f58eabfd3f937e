from itertools import pairwise

import pytest

from atlas import store
from atlas.charts import Coverage, indicator_map
from atlas.selection import Selection
from atlas.theme import DARK, LIGHT
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
SHARE, COUNT = "social_economy_share_of_employment", "social_economy_paid_employment"


def rows_of(world=WORLD, theme=LIGHT, **chosen):
    selection = Selection(**chosen)
    return indicator_map.table(world, selection), View.of(world, selection, theme)


def test_table_gives_each_observed_country_a_value_or_says_it_is_missing():
    rows, _view = rows_of(indicator=SHARE)
    observed = set(WORLD.countries.loc[WORLD.countries["role"] == "observed", "country"])
    assert set(rows["country"]) == observed
    first = rows.iloc[0]
    assert first.drop("source_ids").tolist() == ["FR", SHARE, "latest", 10.1, "percent", "exact", 2021, 10.1, 10.1]
    assert list(first["source_ids"]) == ["s1"]
    missing = rows[rows["role"] == "missing"]
    assert len(missing) == len(observed) - 1 and missing["value"].isna().all() and missing["class_low"].isna().all()
    assert indicator_map.coverage(rows, WORLD, Selection(indicator=SHARE)) == Coverage(1, len(observed), "countries")


def test_classes_hold_their_values_and_do_not_overlap():
    rows, _view = rows_of(store.tables(), indicator="unemployment_rate")
    valued = rows[rows["role"] == "latest"]
    assert valued["value"].between(valued["class_low"], valued["class_high"]).all()
    bounds = valued[["class_low", "class_high"]].drop_duplicates().sort_values("class_low").to_numpy()
    assert len(bounds) == 5
    assert all(high < low for (_low, high), (low, _high) in pairwise(bounds))
    assert valued["unit"].nunique() == 1
    assert rows["role"].eq("reference").sum() == 1


def test_a_count_colours_no_country():
    rows, view = rows_of(indicator=COUNT)
    assert rows.empty
    assert indicator_map.figure(rows, view).layout.annotations[0].text == "Nothing published matches this selection."
    assert indicator_map.describe(rows, view).startswith("Countries are coloured by rates only")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Unemployment rate: from 2.6% (Czechia) to 17.9% (Montenegro); EU27: 5.9% (2024)."),
        ("fr", "Taux de chômage : de 2,6 % (Tchéquie) à 17,9 % (Monténégro) ; UE27 : 5,9 % (2024)."),
    ],
)
def test_describe_gives_both_ends_and_the_european_value(language, sentence):
    said = indicator_map.describe(*rows_of(store.tables(), indicator="unemployment_rate", language=language))
    assert said.replace("\u202f", " ").replace("\xa0", " ") == sentence


def test_two_sources_of_one_year_are_both_in_the_rows_and_in_the_hover():
    rows, view = rows_of(store.tables(), indicator="social_economy_share_of_gva")
    spain = rows[rows["country"] == "ES"]
    assert sorted(spain["role"]) == ["latest", "same_date"]
    hovers = [trace.text for trace in indicator_map.figure(rows, view).data if trace.hoveron == "fills"]
    said = next(text for text in hovers if text.startswith("<b>Spain"))
    assert "4% (2023)" in said and "4.3% (2023)" in said


def test_figure_is_plain_scatters_hatched_with_overseas_in_boxes():
    rows, view = rows_of(store.tables(), indicator="unemployment_rate")
    figure = indicator_map.figure(rows, view)
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert len(figure.layout.shapes) == 5
    france = next(trace for trace in figure.data if str(trace.text).startswith("<b>France"))
    boxes = [trace for trace in figure.data if trace.fill == "toself" and trace.xaxis not in {None, "x"}]
    assert len(boxes) == 5 and {trace.fillcolor for trace in boxes} == {france.fillcolor}
    names = [trace.name for trace in figure.data if trace.name]
    assert names[0] == "2.6% to 3.7% (8)" and "not published (10)" in names and names[-1] == "EU27: 5.9% (2024)"
    assert figure.layout.legend.title.text.replace("<br>", " ") == "Unemployment rate · 2020–2024 (number of countries)"
    assert "Kosovo*" in [note.text for note in figure.layout.annotations]
    assert len(figure.to_json()) < 250_000


def test_values_are_written_in_ink_that_shows_in_both_themes():
    for theme in (LIGHT, DARK):
        assert indicator_map.ink(theme.background, theme) == theme.text
        assert indicator_map.ink(theme.text, theme) == theme.background
