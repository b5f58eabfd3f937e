"""Most alike: what two clusters share, nothing hidden in the score."""

from dataclasses import replace

import pandas as pd

from atlas.alike import alike, jaccard, reasons
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()


def said(found: pd.DataFrame, language: str = "en") -> list[str]:
    view = View.of(TABLES, Selection(language=language))
    return [reasons(row, view) for _index, row in found.iterrows()]


def test_the_score_is_the_shares_in_common_and_a_bonus_for_each_sameness():
    found = alike("fr-a", TABLES)
    assert found["cluster_id"].tolist() == ["fr-b"]
    assert found["score"].tolist() == [0.5 + 0.5 + 0.25]
    assert said(found) == ["same kind · same country · themes in common: Food and farming"]
    assert said(found, "fr") == ["même type · même pays · thèmes communs\xa0: Alimentation et agriculture"]


def test_kind_and_country_alone_make_nothing_alike():
    assert alike("fr-c", TABLES).empty
    assert alike("no-such-cluster", TABLES).empty
    assert list(alike("", TABLES)) == list(alike("fr-a", TABLES))


def test_sizes_compare_within_one_scope_only():
    """C has 40 jobs on its site; B created 12: the same class, but not the same count."""
    clusters = TABLES.clusters.assign(themes=[["digital"]] * 5)
    world = replace(TABLES, clusters=clusters)
    assert not alike("fr-c", world).set_index("cluster_id").loc["fr-b", "same_size"]
    figures = TABLES.observations.assign(scope="hosted", is_latest=True)
    assert alike("fr-c", replace(world, observations=figures)).set_index("cluster_id").loc["fr-b", "same_size"]


def test_a_planned_figure_gives_no_size():
    clusters = TABLES.clusters.assign(themes=[["digital"]] * 5)
    figures = TABLES.observations.assign(value=900.0, is_latest=True)
    found = alike("es-d", replace(TABLES, clusters=clusters, observations=figures))
    assert not found["same_size"].any()


def test_two_empty_lists_share_nothing():
    assert jaccard([], []) == 0
    assert jaccard(["a", "b"], ["b", "c"]) == 1 / 3
