"""Proximity: distances to the nearest cluster, and the Clark-Evans ratio against random patterns."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from atlas.charts import nearest_neighbours as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
SQUARE = box(0, 0, 100_000, 100_000)


def with_points(points: list[tuple[float, float]], precision: str = "commune"):
    """The small world with French clusters at these longitudes and latitudes."""
    rows = pd.concat(
        [
            WORLD.clusters.iloc[[0]].assign(
                cluster_id=f"fr-{n}", longitude=x, latitude=y, coordinate_precision=precision
            )
            for n, (x, y) in enumerate(points)
        ],
        ignore_index=True,
    )
    return replace(WORLD, clusters=rows)


def test_the_nearest_is_another_point_and_a_double_is_at_zero():
    assert list(chart.distances(np.array([[0, 0], [3, 4], [3, 4.5]]))) == [5, 0.5, 0.5]
    assert list(chart.distances(np.array([[1, 1], [1, 1]]))) == [0, 0]


def test_random_patterns_lie_in_the_shape_and_are_always_the_same():
    patterns = chart.random_patterns(SQUARE, 7)
    assert patterns.shape == (chart.DRAWS, 7, 2)
    assert (patterns == chart.random_patterns(SQUARE, 7)).all()
    assert gpd.GeoSeries.from_xy(*patterns.reshape(-1, 2).T).within(SQUARE).all()


def test_random_patterns_are_as_far_apart_as_theory_says():
    """Clark and Evans: half the square root of the area per point, a little more near an edge."""
    means = [chart.distances(pattern).mean() for pattern in chart.random_patterns(SQUARE, 100)]
    assert np.mean(means) == pytest.approx(0.5 * np.sqrt(SQUARE.area / 100), rel=0.12)


def test_points_of_one_town_are_told_as_nearer_than_chance():
    rows = chart.table(with_points([(2.3 + 0.01 * n, 47.0) for n in range(8)]), Selection())
    row = rows.iloc[0]
    assert (row["country"], row["clusters"], row["source_ids"]) == ("FR", 8, ["s1"])
    assert row["nearest_km"] == pytest.approx(0.76, abs=0.02)
    assert row["ratio_low"] <= row["ratio"] <= row["ratio_high"] < 1
    assert "the one country" in chart.describe(rows, View.of(WORLD, Selection()))


def test_four_points_regions_and_other_lands_are_not_measured():
    assert chart.table(with_points([(2.0, 46.0), (2.5, 46.0), (3.0, 46.0), (3.5, 46.0)]), Selection()).empty
    assert chart.table(with_points([(2.0 + n / 10, 46.0) for n in range(8)], precision="region"), Selection()).empty
    overseas = [(55.4 + n / 100, -21.1) for n in range(8)]
    assert chart.table(with_points(overseas), Selection()).empty


def test_too_few_points_are_said():
    rows = chart.table(WORLD, Selection())
    assert chart.describe(rows, View.of(WORLD, Selection(language="fr"))).startswith("Aucun pays de cette sélection")
