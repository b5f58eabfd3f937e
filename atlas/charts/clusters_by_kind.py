"""Clusters by kind, the most frequent first."""

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Clusters by kind"),
    question=N_("Which kinds of clusters do we know?"),
    drawn=N_("Number of clusters of each kind; a cluster has one kind."),
    note=N_("Kinds are assigned by this observatory from what each cluster says of itself."),
)
FILTERS = CLUSTERS


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per kind: kind, clusters (count), source_ids; most frequent first."""
    clusters = selection.of_clusters(tables)
    kinds = tables.vocabulary.query("vocabulary == 'kinds'").set_index("code")["order"]
    counts = clusters.groupby("kind", as_index=False).agg(
        clusters=("cluster_id", "size"), source_ids=("source_ids", union)
    )
    counts["order"] = counts["kind"].map(kinds)
    return counts.sort_values(["clusters", "order"], ascending=[False, True], ignore_index=True).drop(columns="order")


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["clusters"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    names, places = rows["kind"].map(lambda kind: view.label("kinds", kind)), list(range(len(rows)))
    shares = (rows["clusters"] / rows["clusters"].sum()).map(view.percent)
    bars = go.Bar(
        x=rows["clusters"],
        y=places,
        orientation="h",
        text=rows["clusters"].map(view.number),
        textposition="outside",
        cliponaxis=False,
        marker={"color": [view.colour("kinds", kind) for kind in rows["kind"]]},
        customdata=list(zip(names, shares, strict=True)),
        hovertemplate=_("{name}: {value}").format(name="%{customdata[0]}", value="%{text}")
        + " (%{customdata[1]})<extra></extra>",
    )
    layout = {
        "template": view.theme.template(),
        "height": 40 + 38 * len(rows),
        "margin": {"r": 44},
        "showlegend": False,
    }
    figure = go.Figure(bars, layout).update_xaxes(visible=False, rangemode="tozero")
    labels = {"tickvals": places, "ticktext": ["<br>".join(wrap(name, 20)) for name in names]}
    figure.update_yaxes(**labels, tickfont={"color": view.theme.text}, ticklabelstandoff=6)
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    most = rows[rows["clusters"] == rows["clusters"].max()]
    total, count = view.number(rows["clusters"].sum()), int(most["clusters"].iloc[0])
    kinds = ", ".join(view.label("kinds", kind) for kind in most["kind"])
    words = {"kind": kinds, "kinds": view.number(len(rows)), "count": view.number(count), "total": total}
    if len(rows) == 1:
        return view.ngettext(
            "The selection holds {n} cluster, of one kind: {kind}.",
            "The selection holds {n} clusters, all of one kind: {kind}.",
            count,
        ).format(**words)
    if len(most) > 1:
        return _("Of {total} clusters of {kinds} kinds, the most frequent, at {count} each: {kind}.").format(**words)
    return _("Most frequent of {kinds} kinds: {kind}, {count} of the {total} clusters we know.").format(**words)
