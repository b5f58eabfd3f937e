"""The social economy of a few countries or groups: paid jobs, their share of employment, social enterprises."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words
from atlas.comparison import item_name, published_side_by_side
from atlas.selection import Selection
from atlas.side_by_side import alone, highest, side_by_side
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Social economy side by side"),
    question=N_("How large is the social economy of each country?"),
    drawn=N_(
        "Paid jobs and their share of paid employment in the latest European study that gives them, and the latest "
        "published number of social enterprises."
    ),
    note=N_(
        "The studies of 2015 (2014–15) and of 2021 use different methods. Each source counts social enterprises by its "
        "own definition. A figure of a group is shown only where a source publishes it for the group: it is never an "
        "average of ours. The European total of jobs leaves out Malta and the Netherlands."
    ),
)
FILTERS = ("countries",)
JOBS, SHARE = "social_economy_paid_employment", "social_economy_share_of_employment"
MEASURES = {
    JOBS: N_("Paid jobs"),
    SHARE: N_("Share of paid jobs"),
    "social_enterprises": N_("Social enterprises"),
}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`) and measure, or more when sources disagree: value, unit (persons, percent, entities),
    qualifier, years, role (empty), source_ids."""
    return published_side_by_side(tables, selection, list(MEASURES))


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Figures published, of those a full comparison needs."""
    cells = rows[rows["role"] == ""].drop_duplicates(["geo", "measure"])
    return Coverage(int(cells["value"].notna().sum()), len(cells), "figures")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    return side_by_side(rows, {measure: view.gettext(heading) for measure, heading in MEASURES.items()}, view)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No country matches this selection.")
    if rows.loc[rows["role"] == "", "geo"].nunique() == 1:
        message = _("{country}: paid jobs in the social economy, {jobs}; share of paid employment, {share}.")
        words = {"jobs": alone(rows, JOBS, view), "share": alone(rows, SHARE, view)}
        return message.format(country=item_name(rows["geo"].iloc[0], view), **words)
    message = _("Most paid jobs in the social economy: {jobs}; highest share of paid employment: {share}.")
    return message.format(jobs=highest(rows, JOBS, view), share=highest(rows, SHARE, view))
