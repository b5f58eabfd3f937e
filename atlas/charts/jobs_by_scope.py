"""Jobs figures by what they count: one row per scope, each cluster a mark, on a logarithmic axis."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.observed import hover, is_old, old_before, symbols
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Jobs figures by what they count"),
    question=N_("What do the published jobs figures count?"),
    drawn=N_(
        "Latest jobs figure of each cluster, by scope, on a logarithmic axis; the bar is the median; hollow with a dot "
        "when more than five years old."
    ),
    note=N_(
        "A job on a site, a job at a member and a job of a whole territory are different things: they are never "
        "added. Planned jobs are left out."
    ),
)
FILTERS = CLUSTERS
ZERO = 0.5
"""Where a figure of zero stands on the logarithmic axis, under a tick that says 0."""
COLUMNS = "scope cluster_id name country value unit qualifier as_of is_old note_en source_ids"
GLYPHS = {"circle": "●", "diamond": "◆", "triangle-right": "►", "triangle-left": "◄"}
"""How the marker of a qualifier is written in the key."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per cluster and scope: scope, cluster_id, name, country, value, unit, qualifier, as_of,
    is_old, note_en, source_ids; the latest figure only, scopes in vocabulary order, largest first."""
    clusters = pd.DataFrame(selection.of_clusters(tables)[["cluster_id", "name", "country"]])
    known = tables.observations
    jobs = known[known["metric"].eq("jobs") & known["is_latest"] & known["qualifier"].ne("planned")]
    scopes = tables.vocabulary.query("vocabulary == 'scopes'").set_index("code")["order"]
    rows = jobs.merge(clusters, on="cluster_id").assign(order=lambda rows: rows["scope"].map(scopes))
    rows = rows.assign(is_old=is_old(rows["as_of"], old_before(tables)))
    rows = rows.sort_values(["order", "value", "cluster_id"], ascending=[True, False, True], ignore_index=True)
    return rows[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(rows["cluster_id"].nunique(), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    scopes = list(rows["scope"].unique())
    x, places = rows["value"].clip(lower=ZERO), rows["scope"].map(scopes.index)
    medians = rows[rows.duplicated("scope", keep=False)].groupby("scope")["value"].median().clip(lower=ZERO)
    bar = {"symbol": "line-ns", "size": 34, "line": {"width": 3, "color": view.theme.quiet}}
    colours = [faded(view.colour("scopes", scope), 0.85) for scope in rows["scope"]]
    dot = {"symbol": symbols(rows, view), "size": 11, "color": colours, "line": {"width": 1.5, "color": colours}}
    text = [hover(row, view) for row in rows.to_dict("records")]
    layout = {
        "template": view.theme.template(),
        "height": 90 + 62 * len(scopes),
        "showlegend": False,
        "margin": {"t": 34, "r": 32},
    }
    figure = go.Figure(layout=layout)
    figure.add_scatter(x=medians, y=medians.index.map(scopes.index), mode="markers", marker=bar, hoverinfo="skip")
    figure.add_scatter(
        x=x, y=places + _spread(rows), mode="markers", marker=dot, text=text, hovertemplate="%{text}<extra></extra>"
    )
    figure.update_traces(cliponaxis=False)
    figure.add_annotation(
        text=_key(rows, view),
        x=1,
        xref="paper",
        xanchor="right",
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        font={"size": 13, "color": view.theme.quiet},
    )
    labels = [_label(rows[rows["scope"] == scope], view) for scope in scopes]
    figure.update_yaxes(range=[len(scopes) - 0.4, -0.6], tickvals=list(range(len(scopes))), ticktext=labels)
    return figure.update_yaxes(showgrid=False, ticklabelstandoff=6).update_xaxes(**_axis(x, view), tickangle=0)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster of this selection publishes a jobs figure.")
    medians = rows.groupby("scope", sort=False)["value"].median()
    named = medians.drop("other", errors="ignore") if len(medians) > 1 else medians
    low, high = str(named.idxmin()), str(named.idxmax())
    words = {
        "scopes": view.number(len(medians)),
        "low": view.number(medians[low], 1),
        "high": view.number(medians[high], 1),
        "low_scope": view.label("scopes", low).lower(),
        "high_scope": view.label("scopes", high).lower(),
    }
    if len(medians) == 1:
        return view.ngettext(
            "{n} jobs figure ({low_scope}): {low}.", "{n} jobs figures ({low_scope}): their median is {low}.", len(rows)
        ).format(**words)
    words["n"] = view.number(len(rows))
    if low == high:
        return _(
            "{n} jobs figures count {scopes} different things, never added; one median: {low} ({low_scope})."
        ).format(**words)
    return _(
        "{n} jobs figures count {scopes} different things, never added; their medians include {low} ({low_scope}) "
        "and {high} ({high_scope})."
    ).format(**words)


def _spread(rows: pd.DataFrame) -> pd.Series:
    """Up, level and down in turn inside a scope, so that close figures do not hide one another."""
    return 0.13 * (rows.groupby("scope").cumcount() % 3 - 1)


def _key(rows: pd.DataFrame, view: View) -> str:
    codes = [code for code in view.vocabulary.codes("qualifiers") if code in set(rows["qualifier"])]
    marks = [GLYPHS.get(view.vocabulary.property("qualifiers", code, "symbol"), "○") for code in codes]
    return "   ".join(f"{mark} {view.label('qualifiers', code)}" for mark, code in zip(marks, codes, strict=True))


def _label(of_scope: pd.DataFrame, view: View) -> str:
    """The scope and, under it, its one figure, or how many and their median."""
    _ = view.gettext
    first, median = of_scope.iloc[0], view.number(of_scope["value"].median(), 1)
    facts = view.figure(first["value"], "jobs", first["qualifier"])
    if len(of_scope) > 1:
        facts = view.ngettext("{n} cluster, median {median}", "{n} clusters, median {median}", len(of_scope))
    name = f"<span style='color:{view.theme.text}'>{view.label('scopes', first['scope'])}</span>"
    return f"{name}<br>{facts.format(median=median)}"


def _axis(x: pd.Series, view: View) -> dict[str, Any]:
    """A logarithmic axis; zero, which it cannot hold, has a tick of its own at its left."""
    low, high = x.min() / 1.6, max(x.max(), 10) * 1.6
    axis = {"type": "log", "range": [np.log10(low), np.log10(high)], **view.ticks(max(low, 1), high, log=True)}
    if x.min() == ZERO:
        axis |= {"tickvals": [ZERO, *axis["tickvals"]], "ticktext": [view.number(0), *axis["ticktext"]]}
    return axis
