import pytest

from atlas.charts import eu_projects_by_country
from atlas.selection import Selection
from atlas.view import View
from tests.eu_world import eu_world
from tests.small_world import small_world

TABLES = eu_world()
SELECTION = Selection()
ROWS = eu_projects_by_country.table(TABLES, SELECTION)


def said(language="en", **choices):
    selection = Selection(language=language, **choices)
    return eu_projects_by_country.describe(eu_projects_by_country.table(TABLES, selection), View.of(TABLES, selection))


def test_money_is_that_published_in_euros_and_missing_is_not_zero():
    rows = ROWS.astype(object).where(ROWS.notna(), None)
    assert rows[["country", "eu_projects", "with_amount", "eu_amount_eur"]].to_numpy().tolist() == [
        ["FR", 3, 2, 1_250_000.5], ["PL", 2, 0, None], ["EU", 1, 1, 0.0], [None, 1, 1, 5_000.0],
    ]  # fmt: skip
    assert ROWS.loc[0, "source_ids"] == ["s1", "s2", "s3"]
    assert eu_projects_by_country.coverage(ROWS, TABLES, SELECTION) == (4, 7, "contributions")


def test_the_figure_says_how_many_publish_and_writes_what_is_missing():
    figure = eu_projects_by_country.figure(ROWS, View.of(TABLES, SELECTION))
    projects, money = figure.data
    assert (list(projects.x), list(projects.text)) == ([3, 2, 1, 1], ["3", "2", "1", "1"])
    assert list(money.x) == [1_250_000.5, 0, 0, 5_000]
    assert [text.split("<")[0].strip() for text in money.text] == ["€1.3M", "", "€0", "€5K"]
    assert "2 of 3" in money.text[0]
    assert "not published" in money.text[1]
    assert list(figure.layout.yaxis.ticktext) == ["France", "Poland", "Europe-wide", "not published"]
    assert (
        projects.hovertext[0] == "<b>France</b><br>3 EU projects<br>EU contribution: €1,250,000.50 (2 of 3 publish it)"
    )


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({}, "7 EU projects listed, most in France (3); the contribution of the Union is published for 4 of 7: €1.3M."),
        ({"countries": ("PL",)}, "2 EU projects listed; no contribution of the Union is published in euros."),
        ({"time": (2017, 2019)}, "1 EU project listed; the contribution of the Union is published for 1 of 1: €1M."),
        ({"countries": ("SM",)}, "No EU project is listed for this selection."),
        (
            {"language": "fr", "countries": ("FR", "EU")},
            "4 projets européens recensés, pays en tête\xa0: France (3)\u202f; contribution de l’Union publiée pour 3 sur 4\xa0: 1,3\xa0M\xa0€.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_names_where_most_are_and_how_many_publish(choices, sentence):
    assert said(**choices) == sentence


def test_before_a_refresh_it_says_that_nothing_was_fetched():
    view = View.of(small_world(), SELECTION)
    rows = eu_projects_by_country.table(view.tables, SELECTION)
    assert eu_projects_by_country.describe(rows, view) == "EU projects are listed once a refresh has fetched them."
