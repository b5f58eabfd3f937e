import pyarrow as pa
import pytest

from atlas import towns

RECORDS = [
    ("Bordeaux", ["Burdeos", "Бордо"], "FR", 44.8412, -0.5805, 260_000),
    ("Bords", ["Bord"], "FR", 45.9, -0.8, 1_200),
    ("Bordj Bou Arreridj", [], "DZ", 36.07, 4.76, 158_000),
    ("Vienna", ["Wien", "Vienne"], "AT", 48.2, 16.37, 1_700_000),
    ("Vienne", [], "FR", 45.52, 4.87, 32_000),
    ("Athens", ["Αθήνα"], "GR", 37.98, 23.73, 660_000),
    ("Saint-Étienne", ["St Etienne"], "FR", 45.43, 4.39, 176_000),
    ("Łódź", [], "PL", 51.76, 19.46, 640_000),
]


@pytest.fixture
def few_towns(monkeypatch):
    """The gazetteer reduced to a few towns: the real one takes a while to read."""
    fields = ("name", "alternatenames", "countrycode", "latitude", "longitude", "population")
    records = [dict(zip(fields, record, strict=True)) for record in RECORDS]
    monkeypatch.setattr(towns, "_records", lambda: pa.Table.from_pylist(records, towns.RECORD))
    for cached in (towns.gazetteer, towns.nearest_town):
        cached.cache_clear()
    yield
    for cached in (towns.gazetteer, towns.nearest_town):
        cached.cache_clear()


def names(text, **how):
    return [town.name for town in towns.search(text, **how)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("burdeos", ["Bordeaux"]),
        ("БОРДО", ["Bordeaux"]),
        ("αθηνα", ["Athens"]),
        ("saint etienne", ["Saint-Étienne"]),
        ("ST-ÉTIENNE", ["Saint-Étienne"]),
        ("lodz", ["Łódź"]),
        ("bordaux", ["Bordeaux"]),
        ("vienne", ["Vienna", "Vienne"]),
        ("bord", ["Bords", "Bordeaux", "Bordj Bou Arreridj"]),
        ("nothing of the kind", []),
        (" -- ", []),
    ],
)
def test_a_town_is_found_in_any_language_whatever_the_accents_and_the_case(few_towns, typed, found):
    assert names(typed) == found


def test_towns_of_the_countries_asked_for_come_first_but_after_those_called_so(few_towns):
    assert names("bord", near_first=("DZ",)) == ["Bords", "Bordj Bou Arreridj", "Bordeaux"]
    assert names("bord", limit=1) == ["Bords"]


def test_a_point_is_named_by_its_nearest_town(few_towns):
    town, distance = towns.nearest_town(44.84, -0.58)
    assert town == towns.Town("Bordeaux", "FR", 44.8412, -0.5805, 260_000)
    assert distance == pytest.approx(0.14, abs=0.02)


def test_the_gazetteer_holds_the_towns_of_europe():
    assert len(towns.gazetteer().towns) > 200_000
    assert [(town.name, town.country) for town in towns.search("Gand", limit=1)] == [("Gent", "BE")]
    assert towns.search("Tarnos")[0].population > 10_000
