"""Jobs figures by what they count: one row per scope, each cluster a mark, on a logarithmic axis."""

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
    title=N_("Jobs figures by what they count"),
    question=N_("What do the published jobs figures count?"),
    drawn=N_("Latest jobs figure of each cluster, by scope, on a logarithmic axis; the bar is the median."),
    note=N_("A job on a site, a job at a member and a job of a whole territory are different things: they are never added. Planned jobs are left out."),
)
FILTERS = ("countries", "kinds", "themes", "time")
LEGEND = {"traceorder": "normal", "xref": "container", "x": 0.01, "yref": "container", "y": 0.99, "yanchor": "top", "entrywidthmode": "pixels", "entrywidth": 60}
ZERO = 0.5
"""Where a figure of zero stands on the logarithmic axis, under a tick that says 0."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster and scope: scope, cluster_id, name, country, value (jobs), qualifier, as_of, source_ids; the
    latest figure only, scopes in vocabulary order, largest first."""
    clusters = pd.DataFrame(selection.of_clusters(tables.clusters)[["cluster_id", "name", "country"]])
    jobs = tables.observations[(tables.observations["metric"] == "jobs") & tables.observations["is_latest"]]
    rows = jobs[jobs["qualifier"] != "planned"].merge(clusters, on="cluster_id")
    order = tables.vocabulary.query("vocabulary == 'scopes'").set_index("code")["order"]
    rows = rows.assign(order=rows["scope"].map(order)).sort_values(["order", "value", "cluster_id"], ascending=[True, False, True], ignore_index=True)
    return rows[["scope", "cluster_id", "name", "country", "value", "qualifier", "as_of", "source_ids"]]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(rows["cluster_id"].nunique(), len(selection.of_clusters(tables.clusters)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    scopes = list(rows["scope"].unique())
    placed = rows.assign(x=rows["value"].clip(lower=ZERO), y=rows["scope"].map(scopes.index) + _spread(rows), hover=[_hover(row, view) for row in rows.to_dict("records")])
    figure = go.Figure(layout={"template": view.theme.template(), "height": 90 + 62 * len(scopes), "legend": LEGEND, "margin": {"t": 44}})
    several = rows[rows.duplicated("scope", keep=False)]
    medians = several.groupby("scope", sort=False)["value"].median().clip(lower=ZERO)
    figure.add_scatter(
        x=medians, y=medians.index.map(scopes.index), mode="markers", hoverinfo="skip", showlegend=False, cliponaxis=False,
        marker={"symbol": "line-ns", "size": 34, "line": {"width": 3, "color": view.theme.quiet}},
    )  # fmt: skip
    for qualifier in [code for code in view.vocabulary.codes("qualifiers") if code in set(rows["qualifier"])]:
        dots = placed[placed["qualifier"] == qualifier]
        symbol = {"symbol": view.vocabulary.property("qualifiers", qualifier, "symbol"), "size": 11, "line": {"width": 1, "color": view.theme.background}}
        colours = [faded(view.colour("scopes", scope), 0.85) for scope in dots["scope"]]
        figure.add_scatter(x=dots["x"], y=dots["y"], mode="markers", showlegend=False, cliponaxis=False, marker={**symbol, "color": colours}, text=dots["hover"], hovertemplate="%{text}<extra></extra>")
        figure.add_scatter(x=[None], y=[None], mode="markers", name=view.label("qualifiers", qualifier), showlegend=True, marker={**symbol, "color": view.theme.quiet})
    labels = [_label(rows[rows["scope"] == scope], view) for scope in scopes]
    figure.update_yaxes(range=[len(scopes) - 0.4, -0.6], ticklabelstandoff=6, tickvals=list(range(len(scopes))), ticktext=labels, showgrid=False)
    return figure.update_xaxes(**_axis(placed["x"], view), tickangle=0)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster of this selection publishes a jobs figure.")
    medians = rows.groupby("scope", sort=False)["value"].median()
    named = medians.drop("other", errors="ignore") if len(medians) > 1 else medians
    low, high = named.idxmin(), named.idxmax()
    words = {
        "n": view.number(len(rows)), "scopes": view.number(len(medians)),
        "low": view.number(medians[low], 1), "low_scope": view.label("scopes", low).lower(),
        "high": view.number(medians[high], 1), "high_scope": view.label("scopes", high).lower(),
    }  # fmt: skip
    if len(medians) == 1:
        return view.ngettext("{n} jobs figure, in one scope ({low_scope}): {low}.", "{n} jobs figures, all in one scope ({low_scope}): their median is {low}.", len(rows)).format(**words)
    if low == high:
        return _("{n} jobs figures count {scopes} different things, never added: the median is {low} for {low_scope}.").format(**words)
    return _("{n} jobs figures count {scopes} different things, never added: the median is {low} for {low_scope}, {high} for {high_scope}.").format(**words)


def _spread(rows: pd.DataFrame) -> np.ndarray:
    """Up and down alternately inside a scope, so that close figures do not hide one another."""
    return 0.13 * (rows.groupby("scope").cumcount() % 3 - 1).to_numpy()


def _label(of_scope: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    first = of_scope.iloc[0]
    if len(of_scope) == 1:
        facts = [view.figure(first["value"], "jobs", first["qualifier"])]
    else:
        facts = [view.ngettext("{n} cluster", "{n} clusters", len(of_scope)), _("median {median}").format(median=view.number(of_scope["value"].median(), 1))]
    name = escape(view.label("scopes", first["scope"]), quote=False)
    return f"{name}<br><span style='color:{view.theme.quiet}'>{' · '.join(facts)}</span>"


def _hover(row: dict, view: View) -> str:
    facts = [view.label("scopes", row["scope"]), view.date(row["as_of"]), view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))]
    return "<br>".join([f"<b>{escape(row['name'], quote=False)}</b>", view.figure(row["value"], "jobs", row["qualifier"]), " · ".join(facts)])


def _axis(x: pd.Series, view: View) -> dict:
    """A logarithmic axis; zero, which it cannot hold, has a tick of its own at its left."""
    low, high = x.min() / 1.6, max(x.max(), 10) * 1.6
    axis = {"type": "log", "range": [np.log10(low), np.log10(high)], **view.ticks(max(low, 1), high, log=True)}
    if x.min() == ZERO:
        axis |= {"tickvals": [ZERO, *axis["tickvals"]], "ticktext": [view.number(0), *axis["ticktext"]]}
    return axis
