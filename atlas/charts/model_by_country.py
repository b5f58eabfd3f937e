"""The founding note's model by country: which elements the clusters of each country name."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words
from atlas.model import described, model_coverage, shares, shares_figure, strongest
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("The model by country"),
    question=N_("Which elements do the clusters of each country name?"),
    drawn=N_(
        "Clusters of each country that name each element; the darker, the larger their share of the clusters of the country."
    ),
    note=N_(
        "Shares are of the clusters whose sources name at least one component. Countries with fewer than "
        "three such clusters, and those after the twelfth, are left out unless they are chosen."
    ),
)
FILTERS = CLUSTERS
FEWEST, MOST = 3, 12


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country and element named: country, element, clusters (count), with_components (clusters of the
    country that name any component), share, source_ids; most clusters first."""
    clusters = pd.DataFrame(selection.of_clusters(tables).query("country != 'EU'"))
    counts = (
        described(clusters)["country"]
        .value_counts()
        .reset_index()
        .sort_values(["count", "country"], ascending=[False, True])
    )
    largest = counts if selection.countries else counts[counts["count"] >= FEWEST][:MOST]
    return shares(clusters, "country", list(largest["country"]))


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return model_coverage(selection.of_clusters(tables), set(rows["country"]))


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    return shares_figure(rows, "country", view.country, view)


def describe(rows: pd.DataFrame, view: View) -> str:
    return strongest(rows, "country", view.country, view)
