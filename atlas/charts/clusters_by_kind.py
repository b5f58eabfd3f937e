"""Clusters by kind, the most frequent first."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Clusters by kind"),
    question=N_("Which kinds of clusters do we know?"),
    drawn=N_("Number of clusters of each kind; a cluster has one kind."),
    note=N_("Kinds are assigned by this observatory from what each cluster says of itself."),
)
FILTERS = ("countries", "kinds", "themes", "time")


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per kind: kind, clusters (count), source_ids; most frequent first, equal ones in vocabulary order."""
    clusters = selection.of_clusters(tables.clusters)
    counts = clusters.groupby("kind").agg(clusters=("cluster_id", "size"), source_ids=("source_ids", union)).reset_index()
    kinds = tables.vocabulary.query("vocabulary == 'kinds'").set_index("code")["order"]
    order = counts.assign(order=counts["kind"].map(kinds)).sort_values(["clusters", "order"], ascending=[False, True]).index
    return counts.loc[order].reset_index(drop=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["clusters"].sum()), len(selection.of_clusters(tables.clusters)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    shares = rows["clusters"] / rows["clusters"].sum()
    bars = go.Bar(
        x=rows["clusters"], y=list(range(len(rows))), orientation="h", text=rows["clusters"].map(view.number),
        textposition="outside", cliponaxis=False, customdata=list(zip(rows["kind"].map(lambda kind: escape(view.label("kinds", kind), quote=False)), shares.map(view.percent), strict=True)),
        marker={"color": [view.colour("kinds", kind) for kind in rows["kind"]]},
        hovertemplate="%{customdata[0]}: %{text} (%{customdata[1]})<extra></extra>",
    )  # fmt: skip
    names = ["<br>".join(wrap(escape(view.label("kinds", kind), quote=False), 20)) for kind in rows["kind"]]
    layout = {"template": view.theme.template(), "height": 40 + 38 * len(rows), "margin": {"r": 44}, "showlegend": False}
    figure = go.Figure(bars, layout).update_xaxes(visible=False, rangemode="tozero")
    return figure.update_yaxes(
        autorange="reversed", showgrid=False, ticklabelstandoff=6, tickvals=list(range(len(rows))), ticktext=names, tickfont={"color": view.theme.text}
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    most = rows[rows["clusters"] == rows["clusters"].max()]
    total, count = view.number(rows["clusters"].sum()), int(most["clusters"].iloc[0])
    kinds = ", ".join(view.label("kinds", kind) for kind in most["kind"])
    if len(rows) == 1:
        return view.ngettext("The selection holds {n} cluster, of one kind: {kind}.", "The selection holds {n} clusters, all of one kind: {kind}.", count).format(kind=kinds)
    if len(most) > 1:
        return _("Of {total} clusters of {kinds} kinds, the most frequent are, at {count} each: {kind}.").format(
            total=total, kinds=view.number(len(rows)), count=view.number(count), kind=kinds
        )
    return _("{kind} is the most frequent of {kinds} kinds: {count} of the {total} clusters we know.").format(
        kind=kinds, kinds=view.number(len(rows)), count=view.number(count), total=total
    )
