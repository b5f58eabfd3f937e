"""Clusters by founding year and kind; the oldest together, the undated counted in words."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Clusters by founding year"),
    question=N_("When were the clusters founded?"),
    drawn=N_("Clusters founded each year, by kind; the few oldest stand together in the first bar."),
    note=N_(
        "Only clusters that publish a founding year are drawn. Recent years are incomplete: new clusters take time to "
        "be known."
    ),
)
FILTERS = CLUSTERS
KINDS_SHOWN = 5
"""Kinds with a colour of their own, the most frequent; the rest are drawn together."""
LONG = 30
"""Years beyond which the sparse early ones are drawn as one bar."""
LEGEND = {
    "traceorder": "normal",
    "entrywidthmode": "fraction",
    "entrywidth": 0.5,
    "xref": "container",
    "x": 0.01,
    "yref": "container",
    "y": 0.99,
    "yanchor": "top",
}
"""Two columns over the bars, as wide as a phone allows."""
PATTERNS = ("", "/", ".", "\\", "x", "-")


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per year and kind: year (missing when not published), kind, clusters (count), source_ids."""
    clusters = selection.of_clusters(tables)
    groups = clusters.rename(columns={"founded_year": "year"}).groupby(["year", "kind"], dropna=False)
    counts = groups.agg(clusters=("cluster_id", "size"), source_ids=("source_ids", union)).reset_index()
    kinds = tables.vocabulary.query("vocabulary == 'kinds'").set_index("code")["order"]
    rows = counts.assign(order=counts["kind"].map(kinds)).sort_values(["year", "order"], ignore_index=True)
    return rows.drop(columns="order")


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(_dated(rows)["clusters"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    dated = _dated(rows)
    if dated.empty:
        return blank(view)
    _ = view.gettext
    first = _first_year(dated)
    before = _("before {year}").format(year=first)
    dated = dated.assign(bar=dated["year"].where(dated["year"] >= first, first - 2), shown=_shown(dated, view))
    layout = {"template": view.theme.template(), "height": 420, "barmode": "stack", "bargap": 0.12, "legend": LEGEND}
    figure = go.Figure(layout=layout).update_layout(showlegend=True, margin_t=84)
    for pattern, (kind, of_kind) in zip(PATTERNS, dated.groupby("shown", observed=True), strict=False):
        counts = of_kind.groupby("bar")["clusters"].sum()
        bars = [before if bar < first else str(bar) for bar in counts.index]
        figure.add_bar(
            x=counts.index.astype(int),
            y=counts,
            marker=_marker(str(kind), pattern, view),
            name=_("Other kinds") if kind == "other" else view.label("kinds", kind),
            customdata=list(zip(bars, counts.map(view.number), strict=True)),
            hovertemplate=_("{name}: {value}").format(
                name="%{fullData.name}, %{customdata[0]}", value="%{customdata[1]}"
            )
            + "<extra></extra>",
        )
    if undated := int(rows["clusters"].sum() - dated["clusters"].sum()):
        figure.add_annotation(
            text=view.ngettext("{n} cluster: year not published", "{n} clusters: year not published", undated),
            x=0,
            y=1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 13, "color": view.theme.quiet},
        )
    tallest = int(dated.groupby("bar")["clusters"].sum().max())
    figure.update_yaxes(dtick=_step(tallest), tickformat="d", range=[0, 1.2 * tallest])
    ticks = _years(dated, first, "<br>".join(before.split()))
    return figure.update_xaxes(**ticks, showgrid=False, tickangle=0, ticks="outside", tickcolor=view.theme.line)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    dated = _dated(rows)
    count = int(dated["clusters"].sum())
    undated = int(rows["clusters"].sum()) - count
    if dated.empty:
        return view.ngettext(
            "The founding year of {n} cluster selected is not published.",
            "The founding year of {n} clusters selected is not published.",
            undated,
        )
    median = int(_each(dated).quantile(0.5, interpolation="higher"))
    since = int(dated.loc[dated["year"] >= median, "clusters"].sum())
    words = {"since": view.number(since), "count": view.number(count), "year": median, "undated": view.number(undated)}
    if not undated:
        return _("Dated {year} or later: {since} of the {count} clusters with a published founding year.").format(
            **words
        )
    return _(
        "Dated {year} or later: {since} of the {count} clusters with a published founding year; "
        "without one: {undated} more."
    ).format(**words)


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["year"].notna()]


def _each(dated: pd.DataFrame) -> pd.Series:
    """The founding year of each cluster."""
    return dated["year"].repeat(dated["clusters"].tolist())


def _first_year(dated: pd.DataFrame) -> int:
    """The first year with a bar of its own: nine clusters in ten are later, unless the whole span is short."""
    years = _each(dated)
    if years.max() - years.min() <= LONG:
        return int(years.min())
    return int(years.quantile(0.1, interpolation="lower")) // 5 * 5


def _shown(dated: pd.DataFrame, view: View) -> pd.Categorical:
    """The kind each row is drawn as, in vocabulary order; 'other' last."""
    counts = dated.groupby("kind")["clusters"].sum().sort_values(ascending=False, kind="stable")
    own = set(counts.index if len(counts) <= KINDS_SHOWN + 1 else counts.index[:KINDS_SHOWN])
    order = [kind for kind in view.vocabulary.codes("kinds") if kind in own]
    return pd.Categorical(dated["kind"].where(dated["kind"].isin(own), "other"), [*order, "other"])


def _marker(kind: str, pattern: str, view: View) -> dict[str, Any]:
    """Colour and pattern of a kind, so that hue is never alone."""
    ground = view.theme.background
    fill = {"shape": pattern, "fgcolor": ground, "fgopacity": 0.4, "size": 6, "solidity": 0.25, "fillmode": "overlay"}
    colour = view.theme.muted if kind == "other" else view.colour("kinds", kind)
    return {"color": colour, "line": {"color": ground, "width": 1}, "pattern": fill}


def _years(dated: pd.DataFrame, first: int, before: str) -> dict[str, list]:
    """Ticks at round years, and one under the bar of the oldest."""
    last = int(dated["year"].max())
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 7)
    years = [year for year in range(first, last + 1) if year % step == 0]
    if (dated["year"] < first).any():
        return {"tickvals": [first - 2, *years[1:]], "ticktext": [before, *map(str, years[1:])]}
    return {"tickvals": years, "ticktext": [str(year) for year in years]}


def _step(tallest: int) -> int:
    """Whole numbers only on the axis of counts."""
    return next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if tallest / step <= 5)
