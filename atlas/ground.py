"""The ground of the map to move: land, or the regions that stand for it; rates and their hatching; borders and names."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd
import pydeck as pdk
import shapely

from atlas import boundaries, choropleth
from atlas.deck import paths, polygons, untagged
from atlas.land import geojson, hatching, per_land
from atlas.nuts import counts, layer_regions
from atlas.theme import rgba
from atlas.view import View

BORDER, THIN = 1.2, 0.6
"""Widths in pixels of the borders of countries and French regions, and of NUTS 2 regions."""
LETTER_M, LETTER_PX = 24_000, 13
"""Height of a name in metres of land, and at most in pixels: it shows when the reader comes near."""


def ground(rows: pd.DataFrame, view: View) -> list[pdk.Layer]:
    """The layers under the marks of `rows`, from the ground up."""
    rates = choropleth.background(view)
    layer = boundaries.ground_layer(view, rates)
    covered = set(boundaries.members(view.tables, layer).values())
    land = [feature for feature in geojson(view.land)["features"] if _country(feature) not in covered]
    coloured = [] if rates is None else [_rates(land, rates, view)]
    plain = [feature for feature in land if rates is None or not _country(feature)]
    regions = [_regions(layer, rows, rates, view)] if layer else []
    hatch = [] if rates is None else [_hatch(rates, covered, view)]
    return [_land(plain, view), *coloured, *regions, *hatch, *_borders(layer, view)]


def region_cards(
    layer: str, found: dict[str, int] | None, rates: pd.DataFrame | None, view: View
) -> dict[str, tuple[str, list[str]]]:
    """The name of each region of a layer, and what a hover says under it: how many of the clusters of this selection it holds
    (`found`, see `nuts.counts`; None on a map of no clusters), and the rate behind it, its own or that of its country."""
    said, named = {} if rates is None else choropleth.cards(rates, view), layer_regions(view.tables.regions, layer)
    cards = {}
    for code, name, country in zip(named["nuts_id"], named["name"], named["country"], strict=True):
        lines = [] if found is None else [_held(found.get(code, 0), view)]
        cards[code] = (f"{name} ({code})", [*lines, *(said.get(code) or _of_country(country, said, view))])
    return cards


def _held(number: int, view: View) -> str:
    """How many clusters a region holds, in words."""
    if not number:
        return view.gettext("No cluster of this selection")
    return view.ngettext("{n} cluster of this selection", "{n} clusters of this selection", number)


def _of_country(country: str, said: dict[str, list[str]], view: View) -> list[str]:
    """The rate of the country that a region lies in, said to be that."""
    if country not in said:
        return []
    indicator, *values = said[country]
    return [view.gettext("{indicator}, {country}").format(indicator=indicator, country=view.country(country)), *values]


def _country(feature: dict[str, Any]) -> str:
    """The country a piece of land belongs to; '' for the context around."""
    return feature["properties"].get("parent_country") or feature["properties"].get("country") or ""


def _land(features: list[dict[str, Any]], view: View) -> pdk.Layer:
    """Observed land stronger than the context around it, by one expression on the role."""
    observed, context = rgba(view.theme.land), rgba(view.theme.land, 110)
    return polygons(features, f"properties.role == 'context' ? {context} : {observed}", view, id="land")


def _rates(land: list[dict[str, Any]], rates: pd.DataFrame, view: View) -> pdk.Layer:
    """Each country in the colour of its class, or plain without a value; overseas departments in that of their country.
    Hover names the value, or says that the regions coloured are none of this country."""
    _ = view.gettext
    tones, said = choropleth.colours(rates, view.theme), choropleth.cards(rates, view)
    features = []
    for feature in (feature for feature in land if _country(feature)):
        country = _country(feature)
        facts = said.get(country) or [_("No NUTS 2 region in this edition")]
        features.append({**feature, "properties": _card(view.country(country), facts, tones.get(country), view)})
    return polygons(features, "properties.fill", view, id="rates", pickable=True)


def _regions(layer: str, rows: pd.DataFrame, rates: pd.DataFrame | None, view: View) -> pdk.Layer:
    """The regions that stand for the land: coloured as they, or their country, are; hover says what lies in each."""
    tones = {} if rates is None else choropleth.colours(rates, view.theme)
    shapes, cards = (
        boundaries.geometries(view.tables, layer),
        region_cards(layer, counts(rows, view.tables), rates, view),
    )
    features = [
        {
            "type": "Feature",
            "geometry": shapes[code],
            "properties": _card(*cards[code], tones.get(code) or tones.get(country), view),
        }
        for code, country in boundaries.members(view.tables, layer).items()
    ]
    edge = {} if rates is not None else {"get_line_color": rgba(view.theme.quiet, 150), "get_line_width": THIN}
    return polygons(features, "properties.fill", view, id=layer, pickable=True, **edge)


def _hatch(rates: pd.DataFrame, covered: set[str], view: View) -> pdk.Layer:
    """Lines across the countries, or regions, without a value."""
    missing, strokes = list(rates.loc[rates["role"] == "missing", choropleth.place(rates)]), _strokes(view.land)
    if choropleth.place(rates) == "country":
        lines = [line for country in missing for line in strokes.get(country, [])]
    else:
        regions = boundaries.hatching(view.tables)
        lines = degrees(line for code in missing for line in regions[code].geoms)
        lines += [line for country in strokes if country not in covered for line in strokes[country]]
    return paths([{"path": line} for line in lines], id="hatching", get_color=rgba(view.theme.quiet, 150), get_width=1)


@per_land
def _strokes(land: gpd.GeoDataFrame) -> dict[str, list[list[list[float]]]]:
    """The hatching of each country as lines of longitudes and latitudes."""
    return {country: degrees(lines.geoms) for country, lines in hatching(land).items()}


def degrees(lines: Iterable[shapely.LineString]) -> list[list[list[float]]]:
    """Lines (EPSG:3035) as longitudes and latitudes, to 0.01°."""
    shapes = gpd.GeoSeries(list(lines), crs=3035).to_crs(4326).set_precision(0.01)
    parts = (part for shape in shapes for part in getattr(shape, "geoms", [shape]))
    return [[[x, y] for x, y in part.coords] for part in parts if not part.is_empty]


def _borders(layer: str, view: View) -> list[pdk.Layer]:
    """The borders of countries among regions; the French regions over NUTS 2; and the names of the French regions."""
    asked = boundaries.drawn_layers(view)
    line = {"get_color": rgba(view.theme.text, 100), "get_width": BORDER}
    between = [{"path": path} for path in degrees(boundaries.frontiers(view.tables))] if layer == "nuts2" else []
    drawn = [paths(between, id="frontiers", **line)] if between else []
    if "french_regions" in asked and layer == "nuts2":
        drawn.append(_outlines(view))
    return [*drawn, *([_names(view)] if "french_regions" in asked else [])]


def _outlines(view: View) -> pdk.Layer:
    """The French regions over other ground, as lines alone."""
    shapes = boundaries.geometries(view.tables, "french_regions").values()
    features = [{"type": "Feature", "geometry": shape, "properties": {}} for shape in shapes]
    line = {"filled": False, "get_line_color": rgba(view.theme.text, 170), "get_line_width": BORDER}
    return polygons(features, [0, 0, 0, 0], view, id="french_regions", **line)


def _names(view: View) -> pdk.Layer:
    """The names of the French regions, which grow with the map until they can be read."""
    middles = boundaries.middles(view.tables, "french_regions")
    named = layer_regions(view.tables.regions, "french_regions").set_index("nuts_id")["name"]
    data = [{"position": list(at), "text": named[code]} for code, at in middles.items()]
    return pdk.Layer(
        "TextLayer",
        data,
        id="names",
        get_position="position",
        get_text="text",
        get_color=rgba(view.theme.text, 200),
        get_size=LETTER_M,
        size_units="'meters'",
        size_max_pixels=LETTER_PX,
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        pickable=False,
    )


def _card(name: str, facts: list[str], tone: str | None, view: View) -> dict[str, Any]:
    """The properties of a piece of ground: its colour, that of plain land without one, and its hover."""
    fill = rgba(tone or view.theme.land)
    return {"fill": fill, "name": untagged(name), "facts": untagged("\n".join(facts))}
