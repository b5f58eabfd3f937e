"""Countries, or NUTS 2 regions, coloured by a rate: the value of each in five classes of one hue; hatched where none is
published."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from plotly.colors import hex_to_rgb, sample_colorscale

from atlas import regional
from atlas.indicators import compared, year_text, years_text
from atlas.indicators import worded as value
from atlas.marks import Entry
from atlas.nuts import REGION_OF
from atlas.store import Tables
from atlas.theme import Theme
from atlas.view import View
from atlas.vocabulary import Vocabulary

CLASSES = 5
SHADES = {"light": (0.16, 0.85), "dark": (0.2, 0.85)}
"""How far the palest and the strongest class stand from the background, towards the primary colour."""
NAMED = 3
"""Territories of one value that a sentence names; the others are counted."""
ROLES = {"main": "latest", "second": "same_date", "reference": "reference"}
COLUMNS = [
    "country",
    "indicator",
    "role",
    "value",
    "unit",
    "qualifier",
    "year",
    "class_low",
    "class_high",
    "source_ids",
]
ORDER = ["latest", "same_date", "missing", "reference"]


def is_rate(vocabulary: Vocabulary, indicator: str) -> bool:
    """Whether countries may be coloured by it: a count would only show which countries are large."""
    return vocabulary.property("indicators", indicator, "unit_kind") == "rate"


@lru_cache(maxsize=8)
def rates(tables: Tables, indicator: str) -> pd.DataFrame:
    """The figures that observed countries are compared by: country, indicator, role (latest, same_date: another source,
    missing, or reference: the European value), value, unit, qualifier, year, class_low and class_high (the lowest and
    the highest value of its class), source_ids. One latest or missing row per country, the highest first. Read-only."""
    known = compared(tables, indicator).rename(columns={"geo": "country"})
    known = _classed(known.assign(role=known["role"].map(ROLES)))
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    absent = [
        {"country": country, "indicator": indicator, "role": "missing", "source_ids": []}
        for country in observed[~observed.isin(known["country"])]
    ]
    rows = pd.concat([known, pd.DataFrame(absent)], ignore_index=True) if absent else known
    return _ordered(rows, "country")[COLUMNS]


@lru_cache(maxsize=8)
def rates_of_regions(tables: Tables, indicator: str) -> pd.DataFrame:
    """The same of the NUTS 2 regions of the tables, with nuts_id and region (name) before country; the European value stands
    under its own code. Read-only."""
    rows = _classed(regional.figures_of_regions(tables, indicator))
    return _ordered(rows, "nuts_id")[["nuts_id", "region", *COLUMNS]]


def is_by_region(tables: Tables, indicator: str, grain: str) -> bool:
    """Whether regions are coloured: they are asked for, or only they may be; and the tables hold them and their figures."""
    is_wanted = grain == "nuts2" or not is_rate(tables.codes, indicator)
    return is_wanted and indicator in regional.offered(tables)


def background(view: View) -> pd.DataFrame | None:
    """What the land of a map is coloured by: the rows of its selection's rate; None when it asks for no rate."""
    indicator = view.selection.background
    if is_by_region(view.tables, indicator, view.selection.grain):
        return rates_of_regions(view.tables, indicator)
    return rates(view.tables, indicator) if is_rate(view.vocabulary, indicator) else None


def code_of(territory: str, rows: pd.DataFrame) -> str:
    """Under which code a territory in a box of a map stands in the rows: a French overseas department is of its country, and
    a region of its own."""
    if place(rows) == "nuts_id":
        return REGION_OF.get(territory, territory)
    return "FR" if territory in REGION_OF else territory


def place(rows: pd.DataFrame) -> str:
    """The column that says which territory a row is about."""
    return "nuts_id" if "nuts_id" in rows else "country"


def classes(values: pd.Series) -> np.ndarray:
    """The class of each value, from 0: five of about as many values each, whose upper bounds are values; fewer when few
    values differ."""
    import mapclassify  # takes seconds to import, and few views need it

    steps = np.arange(1, CLASSES + 1) / CLASSES
    bounds = np.unique(np.quantile(values, steps, method="inverted_cdf"))
    return mapclassify.UserDefined(values, bounds).yb


def ramp(theme: Theme, count: int) -> list[str]:
    """`count` colours of one hue, from pale to strong, as '#rrggbb'."""
    ends = [f"rgb{hex_to_rgb(colour)}" for colour in (theme.background, theme.primary)]
    low, high = SHADES["dark" if theme.is_dark else "light"]
    shades = np.linspace(low, high, count) if count != 1 else [high]
    tones = sample_colorscale(ends, list(shades), colortype="tuple")
    return ["#" + "".join(f"{round(255 * part):02x}" for part in tone) for tone in tones]


def colours(rows: pd.DataFrame, theme: Theme) -> dict[str, str]:
    """The colour of each country, or region, that has a value."""
    valued = rows[rows["role"] == "latest"]
    bounds = sorted(valued["class_high"].unique())
    shades = dict(zip(bounds, ramp(theme, len(bounds)), strict=True))
    return {row[place(rows)]: shades[row["class_high"]] for row in valued.to_dict("records")}


