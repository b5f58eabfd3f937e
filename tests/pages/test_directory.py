"""The directory: what is searched, counted, sorted and shown stands in the URL, and the URL opens it."""

import pytest

from atlas import store
from tests.test_pages import opened


def names(app) -> list[str]:
    return [element.proto.label for element in app.get("page_link") if "id=" in element.proto.query_string]


def test_as_many_clusters_stand_on_a_page_as_the_link_says():
    assert len(names(opened("clusters", lang="en"))) == 24
    assert len(names(opened("clusters", lang="en", shown="12"))) == 12


def test_a_table_holds_every_cluster_found_with_its_sheet():
    app = opened("clusters", lang="en", layout="table", country="ES")
    table = app.dataframe[0].value
    spanish = store.tables().clusters.query("country == 'ES'")
    assert sorted(table["Name"]) == sorted(spanish["name"])
    assert table["Sheet"].str.startswith("?").all()
    assert set(table["Sheet"].str.extract(r"id=([^&]+)")[0]) == set(spanish["cluster_id"])


def test_the_order_asked_for_is_the_order_shown():
    app = opened("clusters", lang="en", layout="table", sort="founded")
    years = app.dataframe[0].value["Founded"].dropna()
    assert len(years) > 100
    assert years.is_monotonic_decreasing


def test_each_choice_of_a_filter_says_what_it_would_give():
    app = opened("clusters", lang="en", country="FR")
    options = app.multiselect(key="filter-kinds").options
    ptce = len(store.tables().clusters.query("kind == 'ptce'"))
    assert f"PTCE ({ptce})" in options


@pytest.mark.parametrize(("language", "words"), [("en", "matches these words"), ("fr", "ne répond à ces mots")])
def test_words_that_find_nothing_are_said_to_find_nothing(language, words):
    app = opened("clusters", lang=language, q="zzzqqqxxx")
    assert any(words in info.value for info in app.info)


def test_a_narrower_list_counts_fewer_clusters():
    counts = {
        definition: len(opened("clusters", lang="en", layout="table", definition=definition).dataframe[0].value)
        for definition in ("ptce", "strict", "wide")
    }
    clusters = store.tables().clusters
    assert counts["ptce"] == clusters["kind"].eq("ptce").sum()
    assert counts["ptce"] < counts["strict"] < counts["wide"] == len(clusters)
