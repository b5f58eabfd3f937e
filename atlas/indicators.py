"""Country indicators made comparable: which figures may be ranked against one another, and which joined by a line."""

from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from atlas.charts import union
from atlas.charts.social_economy_employment import STUDIES, YEARS
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

LEAST_COUNTRIES = 5
"""An indicator that fewer countries publish is not offered for comparison."""
SERIES = {
    "population", "total_employees", "gdp_per_capita_pps",
    "unemployment_rate", "unemployment_rate_cities", "unemployment_rate_towns_suburbs", "unemployment_rate_rural",
    "arope_rate", "arope_rate_cities", "arope_rate_towns_suburbs", "arope_rate_rural", "employment_rate",
}  # fmt: skip
"""Measured by one method, year after year: their figures may be joined."""
STUDIED = {
    "social_economy_paid_employment",
    "social_economy_share_of_employment",
    "social_economy_paid_employment_cooperatives_mutuals",
    "social_economy_paid_employment_associations_foundations",
}
"""Given for all countries by a study (see `STUDIES`), whose years differ in method. The others are counted by each
country in its own way."""
BREAK = "break in series"
"""What a note says when the publisher changed its method."""
EUROPE = "EU27"
AGGREGATES = (EUROPE, "EU28", "EU27_2007")
OWN_WAY = N_("Each country counts in its own way.")
NO_FIGURE = N_("No comparable figure is published for: {indicator}.")
SAME = ["geo", "geo_level", "indicator", "definition", "year", "value", "unit", "qualifier"]
COLUMNS = ["geo", "indicator", "role", "year", "value", "unit", "qualifier", "note", "source_ids"]


@lru_cache(maxsize=16)
def figures(tables: Tables, indicator: str) -> pd.DataFrame:
    """Every existing figure of `indicator` for observed countries and European aggregates, in one unit: `SAME`, note,
    source_ids. Sources that agree are one row; those that disagree follow each other, that which is drawn first (see
    `preferred`). None for amounts in national currencies. Read-only."""
    kept = _in_one_unit(tables, indicator)
    rows = kept.groupby(SAME, as_index=False, dropna=False).agg(
        note=("note", "first"), source_ids=("source_ids", union)
    )
    return preferred(rows, tables, ["geo", "year"])[[*SAME, "note", "source_ids"]]


def preferred(rows: pd.DataFrame, tables: Tables, of: list[str]) -> pd.DataFrame:
    """Figures in the order of the columns `of`; those of one place and year follow each other by the one rule that says
    which is drawn: exact before rough, then published last, then with most sources, then the highest."""
    published = tables.source_of["published"].dropna()
    rules = {
        "rough": rows["qualifier"].ne("exact"),
        "published": rows["source_ids"].map(lambda ids: max((published.get(code, "") for code in ids), default="")),
        "sources": rows["source_ids"].map(len),
    }
    order = {**dict.fromkeys(of, True), "rough": True, "published": False, "sources": False, "value": False}
    ranked = rows.assign(**rules).sort_values(list(order), ascending=list(order.values()), ignore_index=True)
    return ranked[list(rows)]


def compared(tables: Tables, indicator: str) -> pd.DataFrame:
    """The figures countries are compared by (COLUMNS): the latest of each country, of one study where there are studies;
    `role` is main, second (another figure of the same year) or reference (European, of the same year)."""
    known = _of_one_study(figures(tables, indicator), indicator)
    countries = known[known["geo_level"] == "country"]
    latest = countries[countries["year"] == countries.groupby("geo")["year"].transform("max")]
    latest = latest.assign(role=np.where(latest.duplicated("geo"), "second", "main"))
    europe = reference(known[known["geo_level"] == "aggregate"], common_year(latest["year"]), indicator)
    return pd.concat([latest, europe.assign(role="reference")], ignore_index=True)[COLUMNS]


