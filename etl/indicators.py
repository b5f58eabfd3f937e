"""Indicators: what countries, groups of countries and regions are measured by, from three files in one tidy table."""

import re

import pandas as pd

KEY = ["geo", "country", "indicator", "definition", "year", "as_of", "unit", "value"]
"""Two rows of the facts alike in these are one figure that two sources give; other values are kept side by side."""
COUNT_UNIT = "entities"
"""Published numbers of PTCE come without a unit."""
SAYS = {
    "at_least": re.compile(r"[\"“](at least|more than|over) ", re.IGNORECASE),
    "about": re.compile(r"[\"“](about|almost|approximately|around) |\brounded\b|^Estimate\b|\(around\)", re.IGNORECASE),
}
"""How a note shows that the source does not give its figure as exact: it quotes the words, or says so itself."""


def understood(indicators: pd.DataFrame, aggregates: list[str]) -> pd.DataFrame:
    """Fill country, year, as_of and unit where a file leaves them to be understood: only then do two files that give one figure
    agree in KEY."""
    return indicators.assign(
        country=indicators["country"].fillna(indicators["geo"].where(~indicators["geo"].isin(aggregates))),
        year=indicators["year"].fillna(indicators["as_of"].str[:4].astype("Int64")),
        as_of=indicators["as_of"].fillna(indicators["year"].astype("str")),
        unit=indicators["unit"].fillna(COUNT_UNIT),
    )


def complete(indicators: pd.DataFrame, aggregates: list[str]) -> pd.DataFrame:
    """Add geo_level, and all that is understood, and the qualifier that a note shows."""
    return understood(indicators, aggregates).assign(
        geo_level=geo_level(indicators, aggregates),
        qualifier=indicators["qualifier"].fillna(indicators["note"].map(qualifier)),
    )


def geo_level(indicators: pd.DataFrame, aggregates: list[str]) -> pd.Series:
    """Aggregate for groups of countries and totals of regions, region for the other named territories, else country."""
    is_named = indicators["geo_name"].notna()
    is_total = indicators["geo"].isin(aggregates) | is_named & (indicators["geo"] == indicators["country"])
    level = pd.Series("country", index=indicators.index, dtype="str")
    return level.mask(is_named, "region").mask(is_total, "aggregate")


def qualifier(note: object) -> str:
    """How exact a figure is, as its note says; exact unless said."""
    said = (code for code, words in SAYS.items() if isinstance(note, str) and words.search(note))
    return next(said, "exact")
