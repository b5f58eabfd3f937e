"""What clusters of a few countries or groups stand in: unemployment, income and poverty, beside the European figure."""

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
    title=N_("Unemployment, income and poverty side by side"),
    question=N_("In which social conditions do the clusters of each country work?"),
    drawn=N_("The latest published figure of each; a tick marks that of the European Union in the same year."),
    note=N_(
        "GDP per inhabitant is in purchasing power standards (PPS), which remove differences of price between countries. "
        "At risk of poverty includes social exclusion. A figure of a group is shown only where a source publishes it for "
        "the group: it is never an average of ours."
    ),
)
FILTERS = ("countries",)
MEASURES = {
    "unemployment_rate": N_("Unemployed"),
    "gdp_per_capita_pps": N_("GDP per inhabitant, PPS"),
    "arope_rate": N_("At risk of poverty"),
}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`) and measure: value, unit (percent or PPS per inhabitant), qualifier, years, role ('' or
    reference: the European figure), source_ids."""
    return published_side_by_side(tables, selection, list(MEASURES), list(MEASURES))


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
    unemployment, _income, poverty = MEASURES
    if rows.loc[rows["role"] == "", "geo"].nunique() == 1:
        message = _("{country}: unemployment, {unemployment}; at risk of poverty or social exclusion, {poverty}.")
        words = {"unemployment": alone(rows, unemployment, view), "poverty": alone(rows, poverty, view)}
        return message.format(country=item_name(rows["geo"].iloc[0], view), **words)
    message = _("Highest unemployment: {unemployment}; highest risk of poverty or social exclusion: {poverty}.")
    return message.format(unemployment=highest(rows, unemployment, view), poverty=highest(rows, poverty, view))
