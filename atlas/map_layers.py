"""The layers of the map to move: the ground, the circle around a place, density, third places, marks."""

from typing import Any

import pandas as pd
import pydeck as pdk

from atlas import choropleth, third_places
from atlas.around import circle
from atlas.deck import circles, paths, polygons, untagged
from atlas.ground import ground
from atlas.hexagons import LEAST_POINTS, hexagons
from atlas.marks import largest_last, located, looks, places, spread
from atlas.theme import rgba
from atlas.view import View

HALO, RING = 1.5, 5
"""How far (pixels) the halo of a mark on coloured land, and the ring of the chosen mark, stand out of it."""


def layers(rows: pd.DataFrame, view: View) -> list[pdk.Layer]:
    """The layers from the ground up."""
    points = located(rows)
    around = _around(view) if view.selection.near else []
    marks = _marks(largest_last(spread(points)), view)
    halo = [_halo(marks, view)] if choropleth.background(view) is not None else []
    clusters = [_density(points, view)] if is_dense(points, view) else [*halo, _points(marks, view)]
    chosen = [mark for mark in marks if mark["cluster_id"] == view.selection.id]
    return [
        *ground(rows, view),
        *around,
        *third_places.layers(view),
        *clusters,
        *([_ring(chosen, view)] if chosen else []),
    ]


def is_dense(points: pd.DataFrame, view: View) -> bool:
    """Whether density is asked for, and there are points enough to need it."""
    return view.selection.background == "density" and len(points) > LEAST_POINTS


def tooltip(view: View) -> dict[str, Any]:
    """The hover card: a name and lines of plain words, the same fields for a cluster, a country and a hexagon."""
    style = {
        "backgroundColor": view.theme.surface,
        "color": view.theme.text,
        "border": f"1px solid {view.theme.line}",
        "maxWidth": "min(18rem, 60vw)",
        "fontSize": "0.85rem",
        "whiteSpace": "pre-line",
    }
    return {"html": "<b>{name}</b><br>{facts}", "style": style}


def _around(view: View) -> list[pdk.Layer]:
    """The circle of the radius chosen, and a mark at its centre."""
    near = view.selection.near or (0.0, 0.0)
    ring = [{"path": [list(point) for point in circle(near, view.selection.radius)]}]
    centre = [{"position": [near[1], near[0]]}]
    return [
        paths(ring, id="circle", get_color=rgba(view.theme.text, 200), get_width=1.5),
        circles(centre, id="centre", get_fill_color=rgba(view.theme.text), get_radius=3.5, stroked=True,
                 get_line_color=rgba(view.theme.background), get_line_width=1.5),
    ]  # fmt: skip


def _density(points: pd.DataFrame, view: View) -> pdk.Layer:
    """Hexagons in classes of how many clusters they hold; hover says how many."""
    cells = hexagons(points)
    numbers = choropleth.classes(cells["count"])
    tones = choropleth.ramp(view.theme, numbers.max() + 1)
    shapes = cells.to_crs(4326).geometry.set_precision(0.001)
    features = [
        {
            "type": "Feature",
            "geometry": shape.__geo_interface__,
            "properties": {
                "fill": rgba(tones[number], 225),
                "name": view.ngettext("{n} cluster", "{n} clusters", count),
                "facts": "",
            },
        }
        for shape, number, count in zip(shapes, numbers, map(int, cells["count"]), strict=True)
    ]
    return polygons(features, "properties.fill", view, id="density", pickable=True)


def _marks(points: pd.DataFrame, view: View) -> list[dict[str, Any]]:
    """One mark per cluster as deck.gl reads it: cluster_id, name, facts (the other lines of its card), position, fill,
    line, width, radius."""
    said, look = places(points, view).map(untagged), looks(points, view)
    return [
        {
            "cluster_id": row["cluster_id"],
            "name": card.pop("name"),
            "facts": "\n".join(card.values()),
            "position": [round(row["longitude"], 4), round(row["latitude"], 4)],
            "fill": rgba(drawn["colour"], round(255 * drawn["fill"])),
            "line": rgba(drawn["colour"], round(255 * drawn["edge"])),
            "width": drawn["width"],
            "radius": drawn["radius"],
        }
        for row, card, drawn in zip(*(frame.to_dict("records") for frame in (points, said, look)), strict=True)
    ]


def _points(marks: list[dict[str, Any]], view: View) -> pdk.Layer:
    """The marks. A page reads `cluster_id` of the one that is chosen."""
    return circles(
        marks,
        id="clusters",
        pickable=True,
        auto_highlight=True,
        stroked=True,
        get_fill_color="fill",
        get_line_color="line",
        get_radius="radius",
        get_line_width="width",
        highlight_color=rgba(view.theme.text, 160),
    )


def _halo(marks: list[dict[str, Any]], view: View) -> pdk.Layer:
    """Paper behind each mark, so that no colour of the land changes the mark's."""
    places = [{"position": mark["position"], "radius": mark["radius"] + HALO} for mark in marks]
    return circles(places, id="halo", get_fill_color=rgba(view.theme.background, 235), get_radius="radius")


def _ring(marks: list[dict[str, Any]], view: View) -> pdk.Layer:
    """A ring around the cluster chosen, over all others."""
    places = [{"position": mark["position"], "radius": mark["radius"] + RING} for mark in marks]
    line = {"stroked": True, "filled": False, "get_line_color": rgba(view.theme.text), "get_line_width": 2.5}
    return circles(places, id="chosen", get_radius="radius", **line)
