"""Duplicates not yet reviewed are suggested, never merged."""

import pandas as pd

from etl.suggest import suggestions

NOTHING = pd.DataFrame(columns=["programme_id", "name_en", "name_local", "country"])


def pairs(
    clusters: list[tuple[str, str, str, str | None]] = (), programmes: list[tuple[str, str, str | None]] = ()
) -> set[tuple[str, str]]:
    tables = {
        "clusters": pd.DataFrame(list(clusters), columns=["cluster_id", "name", "country", "place"]),
        "programmes": pd.DataFrame(list(programmes), columns=["programme_id", "name_en", "name_local"]).assign(
            country="FR"
        ),
    }
    found = suggestions(tables)
    assert found["score"].between(0, 100).all()
    return set(zip(found["id_a"], found["id_b"], strict=True))


def test_names_alike_in_one_country_are_suggested():
    assert pairs([("a", "L’Écopôle de Nantes", "FR", "Nantes"), ("b", "Écopole de Nantes (L')", "FR", None)]) == {
        ("a", "b")
    }


def test_other_countries_and_places_are_other_things():
    hub = "Impact Hub"
    assert pairs([("a", hub, "FR", "Lyon"), ("b", hub, "ES", "Lyon"), ("c", hub, "FR", "Bordeaux")]) == set()


def test_names_in_the_local_language_count():
    assert pairs(
        programmes=[("a", "Act", "Loi sur l'économie sociale"), ("b", "Loi sur l’économie sociale", None)]
    ) == {("a", "b")}


def test_editions_of_one_call_are_not_suggested():
    assert (
        pairs(
            programmes=[
                ("a", "Call 2015", None),
                ("b", "Call 2016", None),
                ("c", "First call", None),
                ("d", "Second call", None),
            ]
        )
        == set()
    )


def test_nothing_gives_nothing():
    assert pairs() == set()
