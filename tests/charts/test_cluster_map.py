import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pydeck import Deck
from pyproj import Geod

from atlas import land, marks, store
from atlas.charts import Coverage, cluster_map
from atlas.selection import Selection
from atlas.theme import DARK, LIGHT, rgba
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
RENNES = (48.11, -1.67)


def rows_of(world=WORLD, **chosen):
    selection = Selection(**chosen)
    return cluster_map.table(world, selection), View.of(world, selection)


def layers(rows, view):
    return {layer["id"]: layer for layer in json.loads(cluster_map.figure(rows, view).to_json())["layers"]}


def marks_of(**chosen):
    return {mark["cluster_id"]: mark for mark in layers(*rows_of(**chosen))["clusters"]["data"]}


def first_view(**chosen):
    state = cluster_map.first_view(rows_of(**chosen)[1])
    return state.latitude, state.longitude, state.zoom


def world_of(count: int):
    """A world of `count` located clusters, ten of them in one place."""
    one = WORLD.clusters.loc[WORLD.clusters["cluster_id"] == "fr-a"]
    many = pd.concat([one] * count, ignore_index=True)
    latitude = np.where(np.arange(count) < 10, 48.0, 40 + np.arange(count) * 0.02)
    many = many.assign(cluster_id=[f"c{i}" for i in range(count)], latitude=latitude)
    return replace(WORLD, version="many", clusters=many)


def test_table_keeps_clusters_without_a_point_and_true_coordinates():
    rows, _view = rows_of()
    assert list(rows.columns) == cluster_map.COLUMNS
    assert rows[["cluster_id", "latitude", "coordinate_precision"]].astype(object).where(rows.notna(), "").to_numpy().tolist() == [
        ["fr-a", 48.11, "commune"], ["fr-b", "", ""], ["fr-c", 43.6, "site"], ["es-d", 43.26, "commune"], ["eu-e", "", ""],
    ]  # fmt: skip
    assert list(rows["source_ids"].iloc[1]) == ["s1", "s2"]
    assert cluster_map.coverage(rows, WORLD, Selection()) == Coverage(3, 5, "clusters")


def test_until_keeps_the_undated_and_says_how_many():
    rows, view = rows_of(until=2012)
    assert rows["cluster_id"].tolist() == ["fr-a", "fr-c", "eu-e"]
    assert (
        cluster_map.describe(rows, view)
        == "Clusters founded by 2012, or undated: 3, of which 2 undated and 2 on the map."
    )
    entries = {entry.mark: entry.number for entry in cluster_map.legend(rows, view)}
    assert entries["thin"] == 1
    drawn = marks_of(until=2012)
    assert drawn["fr-c"]["width"] < drawn["fr-a"]["width"]
    assert drawn["fr-c"]["fill"][3] < marks_of()["fr-c"]["fill"][3]
    assert "Founding year not published" in drawn["fr-c"]["facts"]


def test_near_keeps_those_within_the_radius_nearest_first():
    rows, view = rows_of(near=RENNES, radius=600)
    geod = Geod(ellps="WGS84")
    expected = [
        round(geod.inv(-1.67, 48.11, *point)[2] / 1000, 1) for point in ((-1.67, 48.11), (-2.93, 43.26), (1.44, 43.6))
    ]
    assert list(zip(rows["cluster_id"], rows["distance_km"], strict=True)) == list(
        zip(["fr-a", "es-d", "fr-c"], expected, strict=True)
    )
    assert (
        cluster_map.describe(rows, view)
        == "3 clusters lie within 600 km of this place; the nearest, 0 km away: Pôle A."
    )
    assert cluster_map.coverage(rows, WORLD, view.selection) == Coverage(3, 5, "clusters")
    assert "At 0 km" in marks_of(near=RENNES, radius=600)["fr-a"]["facts"].split("\n")


def test_near_draws_a_circle_of_the_radius_even_when_it_holds_nothing():
    rows, view = rows_of(near=(60.0, 0.0), radius=50)
    assert rows.empty
    drawn = layers(rows, view)
    east, north = drawn["circle"]["data"][0]["path"][0]
    assert Geod(ellps="WGS84").inv(0, 60, east, north)[2] == pytest.approx(50_000, rel=0.01)
    assert drawn["centre"]["data"][0]["position"] == [0.0, 60.0]
    assert cluster_map.describe(rows, view) == "No cluster with a known point lies within 50 km of this place."


def test_size_takes_the_latest_figure_of_one_scope_never_a_planned_one():
    rows, _view = rows_of(size="jobs", scope="hosted")
    facts = rows.set_index("cluster_id")[["value", "unit", "qualifier", "as_of"]]
    assert facts.loc["fr-a"].tolist() == [150.0, "jobs", "about", "2020-06"]
    assert facts.loc["fr-c"].tolist() == [40.0, "jobs", "at_least", "2021"]
    assert facts["value"].isna().to_dict() == {"fr-a": False, "fr-b": True, "fr-c": False, "es-d": True, "eu-e": True}
    assert rows.set_index("cluster_id")["source_ids"].to_dict()["fr-a"] == ["s1", "s2"]
    assert set(rows["scope"]) == {"hosted"} and set(rows["metric"]) == {"jobs"}


