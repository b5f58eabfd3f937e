"""Who has what: the clusters that name most elements of the founding note's model, against its ten elements."""

from html import escape
from textwrap import shorten

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.heat_table import KEY_LINE, write_key
from atlas.model import MODEL, described, heads, key, label, named_elements
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Who has what"),
    question=N_("Which clusters hold the ten elements of the founding note's model?"),
    drawn=N_(
        "One row per cluster, the most complete first, at most thirty; a square where the sources name the element."
    ),
    note=N_(
        "An element that is not named is not absent: the sources may just not say. Research stands for universities and "
        "laboratories, public bodies for municipalities, regions and State services."
    ),
)
FILTERS = CLUSTERS
MOST, ROW_PX, WIDEST = 30, 22, 24


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster and element named, of the thirty clusters that name most: cluster_id, name, kind, country,
    element, elements (how many the cluster names), source_ids. Most complete first, then by name."""
    rows = named_elements(selection.of_clusters(tables))
    rows["elements"] = rows.groupby("cluster_id")["element"].transform("size").astype("int64")
    ranked = rows.sort_values(["elements", "name", "cluster_id"], ascending=[False, True, True], kind="stable")
    first = ranked["cluster_id"].drop_duplicates()[:MOST]
    return ranked.loc[ranked["cluster_id"].isin(first), [*rows.columns.drop("source_ids"), "source_ids"]].reset_index(
        drop=True
    )


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    clusters = selection.of_clusters(tables)
    return Coverage(len(described(clusters)), len(clusters), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    places = {cluster: row for row, cluster in enumerate(rows["cluster_id"].unique())}
    names = [_name(str(name)) for name in rows.drop_duplicates("cluster_id")["name"]]
    columns = list(heads())
    hover = [
        f"<b>{escape(row['name'], quote=False)}</b><br>{label(row['element'], view)}" for row in rows.to_dict("records")
    ]
    marks = go.Scatter(
        x=rows["element"].map(columns.index),
        y=rows["cluster_id"].map(places),
        mode="markers",
        marker={"symbol": "square", "size": 15, "color": view.theme.primary},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure = go.Figure(marks, {"template": view.theme.template(), "showlegend": False})
    figure.update_layout(margin_t=36)
    figure.update_xaxes(
        tickvals=list(range(len(MODEL))), ticktext=list(heads().values()), range=[-0.6, len(MODEL) - 0.4], side="top"
    )
    figure.update_yaxes(tickvals=list(places.values()), ticktext=names, range=[len(places) - 0.4, -0.6])
    figure.update_yaxes(tickfont={"size": 11, "color": view.theme.text})
    lines = write_key(figure, key(view), view)
    return figure.update_layout(height=44 + ROW_PX * len(places) + KEY_LINE * lines, margin_b=16 + KEY_LINE * lines)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster of this selection says what it is made of.")
    most = int(rows["elements"].max())
    first = list(rows.loc[rows["elements"] == most, "name"].drop_duplicates())
    words = {"names": ", ".join(first[:3]), "most": view.number(most), "model": view.number(len(MODEL))}
    if len(first) > 3:
        return view.ngettext(
            "No cluster names more than {most} of the {model} elements; {n} cluster does.",
            "No cluster names more than {most} of the {model} elements; {n} clusters do.",
            len(first),
        ).format(**words)
    return _("Most complete, with {most} of the {model} elements: {names}.").format(**words)


def _name(name: str) -> str:
    return escape(shorten(name, WIDEST, placeholder="…") if len(name.split()) > 1 else name[:WIDEST], quote=False)
