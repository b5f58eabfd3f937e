"""Near me: a town, typed in any language, a radius, and how many clusters lie within."""

from typing import Any

import pandas as pd
import streamlit as st
from babel import Locale

from atlas.charts import charts
from atlas.selection import Selection
from atlas.towns import Town, nearest_town, search
from atlas.view import View
from pages.parts.filters import choice
from pages.parts.markup import plain
from pages.parts.session import asked, choose, current

RADII = (10, 25, 50, 100, 200, 500)
TYPED = "town"
SHORTEST, LONGEST = 2, 100
"""Letters from which a search begins, and up to which they are read."""
CLOSEST_KM = 0.1
SAME_PLACE_KM = 5
"""A point of a link nearer than this to a town is called by its name."""


@st.fragment
def near_me(rows: pd.DataFrame, selection: Selection) -> None:
    """The search for a town; with one chosen, how many of `rows` lie around it. `selection` is that of the map."""
    view, now = current().view, asked()
    _ = view.gettext
    if (now.near, now.radius) != (current().selection.near, current().selection.radius):
        st.rerun()
    st.text_input(
        _("Near a town"),
        key=TYPED,
        type="search",
        icon=":material/my_location:",
        placeholder=_("Its name, in any language"),
        live=True,
    )
    if len(st.session_state[TYPED].strip()) >= SHORTEST:
        _offer(st.session_state[TYPED], view)
    if now.near:
        _around(now.near, rows, selection)


def _offer(text: str, view: View) -> None:
    """The towns that may be meant, each a button."""
    with st.spinner(view.gettext("Reading the names of 235,000 towns, once…")):
        towns = search(text[:LONGEST], near_first=view.vocabulary.codes("countries"))
    if not towns:
        st.caption(view.gettext("No town of 500 inhabitants or more by this name."))
    with st.container(key="towns", gap=None):
        for number, town in enumerate(towns):
            st.button(plain(described(town, view)), key=f"town-{number}", type="tertiary", on_click=_go, args=(town,))


def described(town: Town, view: View) -> str:
    """'Bordeaux, France · 265,328 inhabitants'."""
    people = view.ngettext("{n} inhabitant", "{n} inhabitants", town.population)
    return " · ".join([named(town, view), *([people] if town.population else [])])


def named(town: Town, view: View) -> str:
    """'Bordeaux, France': the country as we call it, else as Unicode does."""
    known = town.country in view.vocabulary.codes("countries")
    country = view.country(town.country) if known else Locale(view.language).territories.get(town.country, town.country)
    return f"{town.name}, {country}"


def place(near: tuple[float, float], view: View) -> str:
    """What a point is called: by its town, else by its coordinates with the nearest town."""
    _ = view.gettext
    with st.spinner(_("Reading the names of 235,000 towns, once…")):
        town, distance_km = nearest_town(*near)
    if distance_km <= SAME_PLACE_KM:
        return named(town, view)
    words = {"latitude": view.number(near[0], 4), "longitude": view.number(near[1], 4)}
    words |= {"town": named(town, view), "distance": view.number(distance_km)}
    return _("latitude {latitude}, longitude {longitude} ({distance} km from the nearest town, {town})").format(**words)


def _go(town: Town) -> None:
    """Around a town: the map goes there, so where it stood is forgotten."""
    st.session_state[TYPED] = ""
    choose(near=(round(town.latitude, 4), round(town.longitude, 4)), camera=None)


def _around(near: tuple[float, float], rows: pd.DataFrame, selection: Selection) -> None:
    view, name = current().view, place(near, current().view)
    _ = view.gettext
    st.markdown(plain(around_words(name, rows, selection, view)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="around"):
        radii = sorted({*RADII, selection.radius})
        choice("radius", _("Radius"), radii, lambda km: _("{n} km").format(n=view.number(km)), width=130)
        wider = wider_radius(selection) if rows.empty else None
        if wider:
            label = _("Look within {n} km").format(n=view.number(wider))
            st.button(label, key="wider", on_click=choose, kwargs={"radius": wider, "camera": None})
        clear: dict[str, Any] = {"near": None, "camera": None}
        st.button(
            _("Everywhere"), key="everywhere", icon=":material/close:", type="tertiary", on_click=choose, kwargs=clear
        )


def around_words(name: str, rows: pd.DataFrame, selection: Selection, view: View) -> str:
    """'3 clusters within 50 km of Bordeaux, France; the nearest is 0.4 km away.'"""
    _ = view.gettext
    words = {"place": name, "radius": view.number(selection.radius)}
    if rows.empty:
        return _("No cluster with a known point within {radius} km of {place}.").format(**words)
    return view.ngettext(
        "{n} cluster within {radius} km of {place}: it is {distance} away.",
        "{n} clusters within {radius} km of {place}; the nearest is {distance} away.",
        len(rows),
    ).format(**words, distance=distance(rows["distance_km"].min(), view))


def distance(kilometres: float, view: View) -> str:
    """'0.4 km'; a point on the very spot is less than 0.1 km away."""
    _ = view.gettext
    if kilometres < CLOSEST_KM:
        return _("less than {n} km").format(n=view.number(CLOSEST_KM, 1))
    return _("{n} km").format(n=view.number(kilometres, 1))


def wider_radius(selection: Selection) -> int | None:
    """The next larger radius that holds a cluster; None when none does."""
    table, tables = charts()["cluster_map"].table, current().tables
    wider = (radius for radius in RADII if radius > selection.radius)
    return next((radius for radius in wider if len(table(tables, selection.but(radius=radius)))), None)
