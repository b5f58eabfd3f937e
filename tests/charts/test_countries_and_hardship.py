"""Clusters against unemployment and poverty, by country."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import countries_and_hardship as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
COUNTRIES = ["AT", "BE", "DE", "DK", "ES", "FI", "FR", "GR", "IE", "IT"]


def world(unemployment: dict[str, float], clusters: int = 3):
    """As many clusters in each country, a population that falls from country to country, and the rates given."""
    rows = [
        WORLD.clusters.iloc[[0]].assign(cluster_id=f"{c}-{n}".lower(), country=c)
        for c in COUNTRIES
        for n in range(clusters)
    ]
    like = WORLD.indicators.iloc[[0]].assign(year=2024, as_of="2024", source_ids=[["s3"]])
    facts = [
        like.assign(geo=c, country=c, indicator=name, value=value, unit=unit)
        for place, c in enumerate(COUNTRIES, 1)
        for name, value, unit in (
            ("population", 1e7 / place, "persons"), ("unemployment_rate", unemployment.get(c), "percent"), ("arope_rate", 20.0 + place % 2, "percent"),
        )
        if value is not None
    ]  # fmt: skip
    return replace(WORLD, clusters=pd.concat(rows, ignore_index=True), indicators=pd.concat(facts, ignore_index=True))


RISING = {country: float(place) for place, country in enumerate(COUNTRIES, 1)}


def test_each_country_has_its_clusters_per_million_against_both_rates():
    rows = chart.table(world(RISING), Selection(countries=("FR", "IT")))
    assert list(rows[["country", "clusters", "per_million", "measure", "value", "year"]].itertuples(index=False, name=None)) == [
        ("IT", 3, pytest.approx(3.0), "unemployment_rate", 10.0, "2024"), ("FR", 3, pytest.approx(2.1), "unemployment_rate", 7.0, "2024"),
        ("IT", 3, pytest.approx(3.0), "arope_rate", 20.0, "2024"), ("FR", 3, pytest.approx(2.1), "arope_rate", 21.0, "2024"),
    ]  # fmt: skip
    assert rows["source_ids"].iloc[0] == ["s3", "s1"]


def test_a_rate_that_is_not_published_is_missing_not_zero():
    rows = chart.table(world({k: v for k, v in RISING.items() if k != "FR"}), Selection())
    french = rows[(rows["country"] == "FR") & (rows["measure"] == "unemployment_rate")]
    assert french["value"].isna().all()
    assert len(french) == 1


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        (RISING, "unemployment: clusters are more frequent where it is higher; poverty: no clear link"),
        ({c: 11 - v for c, v in RISING.items()}, "unemployment: clusters are less frequent where it is higher"),
    ],
)
def test_the_sentence_says_whether_they_go_together(rates, words):
    rows = chart.table(world(rates), Selection())
    assert words in chart.describe(rows, View.of(WORLD, Selection()))


def test_few_countries_tell_nothing():
    rows = chart.table(world(RISING), Selection(countries=("FR", "IT")))
    assert chart.describe(rows, View.of(WORLD, Selection())).startswith("Too few countries")
    assert chart.table(world(RISING, clusters=2), Selection()).empty
