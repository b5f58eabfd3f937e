"""The founding note's model by kind of cluster: which elements each kind names."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words
from atlas.model import model_coverage, shares, shares_figure, strongest
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("The model by kind of cluster"),
    question=N_("Which elements does each kind of cluster name?"),
    drawn=N_(
        "Clusters of each kind that name each element; the darker, the larger their share of the clusters of the kind."
    ),
    note=N_(
        "Shares are of the clusters whose sources name at least one component. An element that is not named is not absent."
    ),
)
FILTERS = CLUSTERS


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per kind and element named: kind, element, clusters (count), with_components (clusters of the kind that
    name any component), share, source_ids; kinds in the order of the vocabulary."""
    return shares(selection.of_clusters(tables), "kind", tables.codes.codes("kinds"))


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return model_coverage(selection.of_clusters(tables))


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    return shares_figure(rows, "kind", lambda kind: view.label("kinds", kind), view)


def describe(rows: pd.DataFrame, view: View) -> str:
    return strongest(rows, "kind", lambda kind: view.label("kinds", kind), view)
