"""Boundaries of GISCO, and the region of a point: three square countries by the sea."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point, box, mapping

from etl.download import NotFetched, lock_of
from etl.faults import BadInput
from etl.regions import regions_of
from etl.sources import gisco
from etl.sources.gisco import NOTICE, fetch, read, read_countries
from tests.etl.publisher import Said

WEST, EAST, SOUTH = box(2, 45, 3, 46), box(3, 45, 4, 46), box(2, 40, 4, 41)
NUTS_PATH = "/nuts/geojson/NUTS_RG_10M_2024_4326.geojson"
COUNTRIES_PATH = "/countries/geojson/CNTR_RG_10M_2024_4326.geojson"


def region(nuts_id: str, shape, **more) -> dict:
    named = {
        "NUTS_ID": nuts_id,
        "LEVL_CODE": len(nuts_id) - 2,
        "CNTR_CODE": nuts_id[:2],
        "NAME_LATN": f"Region {nuts_id}",
    }
    return {
        "type": "Feature",
        "properties": named | {"NUTS_NAME": nuts_id, "URBN_TYPE": 1} | more,
        "geometry": mapping(shape),
    }


def said(*features: dict, headers=None) -> Said:
    content = json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)
    return Said(content.encode(), headers=headers or {"Content-Type": "application/geo+json"})


REGIONS = said(region("FR", WEST), region("FRX1", WEST), region("DEX2", EAST), region("EL30", SOUTH))
COUNTRIES = said(
    {"type": "Feature", "properties": {"CNTR_ID": "UK", "NAME_ENGL": "United Kingdom"}, "geometry": mapping(WEST)}
)


@pytest.fixture
def publisher(publisher, monkeypatch):
    monkeypatch.setattr(gisco, "ADDRESS", publisher.address)
    publisher.says(NUTS_PATH, REGIONS)
    publisher.says(COUNTRIES_PATH, COUNTRIES)
    return publisher


@pytest.fixture
def nuts(publisher, http, tmp_path) -> gpd.GeoDataFrame:
    fetch(tmp_path, http)
    return read(tmp_path)


def points(*rows: tuple[str | None, float, float]) -> gpd.GeoDataFrame:
    """Country, longitude, latitude -> points, with an index of their own."""
    countries, longitudes, latitudes = zip(*rows, strict=True)
    index = [f"c{at}" for at in range(len(rows))]
    geometry = [
        None if longitude is None else Point(longitude, latitude)
        for longitude, latitude in zip(longitudes, latitudes, strict=True)
    ]
    return gpd.GeoDataFrame({"country": list(countries)}, geometry=geometry, index=index, crs=4326)


def test_regions_come_in_our_names_and_country_codes(nuts):
    assert nuts.crs == 4326
    assert list(nuts.columns) == ["nuts_id", "level", "country", "name", "edition", "geometry"]
    assert set(nuts["edition"]) == {2024}
    assert nuts.drop(columns=["edition", "geometry"]).to_numpy().tolist() == [
        ["DEX2", 2, "DE", "Region DEX2"],
        ["EL30", 2, "GR", "Region EL30"],
        ["FR", 0, "FR", "Region FR"],
        ["FRX1", 2, "FR", "Region FRX1"],
    ]


def test_countries_come_beside_the_regions(nuts, tmp_path):
    assert read_countries(tmp_path)[["country", "name"]].to_numpy().tolist() == [["GB", "United Kingdom"]]


def test_without_a_fetch_there_are_no_regions_and_no_fault(tmp_path):
    none = read(tmp_path)
    assert none.empty
    assert none.crs == 4326
    assert regions_of(points(("FR", 2.5, 45.5)), none)["nuts_id"].isna().all()


def test_year_and_scale_can_be_chosen_and_the_newest_and_finest_is_read(publisher, http, tmp_path):
    publisher.says("/nuts/geojson/NUTS_RG_03M_2021_4326.geojson", said(region("FRX9", WEST)))
    publisher.says("/countries/geojson/CNTR_RG_03M_2020_4326.geojson", COUNTRIES)
    fetched = fetch(tmp_path, http, year=2021, scale="03M")
    assert [one.path.name for one in fetched] == ["NUTS_RG_03M_2021_4326.geojson", "CNTR_RG_03M_2020_4326.geojson"]
    assert read(tmp_path)["nuts_id"].tolist() == ["FRX9"]
    fetch(tmp_path, http)
    assert len(read(tmp_path)) == 4


@pytest.mark.parametrize(
    ("choice", "told"), [({"year": 2020}, "no NUTS regions of 2020"), ({"scale": "5M"}, "no scale 5M")]
)
def test_an_edition_that_does_not_exist_is_not_asked_for(publisher, http, tmp_path, choice, told):
    with pytest.raises(NotFetched, match=told):
        fetch(tmp_path, http, **choice)
    assert publisher.asked == []


LAMBERT = said(region("FRX1", box(3_900_000, 2_400_000, 3_950_000, 2_450_000)))
RENAMED = said({"type": "Feature", "properties": {"nuts": "FRX1", "LEVL_CODE": 2}, "geometry": mapping(WEST)})
FAILURES = [
    (LAMBERT, "not in degrees"),
    (RENAMED, "CNTR_CODE, NAME_LATN, NUTS_ID went, there are LEVL_CODE, nuts"),
    (said(), "not GeoJSON with boundaries"),
    (Said(REGIONS.body[:-30]), "cut short"),
    (Said(b'{"error": "no"}'), "not GeoJSON"),
    (Said(b"<html><body>Sorry"), "a web page came"),
    (Said(b""), "empty"),
    (Said(status=404), "no longer there"),
    (Said(status=503), "answers 503"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (REGIONS._replace(sent=200), "does not answer"),
]


@pytest.mark.parametrize(("answer", "told"), FAILURES, ids=[told for _, told in FAILURES])
def test_what_is_no_map_is_told_and_the_last_copy_kept(publisher, http, tmp_path, answer, told):
    last, _ = fetch(tmp_path, http)
    publisher.says(NUTS_PATH, answer)
    with pytest.raises(NotFetched) as failure:
        fetch(tmp_path, http)
    assert told in str(failure.value)
    assert last.path.read_bytes() == REGIONS.body
    assert lock_of(last.path) == last.lock
    assert len(read(tmp_path)) == 4


def test_a_cut_file_is_taken_up_and_a_move_followed(publisher, http, tmp_path):
    tagged = said(region("FRX1", WEST), headers={"ETag": '"one"'})
    new = publisher.says("/moved.geojson", tagged._replace(sent=80), tagged)
    publisher.says(
        NUTS_PATH,
        Said(status=503, headers={"Retry-After": "0"}),
        Said(status=308, headers={"Location": "/moved.geojson"}),
    )
    fetched, _ = fetch(tmp_path, http)
    assert fetched.path.read_bytes() == tagged.body
    assert fetched.lock.moved_to == new


def test_a_file_altered_by_hand_is_refused(nuts, tmp_path):
    path = next((tmp_path / "gisco").glob("NUTS*.geojson"))
    path.write_bytes(path.read_bytes().replace(b"FRX1", b"FRX2"))
    with pytest.raises(BadInput, match="is not the file that was downloaded"):
        read(tmp_path)


def test_the_notice_is_there_in_both_languages():
    assert set(NOTICE) == {"en", "fr"}
    assert all(words.startswith("© EuroGeographics") for words in NOTICE.values())


def test_a_point_is_of_the_region_it_lies_in(nuts):
    found = regions_of(points(("FR", 2.5, 45.5), ("GR", 2.5, 40.5)), nuts)
    assert found.index.tolist() == ["c0", "c1"]
    assert found["nuts_id"].tolist() == ["FRX1", "EL30"]
    assert found["found_by"].tolist() == ["inside", "inside"]
    assert found["distance_m"].tolist() == [0, 0]
    assert found["lies_in"].isna().all()


def test_a_point_off_the_coast_is_of_the_nearest_region_within_15_km(nuts):
    found = regions_of(points(("FR", 1.9, 45.5), ("FR", 1.7, 45.5), (None, 1.9, 45.5)), nuts)
    assert found["nuts_id"].fillna("").tolist() == ["FRX1", "", "FRX1"]
    assert found["found_by"].fillna("").tolist() == ["nearest", "", "nearest"]
    assert 7_000 < found["distance_m"].iloc[0] < 9_000


def test_the_declared_country_stands_and_the_other_is_a_question(nuts):
    found = regions_of(points(("FR", 3.05, 45.5), ("FR", 3.9, 45.5), ("EU", 3.9, 45.5), (None, 3.9, 45.5)), nuts)
    assert found["nuts_id"].fillna("").tolist() == ["FRX1", "", "DEX2", "DEX2"]
    assert found["found_by"].fillna("").tolist() == ["nearest", "", "inside", "inside"]
    assert found["lies_in"].fillna("").tolist() == ["DE", "DE", "", ""]


def test_points_that_are_not_known_and_levels_that_are_not_there_have_no_region(nuts):
    found = regions_of(points(("FR", None, None), ("FR", 2.5, 45.5)), nuts)
    assert found["nuts_id"].fillna("").tolist() == ["", "FRX1"]
    assert regions_of(points(("FR", 2.5, 45.5)), nuts, level=3)["nuts_id"].isna().all()
    assert regions_of(points(("FR", 2.5, 45.5)), nuts, level=0)["nuts_id"].tolist() == ["FR"]


def test_a_point_on_a_border_has_one_region(nuts):
    found = regions_of(points((None, 3.0, 45.0), ("FR", 3.0, 45.0)), nuts)
    assert found["nuts_id"].tolist() == ["DEX2", "FRX1"]


def test_a_country_without_nuts_regions_is_not_given_those_of_its_neighbour(nuts):
    found = regions_of(points(("MD", 3.9, 45.5), ("MD", 4.05, 45.5)), nuts)
    assert found["nuts_id"].isna().all()
    assert found["lies_in"].fillna("").tolist() == ["DE", ""]


def test_the_clusters_of_the_facts_are_found_in_the_country_they_declare(real):
    countries = real.tables["countries"]
    whole = countries.assign(nuts_id=countries["country"], level=0, name=countries["name_en"])
    clusters = real.tables["clusters"]
    found = regions_of(clusters, whole, level=0)
    assert found.index.equals(clusters.index)
    is_found = found["nuts_id"].notna()
    is_seated = is_found & (clusters["country"] != "EU")
    assert (found["nuts_id"] == clusters["country"])[is_seated].all()
    assert is_found.sum() > 0.9 * clusters["latitude"].notna().sum()
