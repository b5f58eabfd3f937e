"""Totals that a source publishes, held against the sum of the parts it publishes."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from etl.check.world import ERROR, WARNING, Finding, Severity, World, each

SUM_OF_REGIONS = re.compile(r"sum of the (?P<regions>\d+) regions")
"""How a note says that its row is the published total of so many regions."""
PARTS = {
    "social_economy_paid_employment": (
        "social_economy_paid_employment_cooperatives_mutuals",
        "social_economy_paid_employment_associations_foundations",
    )
}
"""Total -> the indicators that add up to it."""
MOST_LEFT_OUT = 3
"""How many countries may be looked for as those a total leaves out: with more, some set would always fit."""
ROUNDING = 0.5


def countries_do_not_make_the_total(world: World) -> Iterator[Finding]:
    """A published aggregate that is not the sum of its members in the same source, or that leaves some out."""
    rows = exact_counts(world)
    for aggregate, members in aggregates(world).items():
        for total in each(rows[rows["geo"] == aggregate]):
            published = alike(rows[rows["geo"].isin(members)], total).drop_duplicates("geo").set_index("geo")["value"]
            if len(published) and (said := discrepancy(total.value, published, members)):
                severity, rule = said
                yield world.error("indicators", total.Index, "value", f"{aggregate}: {rule}")._replace(
                    severity=severity
                )


def discrepancy(total: float, published: "pd.Series[float]", members: list[str]) -> tuple[Severity, str] | None:
    """How a total differs from the sum of its members (value by country): severity and sentence; None when it does not.

    A sum of some members may fall short of the total: the source gives the others elsewhere.
    """
    given, added, missing = len(published), published.sum(), sorted(set(members) - set(published.index))
    if abs(added - total) < ROUNDING:
        return (WARNING, f"the sum of {given} countries only, without {names(missing)}") if missing else None
    if left_out := countries_left_out(added - total, published):
        without = names(sorted({*left_out, *missing}))
        rest = given - len(left_out)
        return WARNING, f"the sum of {rest} countries, without {without}; the {given} published add up to {added:,.0f}"
    if missing and added < total:
        return None
    return ERROR, f"the {given} countries published add up to {added:,.0f}, {added - total:+,.0f} from the total"


def countries_left_out(excess: float, published: "pd.Series[float]") -> tuple[str, ...]:
    """The fewest countries whose values make up the excess; () when no few do."""
    for size in range(1, MOST_LEFT_OUT + 1):
        for chosen in combinations(published.items(), size):
            if abs(sum(value for _, value in chosen) - excess) < ROUNDING:
                return tuple(str(country) for country, _ in chosen)
    return ()


def regions_do_not_make_the_total(world: World) -> Iterator[Finding]:
    """A published total of a country that no source's regions add up to."""
    rows = exact_counts(world)
    regions = rows[rows["geo_level"] == "region"]
    said = rows["note"].str.extract(SUM_OF_REGIONS)["regions"].dropna().astype(int)
    for total in each(rows.loc[said.index].assign(said=said)):
        mine = regions[(regions["country"] == total.country) & (regions["geo"] != total.geo)]
        sums = same_quantity(mine, total).explode("source_ids").groupby("source_ids")["value"].agg(["size", "sum"])
        if not ((sums["size"] == total.said) & (abs(sums["sum"] - total.value) < ROUNDING)).any():
            found = "; ".join(f"{size:.0f} regions add up to {added:,.0f}" for size, added in sums.to_numpy())
            rule = f"published as the sum of {total.said} regions, but {found or 'no region is given'}"
            yield world.error("indicators", total.Index, "value", rule)


def parts_do_not_make_the_total(world: World) -> Iterator[Finding]:
    """A total that is not the sum of its parts where the same source gives them all."""
    rows = exact_counts(world)
    for indicator, parts in PARTS.items():
        kin = dict(iter(rows[rows["indicator"].isin(parts)].groupby(["geo", "year", "unit"])))
        for total in each(rows[rows["indicator"] == indicator]):
            given = citing_the_same(kin.get((total.geo, total.year, total.unit), rows[:0]), total)["value"]
            if len(given) == len(parts) and abs(given.sum() - total.value) >= ROUNDING:
                rule = f"its parts add up to {given.sum():,.0f}, {given.sum() - total.value:+,.0f} from the total"
                yield world.error("indicators", total.Index, "value", rule)


def exact_counts(world: World) -> pd.DataFrame:
    """The indicators that can be added: exact, in a unit that counts things."""
    rows, vocabulary = world.tables["indicators"], world.tables["vocabulary"]
    units = vocabulary[vocabulary["vocabulary"] == "units"]
    counts = units["properties"].map(lambda cell: json.loads(cell).get("unit_kind") == "count").astype(bool)
    return rows[rows["unit"].isin(units.loc[counts, "code"]) & (rows["qualifier"] == "exact")]


def aggregates(world: World) -> dict[str, list[str]]:
    """Aggregate -> its member countries, where the vocabulary names them."""
    rows = world.tables["vocabulary"].query("vocabulary == 'geo_aggregates'")
    members = {row.code: json.loads(row.properties).get("countries", "") for row in each(rows)}
    return {code: countries.split(";") for code, countries in members.items() if countries}


def same_quantity(rows: pd.DataFrame, total: Any) -> pd.DataFrame:
    """The rows of the same indicator, year and unit as `total`."""
    is_same = (rows["indicator"] == total.indicator) & (rows["year"] == total.year) & (rows["unit"] == total.unit)
    return rows[is_same]


def alike(rows: pd.DataFrame, total: Any) -> pd.DataFrame:
    """The rows of the same quantity that share a source with `total`: other sources may differ from it."""
    return citing_the_same(same_quantity(rows, total), total)


def citing_the_same(rows: pd.DataFrame, total: Any) -> pd.DataFrame:
    """The rows that share a source with `total`."""
    cited = set(total.source_ids)
    return rows[rows["source_ids"].map(lambda sources: not cited.isdisjoint(sources)).astype(bool)]


def names(countries: list[str]) -> str:
    """['MT', 'NL'] -> 'MT and NL'."""
    return " and ".join([", ".join(countries[:-1]), countries[-1]] if len(countries) > 1 else countries)