def test_area_is_proportional_to_the_figure_and_a_missing_one_is_a_small_hollow_mark():
    drawn = marks_of(size="jobs", scope="hosted")
    assert drawn["fr-a"]["radius"] == marks.LARGEST
    assert (drawn["fr-c"]["radius"] / drawn["fr-a"]["radius"]) ** 2 == pytest.approx(40 / 150, abs=0.01)
    assert drawn["es-d"]["radius"] == marks.UNPUBLISHED < marks.LEAST
    assert drawn["es-d"]["fill"][3] == 0
    assert "Jobs, on the site: about 150 jobs (June 2020)" in drawn["fr-a"]["facts"]
    assert "Jobs, on the site: not published" in drawn["es-d"]["facts"]


def test_legend_gives_round_sizes_and_counts_those_without_a_figure():
    rows, view = rows_of(size="jobs", scope="hosted")
    rings = [entry for entry in cluster_map.legend(rows, view) if entry.mark in {"size", "ring"}]
    assert [(entry.label, entry.number) for entry in rings] == [("100 jobs", None), ("30 jobs", None), ("9 jobs", None), ("not published", 1)]  # fmt: skip
    assert rings[0].size == pytest.approx(2 * marks.LARGEST * (100 / 150) ** 0.5, abs=0.1)
    assert {entry.group for entry in rings} == {"Jobs, on the site"}


