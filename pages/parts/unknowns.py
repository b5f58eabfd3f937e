"""What is not known of a cluster, and since when it was searched."""

from html import escape

import pandas as pd
import streamlit as st

from atlas import store
from atlas.view import View
from pages.parts.session import current

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


def not_known(row: pd.Series) -> None:
    """The facts that the search did not find, and the month of that search."""
    view = current().view
    _ = view.gettext
    st.subheader(_("Not known"), anchor=False)
    found = missing(row, current().tables.observations, view)
    searched = store.searched()
    if not found:
        st.markdown(_("Every fact that we look for was found."))
    else:
        st.markdown(
            _("Searched for in {month}, in public pages, and not found:").format(month=view.date(searched))
            if searched
            else _("Searched for in public pages, and not found:")
        )
        items = "".join(f"<li>{escape(name)} <span>{escape(view.missing)}</span></li>" for name in found)
        st.html(f'<ul class="checklist">{items}</ul>')
    st.caption(_("Not found is neither zero nor no: it may be published elsewhere, or since."))


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
