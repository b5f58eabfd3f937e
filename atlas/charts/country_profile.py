"""A few countries side by side: clusters, and the employment, income and poverty around them."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.charts.social_economy_employment import STUDIES
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Countries side by side"),
    question=N_("How do the clusters of a country compare with its people, income and employment?"),
    drawn=N_("One row per country; each column has a scale of its own, from zero."),
    note=N_(
        "Counts of clusters follow our search, not only reality. Each other figure is the latest published for its "
        "country, and years differ: they are in the table. The social economy share is that of one European study "
        "for all. At risk of poverty includes social exclusion."
    ),
)
FILTERS = CLUSTERS
DEFAULT, MOST = 10, 12
"""Countries shown when none is chosen, and at most."""
MEASURES = {
    "clusters": N_("Clusters"),
    "clusters_per_million": N_("Clusters per million people"),
    "clusters_with_jobs": N_("Clusters with a jobs figure"),
    "social_economy_share_of_employment": N_("Social economy jobs, %"),
    "unemployment_rate": N_("Jobless, %"),
    "gdp_per_capita_pps": N_("GDP per head, PPS"),
    "arope_rate": N_("At risk of poverty, %"),
}
UNITS = {"population": "persons", "gdp_per_capita_pps": "PPS per inhabitant"}
"""Units of the indicators; the others are percentages."""
COLUMNS = ["country", "measure", "value", "unit", "year", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country and measure: country, measure, value, unit (clusters, clusters_per_million, percent, PPS per
    inhabitant), year of the indicator (of the population for a rate), source_ids. Most clusters first; a value is
    missing when nothing is published."""
    clusters = pd.DataFrame(selection.of_clusters(tables).query("country != 'EU'"))
    countries = _countries(clusters, tables, selection)
    if not countries:
        return pd.DataFrame(columns=COLUMNS)
    jobs = tables.observations[tables.observations["is_latest"] & tables.observations["metric"].eq("jobs")]
    jobs = jobs.groupby("cluster_id", as_index=False).agg(source_ids=("source_ids", union))
    with_jobs = clusters[["cluster_id", "country"]].merge(jobs, on="cluster_id")
    counts, population = _counts(clusters, "clusters", countries), _latest(tables, "population", countries)
    measures = [counts, _rates(counts, population), _counts(with_jobs, "clusters_with_jobs", countries)]
    measures += [_latest(tables, indicator, countries) for indicator in list(MEASURES)[3:]]
    rows = pd.concat(measures, ignore_index=True).astype({"year": "Int64", "value": "float64"})
    places, order = rows["country"].map(countries.index), rows["measure"].map(list(MEASURES).index)
    return rows.assign(place=places, order=order).sort_values(["place", "order"], ignore_index=True)[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries for which every measure is published."""
    published = rows.groupby("country")["value"].apply(lambda values: bool(values.notna().all()))
    return Coverage(int(published.sum()), len(published), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    places = {country: row for row, country in enumerate(rows["country"].unique())}
    placed = rows.assign(y=rows["country"].map(places))
    figure = make_subplots(1, len(MEASURES), shared_yaxes=True, horizontal_spacing=0.025)
    figure.update_layout(template=view.theme.template(), height=110 + 52 * len(places), showlegend=False, bargap=0)
    figure.update_layout(margin={"l": 10, "r": 10, "t": 90})
    for column, measure in enumerate(MEASURES, 1):
        _column(figure, column, placed[placed["measure"] == measure], view)
    for country, row in places.items():
        name = f"<b>{view.country(country)}</b>"
        figure.add_annotation(
            text=name, x=0, xref="paper", y=row - 0.32, yref="y", xanchor="left", showarrow=False, font_size=13
        )
    return figure.update_yaxes(range=[len(places) - 0.5, -0.5], visible=False)


def _column(figure: go.Figure, column: int, cells: pd.DataFrame, view: View) -> None:
    """Draw one measure: its heading, and for each country the number over a bar."""
    _ = view.gettext
    measure, records, values = cells["measure"].iloc[0], cells.to_dict("records"), cells["value"].fillna(0)
    hover = {"customdata": [_hover(row, view) for row in records], "hovertemplate": "%{customdata}<extra></extra>"}
    colour = view.theme.primary if measure.startswith("clusters") else view.theme.quiet
    bars = go.Bar(x=values, y=cells["y"] + 0.26, width=0.14, orientation="h", marker_color=colour, **hover)
    numbers = go.Scatter(
        x=[0] * len(cells),
        y=cells["y"],
        mode="text",
        text=[_cell(row, view) for row in records],
        textfont={"size": 12},
        textposition="middle right",
        cliponaxis=False,
        **hover,
    )
    figure.add_traces([bars, numbers], rows=1, cols=column)
    figure.update_xaxes(range=[0, 1.05 * values.max() or 1], visible=False, col=column)
    figure.add_annotation(
        text="<br>".join(wrap(_(MEASURES[measure]), 8, break_long_words=False)),
        showarrow=False,
        align="left",
        x=0,
        xref=f"x{column if column > 1 else ''} domain",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        font={"size": 10, "color": view.theme.quiet},
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No country matches this selection.")
    wide = rows.drop_duplicates(["country", "measure"]).pivot(index="country", columns="measure", values="value")
    clusters, rates = wide["clusters"], wide["clusters_per_million"]
    if len(wide) == 1:
        message = view.ngettext(
            "{country}: {n} cluster; per million inhabitants: {rate}.",
            "{country}: {n} clusters; per million inhabitants: {rate}.",
            int(clusters.iloc[0]),
        )
        return message.format(country=view.country(wide.index[0]), rate=view.number(rates.iloc[0], 2))
    if not clusters.max():
        return _("We know no cluster of this selection in the {count} countries shown.").format(
            count=view.number(len(wide))
        )
    message = _("Of {count} countries, the most clusters: {most}; the most per million inhabitants: {densest}.")
    return message.format(count=view.number(len(wide)), most=_highest(clusters, view), densest=_highest(rates, view))


def _highest(values: pd.Series, view: View) -> str:
    """The countries with the highest value, and the value."""
    if values.isna().all():
        return view.missing
    countries = values[values == values.max()].index
    return f"{', '.join(view.country(country) for country in countries)} ({view.number(values.max(), 2)})"


def _countries(clusters: pd.DataFrame, tables: Tables, selection: Selection) -> list[str]:
    """Countries by number of clusters: the chosen ones, else the first ten."""
    counts = clusters["country"].value_counts()
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    chosen = (
        [country for country in observed if country in tables.codes.members(selection.countries)]
        if selection.countries
        else sorted(counts.index)
    )
    return sorted(chosen, key=lambda country: -counts.get(country, 0))[: MOST if selection.countries else DEFAULT]


def _counts(clusters: pd.DataFrame, measure: str, countries: Sequence[str]) -> pd.DataFrame:
    """Clusters of each country; none is a true zero, for it counts our own list."""
    counts = clusters.groupby("country").agg(value=("cluster_id", "size"), source_ids=("source_ids", union))
    rows = (
        counts.reindex(list(countries))
        .reset_index()
        .fillna({"value": 0})
        .assign(measure=measure, unit="clusters", year=None)
    )
    return rows.assign(source_ids=_lists(rows["source_ids"]))[COLUMNS]


def _lists(source_ids: pd.Series) -> pd.Series:
    """A list in every cell, empty where a join found nothing."""
    return source_ids.map(lambda ids: ids if isinstance(ids, list) else [])


def _rates(counts: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Clusters per million inhabitants, with the year of the population and the sources of both."""
    rates = counts.drop(columns="year").merge(population, on="country", suffixes=("", "_population"))
    return rates.assign(
        measure="clusters_per_million",
        unit="clusters_per_million",
        value=1e6 * rates["value"] / rates["value_population"],
        source_ids=rates["source_ids"].map(list) + rates["source_ids_population"].map(list),
    )[COLUMNS]


def _latest(tables: Tables, indicator: str, countries: Sequence[str]) -> pd.DataFrame:
    """The latest figure of each country in one unit; of the study of all countries for the social economy."""
    unit = UNITS.get(indicator, "percent")
    figures = tables.indicators[tables.indicators["indicator"].eq(indicator) & tables.indicators["unit"].eq(unit)]
    figures = figures[figures["geo"].isin(countries)]
    if indicator == "social_economy_share_of_employment":
        figures = figures[figures["year"].isin(list(STUDIES))]
    latest = figures[figures["year"] == figures.groupby("geo")["year"].transform("max")]
    same = latest.groupby(["geo", "value", "year"], as_index=False).agg(source_ids=("source_ids", union))
    rows = pd.DataFrame({"country": countries}).merge(same.rename(columns={"geo": "country"}), how="left", on="country")
    return rows.assign(measure=indicator, unit=unit, source_ids=_lists(rows["source_ids"]))[COLUMNS]


def _cell(row: dict[Any, Any], view: View) -> str:
    """The number of a cell, or 'not published' on two lines."""
    if pd.isna(row["value"]):
        return f"<span style='font-size:10px;color:{view.theme.quiet}'>{'<br>'.join(view.missing.split())}</span>"
    return view.number(row["value"], 0 if row["value"] >= 100 else 1)


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    measure = MEASURES.get(row["measure"], "")
    name = (
        view.gettext(measure)
        if row["unit"] in {"clusters", "clusters_per_million"}
        else view.label("indicators", row["measure"])
    )
    line = _("{name}: {value}").format(name=name, value=view.number(row["value"], 2))
    year = "" if pd.isna(row["year"]) else f" · {row['year']}"
    return f"<b>{view.country(row['country'])}</b><br>{line}{year}"
