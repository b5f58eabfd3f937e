import json

import pytest
from pydeck import Deck

from atlas import land, marks
from atlas.charts import Coverage, cluster_map
from atlas.selection import Selection
from atlas.theme import DARK, rgba
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()


def rows_of(**chosen):
    selection = Selection(**chosen)
    return cluster_map.table(WORLD, selection), View.of(WORLD, selection)


def layers(rows, view):
    return {layer["id"]: layer for layer in json.loads(cluster_map.figure(rows, view).to_json())["layers"]}


def test_table_keeps_clusters_without_a_point_and_true_coordinates():
    rows, _view = rows_of()
    assert list(rows.columns) == cluster_map.COLUMNS
    assert rows[["cluster_id", "latitude", "coordinate_precision"]].astype(object).where(rows.notna(), "").to_numpy().tolist() == [
        ["fr-a", 48.11, "commune"], ["fr-b", "", ""], ["fr-c", 43.6, "site"], ["es-d", 43.26, "commune"], ["eu-e", "", ""],
    ]  # fmt: skip
    assert list(rows["source_ids"].iloc[1]) == ["s1", "s2"]
    assert cluster_map.coverage(rows, WORLD, Selection()) == Coverage(3, 5, "clusters")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "3 of 5 clusters can be placed on the map; France has 2 of them."),
        ({"countries": ("FR",)}, "France: 2 of 3 clusters can be placed on the map."),
        ({"countries": ("ES",)}, "Spain: 1 of 1 cluster can be placed on the map."),
        ({"countries": ("EU",)}, "The cluster selected has no known point."),
        ({"countries": ("DE",)}, "No cluster matches this selection."),
    ],
)
def test_describe(chosen, sentence):
    assert cluster_map.describe(*rows_of(**chosen)) == sentence


def test_precision_is_drawn_and_the_chosen_cluster_can_be_read():
    rows, view = rows_of()
    points = layers(rows, view)["clusters"]
    marks = {mark["cluster_id"]: mark for mark in points["data"]}
    assert points["pickable"] and set(marks) == {"fr-a", "fr-c", "es-d"}
    assert marks["fr-c"]["fill"] == rgba(view.colour("kinds", "ecosystem_site"))
    assert marks["fr-a"]["fill"][3] < marks["fr-a"]["line"][3] == 255
    assert marks["fr-a"]["founded"] == "Founded in 2010"
    assert marks["fr-c"]["founded"] == "Founding year not published"


def test_names_cannot_write_html():
    rows, view = rows_of()
    placed = rows.assign(latitude=rows["latitude"].fillna(45.0), longitude=rows["longitude"].fillna(1.0))
    names = [mark["name"] for mark in layers(placed, view)["clusters"]["data"]]
    assert "Pôle ‹b›" in names
    assert "<" not in "".join(names)


def test_clusters_of_one_place_are_set_apart_the_same_way_each_time():
    rows, _view = rows_of(countries=("ES",))
    twins = rows.loc[[0, 0, 0]].reset_index(drop=True)
    apart = marks.spread(twins)
    assert apart[["latitude", "longitude"]].drop_duplicates().shape[0] == 3
    assert apart.equals(marks.spread(twins))
    assert (apart["latitude"] - twins["latitude"]).abs().max() < 0.1


def test_first_view_leaves_far_points_out_unless_they_are_all():
    rows, _view = rows_of(countries=("FR",))
    far = rows.assign(latitude=[48.0, -21.0, 43.6], longitude=[2.0, 55.3, 1.4])
    assert 43 < cluster_map.first_view(far).latitude < 49
    assert cluster_map.first_view(far.iloc[[1]]).latitude == pytest.approx(-21)
    assert 40 < cluster_map.first_view(far.iloc[:0]).latitude < 60


def test_legend_counts_kinds_and_those_without_a_point():
    assert [(label, count) for label, _colour, count in cluster_map.legend(*rows_of())] == [
        ("PTCE", 1), ("Shared site", 1), ("Social innovation park", 1), ("Not on the map: no known point", 2),
    ]  # fmt: skip


def test_land_is_small_and_nothing_is_fetched_elsewhere():
    rows, view = rows_of()
    deck = cluster_map.figure(rows, view)
    assert isinstance(deck, Deck)
    assert deck.map_style == "/app/static/style.json"
    assert cluster_map.figure(rows, View.of(WORLD, Selection(), DARK)).map_style == "/app/static/style-dark.json"
    assert "http" not in deck.to_json()
    assert len(deck.to_json()) < 300_000
    assert land.geojson(view.land) is land.geojson(view.land)


def test_empty_selection_draws():
    assert cluster_map.figure(*rows_of(countries=("DE",))).layout.annotations
    assert layers(*rows_of(countries=("EU",)))["clusters"]["data"] == []
