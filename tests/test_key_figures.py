"""The first figures a reader sees."""

from dataclasses import replace

import pytest

from atlas.key_figures import gaps, hosted_jobs, known_clusters, programmes
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
VIEW = View.of(WORLD, Selection())


def test_jobs_add_the_latest_of_one_scope_and_never_a_plan():
    figure = hosted_jobs(WORLD.clusters, WORLD, VIEW)
    assert (figure.value, figure.line) == ("at least about 190", "2 of 5 clusters publish it · 2020–2021")
    assert figure.source_ids == ["s2"]


def test_a_total_of_exact_figures_is_exact():
    exact = replace(WORLD, observations=WORLD.observations.assign(qualifier="exact"))
    assert hosted_jobs(exact.clusters, exact, VIEW).value == "190"


def test_the_union_is_not_counted_as_a_country():
    assert known_clusters(WORLD.clusters, VIEW).line == "in 2 countries; a list that grows, not a census"
    assert programmes(WORLD, VIEW).line == "2013–2014, 1 country and the European Union"


@pytest.mark.parametrize(
    "sentence",
    [
        "3 of 5 clusters have a point on the map.",
        "3 of 5 clusters have a founding year.",
        "3 of 5 clusters have a theme.",
    ],
)
def test_gaps_are_counted(sentence):
    assert sentence in gaps(WORLD, VIEW)


def test_undated_figures_are_said():
    undated = WORLD.observations.assign(as_of=WORLD.observations["as_of"].where(WORLD.observations["as_of"] != "2021"))
    assert (
        hosted_jobs(WORLD.clusters, replace(WORLD, observations=undated), VIEW).line
        == "2 of 5 clusters publish it · 2020 · 1 undated figure"
    )
