"""Published figures of clusters, one metric and scope: the part each plays, how old it is, and how charts write it."""

from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View

ROLES = ("latest", "same_date", "set_aside", "planned")
"""The figure of totals; another of the same date; an older one, or one set aside by review; one not yet real."""
OLD_YEARS = 5
"""A figure is old when it stands for a time more than these years before the newest figure of the tables."""
CLUSTER = ["cluster_id", "name", "country", "kind", "themes"]


def observed(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure of the chosen metric and scope, for the clusters selected: the columns of observations and
    CLUSTER, role (see ROLES), is_old (missing when undated), clusters_selected (number, with or without a figure)."""
    clusters = pd.DataFrame(selection.of_clusters(tables)[CLUSTER])
    known = tables.observations
    chosen = known[known["metric"].eq(selection.metric) & known["scope"].eq(selection.scope)]
    rows = chosen.merge(clusters, on="cluster_id").assign(clusters_selected=len(clusters), role=_roles)
    return rows.assign(is_old=is_old(rows["as_of"], old_before(tables)))


def old_before(tables: Tables) -> str:
    """The day (ISO) before which a figure is old, counted from the newest figure of a cluster, not from today; '' when
    none is dated, and nothing is old."""
    figures = tables.observations
    newest = figures.loc[figures["qualifier"] != "planned", "as_of_date"].max()
    return "" if pd.isna(newest) else str((newest - pd.DateOffset(years=OLD_YEARS)).date())


def is_old(dates: pd.Series, before: str) -> pd.Series:
    """Whether each date (a year, a year and month, or a day) ends before the day `before`; missing when undated."""
    texts = dates.astype("object").map(str, na_action="ignore")
    return texts.map(lambda text: text < before[: len(text)], na_action="ignore").astype("boolean")


def year(row: dict[Any, Any], view: View) -> str:
    """'2024', '2015, old', or 'undated'."""
    _ = view.gettext
    text = view.date(row["as_of"] if pd.isna(row["as_of"]) else row["as_of"][:4])
    return _("{year}, old").format(year=text) if row["is_old"] is True else text


def short_name(name: str, length: int) -> str:
    """A name as a chart writes it: cut when longer than `length`, and escaped."""
    return escape(name if len(name) <= length else f"{name[: length - 1].rstrip()}…", quote=False)


def short_value(row: dict[Any, Any], view: View) -> str:
    """The figure with its qualifier, without its unit: 'about 350'; money in short."""
    value = view.money_short(row["value"]) if row["unit"] == "EUR" else view.number(row["value"], 2)
    inexact = row["qualifier"] not in {"exact", "planned"}
    return f"{view.label('qualifiers', row['qualifier'])} {value}" if inexact else value


def hover(row: dict[Any, Any], view: View) -> str:
    """Full name, figure with its qualifier, date (and that it is old), scope, number of sources, and the note."""
    _ = view.gettext
    sources = view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))
    old = [_("more than five years old")] if row["is_old"] is True else []
    facts = " · ".join([view.date(row["as_of"]), *old, view.label("scopes", row["scope"]), sources])
    value = view.figure(row["value"], row["unit"], row["qualifier"])
    note = [] if pd.isna(row["note_en"]) else wrap(escape(row["note_en"], quote=False), 50)
    return "<br>".join([f"<b>{escape(row['name'], quote=False)}</b>", value, facts, *note])


def symbols(rows: pd.DataFrame, view: View) -> list[str]:
    """The shape of each figure (qualifier, is_old): how exact it is; hollow with a dot when it is old."""
    shapes = [view.vocabulary.property("qualifiers", code, "symbol") for code in rows["qualifier"]]
    is_dotted = rows["is_old"].fillna(False)
    return [
        f"{shape.removesuffix('-open')}-open-dot" if old else shape
        for shape, old in zip(shapes, is_dotted, strict=True)
    ]


def marker(rows: pd.DataFrame, view: View, size: int = 12, opacity: float = 1) -> dict[str, Any]:
    """The mark of each figure: its shape as `symbols` says, its colour that of the scope."""
    colours = [faded(view.colour("scopes", scope), opacity) for scope in rows["scope"]]
    return {"symbol": symbols(rows, view), "size": size, "color": colours, "line": {"width": 2, "color": colours}}


def _roles(rows: pd.DataFrame) -> np.ndarray:
    """The role of each figure beside the latest of its cluster; `same_date` also when both are undated."""
    dates = rows[rows["is_latest"]].set_index("cluster_id")["as_of"].fillna("")
    same_date = rows["as_of"].fillna("") == rows["cluster_id"].map(dates)
    known = [rows["qualifier"] == "planned", rows["is_latest"], same_date]
    return np.select(known, ["planned", "latest", "same_date"], "set_aside")
