"""The URL in codes: what is printed is read back; what is unknown is left out and reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas import store
from atlas.selection import Dropped, Selection
from atlas.vocabulary import Vocabulary
from tests.small_world import small_world

VOCABULARY = Vocabulary(store.tables().vocabulary)
CODES = {
    name: VOCABULARY.codes(name)
    for name in (
        "countries",
        "kinds",
        "themes",
        "programme_levels",
        "programme_kinds",
        "metrics",
        "scopes",
    )
}


def several(name: str) -> st.SearchStrategy:
    return st.lists(st.sampled_from(CODES[name]), unique=True, max_size=5).map(tuple)


SELECTIONS = st.builds(
    Selection,
    language=st.sampled_from(["en", "fr"]), countries=several("countries"), kinds=several("kinds"), themes=several("themes"),
    levels=several("programme_levels"), programme_kinds=several("programme_kinds"),
    time=st.none() | st.tuples(st.integers(1800, 2100), st.integers(1800, 2100)).map(lambda years: tuple(sorted(years))),
    metric=st.sampled_from(CODES["metrics"]), scope=st.sampled_from(CODES["scopes"]),
    query=st.text(max_size=150).map(lambda text: " ".join(text.split())[:100]), id=st.from_regex(r"[a-z0-9-]{0,40}", fullmatch=True),
)  # fmt: skip


@given(SELECTIONS)
def test_what_is_printed_is_read_back(selection):
    assert Selection.parse(selection.parameters(), VOCABULARY) == (selection, [])


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "country",
                "kind",
                "theme",
                "time",
                "metric",
                "scope",
                "lang",
                "id",
                "q",
                "level",
                "programme",
            ]
        ),
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
        ({"time": "2024..2010"}, [Dropped("time", "2024..2010")]),
        ({"time": "2010..99999"}, [Dropped("time", "2010..99999")]),
        ({"lang": "de"}, [Dropped("lang", "de")]),
        ({"metric": "happiness"}, [Dropped("metric", "happiness")]),
        ({"kind": "<script>"}, [Dropped("kind", "<script>")]),
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
        ({"kinds": ("ptce",), "themes": ("mobility",)}, ["fr-a"]),
        ({"time": (2011, 2020)}, ["fr-b", "es-d"]),
        ({"countries": ("ES",), "kinds": ("ptce",)}, []),
    ],
)
def test_clusters_chosen(changes, ids):
    assert list(Selection(**changes).of_clusters(small_world().clusters)["cluster_id"]) == ids


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
    assert list(Selection(**changes).of_programmes(small_world().programmes)["programme_id"]) == ids
