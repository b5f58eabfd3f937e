"""What is compared: up to six countries or groups of countries, each one item, and what the tables hold of each.

A group's counts are sums over its members. Its published figures are those a source publishes for the group as such (the
European Union of 27); an average of ours never stands in for one.
"""

from collections.abc import Sequence

import pandas as pd

from atlas.charts import union
from atlas.charts.social_economy_employment import STUDIES
from atlas.indicators import preferred
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View

MOST, DEFAULT = 6, 10
"""Items compared when the reader chooses, and countries shown when nothing is chosen."""
SAME = {"EU27": "eu27"}
"""Two codes of one item: the aggregate of published figures, and the group of countries."""
EU27 = "eu27"
PUBLISHED = {group: geo for geo, group in SAME.items()}
EUROPE_WIDE = "EU"
STUDIED = {"social_economy_paid_employment", "social_economy_share_of_employment"}
UNITS = {
    "population": "persons",
    "gdp_per_capita_pps": "PPS per inhabitant",
    "social_economy_paid_employment": "persons",
    "social_enterprises": "entities",
}
"""Unit in which an indicator is compared; the others are percentages."""
FIGURES = ["geo", "measure", "value", "unit", "qualifier", "years", "source_ids"]
"""Columns of one figure of one item."""


def items(tables: Tables, selection: Selection) -> list[str]:
    """The codes compared, in order: those chosen, at most six; when none is, the ten countries with most clusters."""
    chosen = _chosen(selection)[:MOST]
    if chosen:
        return chosen
    counts = selection.but(countries=()).of_clusters(tables).query("country != 'EU'")["country"].value_counts()
    return sorted(counts.index, key=lambda country: (-counts[country], country))[:DEFAULT]


def left_out(selection: Selection) -> list[str]:
    """The codes chosen beyond the six compared."""
    return _chosen(selection)[MOST:]


def notes(selection: Selection, view: View) -> list[str]:
    """What the reader chose and is not compared, a sentence each."""
    _ = view.gettext
    said = []
    if others := left_out(selection):
        names = ", ".join(item_name(code, view) for code in others)
        said.append(_("Six are compared at most: the first six are shown; left out: {names}.").format(names=names))
    if EUROPE_WIDE in selection.countries:
        said.append(_("What is European or transnational belongs to no country and is not compared."))
    return said


def item_name(item: str, view: View) -> str:
    """The name of an item as a chart writes it: 'EU27', 'EU14', without what a group's full name explains."""
    full = view.country(PUBLISHED.get(item, item))
    return full if item in view.vocabulary.codes("countries") else full.split(" (")[0]


def members(tables: Tables, item: str) -> tuple[str, ...]:
    """The countries of an item: a country is its own only member."""
    inside = tables.codes.property("geo_aggregates", item, "countries")
    return tuple(inside.split(";")) if inside else tables.codes.members([item])


def published_as(tables: Tables, item: str) -> str | None:
    """The code under which sources publish figures for an item; None for a group that nobody publishes."""
    return PUBLISHED.get(item, None if item in tables.codes.codes("country_groups") else item)


def clusters_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The clusters of the selection with the item (`geo`) they count for; one that two groups share stands twice."""
    clusters = pd.DataFrame(selection.but(countries=()).of_clusters(tables).drop(columns="geometry"))
    return _membership(tables, selection).merge(clusters, on="country")


def programmes_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The programmes of the selection with the item (`geo`) they count for; European ones count for none."""
    return _membership(tables, selection).merge(selection.but(countries=()).of_programmes(tables), on="country")


def cluster_counts(clusters: pd.DataFrame, measure: str, compared: list[str]) -> pd.DataFrame:
    """The number of clusters of each item (FIGURES); none is a true zero, for it counts our own list."""
    counts = clusters.groupby("geo").agg(value=("cluster_id", "nunique"), source_ids=("source_ids", union))
    rows = counts.reindex(compared).rename_axis("geo").reset_index().fillna({"value": 0})
    rows = rows.assign(measure=measure, unit="clusters", qualifier="exact", years=None)
    return rows.assign(source_ids=_lists(rows["source_ids"]))[FIGURES]


