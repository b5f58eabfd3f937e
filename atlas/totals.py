"""Sums of published figures, and what can honestly be said of them: how exact, between which bounds, or not at all."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from atlas.charts import union
from atlas.view import View

OVERLAPPING = {"members", "individual_members", "other"}
"""Scopes never totalled: one organisation or person may belong to several networks, and networks to one another; what
`other` counts differs from cluster to cluster."""
QUALIFIERS = ("exact", "about", "at_least", "at_most")
"""What may enter a sum, the surest first. A planned figure never does."""


def is_added(metric: str, scope: str) -> bool:
    """Whether figures of this metric and scope may be added up."""
    return metric != "members" and scope not in OVERLAPPING


def parts(latest: pd.DataFrame) -> pd.DataFrame:
    """One row per qualifier: role and qualifier (its code), clusters (number), value (sum), lower_bound and upper_bound
    (the latter missing when 'at least' leaves it open), source_ids."""
    groups = latest.assign(role=pd.Categorical(latest["qualifier"], QUALIFIERS)).groupby("role", observed=True)
    sums = groups.agg(clusters=("cluster_id", "nunique"), value=("value", "sum"), source_ids=("source_ids", union))
    sums = sums.reset_index().astype({"role": "str"})
    return sums.assign(
        qualifier=sums["role"],
        lower_bound=sums["value"].mask(sums["role"] == "at_most", 0),
        upper_bound=sums["value"].mask(sums["role"] == "at_least"),
    )


def whole(sums: pd.DataFrame) -> pd.DataFrame:
    """The sum of all parts, as one row of the same columns with the role 'total'."""
    total = {
        "role": "total",
        "qualifier": how_exact(set(sums["qualifier"])),
        "clusters": sums["clusters"].sum(),
        **sums[["value", "lower_bound", "upper_bound"]].sum(skipna=False).to_dict(),
        "source_ids": union(sums["source_ids"]),
    }
    return pd.DataFrame([total])


def summed(latest: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row per group of `by`: publishing (clusters), value (sum), qualifier (of the sum), lower_bound and upper_bound
    (missing when open), unit, source_ids."""
    code = latest["qualifier"]
    bounds = {"lower_bound": latest["value"].mask(code == "at_most", 0), "is_open": code == "at_least"}
    rows = (
        latest.assign(**bounds)
        .groupby(by, dropna=False, sort=False, as_index=False)
        .agg(
            publishing=("cluster_id", "nunique"),
            value=("value", "sum"),
            qualifier=("qualifier", lambda codes: how_exact(set(codes))),
            lower_bound=("lower_bound", "sum"),
            upper_bound=("value", "sum"),
            is_open=("is_open", "any"),
            unit=("unit", "first"),
            source_ids=("source_ids", union),
        )
    )
    return rows.assign(upper_bound=rows["upper_bound"].mask(rows["is_open"].astype(bool))).drop(columns="is_open")


def how_exact(qualifiers: set[str]) -> str:
    """How exact a sum is: a bound when every inexact figure is the same bound, else 'about'."""
    inexact = qualifiers - {"exact"}
    return "exact" if not inexact else inexact.pop() if len(inexact) == 1 else "about"


def worded(total: Mapping[Any, Any], unit: str, view: View) -> str:
    """A sum (lower_bound, upper_bound, qualifier) with what is known of it: '350 jobs', 'about 900 jobs', 'at least about 80 jobs'."""
    _ = view.gettext
    low, high, qualifier = total["lower_bound"], total["upper_bound"], total["qualifier"]
    is_about = qualifier == "about"
    if pd.isna(high):
        return _("at least {value}").format(value=view.figure(low, unit, "about" if is_about else "exact"))
    if low in {high, 0}:
        return view.figure(high, unit, qualifier)
    words = {"low": view.figure(low, ""), "high": view.figure(high, unit)}
    return (_("about {low} to {high}") if is_about else _("between {low} and {high}")).format(**words)
