"""The founding note's model held against the clusters: who has what, what comes together, by kind and country."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas import store
from atlas.charts import model_by_country, model_by_kind, model_matrix, model_pairs
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
PARTS = [
    ["association", "cooperative", "coworking", "university"],
    ["coworking", "university", "urban_farm"],
    ["coworking"],
    [],
    ["recycling_centre"],
]
"""By cluster of the small world: fr-a, fr-b (both PTCE), fr-c (a site), es-d, eu-e."""


def world():
    return replace(WORLD, clusters=WORLD.clusters.assign(components=PARTS))


def test_the_matrix_has_a_row_per_element_named_the_most_complete_cluster_first():
    rows = model_matrix.table(world(), Selection())
    assert list(rows[["cluster_id", "element", "elements"]].itertuples(index=False, name=None)) == [
        ("fr-a", "coworking", 3), ("fr-a", "research", 3), ("fr-a", "social_economy", 3),
        ("fr-b", "coworking", 2), ("fr-b", "research", 2), ("fr-c", "coworking", 1),
    ]  # fmt: skip
    assert model_matrix.coverage(rows, world(), Selection()) == (4, 5, "clusters")


def test_the_matrix_says_who_is_most_complete():
    sentences = [
        model_matrix.describe(
            model_matrix.table(world(), Selection(language=language)), View.of(WORLD, Selection(language=language))
        )
        for language in ("en", "fr")
    ]
    assert sentences[0] == "Most complete, with 3 of the 10 elements: Pôle A."
    assert sentences[1].startswith("Le plus complet, avec 3 des 10 éléments")


def test_pairs_count_the_clusters_that_name_both_and_what_chance_would_give():
    """Four clusters say what they are made of; three name coworking, two research, and those two name both."""
    rows = model_pairs.table(world(), Selection())
    pair = rows[(rows["element"] == "coworking") & (rows["other_element"] == "research")].iloc[0]
    assert (pair["clusters"], pair["with_components"], pair["share"]) == (2, 3, pytest.approx(2 / 3))
    assert pair["times_expected"] == pytest.approx(2 / (3 * 2 / 4))
    assert pair["source_ids"] == ["s1", "s2"]
    assert "incubator" not in set(rows["element"]) | set(rows["other_element"])


def test_few_clusters_tell_no_pair():
    rows = model_pairs.table(world(), Selection())
    assert model_pairs.describe(rows, View.of(WORLD, Selection())).startswith("Too few clusters")


def test_shares_are_of_the_clusters_that_say_what_they_are_made_of():
    rows = model_by_kind.table(world(), Selection())
    assert list(rows[["kind", "element", "clusters", "with_components", "share"]].itertuples(index=False, name=None)) == [
        ("ptce", "coworking", 2, 2, 1.0), ("ptce", "research", 2, 2, 1.0), ("ptce", "social_economy", 1, 2, 0.5),
        ("ecosystem_site", "coworking", 1, 1, 1.0),
    ]  # fmt: skip


def test_a_country_with_few_such_clusters_is_shown_only_when_chosen():
    clusters = pd.concat(
        [world().clusters, world().clusters.iloc[[2]].assign(cluster_id="es-f", country="ES")], ignore_index=True
    )
    more = replace(WORLD, clusters=clusters)
    assert set(model_by_country.table(more, Selection())["country"]) == {"FR"}
    assert set(model_by_country.table(more, Selection(countries=("ES",)))["country"]) == {"ES"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_kind_is_told_for_being_what_it_is(language):
    """Incubators naming an incubator is no finding."""
    tables, selection = store.tables(), Selection(language=language)
    view = View.of(tables, selection)
    sentence = model_by_kind.describe(model_by_kind.table(tables, selection), view)
    assert view.label("kinds", "incubator") not in sentence
