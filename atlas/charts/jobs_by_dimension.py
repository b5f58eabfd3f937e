"""One metric and scope by kind, theme, country, and PTCE or not: what each group adds up to, and how many report it."""

from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.observed import observed
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.totals import is_added, summed, worded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("By kind, theme, country, PTCE"),
    question=N_("Of which kind are the clusters that hold these jobs?"),
    drawn=N_(
        "Sum of the latest figure of each cluster, by group; beside it, how many clusters of the group publish one. "
        "Where figures are not added, the bar is that number of clusters."
    ),
    note=N_("A cluster with several themes counts in each of them: sums of themes are not added to one another."),
)
FILTERS = (*CLUSTERS, "metric", "scope")
DIMENSIONS = {
    "kind": N_("By kind"),
    "theme": N_("By theme"),
    "country": N_("By country"),
    "is_ptce": N_("PTCE or not"),
}
ROW, NAME = 34, 25
"""Height of a row in pixels, and characters in a line of its label."""
COLUMNS = [
    "dimension",
    "group",
    "metric",
    "scope",
    "value",
    "qualifier",
    "lower_bound",
    "upper_bound",
    "unit",
    "publishing",
    "clusters",
    "source_ids",
]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per group of each dimension (kind, theme, country, is_ptce): dimension, group (code; missing when the
    cluster has no theme), metric, scope, value (sum of the latest figures; missing when none is published or figures of
    this scope are not added), qualifier (of the sum), lower_bound and upper_bound (the latter
    missing when open), unit, publishing (clusters with a
    figure), clusters (all selected), source_ids. Largest first, then the groups without a figure."""
    latest = observed(tables, selection).query("role == 'latest'")
    clusters = pd.DataFrame(selection.of_clusters(tables)[["cluster_id", "kind", "themes", "country"]])
    members = pd.concat([_members(clusters, dimension) for dimension in DIMENSIONS], ignore_index=True)
    known = members.groupby(["dimension", "group"], dropna=False, sort=False).agg(clusters=("cluster_id", "nunique"))
    figures = members.merge(latest[["cluster_id", "value", "unit", "qualifier", "source_ids"]], on="cluster_id")
    rows = known.reset_index().merge(summed(figures, ["dimension", "group"]), "left", ["dimension", "group"])
    return _in_order(rows, selection)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    kinds = rows[rows["dimension"] == "kind"]
    return Coverage(int(kinds["publishing"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    shown = rows[rows["publishing"] > 0]
    if shown.empty:
        return blank(view)
    placed, labels, y = [], {}, 0.0
    for dimension in DIMENSIONS:
        labels[y] = _heading(dimension, rows[rows["dimension"] == dimension], view)
        y += 0.3
        for row in shown[shown["dimension"] == dimension].to_dict("records"):
            y += 1
            placed.append(row | {"y": y})
            of = _of(row, view).replace(" ", "\xa0")
            labels[y] = "<br>".join(wrap(f"{_name(row, view)} ·\xa0{of}", NAME))
        y += 1.5
    drawn = pd.DataFrame(placed)
    sizes = drawn["value"] if is_added(*rows.loc[0, ["metric", "scope"]]) else drawn["publishing"]
    figure = go.Figure(layout={"template": view.theme.template(), "height": int(40 + ROW * y), "showlegend": False})
    figure.add_bar(
        x=sizes,
        y=drawn["y"],
        orientation="h",
        width=0.5,
        marker={"color": [_colour(row, view) for row in placed]},
        text=["" if pd.isna(row["value"]) else worded(row, "", view) for row in placed],
        textposition="outside",
        textangle=0,
        constraintext="none",
        textfont={"size": 12, "color": view.theme.text},
        cliponaxis=False,
        customdata=[[_name(row, view), _hover(row, view)] for row in placed],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )
    figure.update_layout(margin={"t": 4, "b": 4, "r": 8})
    figure.update_yaxes(range=[y - 0.7, -0.6], tickvals=list(labels), ticktext=list(labels.values()), showgrid=False)
    figure.update_yaxes(ticklabelstandoff=6, tickfont={"color": view.theme.text})
    return figure.update_xaxes(visible=False, range=[0, 2 * max(sizes.max(), 1)])


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    metric, scope = view.selection.metric, view.selection.scope
    words = {"metric": view.label("metrics", metric), "scope": view.label("scopes", scope).lower()}
    shown = rows[rows["publishing"] > 0]
    if shown.empty:
        return _("No cluster of this selection publishes a figure for: {metric}, {scope}.").format(**words)
    first = {dimension: _first(shown, dimension, metric, scope) for dimension in ("kind", "country")}
    words |= {key: _name(row, view) for key, row in first.items()}
    words |= {f"{key}_of": _of(row, view) for key, row in first.items()}
    if not is_added(metric, scope):
        return _(
            "{metric}, {scope}: most figures come from {country} ({country_of} clusters) and from this kind: {kind} ({kind_of})."
        ).format(**words)
    words |= {f"{key}_sum": worded(row, "", view) for key, row in first.items()}
    return _(
        "{metric}, {scope}: largest sum by country: {country}, {country_sum} ({country_of} clusters publish it); "
        "by kind: {kind}, {kind_sum} ({kind_of})."
    ).format(**words)


def _members(clusters: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """One row per cluster and group of a dimension: a cluster with several themes has several."""
    groups = {
        "kind": lambda rows: rows["kind"],
        "theme": lambda rows: rows["themes"],
        "country": lambda rows: rows["country"],
        "is_ptce": lambda rows: np.where(rows["kind"] == "ptce", "ptce", "not_ptce"),
    }
    rows = clusters[["cluster_id"]].assign(dimension=dimension, group=groups[dimension](clusters))
    return rows.explode("group").astype({"group": "str"})


def _in_order(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Rows as `table` promises them: without sums that are not made, and the largest group of each dimension first."""
    metric, scope = selection.metric, selection.scope
    if not is_added(metric, scope):
        rows = rows.assign(value=np.nan, qualifier=None, lower_bound=np.nan, upper_bound=np.nan)
    rows = rows.assign(
        metric=metric,
        scope=scope,
        publishing=rows["publishing"].fillna(0).astype("int64"),
        source_ids=rows["source_ids"].map(lambda ids: ids if isinstance(ids, list) else []),
        order=rows["dimension"].map(list(DIMENSIONS).index),
    )
    by = {"order": True, "value": False, "publishing": False, "clusters": False, "group": True}
    return rows.sort_values(list(by), ascending=list(by.values()), ignore_index=True)[COLUMNS]


