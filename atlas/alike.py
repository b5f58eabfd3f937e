"""Which clusters are most alike, and why: a sum of what two clusters share, each part of it said in words."""

from typing import Any

import pandas as pd

from atlas.store import Tables
from atlas.view import View

BONUS = {"same_kind": 0.5, "same_country": 0.25, "same_region": 0.25, "same_size": 0.25}
"""Added to the share of themes and the share of components in common (0 to 1 each): 3.25 at most."""
JOBS = (10, 50, 250)
"""Where a size class of jobs begins, as European business statistics count them."""
MOST = 5
COLUMNS = ["cluster_id", "name", "kind", "country", "region", "place", "founded_year", "source_ids"]


def alike(cluster_id: str, tables: Tables, most: int = MOST) -> pd.DataFrame:
    """The clusters most alike `cluster_id`, best first, ties by name: cluster_id, name, kind, country, region, place,
    founded_year, source_ids, score, themes and components (those in common, in its order), and flags: same_kind,
    same_country, same_region, same_size.

    Only those with a theme or a component in common; empty when the cluster is unknown or names none.
    """
    clusters = pd.DataFrame(tables.clusters.drop(columns="geometry"))
    own = clusters[clusters["cluster_id"] == cluster_id]
    others = clusters[clusters["cluster_id"] != cluster_id]
    found = others[COLUMNS].assign(score=0.0, themes=None, components=None, **dict.fromkeys(BONUS, False))
    if own.empty or others.empty:
        return found.iloc[:0]
    this = own.iloc[0]
    for name in ("themes", "components"):
        found[name] = others[name].map(lambda codes, name=name: [code for code in this[name] if code in set(codes)])
        found["score"] += others[name].map(lambda codes, name=name: jaccard(this[name], codes)).astype(float)
    sizes = _sizes(tables)
    found["same_kind"] = others["kind"] == this["kind"]
    found["same_country"] = (others["country"] == this["country"]) & (this["country"] != "EU")
    found["same_region"] = found["same_country"] & (others["region"] == this["region"]).fillna(False).astype(bool)
    found["same_size"] = [not sizes.get(cluster_id, set()).isdisjoint(sizes.get(i, ())) for i in others["cluster_id"]]
    shares = found["score"] > 0
    found["score"] += sum(bonus * found[name] for name, bonus in BONUS.items())
    return found[shares].sort_values(["score", "name"], ascending=[False, True], ignore_index=True)[:most]


def jaccard(one: Any, other: Any) -> float:
    """What two lists of codes share, of all that they hold together: 0 to 1."""
    together = {*one, *other}
    return len({*one} & {*other}) / len(together) if together else 0.0


def reasons(row: pd.Series, view: View) -> str:
    """Why a cluster is alike, in one line: 'same kind · same country · themes in common: Mobility, Housing'."""
    _ = view.gettext
    themes = ", ".join(view.label("themes", code) for code in row["themes"])
    components = ", ".join(view.label("components", code) for code in row["components"])
    said = (
        (row["same_kind"], _("same kind")),
        (row["same_region"], _("same region")),
        (row["same_country"] and not row["same_region"], _("same country")),
        (row["same_size"], _("jobs of the same order")),
        (themes, _("themes in common: {themes}").format(themes=themes)),
        (components, _("components in common: {components}").format(components=components)),
    )
    return " · ".join(text for holds, text in said if holds)


def _sizes(tables: Tables) -> dict[str, set[tuple[str, int]]]:
    """The size classes of each cluster by its latest jobs figures, one for each scope: two scopes never compare."""
    jobs = tables.observations
    jobs = jobs[jobs["is_latest"] & jobs["metric"].eq("jobs") & jobs["qualifier"].ne("planned")]
    classes = pd.cut(jobs["value"], [-1, *(start - 0.5 for start in JOBS), float("inf")], labels=False)
    sizes: dict[str, set[tuple[str, int]]] = {}
    for code, scope, size in zip(jobs["cluster_id"], jobs["scope"], classes, strict=True):
        sizes.setdefault(code, set()).add((scope, size))
    return sizes
