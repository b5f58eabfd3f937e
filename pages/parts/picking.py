"""Marks of a map that can be chosen."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

import pydeck as pdk
import streamlit as st


def pydeck_map(deck: pdk.Deck, on_select: Callable[[str], None] | None, *, key: str, **how: Any) -> None:
    """A map; with `on_select`, that is called with the `cluster_id` of a mark when the reader clicks it."""
    if on_select is None:
        st.pydeck_chart(deck, key=key, **how)
        return
    clicked = partial(_clicked, key, on_select)
    st.pydeck_chart(
        renamed(deck, st.session_state.get(_turn(key), 0)),
        key=key,
        on_select=clicked,
        selection_mode="single-object",
        **how,
    )


def renamed(deck: pdk.Deck, turn: int) -> pdk.Deck:
    """The map with its layers that can be clicked renamed by `turn`.

    The browser keeps what was clicked, by layer and position, and pales the rest, whatever is chosen elsewhere
    afterwards. A layer it does not know makes it forget: what is chosen is in the URL alone, and drawn by the chart.
    """
    fresh, layers = copy(deck), [copy(layer) for layer in deck.layers]
    for layer in layers:
        if layer.pickable:
            layer.id = f"{layer.id}-{turn}"
    fresh.layers = layers
    return fresh


def _clicked(key: str, on_select: Callable[[str], None]) -> None:
    """Tell `on_select` the cluster that was clicked; that the browser has forgotten its last click says nothing."""
    objects = [item for items in st.session_state[key].selection.objects.values() for item in items]
    if objects:
        st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1
    named = [item["cluster_id"] for item in objects if "cluster_id" in item]
    if named:
        on_select(named[0])


def _turn(key: str) -> str:
    return f"turn-{key}"
