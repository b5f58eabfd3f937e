"""Countries: do clusters sit where unemployment or poverty is higher? Clusters for the inhabitants against both rates."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.comparison import cluster_counts, per_million, published
from atlas.labels import sides
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Countries: clusters, unemployment and poverty"),
    question=N_("Do clusters sit where unemployment or poverty is higher?"),
    drawn=N_(
        "Clusters per million inhabitants (logarithmic axis) against the latest unemployment rate and the share of people "
        "at risk of poverty or social exclusion. One mark per country with at least three clusters in the list."
    ),
    note=N_(
        "The list is no census and knows some countries better than others: how many clusters we found says as much of our "
        "search as of the country. Two things that go together need not cause one another, and a country is no neighbourhood."
    ),
)
FILTERS = CLUSTERS
FEWEST, ENOUGH = 3, 8
"""Clusters a country needs to be shown, and countries a correlation needs to be told."""
MEASURES = ("unemployment_rate", "arope_rate")
CLEAR = 0.05
"""A rank correlation is told as one when its p-value is below this."""
PANEL_PX = 230
COLUMNS = ["country", "clusters", "per_million", "measure", "value", "year", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country and measure (unemployment_rate, arope_rate): country, clusters (count), per_million (clusters
    per million inhabitants; missing without a published population), measure, value (%, missing when not published),
    year of the value, source_ids. Most clusters per inhabitant first."""
    clusters = pd.DataFrame(selection.of_clusters(tables).query("country != 'EU'").drop(columns="geometry"))
    counts = clusters["country"].value_counts()
    compared = sorted(counts[counts >= FEWEST].index)
    if not compared:
        return pd.DataFrame(columns=COLUMNS)
    numbers = cluster_counts(clusters.rename(columns={"country": "geo"}), "clusters", compared)
    rates = per_million(numbers, tables)[["geo", "value", "source_ids"]].rename(columns={"value": "per_million"})
    known = pd.concat([published(tables, measure, compared) for measure in MEASURES]).drop_duplicates(
        ["geo", "measure"]
    )
    rows = known.merge(rates, on="geo", suffixes=("", "_of_clusters")).rename(
        columns={"geo": "country", "years": "year"}
    )
    sources = [union(pair) for pair in zip(rows["source_ids"], rows["source_ids_of_clusters"], strict=True)]
    rows = rows.assign(
        clusters=rows["country"].map(counts), source_ids=pd.Series(sources, index=rows.index, dtype="object")
    )
    return rows.sort_values(["measure", "per_million", "country"], ascending=[False, False, True], ignore_index=True)[
        COLUMNS
    ]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    countries = selection.of_clusters(tables).query("country != 'EU'")["country"].nunique()
    return Coverage(rows.dropna(subset=["value", "per_million"])["country"].nunique(), countries, "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    known = rows[rows["value"].notna() & rows["per_million"].gt(0)]
    if known.empty:
        return blank(view)
    _ = view.gettext
    figure = make_subplots(2, 1, vertical_spacing=0.16)
    figure.update_layout(template=view.theme.template(), height=2 * PANEL_PX + 180, showlegend=False)
    bottom, top = np.log10([0.8 * known["per_million"].min(), 1.5 * known["per_million"].max()])
    for row, measure in enumerate(MEASURES, 1):
        own = known[known["measure"] == measure]
        right = 1.12 * float(own["value"].max() if len(own) else 1) or 1
        up = (np.log10(own["per_million"]) - bottom) / (top - bottom)
        places = sides(
            list(own["value"] / right), list(PANEL_PX * up), [5] * len(own), [view.country(c) for c in own["country"]]
        )
        figure.add_trace(_marks(own, places, view), row=row, col=1)
        figure.update_xaxes(title_text=view.label("indicators", measure), range=[0, right], row=row, col=1)
        figure.update_xaxes(view.ticks(0, right, unit="percent"), row=row, col=1)
    figure.update_yaxes(title_text=_("Clusters per million"), type="log", range=[bottom, top])
    return figure.update_yaxes(view.ticks(known["per_million"].min(), known["per_million"].max(), log=True))


def _marks(own: pd.DataFrame, places: list[str | None], view: View) -> go.Scatter:
    """A mark per country, with its name where there is room; the hover has it always."""
    return go.Scatter(
        x=own["value"],
        y=own["per_million"],
        mode="markers+text",
        text=[view.country(country) if place else "" for country, place in zip(own["country"], places, strict=True)],
        textposition=[place or "middle right" for place in places],
        textfont={"size": 11},
        marker={"size": 9, "color": view.theme.primary},
        cliponaxis=False,
        hovertext=[_hover(record, view) for record in own.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    known = rows.dropna(subset=["value", "per_million"])
    links = {measure: _link(known[known["measure"] == measure]) for measure in MEASURES}
    if None in links.values():
        return _(
            "Too few countries of this selection have enough clusters to set them against unemployment and poverty."
        )
    words = {
        "more": _("clusters are more frequent where it is higher"),
        "less": _("clusters are less frequent where it is higher"),
        "none": _("no clear link"),
    }
    return view.ngettext(
        "In {n} country, unemployment: {unemployment}; poverty: {poverty}.",
        "In {n} countries, unemployment: {unemployment}; poverty: {poverty}.",
        known["country"].nunique(),
    ).format(unemployment=words[str(links["unemployment_rate"])], poverty=words[str(links["arope_rate"])])


def _link(known: pd.DataFrame) -> str | None:
    """'more', 'less' or 'none': the rank correlation, when it is clear; None for too few countries."""
    if len(known) < ENOUGH or known["value"].nunique() < 2 or known["per_million"].nunique() < 2:
        return None
    from scipy.stats import spearmanr  # takes seconds to import, and few views need it

    correlation = spearmanr(known["value"], known["per_million"])
    return "none" if correlation.pvalue >= CLEAR else "more" if correlation.statistic > 0 else "less"


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _(
        "<b>{country}</b><br>{clusters} clusters, {rate} per million inhabitants<br>{measure}: {value} ({year})"
    ).format(
        country=view.country(row["country"]),
        clusters=view.number(row["clusters"]),
        rate=view.number(row["per_million"], 2),
        measure=view.label("indicators", row["measure"]),
        value=view.percent(row["value"] / 100),
        year=row["year"],
    )
