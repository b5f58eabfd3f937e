import numpy as np

from atlas.charts import Coverage
from atlas.charts import country_kinds as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()


def rows_and_view(*countries: str, language: str = "en"):
    selection = Selection(countries=countries, language=language)
    return chart.table(WORLD, selection), View.of(WORLD, selection)


def test_table_counts_each_kind_of_each_item():
    rows, _view = rows_and_view("eu27", "ES")
    assert rows.values.tolist() == [
        ["eu27", "ptce", 2, 4, 0.5, ["s1", "s2"]],
        ["eu27", "ecosystem_site", 1, 4, 0.25, ["s2"]],
        ["eu27", "social_innovation_park", 1, 4, 0.25, ["s3"]],
        ["ES", "social_innovation_park", 1, 1, 1.0, ["s3"]],
    ]


def test_a_cluster_of_two_items_is_covered_once():
    selection = Selection(countries=("eu27", "FR"))
    assert chart.coverage(chart.table(WORLD, selection), WORLD, selection) == Coverage(4, 4, "clusters")


def test_each_column_is_shaded_by_its_own_share():
    figure = chart.figure(*rows_and_view("eu27", "ES"))
    (heat,) = figure.data
    assert np.asarray(heat.z).tolist() == [[0.5, 0.0], [0.25, 0.0], [0.25, 1.0]]
    assert list(figure.layout.xaxis.ticktext) == ["<b>EU27</b><br>4", "<b>ES</b><br>1"]


def test_sentences():
    assert chart.describe(*rows_and_view("FR", "ES")) == (
        "Most frequent kind: France (PTCE, 2 of 3), Spain (Social innovation park, 1 of 1)."
    )
    assert (
        chart.describe(*rows_and_view("FR", "ES", "eu27", "eu14")) == "Most frequent kind in 3 of 4 territories: PTCE."
    )
    french = chart.describe(*rows_and_view("FR", "ES", "eu27", "eu14", language="fr"))
    assert french == "Type le plus fréquent dans 3 territoires sur 4\N{NO-BREAK SPACE}: PTCE."
    rows, view = rows_and_view("IT")
    assert chart.describe(rows, view) == "No cluster matches this selection."
    assert chart.figure(rows, view).layout.annotations
