"""Indicators: what countries, groups of countries and regions are measured by, from three files in one tidy table."""

import pandas as pd


def complete(indicators: pd.DataFrame, aggregates: pd.Index) -> pd.DataFrame:
    """Add geo_level, and country, year, as_of, qualifier and unit where the file leaves them to be understood."""
    return indicators.assign(
        geo_level=geo_level(indicators, aggregates),
        country=indicators["country"].fillna(indicators["geo"].where(~indicators["geo"].isin(aggregates))),
        year=indicators["year"].fillna(indicators["as_of"].str[:4].astype("Int64")),
        as_of=indicators["as_of"].fillna(indicators["year"].astype("str")),
        qualifier=indicators["qualifier"].fillna("exact"),
        unit=indicators["unit"].fillna("clusters"),
    )


def geo_level(indicators: pd.DataFrame, aggregates: pd.Index) -> pd.Series:
    """Region when the row names one, aggregate when its code is one, else country."""
    level = pd.Series("country", index=indicators.index, dtype="str")
    return level.mask(indicators["geo"].isin(aggregates), "aggregate").mask(indicators["geo_name"].notna(), "region")
