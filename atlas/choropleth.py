"""Countries coloured by a rate: the value of each in five classes of one hue; hatched where none is published."""

from typing import Any

import numpy as np
import pandas as pd
from plotly.colors import hex_to_rgb, sample_colorscale

from atlas.indicators import compared, year_text, years_text
from atlas.indicators import worded as value
from atlas.marks import Entry
from atlas.store import Tables
from atlas.theme import Theme
from atlas.view import View
from atlas.vocabulary import Vocabulary

CLASSES = 5
SHADES = {"light": (0.16, 0.85), "dark": (0.2, 0.85)}
"""How far the palest and the strongest class stand from the background, towards the primary colour."""
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


def is_rate(vocabulary: Vocabulary, indicator: str) -> bool:
    """Whether countries may be coloured by it: a count would only show which countries are large."""
    return vocabulary.property("indicators", indicator, "unit_kind") == "rate"


def rates(tables: Tables, indicator: str) -> pd.DataFrame:
    """The figures that observed countries are compared by: country, indicator, role (latest, same_date: another source,
    missing, or reference: the European value), value, unit, qualifier, year, class_low and class_high (the lowest and
    the highest value of its class), source_ids. One latest or missing row per country, the highest first."""
    known = compared(tables, indicator).rename(columns={"geo": "country"})
    known = _classed(known.assign(role=known["role"].map(ROLES)))
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    absent = [
        {"country": country, "indicator": indicator, "role": "missing", "source_ids": []}
        for country in observed[~observed.isin(known["country"])]
    ]
    rows = pd.concat([known, pd.DataFrame(absent)], ignore_index=True) if absent else known
    order = rows["role"].map(["latest", "same_date", "missing", "reference"].index)
    by = {"order": True, "value": False, "country": True}
    return rows.assign(order=order).sort_values(list(by), ascending=list(by.values()), ignore_index=True)[COLUMNS]


def background(view: View) -> pd.DataFrame | None:
    """What the land of a map is coloured by: the rows of its selection's rate; None when it asks for no rate."""
    indicator = view.selection.background
    return rates(view.tables, indicator) if is_rate(view.vocabulary, indicator) else None


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
    shades = np.linspace(low, high, count) if count > 1 else [high]
    tones = sample_colorscale(ends, list(shades), colortype="tuple")
    return ["#" + "".join(f"{round(255 * part):02x}" for part in tone) for tone in tones]


def colours(rows: pd.DataFrame, theme: Theme) -> dict[str, str]:
    """The colour of each country that has a value."""
    valued = rows[rows["role"] == "latest"]
    bounds = sorted(valued["class_high"].unique())
    shades = dict(zip(bounds, ramp(theme, len(bounds)), strict=True))
    return {row["country"]: shades[row["class_high"]] for row in valued.to_dict("records")}


def key(rows: pd.DataFrame, view: View) -> list[Entry]:
    """The legend: each class with its bounds and number of countries, those without a value, and the European one."""
    _ = view.gettext
    valued, shades = rows[rows["role"] == "latest"], colours(rows, view.theme)
    title = _("{title} (number of countries)").format(title=heading(rows, view))
    entries = [
        Entry(_span(own, view), shades[own["country"].iloc[0]], len(own), "square", group=title)
        for _bound, own in valued.groupby("class_high")
    ]
    absent = int(rows["role"].eq("missing").sum())
    entries += [Entry(view.missing, view.theme.quiet, absent, "hatch", group=title)] if absent else []
    europe = _reference(rows, view)
    return [*entries, *([Entry(europe, view.theme.quiet, None, "none", group=title)] if europe else [])]


def heading(rows: pd.DataFrame, view: View) -> str:
    """The indicator and its years: 'Unemployment rate · 2022–2024'."""
    valued, name = rows[rows["role"] == "latest"], view.label("indicators", rows["indicator"].iloc[0])
    return name if valued.empty else f"{name} · {years_text(valued)}"


def dated(row: dict[Any, Any], view: View) -> str:
    """A value and its year, '5.9% (2024)'; 'not published' without one."""
    _ = view.gettext
    if pd.isna(row["value"]):
        return view.missing
    return _("{value} ({year})").format(value=value(row, view), year=year_text(row["indicator"], row["year"]))


def card(country: str, rows: pd.DataFrame, view: View) -> list[str]:
    """What a hover says of a country under its name: the indicator, and its value, or every one when sources disagree."""
    own = rows[rows["country"] == country].to_dict("records")
    return [view.label("indicators", own[0]["indicator"]), *(dated(row, view) for row in own)] if own else []


def sentence(rows: pd.DataFrame, view: View) -> str:
    """The finding: where the rate is lowest and highest, and the European value."""
    _ = view.gettext
    valued = rows[rows["role"] == "latest"].sort_values(["value", "country"])
    words = {"indicator": view.label("indicators", rows["indicator"].iloc[0]), "europe": _reference(rows, view)}
    if valued.empty:
        return _("{indicator}: no comparable figure is published.").format(**words)
    for end, place in (("low", 0), ("high", -1)):
        own = valued[valued["value"] == valued["value"].iloc[place]]
        words |= {end: value(own.iloc[0].to_dict(), view), f"{end}_in": ", ".join(map(view.country, own["country"]))}
    if valued["value"].nunique() == 1:
        return _("{indicator}: {low} ({low_in}), the only value published.").format(**words)
    if not words["europe"]:
        return _("{indicator}: from {low} ({low_in}) to {high} ({high_in}).").format(**words)
    return _("{indicator}: from {low} ({low_in}) to {high} ({high_in}); {europe}.").format(**words)


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


def _classed(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the lowest and the highest value of the class of each country."""
    valued = rows[rows["role"] == "latest"]
    if valued.empty:
        return rows.assign(class_low=np.nan, class_high=np.nan)
    grouped = valued["value"].groupby(classes(valued["value"]))
    return rows.assign(class_low=grouped.transform("min"), class_high=grouped.transform("max"))
