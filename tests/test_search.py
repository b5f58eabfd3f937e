"""She finds her cluster in ten seconds: accents, case and word order do not matter, a typo is forgiven."""

import pytest

from atlas import store
from atlas.directory import closest, find_clusters, find_programmes, kept_id
from atlas.selection import Selection
from atlas.view import View

TABLES = store.tables()
VIEW = View.of(TABLES, Selection())


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
    assert find_clusters(query, TABLES.clusters, TABLES, VIEW)["cluster_id"].iloc[0] == first


@pytest.mark.parametrize(
    "query",
    ["alter incub", "initiativesETcité", "SI Park Bilbao", "cluster d'innovation sociale", "tiers-lieu Bordeaux"],
)
def test_a_cluster_is_found(query):
    assert len(find_clusters(query, TABLES.clusters, TABLES, VIEW)) > 0


@pytest.mark.parametrize(
    "query",
    ["Hiriko", "ICS", "CITEK", "loi 31 juillet 2014", "Europe 2020", "Social Business Initiative", "guide to social innovation", "RIS3", "pôles de compétitivité", "Labo de l'ESS", "RTES", "CNCRES", "COORACE", "MES", "PTCE 2013", "PTCE 2015", "pôles témoins"],
)  # fmt: skip
def test_what_the_founding_note_names_is_found_with_its_source(query):
    found = find_programmes(query, TABLES.programmes, VIEW)
    assert len(found) > 0
    assert found["source_ids"].map(len).min() > 0


def test_nothing_fits():
    assert find_clusters("zzzqqqxxx", TABLES.clusters, TABLES, VIEW).empty


def test_a_merged_identifier_opens_the_kept_one():
    assert kept_id("clusters", "fr-solilab-nantes", TABLES) == "fr-ptce-les-ecossolies"
    assert kept_id("clusters", "fr-darwin-bordeaux", TABLES) == "fr-darwin-bordeaux"


def test_a_mistyped_identifier_finds_the_nearest():
    assert "fr-darwin-bordeaux" in closest("fr-darwin-bordeau", TABLES.clusters["cluster_id"], TABLES.clusters["name"])
