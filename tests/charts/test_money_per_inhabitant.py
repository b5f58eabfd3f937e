from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, money_per_inhabitant
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import INDICATORS, PROGRAMMES, _rows, small_world

WORLD = small_world()


def budget(code, country, year, kind, **amount):
    dated = {} if year is None else {"start": str(year), "start_precision": "year", "start_date": f"{year}-01-01"}
    row = {"programme_id": code, "name_en": code, "level": "national", "country": country, "kind": "fund"}
    return {**row, "budget_kind": kind, "source_ids": ["s2"], **dated, **amount}


def people(geo, year, value):
    row = {"geo": geo, "geo_level": "country", "country": geo, "indicator": "population", "qualifier": "exact"}
    return {**row, "year": year, "as_of": str(year), "value": value, "unit": "persons", "source_ids": ["s3"]}


MORE = [
    budget("es-fund", "ES", 2020, "envelope", budget_eur=90e6),
    budget("es-again", "ES", 2023, "envelope", budget_eur=45e6),
    budget("fr-target", "FR", 2018, "target", budget_eur=60e6),
    budget("fr-undated", "FR", None, "envelope", budget_eur=1e6),
    budget("fr-unknown", "FR", 2018, None, budget_eur=1e6),
    budget("gb-fund", "GB", 2018, "envelope", budget_amount=80e6, budget_currency="GBP"),
    budget("it-fund", "IT", 2018, "envelope", budget_eur=5e6),
]
POPULATION = [people("FR", 2012, 60e6), people("FR", 2014, 75e6), people("ES", 2020, 45e6), people("ES", 2024, 50e6)]
WORLD = replace(
    WORLD,
    programmes=_rows(WORLD.programmes, [*PROGRAMMES, *MORE]),
    indicators=_rows(WORLD.indicators, [*INDICATORS, *POPULATION]),
)


def rows_and_view(**chosen):
    selection = Selection(**chosen)
    return money_per_inhabitant.table(WORLD, selection), View.of(WORLD, selection)


def test_table_divides_each_budget_by_the_population_of_the_nearest_year():
    rows, _view = rows_and_view()
    shown = rows[["programme_id", "budget_kind", "population_year", "eur_per_inhabitant", "not_added", "source_ids"]]
    assert shown.astype(object).where(shown.notna(), None).to_numpy().tolist() == [
        ["es-fund", "envelope", 2020, 2.0, None, ["s2", "s3"]],
        ["es-again", "envelope", 2024, 0.9, None, ["s2", "s3"]],
        ["fr-prog-ptce-aap-2013", "envelope", 2012, 0.05, None, ["s1", "s3"]],
        ["fr-target", "target", 2014, 0.8, None, ["s2", "s3"]],
        ["gb-fund", "envelope", None, None, "other_currency", ["s2"]],
        ["fr-unknown", None, None, None, "not_stated", ["s2"]],
        ["fr-undated", "envelope", None, None, "undated", ["s2"]],
        ["it-fund", "envelope", None, None, "no_population", ["s2"]],
    ]


def test_a_part_and_money_of_other_levels_are_left_out():
    rows, _view = rows_and_view()
    assert not {"part", "eu-fund"} & set(rows["programme_id"])


def test_coverage_is_of_the_national_programmes_that_are_nobodys_part():
    rows, _view = rows_and_view()
    assert money_per_inhabitant.coverage(rows, WORLD, Selection()) == Coverage(4, 9, "programmes")


def test_kinds_of_budget_are_never_one_bar():
    figure = money_per_inhabitant.figure(*rows_and_view())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [list(bar.x) for bar in bars] == [[2.0, 0.05], [0.9], [0.8]]
    assert len({bar.marker.color for bar in bars}) == 2
    headings = [note.text for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert headings == [
        "<b>Budget envelope</b>", "<b>Target</b>", "<b>Another currency, not converted</b>",
        "<b>Kind of budget not stated</b>", "<b>Start not published, so no rate</b>", "<b>Population not published</b>",
    ]  # fmt: skip


def test_another_currency_is_written_as_published():
    figure = money_per_inhabitant.figure(*rows_and_view())
    listed = [note.text for note in figure.layout.annotations if "United Kingdom" in note.text]
    assert len(listed) == 1 and "£80M" in listed[0]


def test_hover_says_the_population_and_its_year():
    figure = money_per_inhabitant.figure(*rows_and_view())
    assert "€2 for each of 45,000,000 inhabitants (2020)" in figure.data[0].hovertext[0]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Budget envelope per inhabitant, as far as published: most in Spain, €2.90 (2 programmes); 2 countries have one."),
        ({"countries": ("ES",)}, "Budget envelope per inhabitant: €2.90 (Spain, 2 programmes)."),
        ({"countries": ("GB",)}, "No national budget of this selection can be divided by a population."),
        ({"countries": ("SM",)}, "No national budget is published for this selection."),
        ({"language": "fr"}, "Enveloppe par habitant, d’après ce qui est publié : au plus haut, Espagne, 2,90 € (2 programmes) ; 2 pays en publient."),
    ],
)  # fmt: skip
def test_sentence(chosen, sentence):
    said = money_per_inhabitant.describe(*rows_and_view(**chosen))
    assert said.replace("\u202f", " ").replace("\xa0", " ") == sentence


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(countries=("SM",))
    assert rows.empty and "source_ids" in rows
    assert isinstance(rows, pd.DataFrame) and money_per_inhabitant.figure(rows, view).layout.annotations