def key(rows: pd.DataFrame, view: View) -> list[Entry]:
    """The legend: each class with its bounds and number of territories, those without a value, and the European one."""
    _ = view.gettext
    valued, shades, code = rows[rows["role"] == "latest"], colours(rows, view.theme), place(rows)
    counted = _("{title} (number of countries)") if code == "country" else _("{title} (number of regions)")
    title = counted.format(title=heading(rows, view))
    entries = [
        Entry(_span(own, view), shades[own[code].iloc[0]], len(own), "square", group=title)
        for _bound, own in valued.groupby("class_high")
    ]
    absent = int(rows["role"].eq("missing").sum())
    if code == "nuts_id":
        entries.append(Entry(_("not published, or no region"), view.theme.quiet, absent, "hatch", group=title))
    elif absent:
        entries.append(Entry(view.missing, view.theme.quiet, absent, "hatch", group=title))
    europe = _reference(rows, view)
    return [*entries, *([Entry(europe, view.theme.quiet, None, "none", group=title)] if europe else [])]


def heading(rows: pd.DataFrame, view: View) -> str:
    """The indicator, its unit when it is no percentage, and its years: 'Unemployment rate · 2022–2024'."""
    valued, name = rows[rows["role"] == "latest"], measured(rows, view)
    return name if valued.empty else f"{name} · {years_text(valued)}"


def measured(rows: pd.DataFrame, view: View) -> str:
    """The indicator, and its unit when it is no percentage."""
    name, units = view.label("indicators", rows["indicator"].iloc[0]), rows["unit"].dropna()
    return name if units.empty or units.iloc[0] == "percent" else f"{name}, {view.label('units', units.iloc[0])}"


def dated(row: dict[Any, Any], view: View) -> str:
    """A value and its year, '5.9% (2024)'; 'not published' without one."""
    _ = view.gettext
    if pd.isna(row["value"]):
        return view.missing
    return _("{value} ({year})").format(value=value(row, view), year=year_text(row["indicator"], row["year"]))


def cards(rows: pd.DataFrame, view: View) -> dict[str, list[str]]:
    """What a hover says of each country, or region, under its name: the indicator, and its value, or every one when sources
    disagree."""
    said: dict[str, list[str]] = {}
    code, name = place(rows), measured(rows, view) if len(rows) else ""
    for row in rows.to_dict("records"):
        said.setdefault(row[code], [name]).append(dated(row, view))
    return said


def sentence(rows: pd.DataFrame, view: View) -> str:
    """The finding: where the rate is lowest and highest, and the European value."""
    _ = view.gettext
    valued = rows[rows["role"] == "latest"].sort_values(["value", "country"])
    words = {"indicator": measured(rows, view), "europe": _reference(rows, view)}
    if valued.empty:
        return _("{indicator}: no comparable figure is published.").format(**words)
    for end, place in (("low", 0), ("high", -1)):
        own = valued[valued["value"] == valued["value"].iloc[place]]
        words |= {end: value(own.iloc[0].to_dict(), view), f"{end}_in": _listed(own, view)}
    if valued["value"].nunique() == 1:
        return _("{indicator}: {low} ({low_in}), the only value published.").format(**words)
    if not words["europe"]:
        return _("{indicator}: from {low} ({low_in}) to {high} ({high_in}).").format(**words)
    return _("{indicator}: from {low} ({low_in}) to {high} ({high_in}); {europe}.").format(**words)


def _listed(own: pd.DataFrame, view: View) -> str:
    """The names of the territories of one value: every country; of regions, with their country, the first few."""
    if place(own) == "country":
        return ", ".join(map(view.country, own["country"]))
    names = [f"{row['region']}, {view.country(row['country'])}" for row in own.to_dict("records")]
    more = len(names) - NAMED
    rest = [view.ngettext("{n} more", "{n} more", more)] if more > 0 else []
    return view.gettext("; ").join([*names[:NAMED], *rest])


def refusal(indicator: str, view: View) -> str:
    """Why a count colours no country."""
    _ = view.gettext
    return _(
        "Countries are coloured by rates only, not by counts, amounts or indices: {indicator} is not drawn."
    ).format(indicator=view.label("indicators", indicator))


def _reference(rows: pd.DataFrame, view: View) -> str:
    """The European value, 'EU27: 5.9% (2024)'; '' when none is published."""
    _ = view.gettext
    known = rows[rows["role"] == "reference"].to_dict("records")
    return (
        _("{name}: {value}").format(name=view.country(known[0]["country"]), value=dated(known[0], view))
        if known
        else ""
    )


def _span(own: pd.DataFrame, view: View) -> str:
    """The bounds of a class: '2.6% to 3.7%'."""
    _ = view.gettext
    fact = own.iloc[0].to_dict() | {"qualifier": "exact"}
    low, high = (value(fact | {"value": fact[bound]}, view) for bound in ("class_low", "class_high"))
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _ordered(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Latest, other sources, missing, European; the highest first."""
    by = {"order": True, "value": False, code: True}
    ranked = rows.assign(order=rows["role"].map(ORDER.index))
    return ranked.sort_values(list(by), ascending=list(by.values()), ignore_index=True)


def _classed(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the lowest and the highest value of the class of each territory."""
    valued = rows[rows["role"] == "latest"]
    if valued.empty:
        return rows.assign(class_low=np.nan, class_high=np.nan)
    grouped = valued["value"].groupby(classes(valued["value"]))
    return rows.assign(class_low=grouped.transform("min"), class_high=grouped.transform("max"))
