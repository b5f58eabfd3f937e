"""Every cluster on a map to move and to click; those without a point are counted beside it, never left out."""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from atlas import boundaries, choropleth, third_places
from atlas.around import circle, within
from atlas.charts import Coverage, Words, blank, union
from atlas.land import bounds
from atlas.map_layers import layers, tooltip
from atlas.map_words import legend, sentence
from atlas.marks import located
from atlas.selection import PLACED, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

__all__ = ["FILTERS", "WORDS", "coverage", "describe", "figure", "legend", "notice", "sources", "table"]
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
LOOK = ("scope", "size", "colour", "background", "grain", "layers")
FILTERS = (*PLACED, *LOOK, "until", "near", "radius", "id", "camera")
ON_PAPER = "cluster_map_print"
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
EUROPE = (-18.0, 35.0, 36.0, 67.0)
"""West, south, east, north of the first view (EPSG:4326)."""
WIDE, NARROW, PHONE, HIGH = 620, 440, 350, 520
"""Pixels that a first view is fitted to, for pydeck cannot know the reader's: the width of the map for Europe, for chosen
countries, and for a radius, which a phone must show whole; and its height."""
CLOSEST, FARTHEST, FITTED = 11, 1, 9
"""Zooms: the closest and the farthest that can be reached, the closest that a first view takes."""
STYLES = {"light": "/app/static/style.json", "dark": "/app/static/style-dark.json"}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster: cluster_id, name, kind, country, region, place, latitude and longitude (degrees, EPSG:4326;
    empty when no point is known: counted, not drawn), coordinate_precision, founded_year, source_ids. Then what is asked
    for: coloured by theme, `theme` (the first); sized, metric, scope, value, unit, qualifier, as_of of the latest figure;
    near a point, only those within the radius, nearest first, with `distance_km`. `until` keeps the undated."""
    clusters = _chosen(tables, selection)
    rows = pd.DataFrame(clusters[COLUMNS]).reset_index(drop=True)
    if selection.colour == "theme":
        rows.insert(3, "theme", [themes[0] if len(themes) else None for themes in clusters["themes"]])
    if selection.size:
        rows = _sized(rows, tables.observations, selection)
    return within(rows, selection.near, selection.radius) if selection.near else rows


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Clusters with a point, of those chosen, near or far."""
    clusters = _chosen(tables, selection)
    return Coverage(len(located(clusters)), len(clusters), "clusters")


class CompactDeck(pdk.Deck):
    """A Deck whose JSON is not indented: pydeck writes each coordinate on its own line, six times the bytes."""

    def to_json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def figure(rows: pd.DataFrame, view: View) -> pdk.Deck | Any:
    if rows.empty and not view.selection.near:
        return blank(view)
    return CompactDeck(
        layers(rows, view),
        map_style=STYLES[view.theme.name],
        initial_view_state=first_view(view),
        tooltip=tooltip(view),
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    return sentence(rows, view)


def sources(rows: pd.DataFrame, view: View) -> list[str]:
    """Every source of what is drawn: of the clusters, of the rates behind them, of the third places beside them."""
    behind = choropleth.background(view)
    return union(
        [*rows["source_ids"], *(behind["source_ids"] if behind is not None else []), third_places.sources(view)]
    )


def notice(view: View) -> str:
    """Whose boundaries are drawn."""
    return boundaries.notice(view, choropleth.background(view))


def first_view(view: View) -> pdk.ViewState:
    """Where the map opens: the camera of the link, else around the place chosen, else the regions, else the countries chosen,
    else Europe. No other filter moves it, so that it stays where the reader put it."""
    selection = view.selection
    if selection.camera:
        latitude, longitude, zoom = selection.camera
        return _view(latitude, longitude, min(zoom, CLOSEST))
    if selection.near:
        edge = np.array(circle(selection.near, selection.radius))
        return _fitted(*edge.min(axis=0), *edge.max(axis=0), width=PHONE)
    chosen = boundaries.bounds(view.tables, selection.regions) or bounds(
        view.land, view.vocabulary.members(selection.countries)
    )
    return _fitted(*chosen, width=NARROW) if chosen else _fitted(*EUROPE, width=WIDE)


def _chosen(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The clusters of the selection founded by the year `until`; those without a founding year stay."""
    clusters = selection.of_clusters(tables)
    if selection.until is None:
        return clusters
    return clusters[(clusters["founded_year"] <= selection.until).fillna(True).astype(bool)]


def _sized(rows: pd.DataFrame, observations: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows with the latest figure of the chosen metric and scope, and its sources with theirs."""
    asked = observations["metric"].eq(selection.size) & observations["scope"].eq(selection.scope)
    latest = observations[asked & observations["is_latest"] & observations["qualifier"].ne("planned")]
    figures = latest[["cluster_id", "value", "unit", "qualifier", "as_of", "source_ids"]]
    merged = rows.assign(metric=selection.size, scope=selection.scope).merge(
        figures.rename(columns={"source_ids": "figure_sources"}), on="cluster_id", how="left"
    )
    both = zip(merged["source_ids"], merged["figure_sources"], merged["value"].notna(), strict=True)
    ids = [union([own, more] if is_published else [own]) for own, more, is_published in both]
    facts = [column for column in merged if column not in {"source_ids", "figure_sources"}]
    return merged[facts].assign(source_ids=pd.Series(ids, index=merged.index, dtype=object))


def _fitted(west: float, south: float, east: float, north: float, *, width: int) -> pdk.ViewState:
    """The view that holds a box of degrees on a map so many pixels wide."""
    low, high = _mercator(south), _mercator(north)
    spans = max((east - west) / 360, 1e-6), max(high - low, 1e-6)
    zoom = min(math.log2(0.88 * size / 512 / span) for size, span in zip((width, HIGH), spans, strict=True))
    middle = math.degrees(math.atan(math.sinh((low + high) * math.pi)))
    return _view(middle, (west + east) / 2, min(max(zoom, FARTHEST), FITTED))


def _view(latitude: float, longitude: float, zoom: float) -> pdk.ViewState:
    place = {"latitude": round(latitude, 4), "longitude": round(longitude, 4), "zoom": round(zoom, 2)}
    return pdk.ViewState(**place, min_zoom=FARTHEST, max_zoom=CLOSEST)


def _mercator(latitude: float) -> float:
    """Height on a Web Mercator map one unit high."""
    return math.asinh(math.tan(math.radians(min(max(latitude, -85), 85)))) / (2 * math.pi)
