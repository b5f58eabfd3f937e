"""Clusters by country, the largest first."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Clusters by country"),
    question=N_("In which countries are the clusters we know?"),
    drawn=N_("Number of clusters known in each country."),
    note=N_("Counts follow our search, not only reality: the list is not a census."),
)
FILTERS = CLUSTERS


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country: country, clusters (count), source_ids; largest first. Transnational rows (EU) are left out."""
    clusters = selection.of_clusters(tables).query("country != 'EU'")
    counts = clusters.groupby("country").agg(clusters=("cluster_id", "size"), source_ids=("source_ids", union))
    return counts.reset_index().sort_values(["clusters", "country"], ascending=[False, True], ignore_index=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["clusters"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    names = rows["country"].map(view.country)
    bars = go.Bar(
        x=rows["clusters"],
        y=names,
        orientation="h",
        text=rows["clusters"].map(view.number),
        textposition="outside",
        cliponaxis=False,
        marker={"color": [view.theme.primary if i == 0 else view.theme.muted for i in range(len(rows))]},
        hovertemplate=_("{name}: {value}").format(name="%{y}", value="%{text}") + "<extra></extra>",
    )
    layout = {"template": view.theme.template(), "height": 60 + 22 * len(rows), "bargap": 0.25}
    return (
        go.Figure(bars, layout)
        .update_yaxes(autorange="reversed", tickfont={"color": view.theme.text})
        .update_xaxes(visible=False)
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    total, first = int(rows["clusters"].sum()), rows.iloc[0]
    if len(rows) == 1:
        return view.ngettext(
            "{country} has {n} of the clusters we know.", "{country} has {n} of the clusters we know.", total
        ).format(country=view.country(first["country"]))
    return view.ngettext(
        "{country} has {count} of the {total} clusters we know; the rest are in {n} other country.",
        "{country} has {count} of the {total} clusters we know; the rest spread over {n} other countries.",
        len(rows) - 1,
    ).format(country=view.country(first["country"]), count=view.number(first["clusters"]), total=view.number(total))
