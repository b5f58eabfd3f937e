"""Where a comparison rests on thin data: how many clusters of each country or group publish what is compared."""

import pandas as pd

from atlas.charts.country_profile import SCOPE
from atlas.comparison import clusters_of, items
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

ASPECTS = {"jobs": N_("Jobs on site"), "founded": N_("Founding year"), "themes": N_("Themes")}
"""What clusters are compared by, and may not publish."""
FEWEST, SHARE = 5, 1 / 3
"""An aspect is thin when fewer clusters than these, or than this share of them, publish it."""


def thin_data(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item compared (`geo`) and aspect: clusters (of the item), aspect, reported (clusters that publish
    it), is_thin (fewer than five, or less than a third)."""
    compared, clusters = items(tables, selection), clusters_of(tables, selection)
    known = tables.observations
    jobs = known[known["is_latest"] & known["metric"].eq("jobs") & known["scope"].eq(SCOPE)]["cluster_id"]
    flags = pd.DataFrame(
        {
            "geo": clusters["geo"],
            "clusters": 1,
            "jobs": clusters["cluster_id"].isin(jobs).astype(int),
            "founded": clusters["founded_year"].notna().astype(int),
            "themes": clusters["themes"].map(len).gt(0).astype(int),
        }
    )
    counts = flags.groupby("geo").sum().reindex(compared, fill_value=0).rename_axis("geo").reset_index()
    rows = counts.melt(["geo", "clusters"], list(ASPECTS), "aspect", "reported")
    rows["is_thin"] = (rows["reported"] < FEWEST) | (rows["reported"] < SHARE * rows["clusters"])
    order = {"place": rows["geo"].map(compared.index), "order": rows["aspect"].map(list(ASPECTS).index)}
    rows = rows.assign(**order).sort_values(list(order), ignore_index=True)
    return rows[["geo", "clusters", "aspect", "reported", "is_thin"]]


def warning(rows: pd.DataFrame, view: View) -> str:
    """One sentence: on how many counts the comparison rests on thin data; empty when on none."""
    if not rows["is_thin"].any():
        return ""
    message = view.ngettext(
        "Thin data: {n} of the {all} counts below holds fewer than five clusters, or less than a third of those known.",
        "Thin data: {n} of the {all} counts below hold fewer than five clusters, or less than a third of those known.",
        int(rows["is_thin"].sum()),
    )
    return message.format(all=view.number(len(rows)))
