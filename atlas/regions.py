"""The French regions of today (since 2016), as published figures and clusters name them."""

import pandas as pd

from atlas.charts import union
from atlas.indicators import preferred
from atlas.search import folded
from atlas.store import Tables

COLUMNS = ["geo", "region", "population", "year", "source_ids"]


def french_regions(tables: Tables) -> pd.DataFrame:
    """One row per region: geo (its NUTS code), region (its name as last published), population (persons) of the latest
    year published, year, source_ids of the population. A former region, part of one of today's, is none."""
    known = tables.indicators
    known = known[known["geo_level"].eq("region") & known["country"].eq("FR")].sort_values("year")
    codes = set(known["geo"])
    today = known[~known["geo"].map(lambda geo: len(geo) > 3 and geo[:3] in codes).astype(bool)]
    names = today.dropna(subset="geo_name").drop_duplicates("geo", keep="last").rename(columns={"geo_name": "region"})
    people = _latest(today[today["indicator"] == "population"], tables)
    people = people.rename(columns={"value": "population"})[["geo", "population", "year", "source_ids"]]
    rows = names[["geo", "region"]].merge(people, on="geo", how="left").sort_values("geo", ignore_index=True)
    return rows.assign(
        source_ids=rows["source_ids"].map(lambda ids: list(ids) if pd.api.types.is_list_like(ids) else [])
    )


def with_region(clusters: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """The French clusters whose region is one of `regions`, with its `geo`, whatever the spelling of its name."""
    codes = {folded(name): geo for name, geo in zip(regions["region"], regions["geo"], strict=True)}
    return clusters.assign(geo=clusters["region"].map(folded).map(codes)).query("country == 'FR'").dropna(subset="geo")


def former_rates(tables: Tables, regions: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The latest rates published for each region or for the former regions it unites: geo, low, high (equal for a region
    with one rate), rate_year, source_ids. Only where published; former regions are never averaged."""
    known = tables.indicators
    rates = known[known["geo_level"].eq("region") & known["country"].eq("FR") & known["indicator"].eq(indicator)]
    rates = _latest(rates[rates["year"] == rates["year"].max()], tables)
    whole = rates["geo"].map(lambda geo: next((code for code in regions["geo"] if geo.startswith(code)), None))
    return (
        rates.assign(geo=whole)
        .dropna(subset="geo")
        .groupby("geo", as_index=False)
        .agg(low=("value", "min"), high=("value", "max"), rate_year=("year", "first"), source_ids=("source_ids", union))
    )


def _latest(figures: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The figure of each territory that is drawn: of its latest year, one of those that sources give for it."""
    latest = figures[figures["year"] == figures.groupby("geo")["year"].transform("max")]
    return preferred(latest, tables, ["geo"]).drop_duplicates("geo")
