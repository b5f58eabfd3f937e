import pytest

from atlas.charts import eu_projects_by_year
from atlas.selection import Selection
from atlas.view import View
from tests.eu_world import eu_world

TABLES = eu_world()
SELECTION = Selection()
ROWS = eu_projects_by_year.table(TABLES, SELECTION)


def test_projects_stand_in_the_year_they_start_by_database_and_the_undated_apart():
    rows = ROWS.astype(object).where(ROWS.notna(), None)
    assert rows[["year", "origin", "eu_projects", "with_amount", "eu_amount_eur"]].to_numpy().tolist() == [
        [2015, "kohesio", 1, 1, 1_000_000.0],
        [2016, "kohesio", 2, 0, None],
        [2016, "cordis", 1, 1, 250_000.5],
        [2020, "kohesio", 1, 1, 0.0],
        [2021, "cordis", 1, 1, 5_000.0],
        [None, "kohesio", 1, 0, None],
    ]
    assert eu_projects_by_year.coverage(ROWS, TABLES, SELECTION) == (6, 7, "starts")


def test_counts_and_money_have_each_a_panel_and_each_database_its_hatch():
    figure = eu_projects_by_year.figure(ROWS, View.of(TABLES, SELECTION))
    drawn = [(bar.name, bar.yaxis, bar.marker.pattern.shape, list(bar.x), list(bar.y)) for bar in figure.data]
    assert drawn == [
        ("Kohesio", "y", "", [2015, 2016, 2020], [1, 2, 1]),
        ("Kohesio", "y2", "", [2015, 2016, 2020], [1_000_000, 0, 0]),
        ("CORDIS", "y", "/", [2016, 2021], [1, 1]),
        ("CORDIS", "y2", "/", [2016, 2021], [250_000.5, 5_000]),
    ]
    assert [note.text for note in figure.layout.annotations] == [
        "<b>Projects</b>, 6 of 7 with a start",
        "<b>EU contribution</b>, published for 4 of 6",
    ]
    assert "EU contribution: not published (0 of 2 publish it)" in figure.data[0].hovertext[1]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({}, "6 EU projects listed start between 2015 and 2021, most in 2016 (3); 1 more has no published start."),
        ({"countries": ("EU",)}, "1 EU project listed starts in 2020."),
        ({"time": (2020, 2022)}, "2 EU projects listed start between 2020 and 2021, most in 2020, 2021 (1)."),
        ({"countries": ("SM",)}, "No EU project is listed for this selection."),
    ],
)
def test_the_sentence_tells_the_years(choices, sentence):
    selection = Selection(**choices)
    rows = eu_projects_by_year.table(TABLES, selection)
    assert eu_projects_by_year.describe(rows, View.of(TABLES, selection)) == sentence
