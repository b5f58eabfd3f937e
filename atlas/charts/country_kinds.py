"""Kinds of cluster in a few countries or groups: a heat table, one column each."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.comparison import clusters_of, item_name, items
from atlas.heat_table import heat_table, key_of, short
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Kinds of cluster side by side"),
    question=N_("Which kinds of cluster does each country have?"),
    drawn=N_(
        "Clusters of each kind; the stronger the colour, the larger their share among the clusters of the country or group "
        "(number under the code)."
    ),
    note=N_("Kinds are assigned by this observatory from what each cluster says of itself. Only France has PTCE."),
)
FILTERS = CLUSTERS
NAMED = 3
"""Items that a sentence names one by one."""
COLUMNS = ["geo", "kind", "clusters", "selected", "share", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`) and kind it has: clusters (count), selected (clusters of the item), share (ratio),
    source_ids. In the order chosen, then the most frequent kind of the item first."""
    compared, clusters = items(tables, selection), clusters_of(tables, selection)
    counts = clusters.groupby(["geo", "kind"], as_index=False).agg(
        clusters=("cluster_id", "nunique"), source_ids=("source_ids", union)
    )
    counts["selected"] = counts.groupby("geo")["clusters"].transform("sum")
    counts["share"] = counts["clusters"] / counts["selected"].astype(float)
    order = counts.assign(place=counts["geo"].map(compared.index))
    return order.sort_values(["place", "clusters", "kind"], ascending=[True, False, True], ignore_index=True)[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Every cluster has a kind; each counts once, whatever groups it belongs to."""
    clusters = clusters_of(tables, selection)["cluster_id"].nunique()
    return Coverage(clusters, clusters, "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    compared = list(rows["geo"].unique())
    kinds = [kind for kind in view.vocabulary.codes("kinds") if kind in set(rows["kind"])]
    cells = rows.set_index(["kind", "geo"])
    counts = cells["clusters"].unstack(fill_value=0).reindex(index=kinds, columns=compared)
    shares = cells["share"].unstack(fill_value=0).reindex(index=kinds, columns=compared)
    hover = [[_hover(kind, geo, counts, view) for geo in compared] for kind in kinds]
    counts.index = pd.Index([view.label("kinds", kind) for kind in kinds])
    selected = rows.drop_duplicates("geo").set_index("geo")["selected"]
    heads = [f"<b>{short(geo)}</b><br>{view.number(selected[geo])}" for geo in compared]
    key = key_of({short(geo): item_name(geo, view) for geo in compared})
    return heat_table(counts, shares, hover, heads, view, key=key)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    first = rows[rows["clusters"] == rows.groupby("geo")["clusters"].transform("max")]
    if first["geo"].nunique() <= NAMED:
        listed = ", ".join(_first(of_item, view) for _geo, of_item in first.groupby("geo", sort=False))
        return _("Most frequent kind: {kinds}.").format(kinds=listed)
    counts = first["kind"].value_counts()
    widest = [kind for kind in view.vocabulary.codes("kinds") if counts.get(kind) == counts.max()]
    message = view.ngettext(
        "Most frequent kind in {n} of {all} territories: {kinds}.",
        "Most frequent kind in {n} of {all} territories: {kinds}.",
        int(counts.max()),
    )
    words = {
        "all": view.number(rows["geo"].nunique()),
        "kinds": " / ".join(view.label("kinds", kind) for kind in widest),
    }
    return message.format(**words)


def _first(kinds: pd.DataFrame, view: View) -> str:
    """'France (PTCE, 102 of 124)': the most frequent kinds of one item."""
    row = kinds.iloc[0]
    words = {
        "country": item_name(row["geo"], view),
        "kinds": " / ".join(view.label("kinds", kind) for kind in kinds["kind"]),
    }
    words |= {"count": view.number(row["clusters"]), "total": view.number(row["selected"])}
    return view.gettext("{country} ({kinds}, {count} of {total})").format(**words)


def _hover(kind: str, geo: str, counts: pd.DataFrame, view: View) -> str:
    words = {"country": item_name(geo, view), "kind": view.label("kinds", kind)}
    message = view.gettext("{country}, {kind}: {n} of {total} clusters")
    numbers = {"n": view.number(counts[geo][kind]), "total": view.number(counts[geo].sum())}
    return escape(message.format(**words, **numbers), quote=False)
