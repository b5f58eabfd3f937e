"""What the map of the clusters says of itself: its sentence, and its legend."""

import math

import pandas as pd

from atlas import choropleth
from atlas.hexagons import ACROSS_KM, LEAST_POINTS, hexagons
from atlas.layer_words import besides, entries, not_held
from atlas.map_layers import is_dense
from atlas.marks import LARGEST, UNPUBLISHED, Entry, coloured_by, located, measured, radius, tone
from atlas.view import View


def sentence(rows: pd.DataFrame, view: View) -> str:
    """Where the clusters are; then, when asked for, what sizes them and what lies behind them."""
    asked = [_nearest if view.selection.near else _placed, _sized, _behind, besides, not_held]
    return " ".join(filter(None, (say(rows, view) for say in asked)))


def legend(rows: pd.DataFrame, view: View) -> list[Entry]:
    """The kinds or themes on the map and the clusters that are not on it; the layers; then sizes, and what lies behind."""
    points = located(rows)
    return [
        *([] if is_dense(points, view) else [*_colours(points, view), *_undated(points, view)]),
        *_absent(rows, view),
        *entries(view),
        *_sizes(points, view),
        *_ground(points, view),
    ]


def _placed(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    points = located(rows)
    if points.empty:
        return view.ngettext(
            "The cluster selected has no known point.",
            "None of the {n} clusters selected has a known point.",
            len(rows),
        )
    first, count = max(points["country"].value_counts().items(), key=lambda item: (item[0] != "EU", item[1], item[0]))
    words = {
        "placed": view.number(len(points)),
        "total": view.number(len(rows)),
        "country": view.country(first),
        "count": view.number(count),
        "year": view.selection.until,
        "undated": view.number(rows["founded_year"].isna().sum()),
    }
    if view.selection.until:
        return _(
            "Clusters founded by {year}, or undated: {total}, of which {undated} undated and {placed} on the map."
        ).format(**words)
    if rows["country"].nunique() == 1:
        return view.ngettext(
            "{country}: {placed} of {n} cluster can be placed on the map.",
            "{country}: {placed} of {n} clusters can be placed on the map.",
            len(rows),
        ).format(**words)
    return _("{placed} of {total} clusters can be placed on the map; {country} has {count} of them.").format(**words)


def _nearest(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    words = {"radius": view.number(view.selection.radius)}
    if rows.empty:
        return _("No cluster with a known point lies within {radius} km of this place.").format(**words)
    first = rows.iloc[0]
    words |= {"name": str(first["name"]), "distance": view.number(first["distance_km"], 1)}
    return view.ngettext(
        "{n} cluster lies within {radius} km of this place: {name}, {distance} km away.",
        "{n} clusters lie within {radius} km of this place; the nearest, {distance} km away: {name}.",
        len(rows),
    ).format(**words)


def _sized(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if not view.selection.size or rows.empty:
        return ""
    known = located(rows).dropna(subset="value").sort_values("value")
    words = {"measure": measured(view), "all": view.number(len(located(rows)))}
    if known.empty:
        return _("{measure}: no cluster on the map publishes a figure, so all marks are equal and hollow.").format(
            **words
        )
    for end, row in (("low", known.iloc[0]), ("high", known.iloc[-1])):
        words[end] = view.figure(row["value"], row["unit"], row["qualifier"])
    return view.ngettext(
        "{measure}: {n} of {all} clusters on the map publishes a figure, {high}.",
        "{measure}: {n} of {all} clusters on the map publish a figure, from {low} to {high}.",
        len(known),
    ).format(**words)


def _behind(rows: pd.DataFrame, view: View) -> str:
    asked = view.selection.background
    if not asked or (rows.empty and not view.selection.near):
        return ""
    if asked == "density":
        return _density(located(rows), view)
    rates = choropleth.background(view)
    return choropleth.refusal(asked, view) if rates is None else choropleth.sentence(rates, view)


def _density(points: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if is_dense(points, view):
        words = {"most": view.number(hexagons(points)["count"].max()), "across": view.number(ACROSS_KM)}
        return _("Counted in hexagons {across} km across: up to {most} clusters in one.").format(**words)
    return view.ngettext(
        "Density is drawn for more than {least} points; with {n}, each is drawn.",
        "Density is drawn for more than {least} points; with {n}, each is drawn.",
        len(points),
    ).format(least=view.number(LEAST_POINTS))


def _colours(points: pd.DataFrame, view: View) -> list[Entry]:
    """Every kind or theme on the map, in the order of the vocabulary; last, clusters that name no theme."""
    _ = view.gettext
    field = coloured_by(view)
    counts, unnamed = points[field].value_counts(), int(points[field].isna().sum())
    codes = [code for code in view.vocabulary.codes(f"{field}s") if code in counts]
    entries = [Entry(view.label(f"{field}s", code), tone(field, code, view), int(counts[code])) for code in codes]
    return entries + ([Entry(_("Theme not published"), view.theme.quiet, unnamed)] if unnamed else [])


def _undated(points: pd.DataFrame, view: View) -> list[Entry]:
    _ = view.gettext
    undated = int(points["founded_year"].isna().sum())
    if not view.selection.until or not undated:
        return []
    return [Entry(_("Undated, always shown: thin and pale"), view.theme.quiet, undated, "thin")]


def _absent(rows: pd.DataFrame, view: View) -> list[Entry]:
    _ = view.gettext
    missing = len(rows) - len(located(rows))
    return [Entry(_("Not on the map: no known point"), view.theme.quiet, missing, "cross")] if missing else []


def _sizes(points: pd.DataFrame, view: View) -> list[Entry]:
    """Two or three round figures in the size they have on the map, and the clusters without a figure."""
    if not view.selection.size or points.empty or is_dense(points, view):
        return []
    known, title, grey = points.dropna(subset="value"), measured(view), view.theme.quiet
    largest, absent = known["value"].max(), len(points) - len(known)
    entries = []
    for figure in _round_figures(largest):
        words, width = view.figure(figure, known["unit"].iloc[0]), 2 * radius(figure, largest)
        entries.append(Entry(words, grey, None, "size", width, title))
    if absent:
        entries.append(Entry(view.missing, grey, absent, "ring", 2 * UNPUBLISHED, title))
    return entries


def _round_figures(largest: float) -> list[float]:
    """Up to three figures with one digit: the largest, and those whose marks are a half and a quarter as wide."""
    if pd.isna(largest) or largest <= 0:
        return []
    rounded = (_floored(largest / part) for part in (1, 4, 16))
    return [figure for figure in dict.fromkeys(rounded) if radius(figure, largest) > LARGEST / 5]


def _floored(value: float) -> float:
    """The value down to its first digit: 1 234 -> 1 000."""
    unit = 10.0 ** math.floor(math.log10(value))
    return round(math.floor(value / unit) * unit, 9)


def _ground(points: pd.DataFrame, view: View) -> list[Entry]:
    """The classes of the land, or of the hexagons."""
    _ = view.gettext
    rates = choropleth.background(view)
    if rates is not None:
        return choropleth.key(rates, view)
    if not is_dense(points, view):
        return []
    counts = hexagons(points)["count"]
    groups = counts.groupby(choropleth.classes(counts))
    tones = choropleth.ramp(view.theme, groups.ngroups)
    title = _("Clusters in a hexagon {across} km across (number of hexagons)").format(across=view.number(ACROSS_KM))
    return [
        Entry(_between(own.min(), own.max(), view), tones[number], len(own), "square", group=title)
        for number, own in groups
    ]


def _between(low: int, high: int, view: View) -> str:
    _ = view.gettext
    if low == high:
        return view.number(low)
    return _("{low} to {high}").format(low=view.number(low), high=view.number(high))
