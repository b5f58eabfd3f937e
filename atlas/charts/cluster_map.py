"""Every cluster on a map to move and to click; those without a point are counted beside it, never left out."""

import json
import math
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from atlas.charts import Coverage, Words, blank
from atlas.land import geojson
from atlas.marks import located, places, spread
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.theme import rgba
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Where the clusters are"),
    question=N_("Where are the clusters?"),
    drawn=N_("Each mark is one cluster: full on its site, pale on its town, hollow on its region."),
    note=N_(
        "Clusters of one town are set a few kilometres apart so that each can be chosen. Borders as European "
        "institutions draw them. Kosovo*: this designation is without prejudice to positions on status, and is in "
        "line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence. Land: Natural "
        "Earth."
    ),
)
FILTERS = CLUSTERS
COLUMNS = [
    "cluster_id",
    "name",
    "kind",
    "country",
    "region",
    "place",
    "latitude",
    "longitude",
    "coordinate_precision",
    "founded_year",
    "source_ids",
]

FILL_ALPHA = {"site": 255, "commune": 96, "region": 0}
"""How full a mark is, by what its point stands for."""
EUROPE = (-25.0, 34.0, 42.0, 71.0)
"""West, south, east, north of the first view (EPSG:4326)."""
SCREEN = (620, 520)
"""Width and height in pixels that the first view is fitted to: pydeck cannot know the reader's."""
STYLES = {"light": "/app/static/style.json", "dark": "/app/static/style-dark.json"}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster: cluster_id, name, kind, country, region, place, latitude and longitude (degrees, EPSG:4326;
    empty when no point is known: counted, not drawn), coordinate_precision, founded_year, source_ids."""
    return pd.DataFrame(selection.of_clusters(tables)[COLUMNS]).reset_index(drop=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(located(rows)), len(rows), "clusters")


class CompactDeck(pdk.Deck):
    """A Deck whose JSON is not indented: pydeck writes each coordinate on its own line, six times the bytes."""

    def to_json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def figure(rows: pd.DataFrame, view: View) -> pdk.Deck | Any:
    if rows.empty:
        return blank(view)
    points = located(rows)
    layers = [_land_layer(view), _points_layer(spread(points), view)]
    return CompactDeck(
        layers, map_style=STYLES[view.theme.name], initial_view_state=first_view(points), tooltip=_tooltip(view)
    )


def describe(rows: pd.DataFrame, view: View) -> str:
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
    }
    if rows["country"].nunique() == 1:
        return view.ngettext(
            "{country}: {placed} of {n} cluster can be placed on the map.",
            "{country}: {placed} of {n} clusters can be placed on the map.",
            len(rows),
        ).format(**words)
    return _("{placed} of {total} clusters can be placed on the map; {country} has {count} of them.").format(**words)


def legend(rows: pd.DataFrame, view: View) -> list[tuple[str, str, int]]:
    """Label, colour and number of clusters of every kind on the map; last, those no point is known of."""
    _ = view.gettext
    counts = located(rows)["kind"].value_counts()
    kinds = [kind for kind in view.vocabulary.codes("kinds") if kind in counts]
    entries = [(view.label("kinds", kind), view.colour("kinds", kind), int(counts[kind])) for kind in kinds]
    missing = len(rows) - len(located(rows))
    return entries + ([(_("Not on the map: no known point"), view.theme.quiet, missing)] if missing else [])


def first_view(points: pd.DataFrame) -> pdk.ViewState:
    """The view that holds the points: those of Europe when there are some, else all, else Europe."""
    west, south, east, north = EUROPE
    inside = points[points["longitude"].between(west, east) & points["latitude"].between(south, north)]
    shown = points if inside.empty else inside
    if not shown.empty:
        (west, south), (east, north) = (
            shown[["longitude", "latitude"]].agg(edge).astype(float) for edge in ("min", "max")
        )
    low, high = _mercator(south), _mercator(north)
    spans = max((east - west) / 360, 1e-6), max(high - low, 1e-6)
    zoom = min(math.log2(0.88 * size / 512 / span) for size, span in zip(SCREEN, spans, strict=True))
    middle = math.degrees(math.atan(math.sinh((low + high) * math.pi)))
    return pdk.ViewState(
        latitude=middle, longitude=(west + east) / 2, zoom=round(min(max(zoom, 1), 5.5), 2), min_zoom=1, max_zoom=11
    )


def _land_layer(view: View) -> pdk.Layer:
    """Observed land stronger than the context around it, by one expression on the role."""
    observed, context = rgba(view.theme.land), rgba(view.theme.land, 110)
    return pdk.Layer(
        "GeoJsonLayer",
        geojson(view.land),
        id="land",
        stroked=True,
        filled=True,
        pickable=False,
        get_fill_color=f"properties.role == 'context' ? {context} : {observed}",
        get_line_color=rgba(view.theme.background),
        line_width_units="'pixels'",
        get_line_width=0.8,
    )


def _points_layer(points: pd.DataFrame, view: View) -> pdk.Layer:
    """One mark per cluster, full or hollow by precision. A page reads `cluster_id` of the one that is chosen."""
    colours = points["kind"].map(lambda kind: view.colour("kinds", kind))
    fills = [FILL_ALPHA.get(precision, 0) for precision in points["coordinate_precision"]]
    marks = (
        places(points, view)
        .map(_untagged)
        .assign(
            cluster_id=points["cluster_id"],
            position=_cells(points[["longitude", "latitude"]].round(4).to_numpy().tolist(), points),
            fill=_cells([rgba(colour, alpha) for colour, alpha in zip(colours, fills, strict=True)], points),
            line=colours.map(rgba),
        )
    )
    return pdk.Layer(
        "ScatterplotLayer",
        marks.to_dict("records"),
        id="clusters",
        pickable=True,
        auto_highlight=True,
        stroked=True,
        filled=True,
        get_position="position",
        get_fill_color="fill",
        get_line_color="line",
        radius_units="'pixels'",
        get_radius=5.5,
        line_width_units="'pixels'",
        get_line_width=2,
        highlight_color=rgba(view.theme.text, 160),
    )


def _cells(values: list[list[Any]], rows: pd.DataFrame) -> pd.Series:
    """One list per row of `rows`."""
    return pd.Series(values, index=rows.index, dtype=object)


def _untagged(text: str) -> str:
    """Text that can open no tag. Streamlit escapes the values of a tooltip, pydeck's own page does not: escaped here,
    an apostrophe would show as an entity in the first; left as it is, a name could write HTML in the second."""
    return text.replace("<", "‹").replace(">", "›")


def _tooltip(view: View) -> dict[str, Any]:
    style = {
        "backgroundColor": view.theme.surface,
        "color": view.theme.text,
        "border": f"1px solid {view.theme.line}",
        "maxWidth": "18rem",
        "fontSize": "0.85rem",
    }
    return {"html": "<b>{name}</b><br>{kind}<br>{place}<br>{founded}<br><i>{precision}</i>", "style": style}


def _mercator(latitude: float) -> float:
    """Height on a Web Mercator map one unit high."""
    return math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
