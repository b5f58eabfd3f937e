"""Paid jobs in the social economy by country, and their share of paid employment, each in its latest European study."""

from collections.abc import Iterable
from html import escape
from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank
from atlas.numbers import ticks
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Social economy employment by country"),
    question=N_("How many paid jobs does the social economy hold in each country?"),
    drawn=N_("Paid jobs and share of paid employment in the latest European study of each; other years and sources are faint."),
    note=N_("The two studies (2014–15 and 2021) use different methods: no growth can be read between them, and jobs of one cannot be divided by the share of the other. The European totals they publish are sums of 25 countries, without Malta and the Netherlands."),
)
FILTERS = ("countries", "time")
JOBS, SHARE = "social_economy_paid_employment", "social_economy_share_of_employment"
STUDIES = {2015: N_("2014–15 (CIRIEC study)"), 2021: N_("2021 (Commission study)")}
"""The years that stand for a study of all countries by one method; every other figure is national."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country, indicator and published figure: geo, indicator, role (study, other, reference: a European
    total or mean, missing), year, value, unit (persons or percent), qualifier, note, source_ids. Largest country first."""
    known = tables.indicators[tables.indicators["indicator"].isin([JOBS, SHARE]) & tables.indicators["geo_level"].ne("region")]
    known = known[known["year"].between(*selection.time)] if selection.time else known
    of_countries = known[known["geo_level"].eq("country") & known["year"].isin(list(STUDIES))]
    known = known.assign(is_study=known["year"].eq(known["indicator"].map(of_countries.groupby("indicator")["year"].max())).fillna(False).astype(bool))
    countries = tables.countries.loc[tables.countries["role"].eq("observed"), "country"]
    chosen = countries[countries.isin(selection.countries)] if selection.countries else countries
    reference = known[known["geo_level"].eq("aggregate") & known["is_study"]].assign(role="reference")
    figures = known[known["geo"].isin(chosen)].assign(role=lambda rows: np.where(rows["is_study"], "study", "other"))
    return pd.concat([_in_order(pd.concat([figures, _missing(figures, chosen)], ignore_index=True)), reference], ignore_index=True)[
        ["geo", "indicator", "role", "year", "value", "unit", "qualifier", "note", "source_ids"]
    ]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    countries = rows[rows["role"] != "reference"]
    return Coverage(countries.loc[countries["role"] == "study", "geo"].nunique(), countries["geo"].nunique(), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    countries = rows[rows["role"] != "reference"]
    shown = list(countries.loc[countries["value"].notna(), "geo"].unique())
    if not shown:
        return blank(view)
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.07)
    figure.update_layout(template=view.theme.template(), height=150 + 24 * len(shown), margin={"t": 84}, showlegend=False)
    placed = countries[countries["geo"].isin(shown)].assign(y=lambda rows: rows["geo"].map(shown.index))
    for column, indicator in enumerate([JOBS, SHARE], 1):
        panel = placed[placed["indicator"] == indicator]
        axis = _axis(panel["value"].dropna(), indicator, view)
        figure.update_xaxes(**axis, tickangle=0, col=column)
        left = 10 ** axis["range"][0] if indicator == JOBS else axis["range"][0]
        for role in ("missing", "other", "study"):
            figure.add_trace(_marks(panel[panel["role"] == role], left, set(panel.loc[panel["role"] == "other", "geo"]), view), 1, column)
        reference = rows[(rows["role"] == "reference") & (rows["indicator"] == indicator)]
        heading = _heading(indicator, panel.loc[panel["role"] == "study", "year"], reference, view)
        figure.add_annotation(text=heading, x=0, y=1, xref="x domain" if column == 1 else "x2 domain", yref="paper", xanchor="left", yanchor="bottom", align="left", showarrow=False, yshift=6)
        if indicator == SHARE and len(reference):
            figure.add_vline(x=reference["value"].iloc[0], line={"dash": "dot", "width": 1.5, "color": view.theme.quiet}, layer="below", col=column)
    figure.update_yaxes(range=[len(shown) - 0.4, -0.6], tickvals=list(range(len(shown))), ticktext=[view.country(geo) for geo in shown], tickfont={"color": view.theme.text}, col=1)
    return _with_unpublished(figure, countries.loc[~countries["geo"].isin(shown), "geo"].unique(), view)
