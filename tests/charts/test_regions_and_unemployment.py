"""Clusters against unemployment, by French region: today's regions, yesterday's rates, never averaged."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import regions_and_unemployment as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
REGIONS = {"FRH": ("Bretagne", 1e6), "FRJ": ("Occitanie", 2e6), "FRY4": ("La Réunion", 5e5)}
RATES = {"FRH0": 7.0, "FRJ1": 10.0, "FRJ2": 9.0, "FRY4": 21.0}


def world():
    like = WORLD.indicators.iloc[[0]].assign(geo_level="region", country="FR", qualifier="exact", source_ids=[["s3"]])
    people = [
        like.assign(geo=geo, geo_name=name, indicator="population", year=2021, value=value, unit="persons")
        for geo, (name, value) in REGIONS.items()
    ]
    former = [
        like.assign(geo=geo, geo_name=geo, indicator="population", year=2019, value=1.0, unit="persons")
        for geo in RATES
        if len(geo) == 4 and geo != "FRY4"
    ]
    rates = [
        like.assign(geo=geo, geo_name=geo, indicator="unemployment_rate", year=2019, value=value, unit="percent")
        for geo, value in RATES.items()
    ]
    return replace(WORLD, indicators=pd.concat(people + former + rates, ignore_index=True))


def test_a_region_keeps_the_span_of_the_rates_of_those_it_unites():
    rows = chart.table(world(), Selection())
    assert list(rows[["geo", "clusters", "per_100k", "low", "high", "rate_year"]].itertuples(index=False, name=None)) == [
        ("FRY4", 0, 0.0, 21.0, 21.0, 2019), ("FRJ", 2, pytest.approx(0.1), 9.0, 10.0, 2019), ("FRH", 1, pytest.approx(0.1), 7.0, 7.0, 2019),
    ]  # fmt: skip
    assert rows["source_ids"].iloc[1] == ["s3", "s1", "s2"]


def test_the_list_counted_by_changes_the_counts():
    counts = chart.table(world(), Selection(definition="ptce")).set_index("geo")["clusters"]
    assert counts.to_dict() == {"FRY4": 0, "FRJ": 1, "FRH": 1}


def test_a_region_is_known_by_any_spelling():
    clusters = WORLD.clusters.assign(region=["BRETAGNE", "occitanie", "Occitanie ", None, None])
    counts = chart.table(replace(world(), clusters=clusters), Selection()).set_index("geo")["clusters"]
    assert counts.to_dict() == {"FRY4": 0, "FRJ": 2, "FRH": 1}


def test_mainland_and_overseas_are_told_apart():
    sentence = chart.describe(chart.table(world(), Selection()), View.of(WORLD, Selection()))
    assert (
        sentence
        == "Clusters per 100,000 inhabitants: 0.1 in the mainland French regions with most unemployment, 0.1 in those with least, 0 overseas."
    )
    assert chart.describe(chart.table(WORLD, Selection()), View.of(WORLD, Selection())).startswith("No French region")
