"""The small world with indicators of nine countries: exact, rough, disagreeing, of two units and of two studies."""

from dataclasses import replace
from typing import Any

import pandas as pd

from atlas.store import Tables
from tests.small_world import small_world

RATE, GDP, PEOPLE, JOBS = "unemployment_rate", "gdp_per_capita_pps", "population", "social_economy_paid_employment"
ENTERPRISES, MONEY = "social_enterprises", "social_economy_revenue_national_currency"
COUNTRIES = ("FR", "ES", "IT", "DE", "AT", "BE", "PL", "PT", "GR")


def row(geo: str, indicator: str, year: int, value: float, **more: Any) -> dict[str, Any]:
    """One published figure, exact and in percent unless said otherwise."""
    level = "aggregate" if geo.startswith("EU") else "country"
    fixed = {"geo": geo, "geo_level": level, "country": None if level == "aggregate" else geo, "indicator": indicator}
    return {
        **fixed,
        "year": year,
        "as_of": str(year),
        "value": value,
        "unit": "percent",
        "qualifier": "exact",
        "source_ids": ["s1"],
        **more,
    }


def world(*rows: dict[str, Any]) -> Tables:
    """The small world with these indicators alone."""
    small = small_world()
    like = small.indicators
    full = pd.DataFrame([{**dict.fromkeys(like), **one} for one in rows], columns=like.columns)
    return replace(small, version=f"indicators-{len(rows)}", indicators=full.astype(like.dtypes.to_dict()))


def rates(year: int = 2023, first: float = 1.0) -> list[dict[str, Any]]:
    """A rate for each country: 1 % in France, 2 % in Spain, ... in their order."""
    return [row(geo, RATE, year, first + place) for place, geo in enumerate(COUNTRIES)]
