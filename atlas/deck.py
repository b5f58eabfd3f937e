"""How deck.gl draws what every map is made of: circles, lines, polygons and words."""

from collections.abc import Mapping
from typing import Any

import pydeck as pdk

from atlas.theme import rgba
from atlas.view import View


def circles(data: list[dict[str, Any]], **options: Any) -> pdk.Layer:
    """Circles at `position`, sizes in pixels."""
    units = {"radius_units": "'pixels'", "line_width_units": "'pixels'"}
    return pdk.Layer("ScatterplotLayer", data, get_position="position", **{"pickable": False, **units, **options})


def paths(data: list[dict[str, Any]], **options: Any) -> pdk.Layer:
    """Lines along `path`, widths in pixels."""
    return pdk.Layer("PathLayer", data, get_path="path", width_units="'pixels'", pickable=False, **options)


def polygons(features: list[dict[str, Any]], fill: Any, view: View, **options: Any) -> pdk.Layer:
    """GeoJSON features filled with `fill` (a colour, or an expression on their properties), edged with paper."""
    edge = {"get_line_color": rgba(view.theme.background), "get_line_width": 0.8, "line_width_units": "'pixels'"}
    how = {"pickable": False, "stroked": True, "filled": True, **edge, **options}
    return pdk.Layer("GeoJsonLayer", collection(features), get_fill_color=fill, **how)


def collection(features: list[dict[str, Any]]) -> Mapping[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def untagged(text: str) -> str:
    """Text that can open no tag. Streamlit escapes the values of a tooltip, pydeck's own page does not: escaped here,
    an apostrophe would show as an entity in the first; left as it is, a name could write HTML in the second."""
    return text.replace("<", "‹").replace(">", "›")