def reference(europe: pd.DataFrame, year: int | None, indicator: str) -> pd.DataFrame:
    """The European figures of `year` for the current Union, else for an earlier one; of a series, else the latest."""
    of_year = europe[europe["year"].eq(year).fillna(False).astype(bool)] if year else europe.iloc[:0]
    if of_year.empty and indicator in SERIES:
        of_year = europe[
            europe["geo"].eq(EUROPE) & europe["year"].eq(europe.loc[europe["geo"] == EUROPE, "year"].max())
        ]
    first = next((geo for geo in AGGREGATES if geo in set(of_year["geo"])), None)
    return of_year[of_year["geo"] == first]


@lru_cache(maxsize=2)
def offered(tables: Tables) -> dict[str, int]:
    """The indicators that enough countries publish to be compared, in the order of the vocabulary, with their number."""
    published = tables.indicators[tables.indicators["geo_level"] == "country"].groupby("indicator")["geo"].nunique()
    known = set(published.index[published >= LEAST_COUNTRIES])
    counts = {code: _countries(tables, code) for code in tables.codes.codes("indicators") if code in known}
    return {code: count for code, count in counts.items() if count >= LEAST_COUNTRIES}


def history(tables: Tables, indicator: str) -> pd.DataFrame:
    """Every dated figure (COLUMNS): role national, reference (EU27, of rates and indices alone) or, in a series, second (of a year
    that another source gives too: not drawn, see `preferred`); and `stretch`: figures of one stretch may be joined, a break
    in the series or another method starts a new one."""
    known = figures(tables, indicator)
    known = known[known["geo_level"].eq("country") | (known["geo"].eq(EUROPE) & is_rate(indicator, tables))]
    role = np.where(known["geo_level"] == "country", "national", "reference")
    if indicator in SERIES:
        is_second = known.duplicated(["geo", "year"])
        starts, role = known["note"].fillna("").str.contains(BREAK) & ~is_second, np.where(is_second, "second", role)
    else:
        starts = pd.Series(True, index=known.index)
    stretch = starts.groupby(known["geo"]).cumsum().astype(int)
    return known.assign(role=role, stretch=stretch)[[*COLUMNS, "stretch"]]


