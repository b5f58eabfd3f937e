"""Clusters that publish the same figure for several years: one small panel each, one metric and scope at a time."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank
from atlas.observed import hover, marker, observed, short_name, short_value
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Figures over time"),
    question=N_("How did the figures of a cluster change?"),
    drawn=N_(
        "Clusters with figures of several years, one panel each, every panel with its own scale from zero; "
        "the shape says how exact a figure is."
    ),
    note=N_(
        "The dotted line joins what was published, in order of date: the figures of a cluster were not all counted "
        "alike, so its slope is not a measured growth. Undated and planned figures have no place here."
    ),
)
FILTERS = (*CLUSTERS, "metric", "scope")
PANEL, TOP, BOTTOM = 128, 24, 36
"""Height of a panel, and the margins above the first and under the last, in pixels."""
NAME = 34
COLUMNS = (
    "cluster_id name country metric scope value unit qualifier as_of as_of_date is_old is_latest note_en source_ids"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per dated figure of the clusters that have some of two years or more, for the chosen metric and scope:
    cluster_id, name, country, metric, scope, value, unit, qualifier, as_of, as_of_date (first day), is_old, is_latest,
    note_en, source_ids. Clusters with most figures first, each in order of date."""
    rows = observed(tables, selection)
    rows = rows[rows["as_of"].notna() & rows["as_of_date"].notna() & rows["role"].ne("planned")]
    years = rows.assign(year=rows["as_of_date"].dt.year).groupby("cluster_id")["year"].transform("nunique")
    rows = rows[years > 1]
    figures = rows.groupby("cluster_id")["value"].transform("size")
    by = {"figures": False, "cluster_id": True, "as_of_date": True, "value": True}
    rows = rows.assign(figures=figures).sort_values(list(by), ascending=list(by.values()), ignore_index=True)
    return rows[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Clusters with figures of several years, of those with any that exists."""
    known = observed(tables, selection).query("role != 'planned'")
    return Coverage(rows["cluster_id"].nunique(), known["cluster_id"].nunique(), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    histories = [history for _cluster, history in rows.groupby("cluster_id", sort=False)]
    height = TOP + BOTTOM + PANEL * len(histories)
    figure = make_subplots(
        len(histories),
        1,
        shared_xaxes=True,
        vertical_spacing=0.34 * PANEL / (height - TOP - BOTTOM) if len(histories) > 1 else 0,
    )
    for number, history in enumerate(histories, 1):
        _panel(figure, number, history, view)
    layout = {
        "template": view.theme.template(),
        "height": height,
        "margin": {"t": TOP + 10, "b": BOTTOM, "l": 8, "r": 30},
    }
    figure.update_layout(**layout, showlegend=False)
    days = rows["as_of_date"]
    room = (days.max() - days.min()) * 0.13
    first, last = days.min() - room, days.max() + room
    step = max(1, -(-(last.year - first.year) // 5))
    return figure.update_xaxes(
        range=[first, last], dtick=f"M{12 * step}", tick0="2000-01-01", tickformat="%Y", showgrid=False, tickangle=0
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    metric, scope = view.selection.metric, view.selection.scope
    words = {"metric": view.label("metrics", metric), "scope": view.label("scopes", scope).lower()}
    if rows.empty:
        return _("{metric}, {scope}: no cluster of this selection publishes figures of several years.").format(**words)
    history = rows[rows["cluster_id"] == rows["cluster_id"].iloc[0]].to_dict("records")
    for end, row in (("first", history[0]), ("last", history[-1])):
        words[end] = view.figure(row["value"], row["unit"], row["qualifier"])
        words[f"{end}_year"] = row["as_of"][:4]
    words["name"] = history[0]["name"]
    return view.ngettext(
        "{metric}, {scope}: {n} cluster publishes figures of several years, {name}, from {first} ({first_year}) "
        "to {last} ({last_year}), not all counted alike.",
        "{metric}, {scope}: {n} clusters publish figures of several years, not all counted alike; {name}, "
        "from {first} ({first_year}) to {last} ({last_year}).",
        rows["cluster_id"].nunique(),
    ).format(**words)


def _panel(figure: go.Figure, number: int, history: pd.DataFrame, view: View) -> None:
    """The figures of one cluster under its name, each written beside its mark."""
    _ = view.gettext
    records, high = history.to_dict("records"), max(history["value"].max(), 1)
    colour = view.colour("scopes", history["scope"].iloc[0])
    figure.add_scatter(
        x=history["as_of_date"],
        y=history["value"],
        mode="lines+markers+text",
        line={"dash": "dot", "width": 1.5, "color": colour},
        marker=marker(history, view, 10),
        text=[short_value(row, view) for row in records],
        textposition="top center",
        textfont={"size": 12, "color": view.theme.text},
        cliponaxis=False,
        customdata=[hover(row, view) for row in records],
        hovertemplate="%{customdata}<extra></extra>",
        row=number,
        col=1,
    )
    old = history[history["is_old"].fillna(False)]
    figure.add_scatter(
        x=old["as_of_date"],
        y=old["value"],
        mode="markers+text",
        marker={"size": 12, "opacity": 0},
        text=[_("old")] * len(old),
        textposition="bottom center",
        textfont={"size": 11, "color": view.theme.quiet},
        cliponaxis=False,
        hoverinfo="skip",
        row=number,
        col=1,
    )
    axis = f"y{number if number > 1 else ''} domain"
    figure.add_annotation(
        text=f"<b>{short_name(records[0]['name'], NAME)}</b>",
        x=0, xref="paper", xanchor="left", y=1, yref=axis, yanchor="bottom", yshift=10, showarrow=False, font={"size": 13},
    )  # fmt: skip
    figure.update_yaxes(range=[-0.08 * high, 1.3 * high], showticklabels=False, showgrid=False, row=number, col=1)
    figure.update_yaxes(zeroline=True, zerolinecolor=view.theme.line, row=number, col=1)
