"""Indicators of countries, aggregates and regions in one tidy table."""

import pandas as pd
import pytest

from etl import vocabulary
from etl.build import checked, with_rows
from etl.indicators import complete, qualifier, understood
from etl.resolve import resolve
from etl.sources import curated


@pytest.fixture
def indicators(write) -> pd.DataFrame:
    folders = write({})
    resolved = resolve(checked(curated.read(folders.facts, vocabulary.read(folders.vocabulary))))
    return complete(resolved.tables["indicators"], ["EU27"]).set_index("geo")


def test_the_level_says_what_kind_of_territory_a_row_is_about(indicators):
    assert indicators["geo_level"].groupby("geo").agg(set).to_dict() == {
        "EU27": {"aggregate"},
        "FR": {"aggregate", "country"},
        "FRG": {"region"},
        "GR": {"country"},
    }


def test_countries_are_those_the_territory_lies_in(indicators):
    countries = indicators["country"].groupby("geo").agg(lambda codes: set(codes.dropna()))
    assert countries.to_dict() == {"EU27": set(), "FR": {"FR"}, "FRG": {"FR"}, "GR": {"GR"}}


def test_counts_keep_their_definition_date_and_qualifier(indicators):
    count = indicators.query("indicator == 'ptce_published_count'").iloc[0]
    assert count[["definition", "as_of", "year", "value", "qualifier", "unit"]].tolist() == [
        "active",
        "2020-10",
        2020,
        56,
        "about",
        "entities",
    ]


def test_years_stand_for_dates_where_nothing_more_is_known(indicators):
    assert indicators.loc["FRG", ["year", "as_of"]].tolist() == [2021, "2021"]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ('"more than 246 000", of which almost 43 000 ex lege.', "at_least"),
        ('INE, 2023. "over 49 billion".', "at_least"),
        ('"At least 11.5 million people".', "at_least"),
        ('"almost 43 000".', "about"),
        ("Employees 2015, rounded.", "about"),
        ("Estimate of Social Enterprise UK.", "about"),
        ("Entities that could act as social enterprises (around).", "about"),
        ("Ex lege (about 30 social cooperatives) plus de facto.", "exact"),
        ("Establishments with at least one employee, 2018.", "exact"),
        (None, "exact"),
    ],
)
def test_a_note_that_quotes_a_reservation_is_heard(note, code):
    assert qualifier(note) == code


def fetched(**figure) -> pd.DataFrame:
    """A figure as `etl.sources.eurostat` gives it: country, year and date written out."""
    whole = {"country": figure["geo"][:2], "geo_name": None, "indicator": "population", "year": 2021, "as_of": "2021"}
    row = whole | {"unit": "persons", "qualifier": "exact", "note": None, "source_ids": ["eurostat-2026"]} | figure
    return pd.DataFrame([row]).astype({"year": "Int64"})


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"geo": "GR", "value": 10_678_632.0}, [(10_678_600.0, ["s3"]), (10_678_632.0, ["s1", "s2", "eurostat-2026"])]),
        ({"geo": "GR", "value": 10_678_639.0}, [(10_678_600.0, ["s3"]), (10_678_632.0, ["s1", "s2"]), (10_678_639.0, ["eurostat-2026"])]),
        ({"geo": "FRG", "geo_name": "Pays de la Loire", "value": 3_800_000.0}, [(3_800_000.0, ["s1", "eurostat-2026"])]),
    ],
)  # fmt: skip
def test_a_figure_fetched_anew_joins_the_one_we_had_and_a_revised_one_stands_beside_it(write, figure, expected):
    folders = write({})
    facts = checked(curated.read(folders.facts, vocabulary.read(folders.vocabulary)))
    rows = with_rows(facts, [{"indicators": fetched(**figure)}])
    resolved = resolve(rows | {"indicators": understood(rows["indicators"], ["EU27"])})
    known = complete(resolved.tables["indicators"], ["EU27"]).query("geo == @figure['geo'] and year == 2021")
    assert [(row.value, list(row.source_ids)) for row in known.sort_values("value").itertuples()] == expected
