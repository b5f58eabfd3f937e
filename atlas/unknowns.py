"""What is not known of a cluster: the facts that are looked for and were not found."""

import pandas as pd

from atlas.view import View

EMPTY = {
    "founded_year": lambda row: pd.isna(row["founded_year"]),
    "place": lambda row: pd.isna(row["place"]),
    "latitude": lambda row: pd.isna(row["latitude"]),
    "lead_organisation": lambda row: pd.isna(row["lead_organisation"]),
    "themes": lambda row: not len(row["themes"]),
    "components": lambda row: not len(row["components"]),
    "status": lambda row: row["status"] == "unknown",
    "website": lambda row: pd.isna(row["website"]),
}
"""The facts we look for, and what it is for each not to be known."""


def missing(row: pd.Series, observations: pd.DataFrame, view: View) -> list[str]:
    """The names of the facts that are not known of a cluster, jobs included (any scope, planned ones apart)."""
    _ = view.gettext
    names = {
        "founded_year": _("Founding year"),
        "place": _("Town"),
        "latitude": _("Point on the map"),
        "lead_organisation": _("Lead organisation"),
        "themes": _("Themes"),
        "components": _("What it is made of"),
        "status": _("Whether it is still at work"),
        "website": _("Website"),
    }
    jobs = observations["metric"].isin(["jobs", "jobs_fte"]) & observations["qualifier"].ne("planned")
    has_jobs = (observations["cluster_id"].eq(row["cluster_id"]) & jobs).any()
    return [names[fact] for fact, is_empty in EMPTY.items() if is_empty(row)] + ([] if has_jobs else [_("Jobs")])
