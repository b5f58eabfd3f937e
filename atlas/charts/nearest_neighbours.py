"""How near clusters stand to one another, and whether nearer than points thrown at random: the Clark-Evans ratio."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Proximity of clusters"),
    question=N_("Do clusters stand nearer to one another than chance would have it?"),
    drawn=N_(
        "By country: distance from each cluster to the nearest (median and middle half), and the Clark-Evans ratio of "
        "the mean distance to that of as many points thrown at random over the country, with its 95% interval."
    ),
    note=N_(
        "Below 1, nearer than chance; an interval that holds 1 tells nothing. The list is not a census: clusters we do "
        "not know would change the distances. Points are mostly those of towns, so clusters of one town are 0 km apart, "
        "and people live in towns: chance over the land is a low bar. Mainland and islands of each country, without "
        "overseas departments; countries with at least five located clusters."
    ),
)
FILTERS = CLUSTERS
FEWEST, DRAWS, SEED = 5, 199, 20261125
"""Located clusters a country needs; random patterns drawn, and where their sequence starts: the same rows every time."""
COAST_M = 20_000
"""A point this near the simplified coast stands in the country."""
SIMPLE_M = 2_000
COLUMNS = [
    "country",
    "clusters",
    "nearest_low_km",
    "nearest_km",
    "nearest_high_km",
    "ratio",
    "ratio_low",
    "ratio_high",
    "source_ids",
]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country: country, clusters (located ones), nearest_low_km, nearest_km, nearest_high_km (quartiles of
    the distance to the nearest other cluster), ratio (Clark-Evans: observed mean over the mean of random patterns),
    ratio_low, ratio_high (95% interval, from the same patterns), source_ids. Lowest ratio first."""
    points = _points(tables, selection)
    land = tables.countries.set_index("country").geometry.to_crs(3035)
    rows = [
        _row(str(country), inside, shape)
        for country, own in points.groupby("country")
        if country in land.index
        and len(inside := own[own.within((shape := land[country].simplify(SIMPLE_M)).buffer(COAST_M))]) >= FEWEST
    ]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(["ratio", "country"], ignore_index=True)


def _points(tables: Tables, selection: Selection) -> gpd.GeoDataFrame:
    """The located clusters of the selection (EPSG:3035), regions left out: a region's middle is no place."""
    clusters = selection.of_clusters(tables)
    located = clusters[clusters["latitude"].notna() & clusters["coordinate_precision"].ne("region").fillna(True)]
    where = gpd.points_from_xy(located["longitude"], located["latitude"], crs=4326)
    return gpd.GeoDataFrame(located[["country", "source_ids"]], geometry=where).to_crs(3035)


def _row(country: str, points: gpd.GeoDataFrame, shape: BaseGeometry) -> tuple[Any, ...]:
    nearest = distances(points.get_coordinates().to_numpy())
    chance = np.array([distances(pattern).mean() for pattern in random_patterns(shape, len(points))])
    low, middle, high = np.percentile(nearest, [25, 50, 75]) / 1000
    ratios = nearest.mean() / np.array([chance.mean(), *np.percentile(chance, [97.5, 2.5])])
    return (country, len(points), low, middle, high, *ratios, union(points["source_ids"]))


def distances(points: np.ndarray) -> np.ndarray:
    """The distance from each point (x, y) to the nearest other, in the unit of the coordinates."""
    return KDTree(points).query(points, k=2)[0][:, 1]


