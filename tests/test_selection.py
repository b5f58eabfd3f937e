"""The URL in codes: what is printed is read back; what is unknown is left out and reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas import store
from atlas.parameters import LAYERS, OPTIONS, PARAMETERS, Dropped
from atlas.selection import Selection
from atlas.vocabulary import Vocabulary
from tests.nuts_world import nuts_world
from tests.small_world import small_world

VOCABULARY = Vocabulary(store.tables().vocabulary)
CODES = {
    name: VOCABULARY.codes(name)
    for name in (
        "definitions",
        "countries",
        "country_groups",
        "kinds",
        "themes",
        "programme_levels",
        "programme_kinds",
        "metrics",
        "scopes",
        "indicators",
    )
}


def several(*names: str) -> st.SearchStrategy:
    return st.lists(st.sampled_from([code for name in names for code in CODES[name]]), unique=True, max_size=5).map(
        tuple
    )


def degrees(most: int) -> st.SearchStrategy:
    return st.floats(-most, most).map(lambda number: round(number, 4) + 0.0)


SELECTIONS = st.builds(
    Selection,
    language=st.sampled_from(["en", "fr"]), definition=st.sampled_from(CODES["definitions"]),
    countries=several("countries", "country_groups"), kinds=several("kinds"), themes=several("themes"),
    levels=several("programme_levels"), programme_kinds=several("programme_kinds"),
    time=st.none() | st.tuples(st.integers(1800, 2100), st.integers(1800, 2100)).map(lambda years: tuple(sorted(years))),
    metric=st.sampled_from(CODES["metrics"]), scope=st.sampled_from(CODES["scopes"]),
    query=st.text(max_size=150).map(lambda text: " ".join(text.split())[:100]), id=st.from_regex(r"[a-z0-9-]{0,40}", fullmatch=True),
    size=st.sampled_from(["", *CODES["metrics"]]), background=st.sampled_from(["", "density", *CODES["indicators"]]),
    layers=st.sets(st.sampled_from(LAYERS)).map(lambda chosen: tuple(layer for layer in LAYERS if layer in chosen)),
    until=st.none() | st.integers(1800, 2100), near=st.none() | st.tuples(degrees(90), degrees(180)), radius=st.integers(1, 1000),
    camera=st.none() | st.tuples(degrees(85), degrees(180), degrees(10).map(abs)),
    version=st.from_regex(r"[0-9a-z.~]{0,40}", fullmatch=True), cluster=st.from_regex(r"[a-z0-9-]{0,40}", fullmatch=True),
    indicator=st.sampled_from(CODES["indicators"]), against=st.sampled_from(CODES["indicators"]),
    **{field: st.sampled_from(OPTIONS[field]) for field in ("colour", "grain", "by", "sort", "layout", "shown", "part")},
)  # fmt: skip


@given(SELECTIONS)
def test_what_is_printed_is_read_back(selection):
    assert Selection.parse(selection.parameters(), VOCABULARY) == (selection, [])


@given(
    st.dictionaries(
        st.sampled_from(list(PARAMETERS.values())),
        st.text(max_size=300),
    )
)
def test_no_link_is_an_error(parameters):
    selection, _dropped = Selection.parse(parameters, VOCABULARY)
    assert Selection.parse(selection.parameters(), VOCABULARY)[0] == selection


@pytest.mark.parametrize(
    ("parameters", "dropped"),
    [
        ({"country": "FR~XX"}, [Dropped("country", "XX")]),
        ({"time": "2024..2010"}, [Dropped("time", "2024..2010", "reversed", "2010..2024")]),
        ({"time": "2010..99999"}, [Dropped("time", "2010..99999")]),
        ({"lang": "de"}, [Dropped("lang", "de")]),
        ({"metric": "happiness"}, [Dropped("metric", "happiness")]),
        ({"kind": "<script>"}, [Dropped("kind", "<script>")]),
        (
            {"country": "UK~Frence"},
            [Dropped("country", "UK", instead="GB"), Dropped("country", "Frence", instead="FR")],
        ),
        ({"radius": "-1"}, [Dropped("radius", "-1", "out_of_range", "1")]),
        ({"radius": "near"}, [Dropped("radius", "near")]),
        ({"near": "91~0"}, [Dropped("near", "91~0")]),
        ({"view": "48.1~2.3"}, [Dropped("view", "48.1~2.3")]),
        ({"layout": "pie"}, [Dropped("layout", "pie")]),
        ({"grain": "street"}, [Dropped("grain", "street")]),
        ({"layer": "nuts2~roads"}, [Dropped("layer", "roads")]),
        ({"region": "FRI1"}, [Dropped("region", "FRI1")]),
        ({"country": "~".join(f"X{n}" for n in range(300))}, [Dropped("country", f"X{n}") for n in range(300)]),
    ],
)
def test_what_is_unknown_is_left_out_and_reported(parameters, dropped):
    assert Selection.parse(parameters, VOCABULARY)[1] == dropped


def test_the_url_is_the_one_the_design_fixes():
    link = {
        "country": "FR~ES",
        "kind": "ptce",
        "theme": "food_agriculture",
        "time": "2010..2024",
        "metric": "jobs",
        "scope": "hosted",
        "lang": "fr",
    }
    selection, dropped = Selection.parse(link, VOCABULARY)
    assert dropped == []
    assert (selection.countries, selection.time, selection.language) == (("FR", "ES"), (2010, 2024), "fr")
    assert selection.parameters() == {
        "lang": "fr",
        "country": "FR~ES",
        "kind": "ptce",
        "theme": "food_agriculture",
        "time": "2010..2024",
    }


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({}, ["fr-a", "fr-b", "fr-c", "es-d", "eu-e"]),
        ({"countries": ("ES", "EU")}, ["es-d", "eu-e"]),
        ({"countries": ("eu14",)}, ["fr-a", "fr-b", "fr-c", "es-d"]),
        ({"countries": ("benelux", "ES")}, ["es-d"]),
        ({"definition": "ptce"}, ["fr-a", "fr-b"]),
        ({"definition": "strict"}, ["fr-a", "fr-b", "fr-c", "es-d"]),
        ({"kinds": ("ptce",), "themes": ("mobility",)}, ["fr-a"]),
        ({"time": (2011, 2020)}, ["fr-b", "es-d"]),
        ({"countries": ("ES",), "kinds": ("ptce",)}, []),
    ],
)
def test_clusters_chosen(changes, ids):
    assert list(Selection(**changes).of_clusters(small_world())["cluster_id"]) == ids


@pytest.mark.parametrize(
    ("codes", "ids"),
    [
        (("FRH",), ["fr-a"]),
        (("FRJ",), ["fr-b", "fr-c"]),
        (("FRJ2", "ES21"), ["fr-c", "es-d"]),
        (("FRY4",), []),
    ],
)
def test_a_region_holds_what_lies_in_it_and_what_a_source_places_there(codes, ids):
    world = nuts_world()
    selection, dropped = Selection.parse({"region": "~".join(codes)}, world.codes)
    assert (selection.regions, dropped) == (codes, [])
    assert list(selection.of_clusters(world)["cluster_id"]) == ids


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"levels": ("eu",)}, ["eu-fund", "undated"]),
        ({"programme_kinds": ("law",)}, ["law"]),
        ({"time": (2019, 2019)}, ["eu-fund"]),
        ({"time": (2014, 2014)}, ["law", "fr-prog-ptce-aap-2013", "eu-fund"]),
    ],
)
def test_programmes_chosen(changes, ids):
    assert list(Selection(**changes).of_programmes(small_world())["programme_id"]) == ids