def _heading(dimension: str, rows: pd.DataFrame, view: View) -> str:
    """The name of a dimension and, when some of its groups have no figure, how many."""
    _ = view.gettext
    absent = int((rows["publishing"] == 0).sum())
    quiet = view.ngettext("{n} more without a figure", "{n} more without a figure", absent)
    name = f"<b>{_(DIMENSIONS[dimension])}</b>"
    return f"{name}<br><span style='color:{view.theme.quiet}'>{quiet}</span>" if absent else name


def _name(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    code, dimension = row["group"], row["dimension"]
    if pd.isna(code):
        return _("theme not published")
    if code == "not_ptce":
        return _("Not a PTCE")
    return (
        view.country(code)
        if dimension == "country"
        else view.label("themes" if dimension == "theme" else "kinds", code)
    )


def _colour(row: dict[Any, Any], view: View) -> str:
    """The colour of a kind; that of the scope elsewhere."""
    is_kind = row["dimension"] == "kind"
    return view.colour("kinds", row["group"]) if is_kind else view.colour("scopes", row["scope"])


def _of(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    words = {"publishing": view.number(row["publishing"]), "clusters": view.number(row["clusters"])}
    return _("{publishing} of {clusters}").format(**words)


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    of = _("{of} clusters publish a figure").format(of=_of(row, view))
    return of if pd.isna(row["value"]) else f"{worded(row, row['unit'], view)}<br>{of}"


def _first(shown: pd.DataFrame, dimension: str, metric: str, scope: str) -> dict[Any, Any]:
    """The first group of a dimension: the largest sum, or the most figures where nothing is added."""
    return shown[shown["dimension"] == dimension].iloc[0].to_dict()
