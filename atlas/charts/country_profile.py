"""A few countries or groups side by side: their clusters, per inhabitant, and the jobs these publish."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, union
from atlas.comparison import FIGURES, cluster_counts, clusters_of, item_name, items, per_million, span
from atlas.selection import CLUSTERS, Selection
from atlas.side_by_side import side_by_side
from atlas.store import Tables
from atlas.totals import how_exact
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Clusters side by side"),
    question=N_("How many clusters, for how many people, and with how many jobs?"),
    drawn=N_("One row per country or group; each column has a scale of its own, from zero."),
    note=N_(
        "Counts of clusters follow our search, not only reality. Jobs are those on the site of each cluster, the latest "
        "published; under them, how many clusters publish them. Planned jobs are left out. "
        "A rate is missing when the population of one member of a group is."
    ),
)
FILTERS = CLUSTERS
SCOPE = "hosted"
"""The one scope of jobs that is compared: scopes are never added."""
MEASURES = {
    "clusters": N_("Clusters"),
    "clusters_per_million": N_("Per million inhabitants"),
    "jobs": N_("Jobs on site"),
}
COLUMNS = [*FIGURES[:-1], "reported", "selected", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`: country or group) and measure (clusters, clusters_per_million, jobs): value, unit,
    qualifier, years of the population or of the jobs, reported (clusters that publish jobs), selected (clusters),
    source_ids. In the order chosen; jobs are missing when no cluster publishes them."""
    compared, clusters = items(tables, selection), clusters_of(tables, selection)
    counts = cluster_counts(clusters, "clusters", compared)
    rates, jobs = per_million(counts, tables), hosted_jobs(clusters, tables, compared)
    rows = pd.concat([counts, rates, jobs], ignore_index=True).astype({"reported": "Int64", "value": "float64"})
    rows["selected"] = rows["geo"].map(counts.set_index("geo")["value"]).astype("Int64")
    order = {"place": rows["geo"].map(compared.index), "order": rows["measure"].map(list(MEASURES).index)}
    return rows.assign(**order).sort_values(list(order), ignore_index=True)[COLUMNS]


def hosted_jobs(clusters: pd.DataFrame, tables: Tables, compared: list[str]) -> pd.DataFrame:
    """The sum of the latest jobs on site of the clusters of each item, and how many clusters publish them."""
    known = tables.observations
    known = known[known["is_latest"] & known["metric"].eq("jobs") & known["scope"].eq(SCOPE)]
    known = known[["cluster_id", "value", "qualifier", "as_of", "source_ids"]]
    figures = clusters[["geo", "cluster_id"]].merge(known.assign(year=known["as_of"].str[:4]), on="cluster_id")
    sums = figures.groupby("geo").agg(
        value=("value", "sum"),
        qualifier=("qualifier", lambda codes: how_exact(set(codes))),
        years=("year", span),
        reported=("cluster_id", "nunique"),
        source_ids=("source_ids", union),
    )
    rows = sums.reindex(compared).rename_axis("geo").reset_index().fillna({"reported": 0})
    rows["source_ids"] = rows["source_ids"].map(lambda ids: ids if isinstance(ids, list) else [])
    return rows.assign(measure="jobs", unit="jobs")


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Figures published, of those a full comparison needs."""
    return Coverage(int(rows["value"].notna().sum()), len(rows), "figures")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    headings = {measure: view.gettext(heading) for measure, heading in MEASURES.items()}
    return side_by_side(rows.assign(role=""), headings, view)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No country matches this selection.")
    wide = rows.pivot(index="geo", columns="measure", values="value")
    clusters, rates = wide["clusters"], wide["clusters_per_million"]
    if len(wide) == 1:
        message = view.ngettext(
            "{country}: {n} cluster; per million inhabitants: {rate}.",
            "{country}: {n} clusters; per million inhabitants: {rate}.",
            int(clusters.iloc[0]),
        )
        return message.format(country=item_name(wide.index[0], view), rate=view.number(rates.iloc[0], 2))
    if not clusters.max():
        return _("We know no cluster of this selection in the {count} territories shown.").format(
            count=view.number(len(wide))
        )
    message = _("Of {count} territories, the most clusters: {most}; the most per million inhabitants: {densest}.")
    return message.format(count=view.number(len(wide)), most=_highest(clusters, view), densest=_highest(rates, view))


def _highest(values: pd.Series, view: View) -> str:
    """The items with the highest value, and the value."""
    if values.isna().all():
        return view.missing
    first = values[values == values.max()].index
    return f"{', '.join(item_name(geo, view) for geo in first)} ({view.number(values.max(), 2)})"
