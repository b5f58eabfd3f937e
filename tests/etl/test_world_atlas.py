"""The land table, built from the committed raw file: who owns which place, and what a bad raw file says."""

import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, box

from etl.sources import world_atlas

RAW = Path(__file__).parents[2] / "data" / "raw"
DEGREES_TO_COAST = 0.02
"""How far a port may fall into the sea of a 1:50 000 000 coast."""
VIEW = box(900_000, 600_000, 8_200_000, 5_900_000)
"""EPSG:3035, metres: the widest map of Europe drawn, from the Azores to Georgia and from the Canaries to the North Cape."""


@pytest.fixture(scope="module")
def land() -> gpd.GeoDataFrame:
    return world_atlas.read(RAW)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A copy of the raw file and its lock, to spoil."""
    return shutil.copytree(RAW / "world-atlas", tmp_path / "world-atlas").parent


def owners(land: gpd.GeoDataFrame, longitude: float, latitude: float) -> set[str]:
    """The territories that hold a place; for a port off the drawn coast, the nearest ones."""
    degrees = shapely.distance(land.geometry.to_numpy(), Point(longitude, latitude))
    return set(land["country"][(degrees == degrees.min()) & (degrees < DEGREES_TO_COAST)])


def test_columns_and_keys(land: gpd.GeoDataFrame) -> None:
    assert list(land.columns) == ["country", "parent_country", "role", "geometry"]
    assert land["country"].is_unique
    assert land["country"].str.fullmatch("[A-Z]{2}").all()
    assert land.crs.to_epsg() == 4326


def test_roles(land: gpd.GeoDataFrame) -> None:
    by_role = land.groupby("role")["country"].agg(set)
    assert set(by_role.index) == {"observed", "overseas", "context"}
    assert len(by_role["observed"]) == 45
    assert by_role["overseas"] == {"GF", "GP", "MQ", "RE", "YT"}
    assert {"RU", "BY", "MA", "SY", "GL", "VA"} <= by_role["context"]


def test_only_the_overseas_departments_have_a_parent(land: gpd.GeoDataFrame) -> None:
    parents = land.set_index("country")["parent_country"].dropna()
    assert parents.to_dict() == {"GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR"}


def test_every_geometry_is_a_valid_polygon(land: gpd.GeoDataFrame) -> None:
    assert land.is_valid.all()
    assert not land.is_empty.any()
    assert set(land.geom_type) <= {"Polygon", "MultiPolygon"}


def test_neighbours_share_their_border(land: gpd.GeoDataFrame) -> None:
    france, spain = land.set_index("country").geometry[["FR", "ES"]]
    assert france.intersection(spain).area == 0
    assert france.intersection(spain).length > 3
    assert shapely.coverage_is_valid(land.geometry.to_numpy())


def test_exterior_rings_are_clockwise(land: gpd.GeoDataFrame) -> None:
    rings = shapely.get_exterior_ring(land.explode().geometry.to_numpy())
    assert not shapely.is_ccw(rings).any()


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "country"),
    [
        ("Simferopol", 34.10, 44.95, "UA"),
        ("Kerch", 36.43, 45.35, "UA"),
        ("Sevastopol", 33.55, 44.60, "UA"),
        ("Donetsk", 37.80, 48.00, "UA"),
        ("Temryuk, in Taman", 37.38, 45.27, "RU"),
        ("Kaliningrad", 20.51, 54.71, "RU"),
        ("Kyrenia", 33.32, 35.34, "CY"),
        ("Akrotiri", 32.97, 34.62, "CY"),
        ("Pristina", 21.16, 42.66, "XK"),
        ("Belgrade", 20.46, 44.81, "RS"),
        ("Sukhumi", 41.02, 43.00, "GE"),
        ("Tiraspol", 29.63, 46.84, "MD"),
        ("Quneitra, Golan", 35.82, 33.12, "SY"),
        ("Tiberias", 35.52, 32.79, "IL"),
        ("Laayoune", -13.20, 27.15, "EH"),
        ("Cayenne", -52.33, 4.93, "GF"),
        ("Saint-Denis", 55.45, -20.88, "RE"),
        ("Mamoudzou", 45.23, -12.78, "YT"),
        ("Pointe-à-Pitre", -61.53, 16.24, "GP"),
        ("Fort-de-France", -61.07, 14.61, "MQ"),
        ("Bordeaux", -0.58, 44.84, "FR"),
        ("Ajaccio", 8.74, 41.93, "FR"),
        ("Valletta", 14.51, 35.90, "MT"),
        ("Las Palmas", -15.43, 28.12, "ES"),
        ("Ponta Delgada", -25.67, 37.75, "PT"),
        ("Funchal", -16.92, 32.65, "PT"),
        ("Mariehamn", 19.94, 60.10, "FI"),
        ("Trondheim", 10.40, 63.43, "NO"),
        ("Longyearbyen", 15.63, 78.22, "SJ"),
        ("Monaco", 7.42, 43.74, "MC"),
        ("San Marino", 12.45, 43.94, "SM"),
        ("Vaduz", 9.52, 47.14, "LI"),
    ],
)
def test_place_lies_in(land: gpd.GeoDataFrame, place: str, longitude: float, latitude: float, country: str) -> None:
    assert owners(land, longitude, latitude) == {country}, place


def test_crimea_passes_to_ukraine_and_nothing_else_leaves_russia() -> None:
    drawn = world_atlas.territories(gpd.read_file(RAW / world_atlas.RAW, layer="countries").set_crs(4326))
    redrawn = world_atlas.redraw(drawn)
    taken = drawn["RU"].difference(redrawn["RU"])
    assert taken.geom_type == "Polygon"
    assert taken.bounds == pytest.approx((32.5, 44.4, 36.6, 46.2), abs=0.1)
    assert redrawn["UA"].area == pytest.approx(drawn["UA"].area + taken.area)


def test_no_context_is_cut_within_a_map_of_europe() -> None:
    outline = gpd.GeoSeries([VIEW.segmentize(50_000)], crs=3035).to_crs(4326).union_all()
    assert world_atlas.EXTENT.contains(outline)


def test_file_stays_small(land: gpd.GeoDataFrame, tmp_path: Path) -> None:
    land.to_parquet(tmp_path / "land.parquet")
    assert (tmp_path / "land.parquet").stat().st_size < 400_000


def test_reading_twice_gives_the_same_table(land: gpd.GeoDataFrame) -> None:
    again = world_atlas.read(RAW)
    assert list(again.to_wkb()["geometry"]) == list(land.to_wkb()["geometry"])
    pd.testing.assert_frame_equal(again, land)


def test_altered_raw_file_is_refused(raw: Path) -> None:
    with (raw / world_atlas.RAW).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ValueError, match=r"countries-50m\.json is not the file that was downloaded"):
        world_atlas.read(raw)


@pytest.mark.parametrize("missing", ["countries-50m.json", "countries-50m.json.lock"])
def test_missing_file_is_named(raw: Path, missing: str) -> None:
    (raw / "world-atlas" / missing).unlink()
    with pytest.raises(FileNotFoundError, match=f"{missing} is missing: fetch the source world-atlas"):
        world_atlas.read(raw)
