"""Towns of the real gazetteer: their spellings, their homonyms, and the ones nobody may guess."""

import pandas as pd
import pytest

from etl.gazetteer import Town, distance_km, locate, normalise, normalised, place_points, towns_named


@pytest.mark.parametrize(
    ("place", "country", "latitude", "longitude"),
    [
        ("Bordeaux", "FR", 44.84, -0.58),
        ("Tarnos", "FR", 43.54, -1.46),
        ("L’HAY LES ROSES", "FR", 48.78, 2.34),
        ("St-Étienne", "FR", 45.43, 4.39),
        ("Brussels", "BE", 50.85, 4.35),
        ("Bruxelles", "BE", 50.85, 4.35),
        ("Brussel", "BE", 50.85, 4.35),
        ("Donostia", "ES", 43.31, -1.97),
        ("Łódź", "PL", 51.77, 19.47),
    ],
)
def test_a_town_is_found_by_any_of_its_names(place: str, country: str, latitude: float, longitude: float) -> None:
    town = locate(place, country)
    assert town is not None
    assert (town.latitude, town.longitude) == pytest.approx((latitude, longitude), abs=0.02)


@pytest.mark.parametrize(
    ("region", "latitude"), [("La Réunion", -20.88), ("Île-de-France", 48.94)], ids=["overseas", "mainland"]
)
def test_the_region_tells_homonyms_apart(region: str, latitude: float) -> None:
    town = locate("Saint-Denis", "FR", region)
    assert town is not None
    assert town.latitude == pytest.approx(latitude, abs=0.02)


def test_homonyms_of_comparable_size_are_not_guessed() -> None:
    assert [town.region for town in towns_named("Saint-Denis", "FR")][:2] == ["RE", "11"]
    assert locate("Saint-Denis", "FR") is None


def test_a_much_smaller_homonym_does_not_hide_a_city() -> None:
    city, *homonyms = towns_named("Valence", "FR")
    assert homonyms
    assert locate("Valence", "FR") == city


def test_a_town_only_nicknamed_so_does_not_hide_the_one_called_so() -> None:
    city, nicknamed = towns_named("Saint-Étienne", "FR")[:2]
    assert (city.name, nicknamed.name) == ("Saint-Étienne", "Saint-Étienne-du-Rouvray")
    assert locate("Saint-Étienne", "FR") == city


@pytest.mark.parametrize("place", ["Pays de Vilaine", "Lyon ; Villeurbanne", "Trifouilly-les-Oies", ""])
def test_a_territory_or_an_unknown_town_is_not_forced(place: str) -> None:
    assert locate(place, "FR") is None


@pytest.mark.parametrize(("country", "region"), [("DE", None), ("EU", None), ("FR", "Bretagne")])
def test_a_town_is_not_found_elsewhere(country: str, region: str | None) -> None:
    assert locate("Tarnos", country, region) is None


def test_spellings_that_differ_in_marks_only_are_one() -> None:
    assert normalise("Ste-Foy-lès-Lyon") == normalise("SAINTE FOY LES LYON") == "sainte foy les lyon"
    assert normalise("Saint-Pierre-de-Bœuf") == normalise("St Pierre de Boeuf")


def test_names_together_become_what_each_becomes_alone() -> None:
    names = [
        "Łódź",
        "",
        "St. St Étienne",
        "l'Haÿ-les-Roses",
        "Αθήνα",
        "Straße 7_b",
        "Saint-Denis",
        "-",
        "Bruxelles\u00a0/ Brussel",
    ]
    assert normalised(names) == [normalise(name) for name in names]
    assert normalised(names)[2:6] == ["saint saint etienne", "l hay les roses", "αθηνα", "strasse 7_b"]
    assert normalised([]) == []
    assert normalise("Saint\nDenis") == "saint denis"


def test_distance_is_in_kilometres() -> None:
    paris, london = Town("Paris", "", 48.8566, 2.3522, 0), Town("London", "", 51.5074, -0.1278, 0)
    assert distance_km(paris, london) == pytest.approx(344, abs=1)


@pytest.fixture
def clusters() -> pd.DataFrame:
    """One cluster with its own point, one with a town only, one with an unknown town, one with a region only."""
    return pd.DataFrame(
        {
            "cluster_id": ["site", "town", "hamlet", "region"],
            "country": ["FR", "FR", "FR", "FR"],
            "region": ["Nouvelle-Aquitaine", "Nouvelle-Aquitaine", "Bretagne", "Bretagne"],
            "place": ["Bordeaux", "Tarnos", "Trifouilly-les-Oies", None],
            "latitude": [44.849, None, None, None],
            "longitude": [-0.56, None, None, None],
            "coordinate_precision": ["site", "region", "region", "region"],
        }
    )


def test_a_point_of_the_facts_is_kept(clusters: pd.DataFrame) -> None:
    site = place_points(clusters).iloc[0]
    assert (site.latitude, site.longitude) == (44.849, -0.56)
    assert (site.coordinate_precision, site.coordinate_origin) == ("site", "facts")


def test_a_town_gives_its_point(clusters: pd.DataFrame) -> None:
    town = place_points(clusters).iloc[1]
    assert (town.latitude, town.longitude) == pytest.approx((43.5417, -1.4628), abs=0.001)
    assert (town.coordinate_precision, town.coordinate_origin) == ("commune", "geonames")


def test_a_row_still_without_a_point_stays_as_it_came(clusters: pd.DataFrame) -> None:
    nowhere = place_points(clusters).iloc[2:]
    assert nowhere[["latitude", "longitude", "coordinate_origin"]].isna().all(axis=None)
    assert nowhere["coordinate_precision"].tolist() == ["region", "region"]


def test_the_rows_given_are_left_as_they_were(clusters: pd.DataFrame) -> None:
    before = clusters.copy()
    assert place_points(clusters)["cluster_id"].tolist() == before["cluster_id"].tolist()
    pd.testing.assert_frame_equal(clusters, before)
