import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from atlas import choropleth, land, store
from atlas.hexagons import ACROSS_KM, hexagons
from atlas.marks import projected
from atlas.theme import DARK, LIGHT

LAND = store.tables().countries


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.0], [0]),
        ([2.0, 2.0, 2.0], [0, 0, 0]),
        ([1.0, 2.0, 3.0], [0, 1, 2]),
        ([1.0, 1.0, 1.0, 1.0, 9.0], [0, 0, 0, 0, 1]),
        (list(range(10)), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
    ],
)
def test_classes_are_at_most_five_and_equal_values_share_one(values, expected):
    assert choropleth.classes(pd.Series(values)).tolist() == expected


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_ramp_goes_one_way_from_the_background(theme):
    def lightness(colour):
        return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))

    tones = [lightness(colour) for colour in choropleth.ramp(theme, 5)]
    assert len(set(tones)) == 5
    assert tones == sorted(tones, reverse=not theme.is_dark)
    assert choropleth.ramp(theme, 1) == choropleth.ramp(theme, 5)[-1:]


def test_only_rates_colour_countries():
    vocabulary = store.tables().codes
    rates = [code for code in vocabulary.codes("indicators") if choropleth.is_rate(vocabulary, code)]
    assert "unemployment_rate" in rates
    assert not {"population", "gdp_per_capita_pps", "social_economy_gva_eur"} & set(rates)
    assert not choropleth.is_rate(vocabulary, "density")


def test_every_observed_country_can_be_hatched_inside_its_borders():
    strokes = land.hatching(LAND)
    shapes = land.outlines(LAND).query("role == 'observed'").dissolve("country").geometry
    assert set(strokes) == set(shapes.index)
    assert all(len(lines.geoms) for lines in strokes.values())
    assert all(shapes[code].buffer(10).covers(lines) for code, lines in strokes.items())


def test_bounds_leave_far_islands_out():
    west, south, _east, _north = land.bounds(LAND, ["ES"])
    assert (west, south) == pytest.approx((-9.2, 36.0), abs=0.3)
    assert land.bounds(LAND, ["EU"]) is None
    assert land.bounds(LAND, []) is None


def test_hexagons_count_every_point_once_in_cells_of_one_area():
    generator = np.random.default_rng(7)
    points = pd.DataFrame({"latitude": generator.uniform(38, 60, 400), "longitude": generator.uniform(-8, 28, 400)})
    cells = hexagons(points)
    assert cells["count"].sum() == 400
    assert cells.area.round().nunique() == 1
    assert cells.area.iloc[0] == pytest.approx(ACROSS_KM**2 * np.sqrt(3) / 2 * 1e6)
    places = projected(points)
    inside = cells.sindex.query(gpd.points_from_xy(places["x"] * 1000, places["y"] * 1000), predicate="intersects")
    assert set(inside[0]) == set(range(400))
