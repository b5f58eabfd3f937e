"""Figures of each cluster, one metric and one scope at a time: the latest, the others faint, planned ones apart."""

from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Jobs and other figures by cluster"),
    question=N_("How many jobs does each cluster publish?"),
    drawn=N_("One row per cluster: its latest published figure, earlier ones faint, planned ones apart."),
    note=N_(
        "One scope at a time, for scopes are never added. A total takes the latest figure of each cluster; "
        "another figure of the same date is shown beside it."
    ),
)
FILTERS = (*CLUSTERS, "metric", "scope")
ROLES = ("latest", "same_date", "set_aside", "planned")
"""The figure of totals; another of the same date; an older one, or one set aside by review; one not yet real."""
OVERLAPPING = {"members", "individual_members", "other"}
"""Scopes never totalled: one organisation or person may belong to several networks, and networks to one another."""
ROW, NAME = 40, 26
"""Height of a row in pixels, and the longest name written whole."""
COLUMNS = (
    "cluster_id name country kind metric scope role value unit qualifier as_of note_en clusters_selected source_ids"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure of the chosen metric and scope: cluster_id, name, country, kind, metric, scope, role (latest,
    same_date, set_aside, planned), value and unit as published, qualifier, as_of, note_en, clusters_selected (number,
    with or without a figure), source_ids. Existing figures first, largest cluster first; then the planned ones."""
    clusters = pd.DataFrame(selection.of_clusters(tables)[["cluster_id", "name", "country", "kind"]])
    known = tables.observations
    chosen = known[known["metric"].eq(selection.metric) & known["scope"].eq(selection.scope)]
    rows = chosen.merge(clusters, on="cluster_id").assign(clusters_selected=len(clusters), role=_roles)
    rows = rows.assign(is_planned=rows["role"].eq("planned"), order=rows["role"].map(ROLES.index))
    leading = rows["value"].where(rows["role"].isin(["latest", "planned"]))
    rows["leading"] = leading.groupby([rows["is_planned"], rows["cluster_id"]]).transform("max")
    by = {"is_planned": True, "leading": False, "cluster_id": True, "order": True, "as_of_date": False}
    return rows.sort_values(list(by), ascending=list(by.values()), ignore_index=True)[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    existing = rows.loc[rows["role"] != "planned", "cluster_id"].nunique()
    return Coverage(existing, len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    placed = rows.assign(y=_places(rows))
    heads = placed.drop_duplicates("y")
    labels = {row["y"]: _label(row, view) for row in heads.to_dict("records")}
    if len(planned := heads.loc[heads["role"] == "planned", "y"]):
        heading = _("Planned, never added")
        labels[planned.min() - 0.8] = f"<b>{heading}</b>"
    names = view.label("metrics", rows["metric"].iloc[0]), view.label("scopes", rows["scope"].iloc[0]).lower()
    title = "<br>".join(wrap(", ".join(names), 26))
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.update_layout(
        height=int(110 + ROW * (placed["y"].max() + 1)), margin={"t": 60 + 18 * title.count("<br>"), "r": 32}
    )
    for _cluster, history in placed[placed["role"] != "planned"].groupby("cluster_id"):
        line = {"color": view.theme.line, "width": 2}
        figure.add_scatter(x=history["value"], y=history["y"], mode="lines", line=line, hoverinfo="skip")
    aside = placed["role"] == "set_aside"
    figure.add_traces([_dots(placed[aside], view, 9, 0.4), _dots(placed[~aside], view, 12, 1)])
    figure.update_yaxes(range=[placed["y"].max() + 0.5, -0.5], tickvals=list(labels), ticktext=list(labels.values()))
    figure.update_yaxes(ticklabelstandoff=8, showgrid=False)
    return figure.update_xaxes(**_axis(rows, view), side="top", tickangle=0, title=title)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    metric, scope = view.selection.metric, view.selection.scope
    words = {"metric": view.label("metrics", metric), "scope": view.label("scopes", scope).lower()}
    latest = rows[rows["role"] == "latest"].sort_values("value")
    if rows.empty:
        return _("No cluster of this selection publishes a figure for: {metric}, {scope}.").format(**words)
    if latest.empty:
        return _("{metric}, {scope}: only planned figures are published.").format(**words)
    words |= {"n": view.number(len(latest)), "all": view.number(rows["clusters_selected"].iloc[0])}
    ends = latest.iloc[[0, -1]].to_dict("records")
    words |= {
        end: view.figure(row["value"], row["unit"], row["qualifier"])
        for end, row in zip(("low", "high"), ends, strict=True)
    }
    if len(latest) == 1:
        return _("{metric}, {scope}: {n} of {all} clusters publishes a figure, {low}.").format(**words)
    if metric == "members" or scope in OVERLAPPING:
        return _(
            "{metric}, {scope}: {n} of {all} clusters publish a figure, from {low} to {high}; never added."
        ).format(**words)
    total = view.figure(latest["value"].sum(), latest["unit"].iloc[0], _sum_qualifier(set(latest["qualifier"])))
    words |= {"total": total, "rough": view.number((latest["qualifier"] != "exact").sum())}
    if latest["qualifier"].eq("exact").all():
        return _("{metric}, {scope}: {total} in all, published by {n} of {all} clusters.").format(**words)
    return _(
        "{metric}, {scope}: {total} in all, published by {n} of {all} clusters, {rough} of them not as an exact number."
    ).format(**words)


def _roles(rows: pd.DataFrame) -> np.ndarray:
    """The role of each figure beside the latest of its cluster; `same_date` also when both are undated."""
    dates = rows[rows["is_latest"]].set_index("cluster_id")["as_of"].fillna("")
    same_date = rows["as_of"].fillna("") == rows["cluster_id"].map(dates)
    known = [rows["qualifier"] == "planned", rows["is_latest"], same_date]
    return np.select(known, ["planned", "latest", "same_date"], "set_aside")


def _places(rows: pd.DataFrame) -> pd.Series:
    """The row of each cluster from the top; the planned ones start again below, under their heading."""
    planned = rows["role"] == "planned"
    return rows.groupby([planned, "cluster_id"], sort=False).ngroup() + 0.6 * planned


def _dots(rows: pd.DataFrame, view: View, size: int, opacity: float) -> go.Scatter:
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") for code in rows["qualifier"]]
    colours = [faded(view.colour("scopes", scope), opacity) for scope in rows["scope"]]
    return go.Scatter(
        x=rows["value"],
        y=rows["y"],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": symbols, "size": size, "color": colours, "line": {"width": 2, "color": colours}},
        text=[_hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _label(row: dict[Any, Any], view: View) -> str:
    """Name and, under it, the figure with its qualifier and year; money in short, in full in the hover."""
    name = row["name"] if len(row["name"]) <= NAME else f"{row['name'][: NAME - 1].rstrip()}…"
    value = view.money_short(row["value"]) if row["unit"] == "EUR" else view.number(row["value"], 2)
    if row["qualifier"] not in {"exact", "planned"}:
        value = f"{view.label('qualifiers', row['qualifier'])} {value}"
    year = view.date(row["as_of"] if pd.isna(row["as_of"]) else row["as_of"][:4])
    return f"<span style='color:{view.theme.text}'>{escape(name, quote=False)}</span><br>{value} · {year}"


def _hover(row: dict[Any, Any], view: View) -> str:
    """Full name, figure with its qualifier, date, scope and number of sources."""
    sources = view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))
    facts = " · ".join([view.date(row["as_of"]), view.label("scopes", row["scope"]), sources])
    value = view.figure(row["value"], row["unit"], row["qualifier"])
    return f"<b>{escape(row['name'], quote=False)}</b><br>{value}<br>{facts}"


def _sum_qualifier(qualifiers: set[str]) -> str:
    """How exact a sum is: a bound when every inexact figure is the same bound, else 'about'."""
    inexact = qualifiers - {"exact"}
    return "exact" if not inexact else inexact.pop() if len(inexact) == 1 else "about"


def _axis(rows: pd.DataFrame, view: View) -> dict[str, Any]:
    """A linear axis from zero, or a logarithmic one when the largest is over a hundred times the smallest."""
    low, high = rows["value"].min(), max(rows["value"].max(), 1)
    is_log = bool(low > 0 and high > 100 * low)
    low, high = (low / 1.5, high * 1.5) if is_log else (0, high * 1.05)
    edges = [np.log10(low), np.log10(high)] if is_log else [-0.03 * high, high]
    return {
        "type": "log" if is_log else "linear",
        "range": edges,
        **view.ticks(low, high, is_log, rows["unit"].iloc[0]),
    }