def per_million(counts: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Clusters per million inhabitants (FIGURES): the sum of clusters by the sum of the members' latest populations,
    missing unless every member's is published."""
    people = pd.DataFrame([_people(tables, item) for item in counts["geo"]], columns=["people", "years", "added"])
    return counts.assign(
        measure="clusters_per_million",
        unit="clusters_per_million",
        value=1e6 * counts["value"] / people["people"],
        years=people["years"],
        source_ids=counts["source_ids"] + people["added"],
    )[FIGURES]


def published(tables: Tables, indicator: str, compared: list[str], year: int | None = None) -> pd.DataFrame:
    """The latest published figures of an indicator for each item (FIGURES), or those of `year`; a row each when sources
    disagree, that which is drawn first (`preferred`); of a European study for the social economy. Missing when nobody
    publishes one."""
    unit = UNITS.get(indicator, "percent")
    known = tables.indicators[tables.indicators["indicator"].eq(indicator) & tables.indicators["unit"].eq(unit)]
    known = known[known["year"].isin(list(STUDIES))] if indicator in STUDIED else known
    known = known[known["value"].notna() & known["geo_level"].ne("region")]
    codes = [published_as(tables, item) for item in compared]
    names = pd.DataFrame({"geo": compared, "code": codes}).astype({"geo": "str", "code": "str"})
    known = known[known["geo"].isin(names["code"].dropna())]
    latest = known[known["year"] == (year or known.groupby("geo")["year"].transform("max"))]
    same = latest.groupby(["geo", "value", "year", "qualifier"], as_index=False).agg(source_ids=("source_ids", union))
    ranked = preferred(same, tables, ["geo"]).rename(columns={"geo": "code"})
    rows = names.merge(ranked, how="left", on="code")
    years = pd.Series([None if pd.isna(year) else str(year) for year in rows["year"]], index=rows.index, dtype="str")
    return rows.assign(measure=indicator, unit=unit, years=years, source_ids=_lists(rows["source_ids"]))[FIGURES]


def published_side_by_side(
    tables: Tables, selection: Selection, indicators: list[str], european: Sequence[str] = ()
) -> pd.DataFrame:
    """The latest published figures of several indicators (FIGURES and role) by item, in the order chosen; last, with
    the role `reference`, the European figure of the indicators in `european`, unless it is compared itself."""
    compared = items(tables, selection)
    rows = pd.concat([published(tables, indicator, compared) for indicator in indicators], ignore_index=True)
    order = {"place": rows["geo"].map(compared.index), "order": rows["measure"].map(indicators.index)}
    rows = rows.assign(**order).sort_values(list(order), kind="stable").assign(role="")
    europe = [published(tables, indicator, [EU27]).assign(role="reference") for indicator in european]
    known = [figures[figures["value"].notna()] for figures in europe if EU27 not in compared]
    return pd.concat([rows, *known], ignore_index=True)[[*FIGURES[:-1], "role", "source_ids"]]


def span(years: pd.Series) -> str | None:
    """'2024', or '2015–2024' for years that differ; None when there is none."""
    known = sorted(set(years.dropna()))
    return None if not known else str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def _chosen(selection: Selection) -> list[str]:
    """The items chosen, in the reader's order, each once."""
    codes = (SAME.get(code, code) for code in selection.countries if code != EUROPE_WIDE)
    return list(dict.fromkeys(codes))


def _membership(tables: Tables, selection: Selection) -> pd.DataFrame:
    pairs = [(item, country) for item in items(tables, selection) for country in members(tables, item)]
    return pd.DataFrame(pairs, columns=["geo", "country"], dtype="str")


def _people(tables: Tables, item: str) -> tuple[float, str | None, list[str]]:
    """The population of an item, the years it is of, and its sources; missing unless published for every member."""
    rows = published(tables, "population", list(members(tables, item))).drop_duplicates("geo")
    is_known = bool(rows["value"].notna().all())
    return rows["value"].sum() if is_known else float("nan"), span(rows["years"]), union(rows["source_ids"])


def _lists(source_ids: pd.Series) -> pd.Series:
    """A list in every cell, empty where a join found nothing."""
    return source_ids.map(lambda ids: list(ids) if pd.api.types.is_list_like(ids) else [])
