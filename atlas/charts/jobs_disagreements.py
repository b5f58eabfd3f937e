"""Where sources disagree: figures of one cluster that count the same thing at the same time, side by side."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.observed import is_old, old_before, short_name, short_value, year
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Sources that disagree"),
    question=N_("Which sources give different figures for the same thing?"),
    drawn=N_(
        "Figures of one cluster with the same measure, scope and year (or both undated) and another value, of every "
        "measure; under its name, how the one used in totals was chosen."
    ),
    note=N_(
        "All are kept and shown. Figures of different years are not here: they may all be right. Each cluster has its own "
        "scale, from zero."
    ),
)
FILTERS = CLUSTERS
NAME, SOURCE = 36, 26
ROW, GROUP, GAP = 38, 56, 14
"""Height in pixels of a figure, of what stands above the figures of a cluster, and between two clusters."""
SERIES = ["cluster_id", "metric", "scope", "time"]
COLUMNS = "cluster_id name metric scope value unit qualifier as_of is_old role latest_rule publisher note_en source_ids"


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure that another one of the same cluster, metric, scope and year (or also undated) contradicts:
    cluster_id, name, metric, scope, value, unit, qualifier, as_of, is_old, role (used: the one of totals; not_used),
    latest_rule (how the one of totals was chosen; missing when none of these is), publisher (of the first source),
    note_en, source_ids. Planned figures contradict only planned ones. Groups by name, the figure used first."""
    clusters = pd.DataFrame(selection.of_clusters(tables)[["cluster_id", "name"]])
    rows = tables.observations.merge(clusters, on="cluster_id")
    is_planned = np.where(rows["qualifier"] == "planned", "planned", "real")
    rows = rows.assign(time=rows["as_of"].str[:4].fillna("undated") + is_planned)
    rows = rows[rows.groupby(SERIES)["value"].transform("nunique") > 1]
    rows = rows.assign(
        is_old=is_old(rows["as_of"], old_before(tables)),
        role=np.where(rows["is_latest"], "used", "not_used"),
        latest_rule=rows.groupby(SERIES)["latest_rule"].transform("first"),
        publisher=rows["source_ids"].map(lambda ids: tables.source_of["publisher"].get(ids[0]) if len(ids) else None),
    )
    by = {
        "name": True,
        "cluster_id": True,
        "metric": True,
        "scope": True,
        "time": True,
        "is_latest": False,
        "value": False,
    }
    return rows.sort_values(list(by), ascending=list(by.values()), ignore_index=True)[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Figures that another contradicts, of all those of the clusters selected."""
    clusters = selection.of_clusters(tables)["cluster_id"]
    return Coverage(len(rows), int(tables.observations["cluster_id"].isin(clusters).sum()), "figures")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    groups = _groups(rows)
    tops = np.cumsum([0, *(GROUP + ROW * len(group) + GAP for group in groups)])
    height = int(tops[-1])
    figure = go.Figure(layout={"template": view.theme.template(), "height": height + 16, "showlegend": False})
    for top, group in zip(tops, groups, strict=False):
        _heading(figure, group, top, view)
        for place, row in enumerate(group.to_dict("records")):
            _bar(figure, row, top + GROUP + ROW * place, group["value"].max(), view)
    figure.update_layout(margin={"t": 8, "b": 8, "l": 4, "r": 4})
    figure.update_xaxes(visible=False, range=[0, 1.02])
    return figure.update_yaxes(visible=False, range=[height, 0])


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No two sources disagree on a figure of this selection.")
    groups = _groups(rows)
    ratios = [(group["value"].max() - group["value"].min()) / max(group["value"].max(), 1e-9) for group in groups]
    widest = groups[int(np.argmax(ratios))]
    low, high = widest.sort_values("value").iloc[[0, -1]].to_dict("records")
    words = {
        "name": high["name"],
        "low": view.number(low["value"], 2),
        "high": view.figure(high["value"], high["unit"]),
    }
    return view.ngettext(
        "Sources disagree on {n} figure: {name}, {low} or {high}.",
        "Sources disagree on {n} figures; they are furthest apart on {name}, {low} or {high}.",
        len(groups),
    ).format(**words)


def _groups(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The figures that contradict one another, group after group."""
    year = rows["as_of"].str[:4].fillna("undated")
    planned = rows["qualifier"].eq("planned")
    keys = [*zip(rows["cluster_id"], rows["metric"], rows["scope"], year, planned, strict=True)]
    starts = [0, *(place for place, (before, after) in enumerate(pairwise(keys), 1) if before != after), len(rows)]
    return [rows.iloc[start:end] for start, end in pairwise(starts)]


def _heading(figure: go.Figure, group: pd.DataFrame, top: float, view: View) -> None:
    """The cluster, what is measured, and the rule that chose the figure of totals."""
    _ = view.gettext
    row = group.iloc[0]
    rule = group["latest_rule"].dropna()
    used = (
        _("Used in totals: {rule}").format(rule=view.label("latest_rules", rule.iloc[0]).lower())
        if len(rule)
        else _("Planned: none is used in totals")
        if group["qualifier"].eq("planned").all()
        else _("None is used in totals")
    )
    measured = view.label("metrics", row["metric"]), view.label("scopes", row["scope"]).lower()
    _text(
        figure,
        f"<b>{short_name(row['name'], NAME)}</b><br><span style='color:{view.theme.quiet}'>"
        f"{', '.join(measured)}<br>{used}</span>",
        top,
    )


def _bar(figure: go.Figure, row: dict[Any, Any], top: float, largest: float, view: View) -> None:
    """One figure in words, over a thin bar: full when it is the one of totals, hollow when not."""
    colour = view.colour("scopes", row["scope"])
    value, publisher = view.figure(row["value"], row["unit"], row["qualifier"]), view.missing
    if not pd.isna(row["publisher"]):
        publisher = short_name(row["publisher"], SOURCE)
    _text(
        figure,
        f"{short_value(row, view)} · {year(row, view)} · <span style='color:{view.theme.quiet}'>{publisher}</span>",
        top,
    )
    is_used = row["role"] == "used"
    figure.add_bar(
        x=[row["value"] / largest if largest else 0],
        y=[top + 27],
        orientation="h",
        width=9,
        marker={
            "color": colour if is_used else view.theme.background,
            "line": {"width": 1.5, "color": colour},
        },
        customdata=[[short_name(row["name"], 80), value, view.date(row["as_of"])]],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )


def _text(figure: go.Figure, text: str, top: float) -> None:
    figure.add_annotation(
        text=text, x=0, xref="paper", xanchor="left", y=top, yanchor="top", align="left", showarrow=False,
        font={"size": 13}, borderpad=0,
    )  # fmt: skip
