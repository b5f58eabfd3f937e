from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, awards_by_country_and_theme
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import _rows, small_world

WORLD = small_world()
MORE = [{"cluster_id": "es-d", "programme_id": "part", "year": 2020, "source_ids": ["s3"]}]
WORLD = replace(WORLD, awards=pd.concat([WORLD.awards, _rows(WORLD.awards, MORE)], ignore_index=True))


def rows_and_view(tables=WORLD, **chosen):
    selection = Selection(**chosen)
    return awards_by_country_and_theme.table(tables, selection), View.of(tables, selection)


def cells(rows):
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


def test_table_counts_awards_and_adds_only_the_amounts_that_are_published():
    rows, _view = rows_and_view()
    assert cells(rows) == [
        ["by_country", "FR", "all", 2, 1, 200_000, ["s1"]],
        ["by_country", "ES", "all", 1, 0, None, ["s3"]],
        ["by_theme", "FR", "food_agriculture", 2, 1, 200_000, ["s1"]],
        ["by_theme", "ES", "digital", 1, 0, None, ["s3"]],
        ["by_theme", "FR", "mobility", 1, 1, 200_000, ["s1"]],
    ]


def test_a_laureate_of_several_themes_is_one_award_of_its_country():
    rows, _view = rows_and_view(countries=("FR",))
    assert rows.loc[rows["role"] == "by_country", "awards"].sum() == 2
    assert rows.loc[rows["role"] == "by_theme", "awards"].sum() == 3


def test_coverage_is_the_share_of_amounts_published():
    rows, _view = rows_and_view()
    assert awards_by_country_and_theme.coverage(rows, WORLD, Selection()) == Coverage(1, 3, "awards")


def test_years_are_those_of_the_award_and_not_of_the_founding():
    rows, _view = rows_and_view(time=(2020, 2020))
    assert rows["country"].unique().tolist() == ["ES"]


def test_a_laureate_without_theme_is_a_row_of_its_own_and_comes_last():
    clusters = WORLD.clusters.assign(themes=[[], *WORLD.clusters["themes"][1:]])
    rows, view = rows_and_view(replace(WORLD, clusters=clusters))
    assert pd.isna(rows["theme"].iloc[-1])
    assert awards_by_country_and_theme.figure(rows, view).layout.yaxis.ticktext[-1] == "Theme not published"


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "3 awards to clusters of 2 countries, 2 of them in France; the amount of 1 is published: €200,000."),
        ({"countries": ("ES",)}, "1 award to clusters (Spain); no amount is published."),
        ({"themes": ("digital", "mobility")}, "2 awards to clusters of 2 countries, most often (1 each): Spain, France; the amount of 1 is published: €200,000."),
        ({"countries": ("IT",)}, "No award to a cluster of this selection is known."),
        ({"language": "fr"}, "3 attributions à des pôles de 2 pays, dont 2 pour le premier (France) ; le montant est publié pour 1 : 200 000 €."),
    ],
)  # fmt: skip
def test_sentence(chosen, sentence):
    said = awards_by_country_and_theme.describe(*rows_and_view(**chosen))
    assert said.replace("\u202f", " ").replace("\xa0", " ") == sentence


def test_missing_amounts_have_a_bar_of_their_own_and_are_never_written_as_zero():
    figure = awards_by_country_and_theme.figure(*rows_and_view())
    published, missing, texts = figure.data
    assert [published.name, missing.name] == ["Amount published", "Amount not published"]
    assert list(published.x) == [1, 0, 1, 0, 1]
    assert list(missing.x) == [1, 1, 1, 1, 0]
    assert missing.marker.pattern.shape == "/"
    assert "not published" in texts.text[1]
    assert "€200K" in texts.text[0]


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(countries=("IT",))
    assert rows.empty and "source_ids" in rows
    assert awards_by_country_and_theme.figure(rows, view).layout.annotations
