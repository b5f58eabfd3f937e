"""NUTS 2 regions: do clusters sit where unemployment or poverty is higher? Each region against the middle of its own country."""

from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas import boundaries, regional
from atlas.charts import Coverage, Words, blank, union
from atlas.labels import sides
from atlas.nuts import layer_regions, memberships
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("NUTS 2 regions: clusters, unemployment and poverty"),
    question=N_("Inside each country, do clusters sit where unemployment or poverty is higher?"),
    drawn=N_(
        "Clusters per 100,000 inhabitants of each NUTS 2 region against its latest unemployment rate and share of people at "
        "risk of poverty or social exclusion. Pale: regions without a cluster in the list. Only clusters with a point count."
    ),
    note=N_(
        "The list knows some countries better than others, so each region is compared with the middle (median) of its own "
        "country: the sentence adds up clusters and inhabitants of the regions above it and below it. A region is a wide "
        "place, and two things that go together need not cause one another. Where sources differ on a rate or a population, "
        "the exact figure counts, then the one published last."
    ),
)
FILTERS = CLUSTERS
MEASURES = ("unemployment_rate", "arope_rate")
FEWEST = 10
"""Clusters that the regions compared must hold for the sentence to speak of them."""
INHABITANTS = 100_000
PANEL_PX = 250
LETTERS = 36
"""Of a line under an axis, on a small phone."""
NAMED = 8
"""Regions with most clusters per inhabitant whose name is written, where there is room."""
COLUMNS = [
    "nuts_id", "region", "country", "clusters", "per_100k", "population", "measure", "value", "year", "side", "source_ids",
]  # fmt: skip


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per NUTS 2 region and measure (unemployment_rate, arope_rate) published for it: nuts_id, region (name), country,
    clusters (with a point in it; none is a true zero of our list), per_100k (by 100,000 inhabitants; missing without a
    published population), population, measure, value (%), year, side (above or below the median of the regions of its
    country; middle when it is that, or alone), source_ids. Most clusters per inhabitant first; no row before boundaries
    are fetched."""
    regions = _regions(tables, selection)
    rows = [_measured(measure, regions, tables) for measure in MEASURES]
    known = pd.concat(rows, ignore_index=True) if len(regions) else pd.DataFrame(columns=COLUMNS)
    by = ["measure", "per_100k", "nuts_id"]
    return known.sort_values(by, ascending=[False, False, True], ignore_index=True)[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Regions drawn, of the NUTS 2 regions of the countries chosen."""
    return Coverage(_drawn(rows)["nuts_id"].nunique(), len(_regions(tables, selection)), "regions")


def notice(view: View) -> str:
    """Whose boundaries say in which region a cluster lies."""
    return boundaries.owner(view) if len(view.tables.regions) else ""


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    drawn = _drawn(rows)
    if drawn.empty:
        return blank(view)
    _ = view.gettext
    figure = make_subplots(2, 1, vertical_spacing=0.16)
    figure.update_layout(template=view.theme.template(), height=2 * PANEL_PX + 170, showlegend=False)
    top = 1.12 * float(drawn["per_100k"].max()) or 1
    for row, measure in enumerate(MEASURES, 1):
        own = drawn[drawn["measure"] == measure]
        right = 1.12 * float(own["value"].max() if len(own) else 1) or 1
        figure.add_trace(_marks(own, right, top, view), row=row, col=1)
        title = "<br>".join(wrap(view.label("indicators", measure), LETTERS))
        figure.update_xaxes(title_text=title, range=[0, right], row=row, col=1)
        figure.update_xaxes(view.ticks(0, right, unit="percent"), row=row, col=1)
    figure.update_yaxes(title_text=_("Clusters per 100,000"), range=[-0.04 * top, top])
    return figure.update_yaxes(view.ticks(0, top))


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster is placed in a NUTS 2 region before the boundaries are fetched.")
    told = {measure: _compared(rows[rows["measure"] == measure], view) for measure in MEASURES}
    if not any(told.values()):
        return _("Too few regions of this selection hold clusters to compare them within their countries.")
    words = {"unemployment": told["unemployment_rate"], "poverty": told["arope_rate"]}
    missing = _("not comparable")
    return _(
        "Clusters per 100,000 inhabitants in the regions above and below the middle of their own country: unemployment, {unemployment}; poverty, {poverty}."
    ).format(**{name: text or missing for name, text in words.items()})


