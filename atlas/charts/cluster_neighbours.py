"""A map around one cluster: its nearest neighbours, numbered from the nearest, with their distance."""

from html import escape
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from shapely import box

from atlas.around import EARTH
from atlas.charts import Coverage, Words, blank
from atlas.labels import sides
from atlas.marks import GOLDEN_ANGLE, located, places
from atlas.observed import short_name
from atlas.paper import ring
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("A cluster and its neighbours"),
    question=N_("Which clusters are nearest to this one?"),
    drawn=N_(
        "The nearest clusters we know, eight at most, numbered from the nearest. Star: this cluster; full mark: the "
        "place itself; ring: the town. Circles: distance as the crow flies."
    ),
    note=N_(
        "Between two towns the distance is that of their centres; clusters of one town are set apart so that each is "
        "seen. Beyond 1,000 km only the nearest is kept. The list is not a census: others may be nearer. "
        "Borders as European institutions draw them. Made with Natural Earth."
    ),
)
FILTERS = ("id",)
MOST, FAR_KM = 8, 1000
NARROWEST_KM = 40
WIDE_PX, HIGH_PX = 330, 400
"""The map on a phone: what is placed there without overlap has room everywhere."""
SMALL_PX = 250
"""And on a small phone."""
MARK_PX, LONGEST = 20, 20
RING_NAME_PX = 14
"""Half the width of the distance written on a ring."""
Edges = tuple[float, float, float, float]
"""West, south, east, north of the map (km)."""
COLUMNS = (
    "role cluster_id name kind country region place founded_year coordinate_precision latitude longitude distance_km "
    "source_ids"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The cluster itself (role self), then up to eight neighbours, nearest first: cluster_id, name, kind, country,
    region, place, founded_year, coordinate_precision, latitude and longitude (EPSG:4326), distance_km (geodesic, as
    precise as the two points), source_ids. Empty when the cluster is unknown or has no point."""
    points = pd.DataFrame(located(tables.clusters))
    own = points[points["cluster_id"] == selection.id]
    if own.empty:
        return points.assign(role="", distance_km=0.0)[COLUMNS.split()].iloc[:0]
    _bearing, km = geodesic(own.iloc[0], points)
    role = np.where(points["cluster_id"] == selection.id, "self", "neighbour")
    ranked = points.assign(role=role, distance_km=np.round(km, 1), is_other=role != "self")
    ranked = ranked.sort_values(["is_other", "distance_km", "name"], ignore_index=True)[: MOST + 1]
    return ranked[(ranked.index < 2) | (ranked["distance_km"] <= FAR_KM)][COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(located(tables.clusters)), len(tables.clusters), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    points = projected(rows)
    west, south, east, north = edges = window(points)
    points = spread(points, MARK_PX * (east - west) / WIDE_PX)
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    drawing = go.Figure(layout={"template": view.theme.template(), "height": HIGH_PX, "margin": margin})
    drawing.add_trace(_land(rows, edges, view))
    rings = _rings(points, edges)
    drawing.add_traces([*_circles(rings, view), _marks(points, view), _names(points, rings, edges, view)])
    drawing.update_xaxes(range=[west, east], visible=False)
    drawing.update_yaxes(range=[south, north], visible=False, scaleanchor="x")
    return drawing.update_layout(showlegend=False, plot_bgcolor=view.theme.background)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No point is published for this cluster: its neighbours cannot be measured.")
    if len(rows) == 1:
        return _("No other cluster that we know has a point.")
    first = rows.iloc[1]
    town = int((rows["distance_km"].iloc[1:] < 1).sum())
    if town == len(rows) - 1 or not town:
        return _("Nearest cluster that we know: {name}, {distance}.").format(
            name=first["name"], distance=distance(first, view)
        )
    after = rows.iloc[1 + town]
    return view.ngettext(
        "{n} other cluster in the same place; the next, {name}, {distance}.",
        "{n} other clusters in the same place; the next, {name}, {distance}.",
        town,
    ).format(name=after["name"], distance=distance(after, view))


def distance(row: Any, view: View) -> str:
    """'84 km away', as precise as the points; under 1 km, that it is the same place."""
    _ = view.gettext
    if row["distance_km"] < 1:
        return _("in the same place")
    return _("{n} km away").format(n=view.number(row["distance_km"]))


def geodesic(start: pd.Series, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Bearing (degrees from north) and distance (km) on the ellipsoid from `start` to each of the rows."""
    from_x, from_y = (np.full(len(rows), float(start[axis])) for axis in ("longitude", "latitude"))
    bearing, _back, metres = EARTH.inv(from_x, from_y, rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    return bearing, metres / 1000


def projected(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `x` and `y`: km east and north of the first one, at the true distance and bearing from it."""
    bearing, km = geodesic(rows.iloc[0], rows)
    angle = np.radians(bearing)
    return rows.assign(x=km * np.sin(angle), y=km * np.cos(angle))


def window(points: pd.DataFrame) -> Edges:
    """West, south, east, north (km) that hold the points and room for names, in the shape of the map on a phone."""
    (west, south), (east, north) = (points[["x", "y"]].agg(edge).astype(float) for edge in ("min", "max"))
    width = 1.45 * max(east - west, (north - south) * WIDE_PX / HIGH_PX, NARROWEST_KM / 1.45)
    height = width * HIGH_PX / WIDE_PX
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def spread(points: pd.DataFrame, step: float) -> pd.DataFrame:
    """The points with those that would cover one another set apart on a spiral, `step` km from one to the next."""
    turn = points.groupby([(points["x"] / step).round(), (points["y"] / step).round()]).cumcount()
    reach, angle = 1.15 * step * np.sqrt(turn), turn * GOLDEN_ANGLE
    return points.assign(x=points["x"] + reach * np.cos(angle), y=points["y"] + reach * np.sin(angle))


def _land(rows: pd.DataFrame, around: Edges, view: View) -> go.Scatter:
    """Land around the first row, in the projection that keeps distances from it; wide enough for any screen."""
    centre = rows.iloc[0]
    crs = f"+proj=aeqd +lat_0={centre['latitude']} +lon_0={centre['longitude']} +units=km"
    west, south, east, north = around
    room = 2 * (east - west)
    frame = box(west - room, south - room / 4, east + room, north + room / 4)
    degrees = gpd.GeoSeries([frame.segmentize(room / 8)], crs=crs).to_crs(4326).total_bounds
    shapes = view.land.clip_by_rect(*degrees).to_crs(crs).explode().simplify((east - west) / WIDE_PX / 2)
    x, y = ring(shapes[shapes.geom_type == "Polygon"], 1)
    edge = {"color": view.theme.background, "width": 1}
    return go.Scatter(x=x, y=y, fill="toself", fillcolor=view.theme.land, mode="lines", line=edge, hoverinfo="skip")


def _rings(points: pd.DataFrame, edges: Edges) -> pd.DataFrame:
    """Circles at round distances (`km`), and where each says its distance (`x`, `y`): where the map has most room."""
    farthest = points["distance_km"].max() or NARROWEST_KM / 4
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500, 1000, 5000) if farthest / step < 4)
    km = np.arange(step, max(farthest, step) + 0.1, step)
    angle = _free(points, km, edges)
    return pd.DataFrame({"km": km, "x": km * np.cos(angle), "y": km * np.sin(angle)})


def _circles(rings: pd.DataFrame, view: View) -> list[go.Scatter]:
    turn = np.append(np.linspace(0, 2 * np.pi, 121), np.nan)
    line = {"color": view.theme.quiet, "width": 0.7, "dash": "dot"}
    x, y = (np.concatenate([km * shape(turn) for km in rings["km"]]) for shape in (np.cos, np.sin))
    names = [f"{view.number(km)}\xa0km" for km in rings["km"]]
    small = {"size": 10, "color": view.theme.quiet}
    return [
        go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip"),
        go.Scatter(x=rings["x"], y=rings["y"], mode="text", text=names, textfont=small, hoverinfo="skip"),
    ]


def _free(points: pd.DataFrame, rings: np.ndarray, edges: Edges) -> float:
    """The direction (radians) in which the rings pass farthest from any mark and stay on the map of a phone."""
    west, south, east, north = edges
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)[:, None]
    x, y = rings * np.cos(angles), rings * np.sin(angles)
    inside = ((x > west) & (x < east) & (y > south) & (y < north)).sum(axis=1)
    apart = np.hypot(x[..., None] - points["x"].to_numpy(), y[..., None] - points["y"].to_numpy()).min(axis=(1, 2))
    return float(angles[np.lexsort((apart, inside))[-1], 0])


def _marks(points: pd.DataFrame, view: View) -> go.Scatter:
    """Numbered marks in the colour of the kind: full on the site, a ring on the town; the cluster itself a star."""
    own = points["role"] == "self"
    colours = points["kind"].map(lambda kind: view.colour("kinds", kind))
    full = (points["coordinate_precision"] == "site") | own
    fills = colours.where(full, view.theme.background)
    numbers = ["" if is_own else str(i) for i, is_own in enumerate(own)]
    inks = [view.theme.background if is_full else view.theme.text for is_full in full]
    hover = places(points, view).map(escape).agg("<br>".join, axis=1)
    return go.Scatter(
        x=points["x"],
        y=points["y"],
        mode="markers+text",
        marker={
            "symbol": ["star" if is_own else "circle" for is_own in own],
            "size": MARK_PX - 2,
            "color": fills,
            "line": {"color": colours, "width": 2},
        },
        text=numbers,
        textfont={"size": 11, "color": inks},
        hovertext=hover,
        hoverinfo="text",
    )


def _names(points: pd.DataFrame, rings: pd.DataFrame, edges: Edges, view: View) -> go.Scatter:
    """Name and distance beside each mark that has room for them on a phone; the others keep their number."""
    west, south, east, north = edges
    words = [_words(row, view) for row in points.to_dict("records")]
    x, y = (pd.concat([points[axis], rings[axis]]) for axis in ("x", "y"))
    shares, heights = list((x - west) / (east - west)), list(HIGH_PX * (y - south) / (north - south))
    radii = [MARK_PX / 2] * len(points) + [RING_NAME_PX] * len(rings)
    chosen = sides(shares, heights, radii, words + [""] * len(rings), widths=(SMALL_PX, WIDE_PX))[: len(points)]
    shown = [i for i, side in enumerate(chosen) if side]
    return go.Scatter(
        x=points["x"].iloc[shown],
        y=points["y"].iloc[shown],
        mode="markers+text",
        marker={"size": MARK_PX, "opacity": 0},
        text=[f"<b>{words[i]}</b>" if i == 0 else words[i] for i in shown],
        textposition=[chosen[i] for i in shown],
        textfont={"size": 11, "color": view.theme.text},
        hoverinfo="skip",
    )


def _words(row: dict[Any, Any], view: View) -> str:
    name = short_name(row["name"], LONGEST)
    return name if row["role"] == "self" or row["distance_km"] < 1 else f"{name}, {view.number(row['distance_km'])} km"
