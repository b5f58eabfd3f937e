import pandas as pd
import pytest

from atlas.selection import Selection
from atlas.totals import how_exact, is_added, parts, whole, worded
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()


def latest(**values):
    """One cluster per qualifier, with the value given for it."""
    return pd.DataFrame(
        [
            {"cluster_id": f"c{i}", "qualifier": qualifier, "value": value, "source_ids": [f"s{i}"]}
            for i, (qualifier, value) in enumerate(values.items())
        ]
    )


def total(language="en", **values):
    row = whole(parts(latest(**values))).to_dict("records")[0]
    return worded(row, "jobs", View.of(TABLES, Selection(language=language)))


def test_parts_hold_the_bounds_that_each_qualifier_gives():
    sums = parts(latest(at_most=50.0, exact=1_000.0, at_least=200.0))
    assert sums[["role", "clusters", "value", "lower_bound", "upper_bound", "source_ids"]].fillna(
        -1
    ).values.tolist() == [
        ["exact", 1, 1_000.0, 1_000.0, 1_000.0, ["s1"]],
        ["at_least", 1, 200.0, 200.0, -1, ["s2"]],
        ["at_most", 1, 50.0, 0.0, 50.0, ["s0"]],
    ]


@pytest.mark.parametrize(("values", "words"), [
    ({"exact": 1_000}, "1,000 jobs"),
    ({"exact": 1_000, "about": 200}, "about 1,200 jobs"),
    ({"exact": 1_000, "at_least": 200}, "at least 1,200 jobs"),
    ({"exact": 1_000, "about": 10, "at_least": 200}, "at least about 1,210 jobs"),
    ({"exact": 1_000, "at_most": 50}, "between 1,000 and 1,050 jobs"),
    ({"exact": 1_000, "about": 100, "at_most": 50}, "about 1,100 to 1,150 jobs"),
    ({"at_most": 50}, "at most 50 jobs"),
    ({"exact": 1_000, "at_most": 50, "at_least": 200}, "at least about 1,200 jobs"),
])  # fmt: skip
def test_a_sum_is_worded_by_its_bounds(values, words):
    assert total(**values) == words


def test_a_sum_is_worded_in_french():
    assert total("fr", exact=1_000, at_least=200) == "au moins 1\u202f200 emplois"
    assert total("fr", exact=1_000, at_most=50) == "entre 1\u202f000 et 1\u202f050 emplois"


def test_a_sum_is_as_inexact_as_its_parts():
    assert [how_exact(codes) for codes in ({"exact"}, {"exact", "at_least"}, {"at_most", "at_least"})] == [
        "exact",
        "at_least",
        "about",
    ]


@pytest.mark.parametrize(("metric", "scope", "added"), [
    ("jobs", "hosted", True), ("jobs", "members", False), ("jobs", "individual_members", False),
    ("jobs", "other", False), ("members", "hosted", False), ("turnover_eur", "own", True),
])  # fmt: skip
def test_what_overlaps_is_never_added(metric, scope, added):
    assert is_added(metric, scope) is added
