"""Published figures by cluster, one metric and one scope at a time: the latest, earlier ones faint, planned ones apart."""

from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Jobs and other figures by cluster"),
    question=N_("How many jobs does each cluster publish?"),
    drawn=N_("One row per cluster: its latest published figure, earlier ones faint, planned ones apart."),
    note=N_("One scope at a time, for scopes are never added. A total takes the latest figure of each cluster; another figure of the same date is shown beside it."),
)
FILTERS = ("countries", "kinds", "themes", "time", "metric", "scope")
NOT_ADDED = {"members", "individual_members"}
"""Scopes whose figures overlap: an organisation or a person may belong to several networks, and networks to one another."""
ROLES = ("latest", "same_date", "set_aside", "planned")
"""The figure of totals; another of the same date; an older one, or one set aside by review; one not yet real."""
ROW, NAME = 40, 26
"""Height of a row in pixels, and the longest name written whole."""
LEGEND = {"traceorder": "normal", "xref": "container", "x": 0.01, "yref": "container", "y": 0.99, "yanchor": "top", "entrywidthmode": "pixels", "entrywidth": 110}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure of the chosen metric and scope: cluster_id, name, country, kind, metric, scope, role (latest,
    same_date, set_aside, planned), value and unit as published, qualifier, as_of, note_en, clusters_selected (with or
    without a figure), source_ids. Existing figures first, largest cluster first; then the planned ones."""
    clusters = pd.DataFrame(selection.of_clusters(tables.clusters)[["cluster_id", "name", "country", "kind"]])
    chosen = tables.observations[(tables.observations["metric"] == selection.metric) & (tables.observations["scope"] == selection.scope)]
    rows = chosen.merge(clusters, on="cluster_id").assign(clusters_selected=len(clusters))
    rows["role"] = _roles(rows)
    rows["planned"] = rows["role"] == "planned"
    leading = rows[rows["role"].isin(["latest", "planned"])].groupby(["planned", "cluster_id"])["value"].max()
    rows["leading"] = [leading.get(key, 0) for key in zip(rows["planned"], rows["cluster_id"], strict=True)]
    rows["order"] = rows["role"].map(ROLES.index)
    rows = rows.sort_values(["planned", "leading", "cluster_id", "order", "as_of_date"], ascending=[True, False, True, True, False], ignore_index=True)
    return rows[["cluster_id", "name", "country", "kind", "metric", "scope", "role", "value", "unit", "qualifier", "as_of", "note_en", "clusters_selected", "source_ids"]]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    existing = rows.loc[rows["role"] != "planned", "cluster_id"].nunique()
    return Coverage(existing, len(selection.of_clusters(tables.clusters)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    placed = rows.assign(y=_places(rows), hover=[_hover(row, view) for row in rows.to_dict("records")])
    bottom = placed["y"].max() + 0.6
    figure = go.Figure(layout={"template": view.theme.template(), "height": int(130 + ROW * (bottom + 0.6)), "margin": {"t": 84}})
    for _cluster, history in placed[placed["role"] != "planned"].groupby("cluster_id"):
        figure.add_scatter(x=history["value"], y=history["y"], mode="lines", line={"color": view.theme.line, "width": 2}, hoverinfo="skip", showlegend=False)
    drawn = placed.assign(faint=placed["role"] == "set_aside").sort_values("faint", ascending=False, kind="stable")
    worded = set()
    for (faint, qualifier), dots in drawn.groupby(["faint", "qualifier"], sort=False):
        colour, name = view.colour("scopes", rows["scope"].iloc[0]), _("older or set aside") if faint else view.label("qualifiers", qualifier)
        figure.add_scatter(
            x=dots["value"], y=dots["y"], mode="markers", name=name, showlegend=name not in worded,
            marker={"symbol": view.vocabulary.property("qualifiers", qualifier, "symbol"), "size": 9 if faint else 12, "color": faded(colour, 0.4) if faint else colour,
                    "line": {"width": 2 if qualifier == "planned" else 0}}, legendrank=1001 if faint else 1000, cliponaxis=False,
            text=dots["hover"], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
        worded.add(name)
    heads = placed.drop_duplicates("y")
    rows_of = dict(zip(heads["y"], [_label(row, view) for row in heads.to_dict("records")], strict=True))
    if "planned" in set(rows["role"]):
        rows_of[heads.loc[heads["role"] == "planned", "y"].min() - 0.8] = f"<b>{_('Planned, never added')}</b>"
    figure.update_yaxes(range=[bottom, -0.6], tickvals=list(rows_of), ticktext=list(rows_of.values()), ticklabelstandoff=8, showgrid=False)
    title = f"{view.label('metrics', rows['metric'].iloc[0])}, {view.label('scopes', rows['scope'].iloc[0]).lower()}"
    return figure.update_xaxes(**_axis(rows, view), tickangle=0).update_layout(legend=LEGEND | {"title": {"text": title, "side": "top"}}, showlegend=True)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    names = {"metric": view.label("metrics", view.selection.metric), "scope": view.label("scopes", view.selection.scope).lower()}
    latest = rows[rows["role"] == "latest"]
    if rows.empty:
        return _("No cluster of this selection publishes a figure for: {metric}, {scope}.").format(**names)
    if latest.empty:
        return _("{metric}, {scope}: only planned figures are published.").format(**names)
    names |= {"n": view.number(len(latest)), "all": view.number(rows["clusters_selected"].iloc[0])}
    low, high = (view.figure(row["value"], row["unit"], row["qualifier"]) for _i, row in latest.sort_values("value").iloc[[0, -1]].iterrows())
    if len(latest) == 1:
        return _("{metric}, {scope}: {n} of {all} clusters publishes a figure, {value}.").format(value=low, **names)
    if view.selection.metric == "members" or view.selection.scope in NOT_ADDED:
        return _("{metric}, {scope}: {n} of {all} clusters publish a figure, from {low} to {high}; these overlap and are never added.").format(low=low, high=high, **names)
    rough = int((latest["qualifier"] != "exact").sum())
    total = view.figure(latest["value"].sum(), latest["unit"].iloc[0], _total_qualifier(set(latest["qualifier"])))
    message = (
        _("{metric}, {scope}: {total} in all, published by {n} of {all} clusters, {rough} of them not as an exact number.")
        if rough
        else _("{metric}, {scope}: {total} in all, published by {n} of {all} clusters.")
    )
    return message.format(total=total, rough=view.number(rough), **names)


def _roles(rows: pd.DataFrame) -> np.ndarray:
    """The role of each figure beside the latest of its cluster; `same_date` also when both are undated."""
    dates = rows[rows["is_latest"]].set_index("cluster_id")["as_of"]
    same_date = rows["as_of"].fillna("") == rows["cluster_id"].map(dates).fillna("")
    return np.select([rows["qualifier"] == "planned", rows["is_latest"], same_date], ["planned", "latest", "same_date"], "set_aside")


def _places(rows: pd.DataFrame) -> pd.Series:
    """The row of each cluster from the top; the planned ones start again below, under their heading."""
    planned = rows["role"] == "planned"
    places = rows.assign(planned=planned).groupby(["planned", "cluster_id"], sort=False).ngroup()
    return places + planned * (0.6 if planned.any() else 0)


def _total_qualifier(qualifiers: set[str]) -> str:
    """How exact a sum is: a bound when every inexact figure is the same bound, else 'about'."""
    inexact = qualifiers - {"exact"}
    return "exact" if not inexact else inexact.pop() if len(inexact) == 1 else "about"


def _label(row: dict, view: View) -> str:
    """Name and, under it, the figure with its qualifier and year; money in short, in full in the hover."""
    name = row["name"] if len(row["name"]) <= NAME else f"{row['name'][: NAME - 1].rstrip()}…"
    value = view.money_short(row["value"]) if row["unit"] == "EUR" else view.number(row["value"], 2)
    if row["qualifier"] not in {"exact", "planned"}:
        value = f"{view.label('qualifiers', row['qualifier'])} {value}"
    year = view.date(row["as_of"] if pd.isna(row["as_of"]) else row["as_of"][:4])
    return f"<span style='color:{view.theme.text}'>{escape(name, quote=False)}</span><br>{escape(value, quote=False)} · {year}"


def _hover(row: dict, view: View) -> str:
    """Full name, figure, date, scope, number of sources, and what the source says."""
    sources = view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))
    facts = [view.date(row["as_of"]), view.label("scopes", row["scope"]), sources]
    lines = [f"<b>{escape(row['name'], quote=False)}</b>", view.figure(row["value"], row["unit"], row["qualifier"]), " · ".join(facts)]
    return "<br>".join(lines)


def _axis(rows: pd.DataFrame, view: View) -> dict:
    """A linear axis from zero, or a logarithmic one when the largest is over a hundred times the smallest."""
    low, high = rows["value"].min(), max(rows["value"].max(), 1)
    is_log = bool(low > 0 and high > 100 * low)
    low, high = (low / 1.5, high * 1.5) if is_log else (0, high * 1.05)
    edges = [np.log10(low), np.log10(high)] if is_log else [-0.03 * high, high]
    return {"type": "log" if is_log else "linear", "range": edges, **view.ticks(low, high, is_log, rows["unit"].iloc[0])}
