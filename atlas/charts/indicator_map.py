"""A rate by country as a map that prints: five classes of one hue, the missing hatched, values written on the land."""

from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go
from plotly.colors import hex_to_rgb
from shapely import box

from atlas import boundaries, choropleth, paper
from atlas.charts import Coverage, Words, blank
from atlas.land import outlines, per_land
from atlas.paper_ground import ground
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import Theme
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Map of a rate"),
    question=N_("How does a rate differ between the countries, or the regions, of Europe?"),
    drawn=N_(
        "The stronger the colour, the higher the rate; five classes of about as many countries, or regions, each. "
        "Hatched: not published."
    ),
    note=N_(
        "The latest figure of each country, of one study where there is one, or of each NUTS 2 region; years may differ. Where "
        "sources differ, the exact figure is drawn, then the one published last; the others stand in the table. By country, the "
        "French overseas departments, in boxes, take the value published for France. Equal-area projection (EPSG:3035). Borders as "
        "European institutions draw them. Kosovo*: this designation is without prejudice to positions on status, and "
        "is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence. Made with "
        "Natural Earth."
    ),
)
FILTERS = ("indicator", "grain")
BOXES = ("GP", "MQ", "GF", "RE", "YT")
LEGEND_PX = 170
WORDS_M = 300_000, 180_000
"""Width and height of a value on a phone, in metres of land."""
ROOM_M = 60_000
"""Radius of the circle that must fit into a country for its value to be written on it."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per observed country, or with the grain nuts2 per region (nuts_id, region): country, indicator, role (latest, or
    missing), value, unit, qualifier, year, class_low and class_high (bounds of its class), source_ids; same_date when
    another source gives another value, and the European one as reference. Empty for a count, which colours no country."""
    if choropleth.is_by_region(tables, selection.indicator, selection.grain):
        return choropleth.rates_of_regions(tables, selection.indicator)
    rows = choropleth.rates(tables, selection.indicator)
    return rows if choropleth.is_rate(tables.codes, selection.indicator) else rows.iloc[:0]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    reported = int(rows["role"].eq("latest").sum())
    if choropleth.place(rows) == "nuts_id":
        return Coverage(reported, rows.loc[rows["role"] != "reference", "nuts_id"].nunique(), "regions")
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    return Coverage(reported, len(observed), "countries")


def notice(view: View) -> str:
    """Whose boundaries are drawn."""
    return boundaries.notice(view, table(view.tables, view.selection))


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if not rows["role"].eq("latest").any():
        return blank(view)
    tones = choropleth.colours(rows, view.theme)
    drawing = paper.sheet(view, paper.whole(view.land), True, LEGEND_PX)
    drawing.add_traces(ground(view, rows))
    if choropleth.place(rows) == "country":
        drawing.add_trace(_values(rows, tones, view))
    for place, territory in enumerate(BOXES):
        code = choropleth.code_of(territory, rows)
        caption = _caption(code, rows, view)
        paper.box(drawing, territory, place, colour=tones.get(code), caption=caption, view=view)
    paper.name_kosovo(drawing, view)
    entries = choropleth.key(rows, view)
    drawing.add_traces([paper.key(entry._replace(group=""), {}, view) for entry in entries])
    title = {"text": paper.wrapped(entries[0].group), "side": "top", "font": {"size": 12}}
    return drawing.update_layout(legend={"title": title, "entrywidth": 150})


def describe(rows: pd.DataFrame, view: View) -> str:
    if rows.empty:
        return choropleth.refusal(view.selection.indicator, view)
    return choropleth.sentence(rows, view)


def _caption(code: str, rows: pd.DataFrame, view: View) -> str:
    """What stands under a box: the value of the region; nothing where that of France colours it; or that none is published."""
    own = rows[rows[choropleth.place(rows)].eq(code) & rows["role"].eq("latest")]
    if own.empty:
        return view.missing
    return choropleth.dated(own.iloc[0].to_dict(), view) if choropleth.place(rows) == "nuts_id" else ""


def _values(rows: pd.DataFrame, tones: dict[str, str], view: View) -> go.Scatter:
    """The value of each country wide enough to hold it, in ink that shows on its colour."""
    places, valued = middles(view.land), rows[rows["role"].eq("latest")]
    shown = valued[valued["country"].isin(places)].to_dict("records")
    points = [places[row["country"]] for row in shown]
    return go.Scatter(
        x=[x for x, _y in points],
        y=[y for _x, y in points],
        mode="text",
        text=[view.number(row["value"], 1) for row in shown],
        textfont={"size": 10, "color": [ink(tones[row["country"]], view.theme) for row in shown]},
        hoverinfo="skip",
        showlegend=False,
    )


def ink(colour: str, theme: Theme) -> str:
    """Of the theme's text and background, the one that is read best on a colour."""
    return max((theme.text, theme.background), key=lambda tone: abs(_luminance(tone) - _luminance(colour)))


def _luminance(colour: str) -> float:
    """Lightness as the eye grades it (0 to 1), from '#rrggbb'."""
    red, green, blue = (part / 255 for part in hex_to_rgb(colour))
    return (0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2) ** (1 / 3)


@per_land
def middles(land: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Where a value is written (km, EPSG:3035): in the middle of the widest circle inside each observed country, the
    roomiest first, where it meets no other on a phone."""
    pieces = outlines(land)
    own = pieces[pieces["role"] == "observed"].assign(area=lambda rows: rows.area)
    largest = own.sort_values("area").drop_duplicates("country", keep="last").set_index("country").geometry
    circles = largest.maximum_inscribed_circle(tolerance=5_000)
    taken = [_words(*largest["XK"].representative_point().coords[0])]
    written: dict[str, tuple[float, float]] = {}
    for country, circle in circles[circles.length.sort_values(ascending=False).index].items():
        words = _words(*circle.coords[0])
        if circle.length > ROOM_M and not any(words.intersects(other) for other in taken):
            taken.append(words)
            written[str(country)] = (circle.coords[0][0] / 1000, circle.coords[0][1] / 1000)
    return written


def _words(x: float, y: float) -> Any:
    """The room that a value takes on a phone."""
    return box(x - WORDS_M[0] / 2, y - WORDS_M[1] / 2, x + WORDS_M[0] / 2, y + WORDS_M[1] / 2)
