"""The map of the clusters as a drawing that prints: equal-area projection, overseas and far points in boxes."""

from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas import choropleth, paper, third_places
from atlas.around import circle
from atlas.charts import Words, blank
from atlas.charts.cluster_map import FILTERS as MOVABLE
from atlas.charts.cluster_map import coverage, legend, notice, sources, table
from atlas.charts.cluster_map import describe as sentence
from atlas.land import FRAME
from atlas.marks import FILL, Entry, coloured_by, largest_last, located, looks, places, projected, spread
from atlas.nuts import counts
from atlas.paper_ground import ground, names
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

__all__ = ["FILTERS", "WORDS", "coverage", "describe", "figure", "notice", "sources", "table"]
WORDS = Words(
    title=N_("Map of the clusters"),
    question=N_("Where are the clusters?"),
    drawn=N_(
        "Each mark is one cluster: full on its site, pale on its town, hollow on its region. Under each box: "
        "clusters placed, of those known."
    ),
    note=N_(
        "Clusters of one town are set apart so that each is seen. French overseas departments and Georgia stand "
        "in boxes, each at its own scale. Equal-area projection (EPSG:3035). Borders as European institutions "
        "draw them. Kosovo*: this designation is without prejudice to positions on status, and is in line with "
        "UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence. Made with Natural Earth."
    ),
)
FILTERS = tuple(field for field in MOVABLE if field not in {"id", "camera"})

EUROPE = (2500.0, 1400.0, 6600.0, 5300.0)
"""West, south, east, north of the map when no point says otherwise (km, EPSG:3035)."""
NARROWEST_KM = 1200
SPACING_KM = 24
BOXES = {"GP": "Guadeloupe", "MQ": "Martinique", "GF": "Guyane", "RE": "La Réunion", "YT": "Mayotte", "GE": None}
"""Territory drawn in a box -> the region that places a French cluster there, as published; None for a country."""
LEGEND_PX, LINE_PX = 170, 22
SCALE = 1.36
"""Width of a mark on paper for a radius of one pixel on the map to move."""
SYMBOLS = (
    "circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "star", "hexagon", "pentagon",
    "triangle-left", "triangle-right", "diamond-wide", "hexagram", "star-triangle-up", "star-square", "star-diamond", "bowtie",
    "hourglass",
)  # fmt: skip
"""Shapes of the themes, in their order; kinds have their own in the vocabulary."""
UNNAMED = "circle-x"


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    view = _without_density(view)
    if rows.empty and not view.selection.near:
        return blank(view)
    box = rows["region"].map({region: code for code, region in BOXES.items() if region}).where(rows["country"] == "FR")
    box = box.where(rows["country"] != "GE", "GE")
    shown, entries = [code for code in BOXES if (box == code).any()], _legend(rows, view)
    points = projected(spread(located(rows[box.isna()]), SPACING_KM))
    around = [_around(view)] if view.selection.near else []
    frame, rates = window(pd.concat([points, *around])), choropleth.background(view)
    drawing = paper.sheet(view, frame, bool(shown), max(LEGEND_PX, LINE_PX * (len(entries) + 2)))
    drawing.add_traces([*ground(view, rates, counts(rows, view.tables)), *names(view, frame)])
    drawing.add_traces([_circle(edge, view) for edge in around])
    drawing.add_traces(third_places.on_paper(view))
    drawing.add_traces(_marks(points, view, has_halo=rates is not None))
    paper.name_kosovo(drawing, view)
    for place, code in enumerate(shown):
        _box(drawing, code, place, rows[box == code], rates=rates, view=view)
    paper.sizes(drawing, [entry for entry in legend(rows, view) if entry.mark == "size"], SCALE / 2, view)
    return drawing.add_traces(entries)


def describe(rows: pd.DataFrame, view: View) -> str:
    return sentence(rows, _without_density(view))


def _without_density(view: View) -> View:
    """On paper every cluster is drawn, however many."""
    if view.selection.background != "density":
        return view
    return replace(view, selection=view.selection.but(background=""))


def _box(
    drawing: go.Figure, code: str, place: int, rows: pd.DataFrame, *, rates: pd.DataFrame | None, view: View
) -> None:
    """One territory with its clusters, its name and how many of its clusters are placed."""
    _ = view.gettext
    points, tones = spread(located(rows)), {} if rates is None else choropleth.colours(rates, view.theme)
    colour = view.theme.land if rates is None else tones.get(choropleth.code_of(code, rates))
    caption = _("{placed} of {total}").format(placed=view.number(len(points)), total=view.number(len(rows)))
    axis, narrowed = paper.box(drawing, code, place, colour=colour, caption=caption, view=view)
    drawing.add_traces(third_places.in_box(code, axis, narrowed, view))
    points = points.assign(x=points["longitude"] * narrowed, y=points["latitude"])
    drawing.add_traces(_marks(points, view, axis, has_halo=rates is not None))