def _regions(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The NUTS 2 regions of the countries chosen, with their clusters and inhabitants."""
    named = layer_regions(tables.regions, "nuts2")[["nuts_id", "name", "country"]].rename(columns={"name": "region"})
    chosen = tables.codes.members(selection.countries)
    regions = pd.DataFrame(named[named["country"].isin(chosen)] if chosen else named)
    clusters = pd.DataFrame(selection.of_clusters(tables).drop(columns="geometry"))
    codes = memberships(tables)[clusters.index].map(lambda own: own[1] if len(own) > 1 else None)
    counts = clusters.groupby(codes).agg(clusters=("cluster_id", "size"), cluster_sources=("source_ids", union))
    people = _latest("population", tables).rename(columns={"value": "population", "source_ids": "people_sources"})
    people = people[["nuts_id", "population", "people_sources"]]
    rows = regions.merge(counts, "left", left_on="nuts_id", right_index=True).merge(people, "left", "nuts_id")
    rows = rows.assign(clusters=rows["clusters"].fillna(0).astype("int64"))
    return rows.assign(per_100k=INHABITANTS * rows["clusters"] / rows["population"])


def _latest(indicator: str, tables: Tables) -> pd.DataFrame:
    """The figure of each region that is drawn."""
    return regional.latest(tables, indicator).query("role == 'latest'").rename(columns={"geo": "nuts_id"})


def _measured(measure: str, regions: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The regions for which a measure is published, with its value and the side of their country's median they stand on."""
    rates = _latest(measure, tables)[["nuts_id", "value", "year", "source_ids"]]
    rows = regions.merge(rates, "inner", "nuts_id").assign(measure=measure)
    middle = rows.groupby("country")["value"].transform("median")
    side = np.select([rows["value"] > middle, rows["value"] < middle], ["above", "below"], "middle")
    lists = rows[["source_ids", "cluster_sources", "people_sources"]].to_numpy()
    sources = [union(ids for ids in own if isinstance(ids, list)) for own in lists]
    return rows.assign(side=side, source_ids=pd.Series(sources, index=rows.index, dtype="object"))


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.dropna(subset=["value", "per_100k"])


def _marks(own: pd.DataFrame, right: float, top: float, view: View) -> go.Scatter:
    """A mark per region, pale without a cluster; the first ones with their name where there is room, the hover has it always."""
    held = own["clusters"] > 0
    named = own[held].head(NAMED)
    names = dict(zip(named.index, (escape(name, quote=False) for name in named["region"]), strict=True))
    heights = list(PANEL_PX * named["per_100k"] / top)
    found = sides(list(named["value"] / right), heights, [5.0] * len(named), list(names.values()))
    places = dict(zip(named.index, found, strict=True))
    return go.Scatter(
        x=own["value"],
        y=own["per_100k"],
        mode="markers+text",
        text=[names[index] if places.get(index) else "" for index in own.index],
        textposition=[places.get(index) or "middle right" for index in own.index],
        textfont={"size": 11},
        marker={
            "size": np.where(held, 8, 5).tolist(),
            "color": np.where(held, view.theme.primary, view.theme.muted).tolist(),
            "line": {"width": 0},
        },
        cliponaxis=False,
        hovertext=[_hover(record, view) for record in own.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _compared(own: pd.DataFrame, view: View) -> str:
    """'0.12 above, 0.08 below'; '' when too few clusters lie in the regions compared."""
    known = own.dropna(subset="population")
    sums = known.groupby("side")[["clusters", "population"]].sum().reindex(["above", "below"])
    if sums["clusters"].sum() < FEWEST or not (sums["population"] > 0).all():
        return ""
    rates = INHABITANTS * sums["clusters"] / sums["population"]
    words = {"above": view.number(rates["above"], 3), "below": view.number(rates["below"], 3)}
    return view.gettext("{above} above, {below} below").format(**words)


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _(
        "<b>{region}, {country}</b><br>{clusters} clusters, {rate} per 100,000 inhabitants<br>{measure}: {value} ({year})"
    ).format(
        region=escape(row["region"], quote=False),
        country=view.country(row["country"]),
        clusters=view.number(row["clusters"]),
        rate=view.number(row["per_100k"], 2),
        measure=view.label("indicators", row["measure"]),
        value=view.percent(row["value"] / 100),
        year=row["year"],
    )
