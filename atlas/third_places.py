"""The third places of the French census of 2023: another list than ours, drawn beside the clusters and counted apart."""

from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from atlas import boundaries
from atlas.deck import circles, untagged
from atlas.marks import Entry, located, projected
from atlas.store import Tables
from atlas.theme import rgba
from atlas.view import View

LAYER = "third_places"
COLUMNS = ("name", "place", "latitude", "longitude", "activities", "source_ids")
NAMED = 3
"""Activities that a hover names; the others are counted."""
RADIUS_M, LEAST, MOST, SIDE = 1_200, 1.1, 3, 2
"""Radius in metres, between two sizes in pixels, and side on paper: well below those of a cluster, however near one comes."""


@lru_cache(maxsize=2)
def listed(tables: Tables) -> pd.DataFrame:
    """Every third place (COLUMNS). Read-only."""
    return tables.third_places.scan(COLUMNS)


def placed(tables: Tables) -> int:
    """How many have a point."""
    return len(located(listed(tables)))


def is_drawn(view: View) -> bool:
    return LAYER in boundaries.drawn_layers(view)


def layers(view: View) -> list[pdk.Layer]:
    """Small muted marks, each with name, commune, activities and source; none unless asked for."""
    if not is_drawn(view):
        return []
    marks = [
        {
            "name": untagged(str(row["name"])),
            "facts": untagged("\n".join(facts(row, view))),
            "position": [round(row["longitude"], 3), round(row["latitude"], 3)],
        }
        for row in located(listed(view.tables)).to_dict("records")
    ]
    tone = {"get_fill_color": rgba(view.theme.quiet, 125), "get_radius": RADIUS_M, "radius_units": "'meters'"}
    return [circles(marks, id=LAYER, pickable=True, **tone, radius_min_pixels=LEAST, radius_max_pixels=MOST)]


def on_paper(view: View) -> list[go.Scatter]:
    """The same marks on a map that prints (km, EPSG:3035); those overseas stand in boxes."""
    if not is_drawn(view):
        return []
    points = projected(located(listed(view.tables)))
    return [_squares(points["x"].round(1), points["y"].round(1), "", view)]


def in_box(territory: str, axis: str, narrowed: float, view: View) -> list[go.Scatter]:
    """Those of one territory, on the axes of its box, where degrees of longitude are narrowed."""
    if not is_drawn(view):
        return []
    points = located(listed(view.tables))
    west, south, east, north = view.land.loc[view.land["country"] == territory].total_bounds
    near = points[points["longitude"].between(west, east) & points["latitude"].between(south, north)]
    return [_squares((near["longitude"] * narrowed).round(3), near["latitude"].round(3), axis, view)]


def _squares(x: pd.Series, y: pd.Series, axis: str, view: View) -> go.Scatter:
    marker = {"symbol": "square", "size": SIDE, "color": view.theme.quiet, "opacity": 0.5, "line": {"width": 0}}
    how = {"mode": "markers", "marker": marker, "hoverinfo": "skip", "showlegend": False}
    return go.Scatter(x=x.tolist(), y=y.tolist(), xaxis=f"x{axis}", yaxis=f"y{axis}", **how)


def facts(row: dict[Any, Any], view: View) -> list[str]:
    """The commune, the first activities as the census names them, and who publishes it."""
    _ = view.gettext
    activities = list(row["activities"])
    more = len(activities) - NAMED
    rest = [view.ngettext("{n} more", "{n} more", more)] if more > 0 else []
    known = view.tables.source_of["publisher"]
    publishers = dict.fromkeys(str(known[code]) for code in row["source_ids"] if code in known.index)
    said = [
        view.missing if pd.isna(row["place"]) else str(row["place"]),
        _("; ").join([*activities[:NAMED], *rest]),
        _("2023 census: {publishers}").format(publishers=", ".join(publishers)),
    ]
    return [line for line in said if line]


def legend(view: View) -> list[Entry]:
    """What the small marks are, and how many have no point."""
    if not is_drawn(view):
        return []
    _ = view.gettext
    shown, known = placed(view.tables), len(listed(view.tables))
    name = _("Third places: 2023 census, another list, not counted among the clusters")
    entries = [Entry(name, view.theme.quiet, shown, "speck")]
    absent = known - shown
    return entries + (
        [Entry(_("Third places without a known point"), view.theme.quiet, absent, "cross")] if absent else []
    )


def sources(view: View) -> list[str]:
    """The sources of the third places drawn."""
    if not is_drawn(view):
        return []
    return list(dict.fromkeys(code for ids in listed(view.tables)["source_ids"] for code in ids))
