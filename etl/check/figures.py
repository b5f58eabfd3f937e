"""Years, percentages, dates, money, latest figures, parents and laureates: figures that contradict themselves."""

import re
from collections.abc import Iterator
from typing import Any

from etl.check.world import Finding, World, cells
from etl.columns import columns

FIRST_YEAR = 1800
EURO = re.compile(r"€|\bEUR|\beuro", re.IGNORECASE)
"""A quote that speaks of euros, in any of the sources' languages."""


def year_incredible(world: World) -> Iterator[Finding]:
    """A year or date before 1800 or too far ahead: most often a slip of a digit."""
    rule = f"the year must be from {FIRST_YEAR} to {world.last_year}"
    for table, rows in world.tables.items():
        for name, column in columns(table).items():
            if name == "year" or name.endswith("_year") or column.kind == "date_text":
                for row, value in cells(rows, name):
                    if not FIRST_YEAR <= int(str(value)[:4]) <= world.last_year:
                        yield world.error(table, row, name, rule)


def percentage_over_100(world: World) -> Iterator[Finding]:
    """A share of more than the whole; an index has another unit and may exceed 100."""
    for table in ("observations", "indicators"):
        rows = world.tables[table]
        for row in rows.index[(rows["unit"] == "percent") & (rows["value"] > 100)]:
            yield world.error(table, row, "value", "a percentage must be at most 100")


def end_before_start(world: World) -> Iterator[Finding]:
    """A programme that ends before it starts."""
    rows = world.tables["programmes"]
    for row in rows.index[rows["end_date"] < rows["start_date"]]:
        yield world.error("programmes", row, "end", f"before the start, {world.cell('programmes', row, 'start')}")


def budget_half_given(world: World) -> Iterator[Finding]:
    """An amount without its currency, a currency without an amount, or euros set down as another currency."""
    rows = world.tables["programmes"]
    lone = rows["budget_amount"].isna() != rows["budget_currency"].isna()
    for row in rows.index[lone]:
        yield world.error("programmes", row, "budget_currency", "budget_amount and budget_currency go together")
    for row in rows.index[rows["budget_currency"] == "EUR"]:
        yield world.error("programmes", row, "budget_currency", "euros belong in budget_eur")


def euros_not_published(world: World) -> Iterator[Finding]:
    """Euros beside another currency when no quote of the row gives euros: somebody converted them."""
    rows = world.tables["programmes"]
    quotes = world.tables["sources"].drop_duplicates("source_id").set_index("source_id")["quote"]
    for row in rows.index[rows["budget_eur"].notna() & rows["budget_currency"].notna()]:
        cited = quotes.reindex(world.cell("programmes", row, "source_ids")).dropna()
        if not cited.str.contains(EURO).any():
            rule = f"published in {world.cell('programmes', row, 'budget_currency')}; no quote gives euros"
            yield world.error("programmes", row, "budget_eur", rule)


def part_of_itself(world: World) -> Iterator[Finding]:
    """A programme whose money is, through its parents, inside its own: its budget would vanish from every sum."""
    rows = world.tables["programmes"].drop_duplicates("programme_id")
    parents = rows.set_index("programme_id")["part_of"].dropna().to_dict()
    for row, programme in rows["programme_id"].items():
        if programme in ancestors(programme, parents):
            yield world.error("programmes", row, "part_of", "is, through its parents, part of itself")


def ancestors(programme: Any, parents: dict[Any, Any]) -> set[Any]:
    """Every programme above one, itself included when they go round in a circle."""
    above: set[Any] = set()
    while (programme := parents.get(programme)) is not None and programme not in above:
        above.add(programme)
    return above


def latest_figure_doubled(world: World) -> Iterator[Finding]:
    """Two latest figures of one cluster, metric and scope: a total would count the cluster twice."""
    latest = world.tables["observations"].query("is_latest")
    for row in latest.index[latest.duplicated(["cluster_id", "metric", "scope"], keep=False)]:
        rule = "several figures of this cluster, metric and scope are marked latest"
        yield world.error("observations", row, "is_latest", rule)


def plan_counted_as_fact(world: World) -> Iterator[Finding]:
    """A planned figure marked latest: a total would count what does not exist."""
    rows = world.tables["observations"]
    for row in rows.index[rows["is_latest"] & (rows["qualifier"] == "planned")]:
        yield world.error("observations", row, "is_latest", "a planned figure is never the latest")


def laureates_outnumbered(world: World) -> Iterator[Finding]:
    """More laureates named in awards than the programme says it chose."""
    rows = world.tables["programmes"]
    laureates = world.tables["awards"].groupby("programme_id")["cluster_id"].nunique()
    named = laureates.reindex(rows["programme_id"]).set_axis(rows.index)
    for row in rows.index[(named > rows["laureates"]).fillna(False)]:
        rule = f"{named[row]:.0f} clusters are named in awards, more than the laureates published"
        yield world.warning("programmes", row, "laureates", rule)
