"""The table beside the map: the same rows, for the keyboard and for who cannot see the map; one choice for both."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from atlas.columns import NAMES
from atlas.view import View
from pages.parts.session import asked, choose, current

KEY = "map-table"
HEIGHT, ROWS_IN_SIGHT = 470, 12


def twin_table(rows: pd.DataFrame, chosen: str) -> None:
    """The rows of the map, that of `chosen` (an identifier) marked; choosing one chooses its mark on the map."""
    if rows.empty:
        return
    view = current().view
    _ = view.gettext
    shown = ranked(rows)
    identifiers = list(shown["cluster_id"])
    at = [identifiers.index(chosen)] if chosen in identifiers else []
    st.session_state[KEY] = {"selection": {"rows": at, "columns": [], "cells": []}}
    st.dataframe(
        readable(shown, view),
        key=KEY,
        height=HEIGHT if len(rows) > ROWS_IN_SIGHT else "content",
        hide_index=True,
        column_config=columns(view),
        on_select=partial(_choose_row, identifiers),
        selection_mode="single-row",
        placeholder=view.missing,
        alt=_("The clusters of the map as a table: choosing a row marks the cluster on the map."),
    )
    st.caption(_("Choose a row to mark its cluster on the map; from the keyboard, with Shift and Space."))


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Nearest first (as they come) when a place is chosen, else the largest figure, else by name."""
    if "distance_km" in rows:
        return rows
    by_name = rows.sort_values("name", key=lambda names: names.str.casefold(), ignore_index=True)
    return by_name.sort_values("value", ascending=False, kind="stable") if "value" in rows else by_name


def readable(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The columns of the table, headed in the language: figures stay numbers, so that they sort as such."""
    place = [", ".join(part for part in (row.place, view.country(row.country)) if pd.notna(part)) for row in rows.itertuples()]  # fmt: skip
    table = {"name": rows["name"]}
    if "distance_km" in rows:
        table["distance_km"] = rows["distance_km"]
    if "value" in rows:
        table["value"] = rows["value"]
        table["qualifier"] = rows["qualifier"].map(lambda code: view.label("qualifiers", code), na_action="ignore")
    table["kind"] = rows["kind"].map(lambda code: view.label("kinds", code))
    table["place"] = pd.Series(place, index=rows.index, dtype="str")
    table["founded_year"] = rows["founded_year"]
    return pd.DataFrame(table).rename(columns=lambda column: heading(column, view))


def heading(column: str, view: View) -> str:
    return view.gettext(NAMES[column])


def columns(view: View) -> dict[str, Any]:
    """Widths, and how numbers are written; the figure is headed by what it measures and counts."""
    selection = current().selection
    measure = f"{view.label('metrics', selection.size)} · {view.label('scopes', selection.scope)}"
    how = {
        "name": st.column_config.TextColumn(width=190),
        "distance_km": st.column_config.NumberColumn(format="%.1f"),
        "value": st.column_config.NumberColumn(measure, format="localized"),
        "founded_year": st.column_config.NumberColumn(format="%d"),
    }
    return {heading(column, view): config for column, config in how.items()}


def _choose_row(identifiers: list[str]) -> None:
    rows = st.session_state[KEY].selection.rows
    identifier = identifiers[rows[0]] if rows else ""
    if identifier != asked().id:
        choose(id=identifier)
