"""The marks of a map: which clusters have a point, how those of one place stand apart, how each looks, and what a hover
says of it."""

import math
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from atlas.view import View

SPACING_KM = 5
DEGREE_KM = 111.2
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
FILL = {"site": 1.0, "commune": 0.38, "region": 0.0}
"""How full a mark is, by what its point stands for."""
RADIUS, LARGEST, LEAST, UNPUBLISHED = 5.5, 20.0, 4.0, 3.0
"""Radius in pixels: of marks that are all equal, of the largest and the smallest figure, of a cluster without one."""


class Entry(NamedTuple):
    """One line of a legend. `mark` is how it is drawn: dot, thin (a pale ring), ring, size (the ring of a figure), cross,
    square, hatch, outline (of a region), speck (a mark that is no cluster), or none; `size` the width of a ring in pixels; lines of one `group` stand under it as their title."""

    label: str
    colour: str
    number: int | None
    mark: str = "dot"
    size: float | None = None
    group: str = ""


def located(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["latitude"].notna() & rows["longitude"].notna()]


def spread(points: pd.DataFrame, spacing_km: float = SPACING_KM) -> pd.DataFrame:
    """The points with those of one place (to 0.01°) set apart on a spiral, always the same way."""
    turn = points.groupby([points["latitude"].round(2), points["longitude"].round(2)]).cumcount()
    reach, angle = spacing_km / DEGREE_KM * np.sqrt(turn), turn * GOLDEN_ANGLE
    latitude = points["latitude"] + reach * np.sin(angle)
    return points.assign(
        latitude=latitude, longitude=points["longitude"] + reach * np.cos(angle) / np.cos(np.radians(latitude))
    )


def projected(points: pd.DataFrame) -> pd.DataFrame:
    """The points with `x` and `y` (km, EPSG:3035)."""
    metres = gpd.GeoSeries.from_xy(points["longitude"], points["latitude"], crs=4326).to_crs(3035)
    return points.assign(x=(metres.x / 1000).to_numpy(), y=(metres.y / 1000).to_numpy())


def looks(points: pd.DataFrame, view: View) -> pd.DataFrame:
    """How each point is drawn: colour, fill and edge (opacities from 0 to 1), width of the edge and radius (pixels).
    A kind or theme is a hue, precision a filling, an undated cluster a thin edge, a figure an area."""
    field, fill = coloured_by(view), points["coordinate_precision"].map(FILL).astype(float).fillna(0)
    look = pd.DataFrame({"colour": [tone(field, code, view) for code in points[field]]}, index=points.index)
    look = look.assign(fill=fill, edge=1.0, width=2.0, radius=RADIUS)
    if view.selection.until:
        undated = points["founded_year"].isna()
        look.loc[undated, ["edge", "width"]] = 0.75, 1.0
        look.loc[undated, "fill"] *= 0.5
    if view.selection.size:
        unpublished = points["value"].isna()
        look["radius"] = [radius(value, points["value"].max()) for value in points["value"]]
        look.loc[unpublished, "fill"] = 0.0
        look.loc[unpublished, "width"] = 1.0
    return look


def radius(value: float, largest: float) -> float:
    """Radius of a mark (pixels) whose area is proportional to `value`; that of a missing one is always the same."""
    if pd.isna(value):
        return UNPUBLISHED
    return round(max(LEAST, LARGEST * math.sqrt(value / largest)), 1) if largest > 0 else LEAST


def largest_last(points: pd.DataFrame) -> pd.DataFrame:
    """The points in the order they are drawn: without a figure, then the largest, then smaller ones over it."""
    return (
        points.sort_values("value", ascending=False, na_position="first", kind="stable")
        if "value" in points
        else points
    )


def coloured_by(view: View) -> str:
    """The column that gives a mark its colour: kind, or theme (the first that a cluster names)."""
    return view.selection.colour


def tone(field: str, code: Any, view: View) -> str:
    """Colour of a kind or theme; grey when none is published."""
    return view.theme.quiet if pd.isna(code) else view.colour(f"{field}s", str(code))


def measured(view: View) -> str:
    """The metric that sizes the marks and its scope: 'Jobs, on the site'."""
    scope = view.label("scopes", view.selection.scope).lower()
    return f"{view.label('metrics', view.selection.size)}, {scope}"


def places(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """What the hover says of each cluster, one column a line, as plain words: name, kind, place, founded, precision, and
    what the map was asked for: distance, figure, theme."""
    said = {
        "name": [str(name) for name in rows["name"]],
        "kind": [view.label("kinds", kind) for kind in rows["kind"]],
        "theme": [_theme(theme, view) for theme in rows.get("theme", [])],
        "place": [_place(row, view) for row in rows.to_dict("records")],
        "distance": [_distance(distance, view) for distance in rows.get("distance_km", [])],
        "founded": [_founded(year, view) for year in rows["founded_year"]],
        "figure": [_figure(row, view) for row in rows.to_dict("records")] if "value" in rows else [],
        "precision": [_precision(code, view) for code in rows["coordinate_precision"]],
    }
    asked = [line for line in said if said[line] or line == "name"]
    return pd.DataFrame({line: said[line] for line in asked}, index=rows.index, dtype="str")


def _place(row: dict[Any, Any], view: View) -> str:
    parts = (row["place"], row["region"], view.country(row["country"]))
    return ", ".join(dict.fromkeys(part for part in parts if pd.notna(part)))


def _theme(theme: Any, view: View) -> str:
    _ = view.gettext
    return _("Theme not published") if pd.isna(theme) else view.label("themes", theme)


def _distance(distance_km: float, view: View) -> str:
    _ = view.gettext
    return _("At {distance} km").format(distance=view.number(distance_km, 1))


def _founded(year: Any, view: View) -> str:
    _ = view.gettext
    return _("Founding year not published") if pd.isna(year) else _("Founded in {year}").format(year=int(year))


def _figure(row: dict[Any, Any], view: View) -> str:
    """'Jobs, on the site: about 350 (2018)'."""
    _ = view.gettext
    if pd.isna(row["value"]):
        return _("{measure}: not published").format(measure=measured(view))
    value = view.figure(row["value"], row["unit"], row["qualifier"])
    return _("{measure}: {value} ({date})").format(measure=measured(view), value=value, date=view.date(row["as_of"]))


def _precision(code: Any, view: View) -> str:
    _ = view.gettext
    if pd.isna(code):
        return _("Precision of the point not published")
    return view.vocabulary.description("coordinate_precisions", code, view.language)
