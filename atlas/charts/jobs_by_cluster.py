"""Figures of each cluster, one metric and one scope at a time: the latest, the others faint, planned ones apart."""

from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.observed import ROLES, hover, marker, observed, short_name, short_value, year
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Jobs and other figures by cluster"),
    question=N_("How many jobs does each cluster publish?"),
    drawn=N_(
        "One row per cluster: its latest published figure, earlier ones faint, planned ones apart; "
        "hollow with a dot when more than five years old."
    ),
    note=N_(
        "One scope at a time, for scopes are never added. A total takes the latest figure of each cluster; "
        "another figure of the same date is shown beside it."
    ),
)
FILTERS = (*CLUSTERS, "metric", "scope")
ROW, NAME = 40, 26
"""Height of a row in pixels, and the longest name written whole."""
COLUMNS = (
    "cluster_id name country kind metric scope role value unit qualifier as_of is_old note_en clusters_selected "
    "source_ids"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure of the chosen metric and scope: cluster_id, name, country, kind, metric, scope, role (latest,
    same_date, set_aside, planned), value and unit as published, qualifier, as_of, is_old (more than five years before
    the newest figure of the tables), note_en, clusters_selected (number, with or without a figure), source_ids.
    Existing figures first, largest cluster first; then the planned ones."""
    rows = observed(tables, selection)
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
    latest = rows[rows["role"] == "latest"].sort_values("value", ascending=False)
    if rows.empty:
        return _("No cluster of this selection publishes a figure for: {metric}, {scope}.").format(**words)
    if latest.empty:
        return _("{metric}, {scope}: only planned figures are published.").format(**words)
    words |= {"n": view.number(len(latest)), "all": view.number(rows["clusters_selected"].iloc[0])}
    high, low = latest.iloc[[0, -1]].to_dict("records")
    words |= {"name": high["name"], "year": year(high, view)}
    words |= {
        end: view.figure(row["value"], row["unit"], row["qualifier"]) for end, row in (("high", high), ("low", low))
    }
    if len(latest) == 1:
        return _("{metric}, {scope}: {n} of {all} clusters publishes a figure, {name}: {high} ({year}).").format(
            **words
        )
    return _(
        "{metric}, {scope}: the largest figure is {high} ({year}), {name}; the smallest of the {n} published is {low}."
    ).format(**words)


def _places(rows: pd.DataFrame) -> pd.Series:
    """The row of each cluster from the top; the planned ones start again below, under their heading."""
    planned = rows["role"] == "planned"
    return rows.groupby([planned, "cluster_id"], sort=False).ngroup() + 0.6 * planned


def _dots(rows: pd.DataFrame, view: View, size: int, opacity: float) -> go.Scatter:
    return go.Scatter(
        x=rows["value"],
        y=rows["y"],
        mode="markers",
        cliponaxis=False,
        marker=marker(rows, view, size, opacity),
        text=[hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _label(row: dict[Any, Any], view: View) -> str:
    """Name and, under it, the figure with its qualifier and year; money in short, in full in the hover."""
    name = f"<span style='color:{view.theme.text}'>{short_name(row['name'], NAME)}</span>"
    return f"{name}<br>{short_value(row, view)} · {year(row, view)}"


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
