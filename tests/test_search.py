"""She finds her cluster in ten seconds: accents, case and word order do not matter, a typo is forgiven."""

import pytest

from atlas import store
from atlas.directory import closest, facets, find_clusters, find_programmes, kept_id, ordered
from atlas.selection import Selection
from tests.small_world import small_world

TABLES = store.tables()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Pole sud aquitain", "fr-ptce-sud-aquitaine"),
        ("PÔLE SUD-AQUITAIN", "fr-ptce-sud-aquitaine"),
        ("darwin", "fr-darwin-bordeaux"),
        ("systeme eco darwin", "fr-darwin-bordeaux"),
        ("darwinn", "fr-darwin-bordeaux"),
        ("medcoop", "eu-medcoop"),
        ("oxalis", "fr-oxalis"),
        ("bigre", "fr-bigre"),
    ],
)
def test_a_cluster_is_found_first(query, first):
    assert find_clusters(query, TABLES.clusters, TABLES)["cluster_id"].iloc[0] == first


@pytest.mark.parametrize(
    "query",
    [
        "alter incub",
        "initiativesETcité",
        "tiers-lieu Bordeuax",
        "agricluture occitanie",
        "SI Park Bilbao",
        "cluster d'innovation sociale",
        "tiers-lieu Bordeaux",
    ],
)
def test_a_cluster_is_found(query):
    assert len(find_clusters(query, TABLES.clusters, TABLES)) > 0


@pytest.mark.parametrize(
    "query",
    ["Hiriko", "ICS", "CITEK", "loi 31 juillet 2014", "Europe 2020", "Social Business Initiative", "guide to social innovation", "RIS3", "pôles de compétitivité", "Labo de l'ESS", "RTES", "CNCRES", "COORACE", "MES", "PTCE 2013", "PTCE 2015", "pôles témoins"],
)  # fmt: skip
def test_what_the_founding_note_names_is_found_with_its_source(query):
    found = find_programmes(query, TABLES.programmes, TABLES)
    assert len(found) > 0
    assert found["source_ids"].map(len).min() > 0


def test_nothing_fits():
    assert find_clusters("zzzqqqxxx", TABLES.clusters, TABLES).empty


def test_a_merged_identifier_opens_the_kept_one():
    assert kept_id("clusters", "fr-solilab-nantes", TABLES) == "fr-ptce-les-ecossolies"
    assert kept_id("clusters", "fr-darwin-bordeaux", TABLES) == "fr-darwin-bordeaux"


def test_a_mistyped_identifier_finds_the_nearest():
    assert "fr-darwin-bordeaux" in closest("fr-darwin-bordeau", TABLES.clusters["cluster_id"], TABLES.clusters["name"])


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("name", ["eu-e", "es-d", "fr-a", "fr-b", "fr-c"]),
        ("founded", ["es-d", "fr-b", "fr-a", "eu-e", "fr-c"]),
        ("country", ["es-d", "eu-e", "fr-a", "fr-b", "fr-c"]),
        ("jobs", ["fr-a", "fr-c", "eu-e", "es-d", "fr-b"]),
        ("members", ["eu-e", "es-d", "fr-a", "fr-b", "fr-c"]),
    ],
)
def test_the_list_is_sorted_and_what_has_no_value_comes_last(sort, ids):
    """Jobs are those on the site: fr-b only publishes jobs created, es-d only planned ones."""
    world = small_world()
    assert list(ordered(world.clusters, sort, world)["cluster_id"]) == ids


def test_facets_count_what_each_choice_would_give():
    """The own choice of a facet does not narrow it; every other choice and the search do."""
    world = small_world()
    chosen = Selection(countries=("FR",), kinds=("ptce",))
    assert facets("kinds", chosen, world) == {"ptce": 2, "ecosystem_site": 1}
    assert facets("countries", chosen, world) == {"FR": 2}
    assert facets("themes", chosen.but(query="rennes"), world) == {"food_agriculture": 1, "mobility": 1}
