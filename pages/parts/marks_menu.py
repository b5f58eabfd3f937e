"""How the map is drawn: what sizes and colours its marks, what lies behind them, and what is drawn besides."""

from collections.abc import Iterable

import streamlit as st

from atlas import boundaries, choropleth, regional
from atlas.layer_words import layer_name
from atlas.parameters import LAYERS, OPTIONS
from pages.parts.filters import choice, pick
from pages.parts.session import choose, current

DENSITY = "density"


def marks_menu() -> dict[str, str]:
    """The choices of size, scope, colour and background, in one row; under it, the layers. Returns what is chosen in the row,
    as fields of Selection."""
    session = current()
    view, selection, figures = session.view, session.selection, session.tables.observations
    _ = view.gettext
    measured = figures.loc[figures["is_latest"], ["metric", "scope"]]
    with st.container(horizontal=True, vertical_alignment="bottom", key="marks"):
        sizes = _with(selection.size, ["", *_known("metrics", measured["metric"])])
        size = choice("size", _("Size of the marks"), sizes, lambda code: view.label("metrics", code) if code else _("All equal"))  # fmt: skip
        scopes = measured.loc[measured["metric"] == size, "scope"]
        scope = pick("scope", scopes) if len(scopes) else selection.scope
        colours = {"kind": _("By kind"), "theme": _("By theme")}
        colour = choice("colour", _("Colour of the marks"), OPTIONS["colour"], colours.__getitem__)
        plain = {"": _("Plain land"), DENSITY: _("Density of clusters")}
        grounds = _with(selection.background, ["", DENSITY, *rates()])
        background = choice("background", _("Background"), grounds, lambda code: plain.get(code) or view.label("indicators", code))  # fmt: skip
        grain = _grain(background)
    _layers()
    return {"size": size, "scope": scope, "colour": colour, "background": background, "grain": grain}


def rates() -> list[str]:
    """The indicators that are rates and published by country, or that regions may be coloured by: only these may colour land."""
    tables = current().tables
    published = tables.indicators.query("geo_level == 'country'")["indicator"]
    by_region = regional.offered(tables)
    known = _known("indicators", [*published.unique(), *by_region])
    return [code for code in known if choropleth.is_rate(tables.codes, code) or code in by_region]


def _grain(background: str) -> str:
    """By country or by NUTS 2 region, where the background can be drawn by either. Returns what is drawn."""
    session = current()
    _, tables = session.view.gettext, session.tables
    if background not in regional.offered(tables):
        return session.selection.grain
    if not choropleth.is_rate(tables.codes, background):
        return "nuts2"
    names = {"country": _("By country"), "nuts2": _("By NUTS 2 region")}
    return choice("grain", _("Detail of the background"), OPTIONS["grain"], names.__getitem__)


def _layers() -> None:
    """What the map may draw besides; what the tables do not hold is said to come with a refresh."""
    session = current()
    view, held = session.view, boundaries.held(session.tables)
    _ = view.gettext
    if held:
        st.session_state["layers"] = [layer for layer in session.selection.layers if layer in held]
        st.pills(
            _("Layers"),
            held,
            key="layers",
            selection_mode="multi",
            format_func=lambda layer: layer_name(layer, view),
            on_change=lambda: choose(layers=tuple(layer for layer in LAYERS if layer in st.session_state["layers"])),
        )
    if absent := [layer_name(layer, view) for layer in LAYERS if layer not in held]:
        words = _(
            "Layers that come when the data are refreshed (python -m etl refresh), for their licences keep them out of what is shipped: {layers}."
        )
        st.caption(words.format(layers=_("; ").join(absent)))


def _known(vocabulary: str, values: Iterable[str]) -> list[str]:
    present = set(values)
    return [code for code in current().view.vocabulary.codes(vocabulary) if code in present]


def _with(asked: str, options: list[str]) -> list[str]:
    """The options, and what a link asks for although it is not one of them: the chart says why it cannot draw it."""
    return options if asked in options else [*options, asked]
