from dataclasses import replace

import pandas as pd

from atlas import comparison
from atlas.comparison import cluster_counts, clusters_of, items, per_million, programmes_of, published
from atlas.selection import Selection
from atlas.store import Tables
from atlas.thin_data import thin_data, warning
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
PEOPLE = {"indicator": "population", "unit": "persons", "year": 2024, "value": 2_000_000.0, "source_ids": ["s3"]}


def world(*figures: dict) -> Tables:
    """The small world with more published figures."""
    like = SMALL.indicators.iloc[0].to_dict()
    more = pd.DataFrame([like | figure for figure in figures]).astype({"year": "Int64"})
    return replace(SMALL, indicators=pd.concat([SMALL.indicators, more], ignore_index=True))


def moved(**countries: str) -> Tables:
    """The small world with the country of some clusters changed."""
    clusters = SMALL.clusters.copy()
    ids = clusters["cluster_id"].str.replace("-", "_")
    clusters["country"] = [countries.get(code, now) for code, now in zip(ids, clusters["country"], strict=True)]
    return replace(SMALL, clusters=clusters)


def test_each_code_chosen_is_one_item_in_the_readers_order_and_six_at_most():
    chosen = ("benelux", "FR", "EU27", "eu27", "ES", "IT", "DE", "PT", "EU")
    selection = Selection(countries=chosen)
    assert items(SMALL, selection) == ["benelux", "FR", "eu27", "ES", "IT", "DE"]
    view = View.of(SMALL, selection)
    assert comparison.notes(selection, view) == [
        "Six are compared at most: the first six are shown; left out: Portugal.",
        "What is European or transnational belongs to no country and is not compared.",
    ]
    french = View.of(SMALL, Selection(language="fr"))
    assert "laissés de côté\N{NO-BREAK SPACE}: Portugal" in comparison.notes(selection, french)[0]


def test_without_a_choice_the_countries_with_most_clusters():
    assert items(SMALL, Selection()) == ["FR", "ES"]
    assert items(SMALL, Selection(countries=("EU",))) == ["FR", "ES"]
    assert comparison.notes(Selection(), View.of(SMALL, Selection())) == []


def test_members_of_countries_groups_and_published_aggregates():
    assert comparison.members(SMALL, "FR") == ("FR",)
    assert comparison.members(SMALL, "benelux") == ("BE", "LU", "NL")
    assert "GB" in comparison.members(SMALL, "EU28")


def test_a_group_counts_the_clusters_and_programmes_of_its_members():
    selection = Selection(countries=("benelux", "FR", "eu27"))
    tables = moved(fr_a="BE", fr_b="NL")
    counts = cluster_counts(clusters_of(tables, selection), "clusters", items(tables, selection))
    assert counts[["geo", "value"]].values.tolist() == [["benelux", 2], ["FR", 1], ["eu27", 4]]
    assert programmes_of(tables, selection)["geo"].value_counts().to_dict() == {"FR": 3, "eu27": 3}


def test_per_million_needs_the_population_of_every_member():
    selection, tables = Selection(countries=("benelux",)), moved(fr_a="BE", fr_b="NL")

    def rate(*figures: dict) -> list:
        known = replace(tables, indicators=world(*figures).indicators)
        counts = cluster_counts(clusters_of(known, selection), "clusters", ["benelux"])
        return per_million(counts, known)[["value", "years"]].astype(object).fillna("").values.tolist()[0]

    belgium, netherlands = PEOPLE | {"geo": "BE"}, PEOPLE | {"geo": "NL", "year": 2022, "value": 5_000_000.0}
    assert rate(belgium, netherlands)[0] == ""
    assert rate(belgium, netherlands, PEOPLE | {"geo": "LU", "value": 1_000_000.0}) == [0.25, "2022–2024"]


def test_only_the_published_aggregate_stands_for_a_group():
    rate = {"indicator": "unemployment_rate", "unit": "percent", "year": 2024}
    members = [rate | {"geo": geo, "value": 5.0} for geo in ("BE", "LU", "NL")]
    tables = world(*members, rate | {"geo": "EU27", "geo_level": "aggregate", "value": 5.9})
    rows = published(tables, "unemployment_rate", ["benelux", "eu27", "BE"])
    assert rows[["geo", "value"]].astype(object).fillna("").values.tolist() == [
        ["benelux", ""],
        ["eu27", 5.9],
        ["BE", 5.0],
    ]


def test_a_group_that_nobody_publishes_alone_is_missing_too():
    rows = published(SMALL, "unemployment_rate", ["benelux"])
    assert rows["value"].isna().tolist() == [True]
    assert published(SMALL, "unemployment_rate", []).empty


def test_disagreeing_sources_are_both_kept_the_exact_one_first():
    jobs = {"geo": "IT", "indicator": "social_economy_paid_employment", "unit": "persons", "year": 2021}
    tables = world(
        jobs | {"value": 1.0, "qualifier": "at_least"}, jobs | {"value": 2.0}, jobs | {"value": 9.0, "year": 2023}
    )
    rows = published(tables, "social_economy_paid_employment", ["IT"])
    assert rows[["value", "qualifier", "years"]].values.tolist() == [[2.0, "exact", "2021"], [1.0, "at_least", "2021"]]


def test_thin_data_is_fewer_than_five_or_than_a_third():
    rows = thin_data(SMALL, Selection(countries=("FR", "IT")))
    assert rows.values.tolist() == [
        ["FR", 3, "jobs", 2, True],
        ["FR", 3, "founded", 2, True],
        ["FR", 3, "themes", 2, True],
        ["IT", 0, "jobs", 0, True],
        ["IT", 0, "founded", 0, True],
        ["IT", 0, "themes", 0, True],
    ]
    like = SMALL.clusters.iloc[[0]]
    many = pd.concat([like.assign(cluster_id=f"fr-{n}", founded_year=2000 if n < 6 else None) for n in range(18)])
    known = thin_data(replace(SMALL, clusters=many.astype({"founded_year": "Int64"})), Selection(countries=("FR",)))
    assert known[["aspect", "reported", "is_thin"]].values.tolist() == [
        ["jobs", 0, True],
        ["founded", 6, False],
        ["themes", 18, False],
    ]
    said = [warning(known, View.of(SMALL, Selection(language=language))) for language in ("en", "fr")]
    assert said[0].startswith("Thin data: 1 of the 3 counts below holds fewer than five clusters")
    assert said[1].startswith("Données fragiles\N{NO-BREAK SPACE}: 1 des 3 nombres ci-dessous repose")
    assert warning(known[~known["is_thin"]], View.of(SMALL, Selection())) == ""
