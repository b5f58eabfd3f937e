"""Which parts come together: how often the clusters that name one element of the model name another."""

from itertools import permutations

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.heat_table import heat_table
from atlas.model import FEWEST, described, heads, key, label, model_coverage, named_elements
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Which parts come together"),
    question=N_("Which elements of the model are found in the same clusters?"),
    drawn=N_(
        "Clusters that name the element of the line and that of the column; the darker, the larger their share of the line."
    ),
    note=N_(
        "Two elements named together are neither cause nor effect of one another; what sources do not name may exist."
    ),
)
FILTERS = CLUSTERS


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per ordered pair of elements that some cluster names together: element, other_element, clusters (that
    name both), with_components (that name the first), share, times_expected (clusters, over what they would be if the
    two were named independently of one another), source_ids."""
    clusters = selection.of_clusters(tables)
    named = named_elements(clusters)
    held = {code: rows.set_index("cluster_id")["source_ids"] for code, rows in named.groupby("element")}
    pairs = [(one, other, *_both(held[one], held[other])) for one, other in permutations(held, 2)]
    rows = pd.DataFrame(pairs, columns=["element", "other_element", "clusters", "with_components", "source_ids"])
    rows = rows[rows["clusters"].astype(int) > 0]
    others = rows["other_element"].map({code: len(sources) for code, sources in held.items()}).astype(float)
    rows.insert(4, "share", rows["clusters"] / rows["with_components"].astype(float))
    rows.insert(5, "times_expected", rows["share"] * len(described(clusters)) / others)
    place = {code: number for number, code in enumerate(heads())}
    return rows.sort_values(["element", "other_element"], key=lambda codes: codes.map(place), ignore_index=True)


def _both(one: pd.Series, other: pd.Series) -> tuple[int, int, list[str]]:
    """How many clusters name both, how many the first, and the sources of those that name both."""
    both = one[one.index.isin(other.index)]
    return len(both), len(one), union(both)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return model_coverage(selection.of_clusters(tables))


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    codes = [code for code in heads() if code in set(rows["element"])]
    counts, shares = (
        rows.set_index(["element", "other_element"])[value]
        .astype(float)
        .unstack(fill_value=0)
        .reindex(index=codes, columns=codes, fill_value=0)
        for value in ("clusters", "share")
    )
    for code in codes:
        shares.loc[code, code] = float("nan")
    words = _("{element}: {n} of the clusters that name it also name this ({share}): {other}")
    hover = [
        [
            words.format(
                element=label(one, view), n=view.number(n), share=view.percent(share, 0), other=label(other, view)
            )
            for other, n, share in zip(codes, counts.loc[one], shares.loc[one], strict=True)
        ]
        for one in codes
    ]
    counts.index = pd.Index([f"{heads()[code]} {label(code, view)}" for code in codes])
    return heat_table(counts, shares, hover, [heads()[code] for code in codes], view, key=key(view))


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    known = rows[rows["clusters"].astype(int) >= FEWEST]
    if known.empty:
        return _("Too few clusters of this selection say what they are made of to tell which parts come together.")
    closest = known.sort_values(["times_expected", "clusters"], ascending=False).iloc[0]
    return _(
        "Found together more than chance would have it: {element} + {other}, in {n} clusters, {times} times as many."
    ).format(
        element=label(closest["element"], view),
        other=label(closest["other_element"], view),
        n=view.number(closest["clusters"]),
        times=view.number(closest["times_expected"], 1),
    )