def random_patterns(shape: BaseGeometry, size: int) -> np.ndarray:
    """DRAWS patterns of `size` points, uniform over the shape and always the same: (DRAWS, size, 2)."""
    random = np.random.default_rng(SEED)
    drawn = gpd.GeoSeries([shape]).sample_points(size * DRAWS, rng=random).get_coordinates().to_numpy()
    # The sampler may give fewer points where two coincide, and in an order of its own.
    return random.choice(drawn, (DRAWS, size), replace=len(drawn) < size * DRAWS)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["clusters"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    places = list(range(len(rows)))
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.06)
    figure.update_layout(template=view.theme.template(), showlegend=False, height=96 + 34 * len(rows), margin={"t": 58})
    hover = [_hover(row, view) for row in rows.to_dict("records")]
    spans = (("nearest_km", "nearest_low_km", "nearest_high_km"), ("ratio", "ratio_low", "ratio_high"))
    for column, (value, low, high) in enumerate(spans, 1):
        apart = _is_apart(rows) if column == 2 else pd.Series(True, index=rows.index)
        figure.add_scatter(
            x=rows[value],
            y=places,
            mode="markers",
            cliponaxis=False,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": rows[high] - rows[value],
                "arrayminus": rows[value] - rows[low],
                "color": view.theme.quiet,
                "thickness": 1.5,
                "width": 0,
            },
            marker={
                "size": 11,
                "color": view.theme.primary,
                "symbol": ["circle" if told else "circle-open" for told in apart],
                "line": {"width": 2, "color": view.theme.primary},
            },
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
            row=1,
            col=column,
        )
    heads = (_("km to the nearest cluster"), _("Ratio to chance"))
    for column, text in enumerate(heads, 1):
        figure.add_annotation(
            text=text, x=0, y=1, xref=f"x{'' if column == 1 else column} domain", yref="paper", xanchor="left",
            yanchor="bottom", yshift=22, showarrow=False, font={"size": 12, "color": view.theme.quiet},
        )  # fmt: skip
    figure.update_xaxes(rangemode="tozero", side="top", zeroline=False)
    figure.update_xaxes(view.ticks(0, float(rows["nearest_high_km"].max())), col=1)
    figure.update_xaxes(view.ticks(0, float(rows["ratio_high"].max())), col=2)
    figure.add_vline(x=1, line={"color": view.theme.text, "width": 1, "dash": "dot"}, row=1, col=2)
    names = [f"{view.country(row['country'])} ({view.number(row['clusters'])})" for row in rows.to_dict("records")]
    figure.update_yaxes(tickvals=places, ticktext=names, range=[len(rows) - 0.4, -0.6], showgrid=False)
    return figure.update_yaxes(tickfont={"color": view.theme.text, "size": 12})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No country of this selection has five located clusters, too few to measure proximity.")
    near, far = rows[rows["ratio_high"] < 1], rows[rows["ratio_low"] > 1]
    if near.empty and far.empty:
        return view.ngettext(
            "In the one country with enough located clusters, they stand as chance would have it.",
            "In the {n} countries with enough located clusters, they stand as chance would have it.",
            len(rows),
        )
    words = {
        "near": view.number(len(near)),
        "country": view.country(rows["country"].iloc[0]),
        "ratio": view.number(rows["ratio"].iloc[0], 2),
    }
    return view.ngettext(
        "{country}: clusters stand at {ratio} times the distance chance would give; it is the one country with enough of them.",
        "Clusters stand nearer than chance would have it in {near} of {n} countries, most of all here: {country} ({ratio} times the distance).",
        len(rows),
    ).format(**words)


def _is_apart(rows: pd.DataFrame) -> pd.Series:
    """Whether the interval leaves 1 out: the pattern differs from chance."""
    return rows["ratio_high"].lt(1) | rows["ratio_low"].gt(1)


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _(
        "<b>{country}</b><br>{clusters} located clusters<br>nearest other: {low} to {high} km for the middle half<br>ratio {ratio} (95%: {ratio_low} to {ratio_high})"
    ).format(
        country=view.country(row["country"]),
        clusters=view.number(row["clusters"]),
        low=view.number(row["nearest_low_km"], 0),
        high=view.number(row["nearest_high_km"], 0),
        **{name: view.number(row[name], 2) for name in ("ratio", "ratio_low", "ratio_high")},
    )
