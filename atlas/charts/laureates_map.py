"""Laureates of the PTCE calls on the land of France: where they are, when they first won, and how often."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas import paper
from atlas.charts import Coverage, Words, blank
from atlas.charts.cluster_map_print import BOXES
from atlas.laureates import laureates
from atlas.marks import Entry, located, projected, spread
from atlas.paper_ground import ground
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Map of the laureates of the PTCE calls"),
    question=N_("Where are the laureates of the PTCE calls?"),
    drawn=N_(
        "One mark per laureate whose place is known, its shape and depth by the year of its first award; larger marks "
        "won more than once. Under each box: laureates placed, of those known."
    ),
    note=N_(
        "Only laureates whose name is known to us are drawn; lists are incomplete, above all for 2021. Laureates of one "
        "town are set apart so that each is seen. Each overseas department stands in a box at its own scale."
    ),
)
FILTERS = ("themes", "time")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "hexagon", "cross", "x")
SPACING_KM, MARGIN_KM, LEGEND_PX = 20, 30, 110
SIZE, LARGER = 8, 6
"""Width in pixels of a mark of one award, and what each further award adds."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per award whose cluster we can name, by year: see `atlas.laureates.laureates`."""
    return laureates(tables, selection)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(located(rows)["cluster_id"].nunique(), rows["cluster_id"].nunique(), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    clusters = _clusters(rows, view)
    box = clusters["region"].map({region: code for code, region in BOXES.items() if region})
    shown = [code for code in BOXES if (box == code).any()]
    drawing = paper.sheet(view, _france(view), bool(shown), LEGEND_PX)
    drawing.add_traces(ground(view))
    drawing.add_traces(_marks(projected(spread(located(clusters[box.isna()]), SPACING_KM)), view))
    for place, code in enumerate(shown):
        _box(drawing, code, place, clusters[box == code], view)
    return drawing.add_traces(_legend(clusters, view)).update_layout(legend={"entrywidth": 150})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No laureate of a PTCE call is known in this selection.")
    named, placed = rows["cluster_id"].nunique(), located(rows)["cluster_id"].nunique()
    twice = int((rows["cluster_id"].value_counts() > 1).sum())
    words = {"placed": view.number(placed), "twice": view.number(twice)}
    if twice:
        return view.ngettext(
            "We can name {n} laureate of the PTCE calls and place {placed}; chosen more than once: {twice}.",
            "We can name {n} laureates of the PTCE calls and place {placed}; chosen more than once: {twice}.",
            named,
        ).format(**words)
    return view.ngettext(
        "We can name {n} laureate of the PTCE calls and place {placed}.",
        "We can name {n} laureates of the PTCE calls and place {placed}.",
        named,
    ).format(**words)


def _clusters(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row per laureate: `first` (year of its first award), `awards` (count) and what its hover says."""
    first = rows.groupby("cluster_id")["year"].transform("min")
    counted = rows.assign(
        first=first,
        shape=first.rank(method="dense").astype("Float64").fillna(1).astype(int) - 1,
        awards=rows.groupby("cluster_id")["cluster_id"].transform("size"),
        line=[_award(row, view) for _i, row in rows.iterrows()],
    )
    lines = counted.groupby("cluster_id")["line"].agg("<br>".join)
    clusters = counted.drop_duplicates("cluster_id")
    heads = [_name(row) for _i, row in clusters.iterrows()]
    hover = [f"{head}<br>{lines[code]}" for head, code in zip(heads, clusters["cluster_id"], strict=True)]
    return clusters.assign(hover=hover)


def _name(row: pd.Series) -> str:
    place = ", ".join(dict.fromkeys(str(part) for part in (row["place"], row["region"]) if pd.notna(part)))
    return f"<b>{escape(row['name'])}</b>" + (f"<br>{escape(place)}" if place else "")


def _award(row: pd.Series, view: View) -> str:
    """'2014 · First State call · amount not published'."""
    _ = view.gettext
    amount = _("amount not published") if pd.isna(row["amount_eur"]) else view.money(row["amount_eur"])
    return " · ".join([_year(row["year"], view), escape(view.name(row)), amount])


def _year(year: Any, view: View) -> str:
    return view.date(None if pd.isna(year) else str(year))


def _france(view: View) -> tuple[float, float, float, float]:
    """West, south, east, north of metropolitan France (km, EPSG:3035)."""
    x, y = ([value for value in axis if value is not None] for axis in paper.lines(view.land)["observed", "FR"])
    return min(x) - MARGIN_KM, min(y) - MARGIN_KM, max(x) + MARGIN_KM, max(y) + MARGIN_KM


def _box(drawing: go.Figure, code: str, place: int, clusters: pd.DataFrame, view: View) -> None:
    points = spread(located(clusters))
    counts = view.gettext("{placed} of {total}").format(
        placed=view.number(len(points)), total=view.number(len(clusters))
    )
    axis, narrowed = paper.box(drawing, code, place, colour=view.theme.land, caption=counts, view=view)
    drawing.add_traces(_marks(points.assign(x=points["longitude"] * narrowed, y=points["latitude"]), view, axis))


def _marks(points: pd.DataFrame, view: View, axis: str = "") -> list[go.Scatter]:
    """The laureates of one part of the map, those of several awards under the others."""
    points = points.sort_values("awards", ascending=False)
    looks = [_look(shape, view) for shape in points["shape"]]
    marker = {
        "symbol": [look["symbol"] for look in looks],
        "color": [look["color"] for look in looks],
        "size": SIZE + LARGER * (points["awards"] - 1),
        "line": {"color": view.theme.primary, "width": 1.5},
    }
    place = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "showlegend": False}
    hover = {"hovertext": points["hover"], "hovertemplate": "%{hovertext}<extra></extra>"}
    return [go.Scatter(x=points["x"], y=points["y"], mode="markers", marker=marker, **hover, **place)]


def _look(shape: int, view: View) -> dict[str, Any]:
    """The mark of the laureates of one year: its shape, and the later the deeper."""
    depth = min(0.1 + 0.15 * shape, 1)
    return {"symbol": SYMBOLS[shape % len(SYMBOLS)], "color": faded(view.theme.primary, depth)}


def _legend(clusters: pd.DataFrame, view: View) -> list[go.Scatter]:
    """The years of first awards, the larger marks, and the laureates without a point."""
    placed, edge = located(clusters), {"color": view.theme.primary, "width": 1.5}
    entries = []
    for shape in sorted(placed["shape"].unique()):
        own = placed[placed["shape"] == shape]
        entry = Entry(_year(own["first"].iloc[0], view), view.theme.primary, len(own))
        entries.append(paper.key(entry, {**_look(shape, view), "size": SIZE, "line": edge}, view))
    if several := int((placed["awards"] > 1).sum()):
        larger = {"symbol": "circle-open", "size": SIZE + LARGER, "color": view.theme.primary, "line": edge}
        entries.append(paper.key(Entry(view.gettext("Several awards"), view.theme.primary, several), larger, view))
    if missing := len(clusters) - len(placed):
        label = view.gettext("No known point")
        entries.append(paper.key(Entry(label, view.theme.quiet, missing, mark="cross"), {}, view))
    return entries