@pytest.mark.parametrize(
    ("scope", "language", "sentence"),
    [
        ("hosted", "en", "Jobs, on the site: 2 of 3 clusters on the map publish a figure, from at least 40 jobs to about 150 jobs."),
        ("hosted", "fr", "Emplois, sur le site : chiffre publié par 2 des 3 pôles placés sur la carte ; le plus bas : au moins 40 emplois, le plus haut : environ 150 emplois."),
        ("territory", "en", "Jobs, whole territory: no cluster on the map publishes a figure, so all marks are equal and hollow."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_sizes_the_marks(scope, language, sentence):
    said = cluster_map.describe(*rows_of(size="jobs", scope=scope, language=language))
    assert said.replace("\u202f", " ").replace("\xa0", " ").endswith(sentence)


def test_a_theme_colours_a_cluster_by_the_first_it_names():
    rows, view = rows_of(colour="theme")
    assert rows["theme"].astype(object).where(rows["theme"].notna(), None).tolist() == ["food_agriculture", "food_agriculture", None, "digital", None]  # fmt: skip
    drawn = marks_of(colour="theme")
    assert drawn["fr-a"]["line"] == rgba(view.colour("themes", "food_agriculture"))
    assert drawn["fr-c"]["line"] == rgba(LIGHT.quiet)
    assert [(entry.label, entry.number) for entry in cluster_map.legend(rows, view)][:3] == [
        ("Food and farming", 1), ("Digital", 1), ("Theme not published", 1),
    ]  # fmt: skip


def test_a_rate_colours_the_countries_and_hatches_the_missing():
    rows, view = rows_of(background="social_economy_share_of_employment")
    drawn = layers(rows, view)
    cards = {feature["properties"]["name"]: feature["properties"] for feature in drawn["rates"]["data"]["features"]}
    assert drawn["rates"]["pickable"] and not drawn["land"]["pickable"]
    assert cards["France"]["facts"].split("\n") == ["Social economy, share of paid employment", "10.1% (2021)"]
    assert cards["Spain"]["facts"].endswith("not published")
    assert cards["Spain"]["fill"] == rgba(LIGHT.land) != cards["France"]["fill"]
    assert len(drawn["hatching"]["data"]) > 100
    assert list(drawn).index("halo") < list(drawn).index("clusters")
    squares = [
        (entry.label, entry.number) for entry in cluster_map.legend(rows, view) if entry.mark in {"square", "hatch"}
    ]
    assert squares == [("10.1%", 1), ("not published", 44)]
    assert "Social economy, share of paid employment: 10.1% (France), the only value published." in cluster_map.describe(rows, view)  # fmt: skip
    assert set(cluster_map.sources(rows, view)) == {"s1", "s2", "s3"}


def test_the_sources_of_the_rates_are_those_of_the_map():
    france = rows_of(background="social_economy_share_of_employment", countries=("ES",))
    assert cluster_map.sources(*france) == ["s3", "s1"]
    assert cluster_map.sources(*rows_of(countries=("ES",))) == ["s3"]


def test_a_count_is_refused_and_said_so():
    rows, view = rows_of(background="social_economy_paid_employment")
    assert "rates" not in layers(rows, view)
    assert cluster_map.describe(rows, view).endswith(
        "Countries are coloured by rates only, not by counts, amounts or indices: Paid jobs in the social economy is not drawn."
    )


def test_density_needs_more_than_500_points():
    few = rows_of(background="density")
    assert cluster_map.describe(*few).endswith("Density is drawn for more than 500 points; with 3, each is drawn.")
    assert "clusters" in layers(*few) and "density" not in layers(*few)
    rows, view = rows_of(world_of(600), background="density")
    drawn = layers(rows, view)
    assert "clusters" not in drawn
    names = [feature["properties"]["name"] for feature in drawn["density"]["data"]["features"]]
    assert sum(int(name.split()[0]) for name in names) == 600
    assert "Counted in hexagons 75 km across: up to" in cluster_map.describe(rows, view)
    assert sum(entry.number for entry in cluster_map.legend(rows, view) if entry.mark == "square") == len(names)


def test_the_chosen_cluster_has_a_ring_over_all_others():
    drawn = layers(*rows_of(id="fr-c"))
    assert list(drawn)[-1] == "chosen"
    assert drawn["chosen"]["data"][0]["position"] == marks_of()["fr-c"]["position"]
    assert drawn["chosen"]["data"][0]["radius"] > marks_of()["fr-c"]["radius"]
    assert not drawn["chosen"]["filled"] and not drawn["chosen"]["pickable"]
    assert "chosen" not in layers(*rows_of(id="eu-e"))
    assert "chosen" not in layers(*rows_of(id="nobody"))


def test_the_first_view_moves_only_with_countries_place_and_camera():
    europe = first_view()
    for chosen in ({"kinds": ("ptce",)}, {"themes": ("digital",)}, {"time": (2014, 2014)}, {"until": 2012}, {"definition": "ptce"},
                   {"size": "jobs"}, {"colour": "theme"}, {"background": "unemployment_rate"}, {"id": "fr-c"}, {"countries": ("EU",)}):  # fmt: skip
        assert first_view(**chosen) == europe, chosen
    assert 45 < first_view(countries=("FR",))[0] < 48
    assert first_view(countries=("FR",), kinds=("hub",)) == first_view(countries=("FR",))
    assert first_view(countries=("GE",))[1] == pytest.approx(43.3, abs=0.5)
    assert first_view(near=RENNES, countries=("ES",))[:2] == pytest.approx(RENNES, abs=0.1)
    assert first_view(near=RENNES, radius=10)[2] > first_view(near=RENNES, radius=100)[2]
    assert first_view(camera=(50.0, 4.0, 6.5), near=RENNES) == (50.0, 4.0, 6.5)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "3 of 5 clusters can be placed on the map; France has 2 of them."),
        ({"countries": ("FR",)}, "France: 2 of 3 clusters can be placed on the map."),
        ({"countries": ("ES",)}, "Spain: 1 of 1 cluster can be placed on the map."),
        ({"countries": ("EU",)}, "The cluster selected has no known point."),
        ({"countries": ("DE",)}, "No cluster matches this selection."),
        ({"countries": ("DE",), "size": "jobs", "background": "density"}, "No cluster matches this selection."),
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
    assert marks["fr-a"]["facts"].split("\n")[1:3] == ["Rennes, Bretagne, France", "Founded in 2010"]
    assert "Founding year not published" in marks["fr-c"]["facts"]


def test_names_cannot_write_html():
    rows, view = rows_of(size="jobs", colour="theme")
    placed = rows.assign(
        latitude=rows["latitude"].fillna(45.0), longitude=rows["longitude"].fillna(1.0), place="<i>Paris"
    )
    marks = layers(placed, view)["clusters"]["data"]
    assert "Pôle ‹b›" in [mark["name"] for mark in marks]
    assert "<" not in "".join(mark["name"] + mark["facts"] for mark in marks)


def test_clusters_of_one_place_are_set_apart_the_same_way_each_time():
    rows, _view = rows_of(countries=("ES",))
    twins = rows.loc[[0, 0, 0]].reset_index(drop=True)
    apart = marks.spread(twins)
    assert apart[["latitude", "longitude"]].drop_duplicates().shape[0] == 3
    assert apart.equals(marks.spread(twins))
    assert (apart["latitude"] - twins["latitude"]).abs().max() < 0.1


def test_legend_counts_kinds_and_those_without_a_point():
    assert [(entry.label, entry.number) for entry in cluster_map.legend(*rows_of())] == [
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


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "chosen",
    [
        {"background": "unemployment_rate", "size": "surface_m2", "scope": "floor", "colour": "theme", "until": 2012},
        {"near": (44.84, -0.58), "radius": 200, "size": "members", "scope": "members", "background": "density"},
        {"size": "turnover_eur", "scope": "members", "background": "population", "countries": ("benelux",)},
    ],
)
def test_the_real_list_is_drawn_whatever_is_asked(chosen, language):
    rows, view = rows_of(store.tables(), language=language, **chosen)
    deck = cluster_map.figure(rows, view)
    assert len(deck.to_json()) < 350_000
    sentence = cluster_map.describe(rows, view)
    assert "nan" not in sentence and "{" not in sentence
    assert all(entry.label for entry in cluster_map.legend(rows, view))


def test_empty_selection_draws():
    assert cluster_map.figure(*rows_of(countries=("DE",))).layout.annotations
    assert layers(*rows_of(countries=("EU",)))["clusters"]["data"] == []