def _around(view: View) -> pd.DataFrame:
    """The edge of the radius around the place chosen: `x` and `y` (km)."""
    ring = circle(view.selection.near or (0.0, 0.0), view.selection.radius)
    return projected(pd.DataFrame(ring, columns=["longitude", "latitude"]))


def _circle(edge: pd.DataFrame, view: View) -> go.Scatter:
    line = {"color": view.theme.text, "width": 1}
    return go.Scatter(x=edge["x"], y=edge["y"], mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _marks(points: pd.DataFrame, view: View, axis: str = "", has_halo: bool = False) -> list[go.Scatter]:
    """One trace by kind or theme: its symbol and colour, filled as far as the point is precise, on paper where the land is
    coloured. Reads `x` and `y`."""
    points = largest_last(points)
    hover, look = places(points, view).map(escape).agg("<br>".join, axis=1), looks(points, view)
    symbols = symbol_of(view)
    traces = []
    for code, own in points.groupby(points[coloured_by(view)].fillna(""), sort=False):
        drawn = look.loc[own.index]
        fills = [faded(colour, fill) for colour, fill in zip(drawn["colour"], drawn["fill"], strict=True)]
        edges = [faded(colour, edge) for colour, edge in zip(drawn["colour"], drawn["edge"], strict=True)]
        marker = _marker(symbols.get(str(code), UNNAMED), fills, edges)
        marker |= {"size": (SCALE * drawn["radius"]).round(1).tolist()}
        marker["line"] |= {"width": (0.75 * drawn["width"]).tolist()}
        place: dict[str, Any] = {"x": own["x"].round(3).tolist(), "y": own["y"].round(3).tolist(), "mode": "markers"}
        place |= {"showlegend": False, "xaxis": f"x{axis}", "yaxis": f"y{axis}"}
        if has_halo:
            paper_colour = view.theme.background
            halo = {"symbol": marker["symbol"], "color": paper_colour, "line": {"color": paper_colour, "width": 1}}
            halo["size"] = [size + 4 for size in marker["size"]]
            traces.append(go.Scatter(**place, marker=halo, hoverinfo="skip"))
        traces.append(go.Scatter(**place, marker=marker, text=hover[own.index].tolist(), hoverinfo="text"))
    return traces


def _legend(rows: pd.DataFrame, view: View) -> list[go.Scatter]:
    """The legend of the map to move, in the shapes of this one, and what full, pale and hollow mean where they occur."""
    grey, present, vocabulary = view.theme.quiet, set(located(rows)["coordinate_precision"]), f"{coloured_by(view)}s"
    symbols = {view.label(vocabulary, code): symbol for code, symbol in symbol_of(view).items()}
    precisions = [
        (Entry(view.label("coordinate_precisions", code), grey, None), _marker("circle", faded(grey, FILL[code]), grey))
        for code in FILL
        if code in present
    ]
    entries = [(entry, _mark(entry, symbols)) for entry in legend(rows, view) if entry.mark != "size"]
    colours, others = ([pair for pair in entries if (pair[0].mark == "dot") is dot] for dot in (True, False))
    return [paper.key(entry, marker, view) for entry, marker in [*colours, *precisions, *others]]


def _mark(entry: Entry, symbols: dict[str, str]) -> dict[str, Any]:
    """A kind or theme in its shape and colour; else a ring, as wide as its figure is on the map."""
    if entry.mark == "dot":
        return _marker(symbols.get(entry.label, UNNAMED), entry.colour, entry.colour)
    ring = _marker("circle", faded(entry.colour, 0), entry.colour)
    return ring | {"size": SCALE * entry.size / 2} if entry.size else ring


def symbol_of(view: View) -> dict[str, str]:
    """The shape of each kind or theme."""
    if coloured_by(view) == "theme":
        return dict(zip(view.vocabulary.codes("themes"), SYMBOLS, strict=False))
    kinds = view.vocabulary.codes("kinds")
    return {kind: view.vocabulary.property("kinds", kind, "symbol") or "circle" for kind in kinds}


def _marker(symbol: str, fill: Any, line: Any) -> dict[str, Any]:
    return {"symbol": symbol, "size": 7.5, "color": fill, "line": {"color": line, "width": 1.5}}


def window(points: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, south, east, north that hold the points, within the land that is drawn; Europe without points."""
    if points.empty:
        return EUROPE
    (west, south), (east, north) = (points[["x", "y"]].agg(edge).astype(float) for edge in ("min", "max"))
    margin = max(0.06 * max(east - west, north - south), (NARROWEST_KM - (east - west)) / 2, 40)
    low_x, low_y, high_x, high_y = (edge / 1000 for edge in FRAME.bounds)
    return (
        max(west - margin, low_x),
        max(south - margin, low_y),
        min(east + margin, high_x),
        min(north + margin, high_y),
    )