def drawn(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of a history that are drawn, with what other sources say of the same year (`also`), for their hover."""
    _ = view.gettext
    second = rows[rows["role"] == "second"]
    said: dict[tuple[str, int], list[str]] = {}
    for row in second.to_dict("records"):
        said.setdefault((row["geo"], row["year"]), []).append(
            _("another source: {value}").format(value=worded(row, view))
        )
    kept = rows[rows["role"] != "second"]
    also = [_("; ").join(said.get(key, [])) for key in zip(kept["geo"], kept["year"], strict=True)]
    return kept.assign(also=pd.Series(also, index=kept.index, dtype="str"))


def _in_one_unit(tables: Tables, indicator: str) -> pd.DataFrame:
    """The existing figures of observed countries and European aggregates, in the unit of comparison, as published."""
    known = tables.indicators[
        tables.indicators["indicator"].eq(indicator) & tables.indicators["qualifier"].ne("planned")
    ]
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    is_country = known["geo_level"].eq("country") & known["geo"].isin(observed)
    is_europe = known["geo_level"].eq("aggregate") & known["geo"].isin(AGGREGATES)
    countries = known[is_country]
    unit = _unit(countries[~countries["unit"].isin(_national_units(tables))])
    return known[(is_country | is_europe) & known["unit"].eq(unit)]


def _of_one_study(known: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The figures of the latest study that gives countries, where there are studies."""
    if indicator not in STUDIED:
        return known
    studied = known[known["year"].isin(list(STUDIES))]
    return studied[studied["year"] == studied.loc[studied["geo_level"] == "country", "year"].max()]


def _countries(tables: Tables, indicator: str) -> int:
    """How many countries can be compared."""
    known = _of_one_study(_in_one_unit(tables, indicator), indicator)
    return int(known.loc[known["geo_level"] == "country", "geo"].nunique())


def _unit(countries: pd.DataFrame) -> str:
    """The unit of the newest figures, among those that half as many countries publish as the most published."""
    units = countries.groupby("unit").agg(count=("geo", "nunique"), newest=("year", "max"))
    wide = units[units["count"] * 2 >= units["count"].max()]
    return "" if wide.empty else str(wide.sort_values(["newest", "count"]).index[-1])


def _national_units(tables: Tables) -> list[str]:
    """Units that are money of one country, which is not compared with another's."""
    units = tables.codes.codes("units")
    money = [unit for unit in units if tables.codes.property("units", unit, "unit_kind") == "money"]
    return [unit for unit in money if unit not in {"EUR", "PPS per inhabitant"}]


def is_rate(indicator: str, tables: Tables) -> bool:
    """Whether the European value stands on the scale of a country: a rate or an index, not a total."""
    return tables.codes.property("indicators", indicator, "unit_kind") in {"rate", "index"}


def common_year(years: pd.Series) -> int | None:
    """The most frequent year, the later of equals."""
    return int(years.mode().max()) if years.notna().any() else None


def worded(row: dict[Any, Any], view: View, is_short: bool = False) -> str:
    """A figure with its qualifier: '7.4%', 'about 3,670', '38,132'; the unit stands in the heading."""
    number = {"percent": lambda: view.percent(row["value"] / 100), "EUR": lambda: view.money(row["value"])}
    value = number.get(row["unit"], lambda: view.number(row["value"], 0 if row["value"] >= 100 else 1))()
    before = view.vocabulary.property("qualifiers", row["qualifier"], f"before_{view.language}")
    return f"{before} {value}" if before and not is_short else value


def year_text(indicator: str, year: Any) -> str:
    """A year; that of a study may stand for two."""
    return YEARS.get(int(year), str(year)) if indicator in STUDIED else str(year)


def years_text(rows: pd.DataFrame) -> str:
    """The year of the rows, or the first and the last."""
    indicator, ends = rows["indicator"].iloc[0], (rows["year"].min(), rows["year"].max())
    return "–".join(dict.fromkeys(year_text(indicator, year) for year in ends))


def heading(rows: pd.DataFrame, view: View, width: int = 46) -> str:
    """What the figure shows, for plotly: the indicator, its unit, its years or study, and whether counts differ."""
    _ = view.gettext
    indicator, unit = rows["indicator"].iloc[0], rows["unit"].iloc[0]
    study = STUDIES.get(int(rows["year"].max())) if indicator in STUDIED and rows["year"].nunique() == 1 else None
    facts = [] if unit == "percent" else [view.label("units", unit)]
    facts.append(_(study) if study else years_text(rows))
    if indicator not in SERIES | STUDIED:
        facts.append(_(OWN_WAY))
    name, rest = view.label("indicators", indicator), " · ".join(facts)
    quiet = "<br>".join(wrap(escape(rest, quote=False), width))
    return f"{'<br>'.join(wrap(f'{name}', width))}<br><span style='color:{view.theme.quiet}'>{quiet}</span>"


def hover(row: dict[Any, Any], view: View) -> str:
    """Country, figure, year, number of sources and note, escaped, for plotly."""
    sources = view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))
    facts = " · ".join([worded(row, view), year_text(row["indicator"], row["year"]), sources])
    said = [row.get("also") or "", "" if pd.isna(row["note"]) else row["note"]]
    lines = [line for text in said for line in wrap(escape(text, quote=False), 60)]
    return "<br>".join([f"<b>{view.country(row['geo'])}</b>", facts, *lines])


def nothing(indicator: str, view: View) -> str:
    """Why an indicator cannot be compared."""
    _ = view.gettext
    name = view.label("indicators", indicator)
    if indicator.endswith("national_currency"):
        return _("{indicator}: amounts in different currencies are not compared.").format(indicator=name)
    return _(NO_FIGURE).format(indicator=name)
