"""How the map is drawn: what sizes and colours its marks, and what lies behind them."""

from collections.abc import Iterable

import streamlit as st

from atlas.parameters import OPTIONS
from pages.parts.filters import choice, pick
from pages.parts.session import current

DENSITY = "density"


def marks_menu() -> dict[str, str]:
    """The choices of size, scope, colour and background, in one row. Returns them, as fields of Selection."""
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
    return {"size": size, "scope": scope, "colour": colour, "background": background}


def rates() -> list[str]:
    """The indicators that are rates and published by country: only these may colour land."""
    session = current()
    published = session.tables.indicators.query("geo_level == 'country'")["indicator"]
    known = _known("indicators", published)
    return [code for code in known if session.view.vocabulary.property("indicators", code, "unit_kind") == "rate"]


def _known(vocabulary: str, values: Iterable[str]) -> list[str]:
    present = set(values)
    return [code for code in current().view.vocabulary.codes(vocabulary) if code in present]


def _with(asked: str, options: list[str]) -> list[str]:
    """The options, and what a link asks for although it is not one of them: the chart says why it cannot draw it."""
    return options if asked in options else [*options, asked]
