"""French regions: do clusters sit where unemployment is higher? Clusters for the inhabitants against the rate."""

from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.regions import former_rates, french_regions, with_region
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("French regions: clusters and unemployment"),
    question=N_("Do clusters sit where unemployment is higher?"),
    drawn=N_(
        "Each region, highest unemployment first, with its clusters per 100,000 inhabitants (and their number). A bar "
        "spans the rates of the former regions that a region unites: no average of ours stands in for them."
    ),
    note=N_(
        "Unemployment is published by NUTS 2 region (the regions before 2016). Most clusters of the list were founded "
        "in other years, and a region is a wide place: a cluster may sit in the one poor district of a rich region. "
        "The list is not a census. This shows where clusters are, not why."
    ),
)
FILTERS = tuple(field for field in CLUSTERS if field != "countries")
COLUMNS = ["geo", "region", "clusters", "per_100k", "population", "year", "low", "high", "rate_year", "source_ids"]
OVERSEAS = "FRY"
"""How the codes of the overseas regions begin."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per region: geo, region, clusters (count; none is a true zero of our list), per_100k (clusters per 100,000
    inhabitants), population and its year, low and high (unemployment rates, %, of the region or of the former regions
    it unites; missing when not published), rate_year, source_ids. Highest rate first."""
    regions = french_regions(tables)
    if regions.empty:
        return pd.DataFrame(columns=COLUMNS)
    placed = with_region(pd.DataFrame(selection.of_clusters(tables).drop(columns="geometry")), regions)
    counts = placed.groupby("geo").agg(clusters=("cluster_id", "size"), cluster_sources=("source_ids", union))
    rates = former_rates(tables, regions, "unemployment_rate").rename(columns={"source_ids": "rate_sources"})
    rows = regions.merge(counts, on="geo", how="left").merge(rates, on="geo", how="left")
    sources = [
        union(list(ids) for ids in cells if isinstance(ids, list))
        for cells in zip(rows["source_ids"].map(list), rows["cluster_sources"], rows["rate_sources"], strict=True)
    ]
    rows = rows.assign(
        clusters=rows["clusters"].fillna(0).astype("int64"), source_ids=pd.Series(sources, dtype="object")
    )
    rows["per_100k"] = 1e5 * rows["clusters"] / rows["population"]
    return rows.sort_values(["high", "geo"], ascending=[False, True], ignore_index=True)[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    french = selection.but(countries=("FR",)).of_clusters(tables)
    return Coverage(int(rows["clusters"].sum()), len(french), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    places = list(range(len(rows)))
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.08)
    figure.update_layout(template=view.theme.template(), showlegend=False, height=86 + 27 * len(rows), margin={"t": 60})
    _rates(figure, rows, view)
    figure.add_bar(
        x=rows["per_100k"],
        y=places,
        orientation="h",
        width=0.5,
        marker_color=view.theme.muted,
        text=[_count(row, view) for row in rows.to_dict("records")],
        textposition="outside",
        cliponaxis=False,
        row=1,
        col=2,
        **_hovers(rows, view),
    )
    heads = (_("Unemployment rate, {year}").format(year=_year(rows)), _("Clusters per 100,000 inhabitants"))
    for number, text in enumerate(heads, 1):
        place = {
            "xref": f"x{'' if number == 1 else number} domain",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
        }
        figure.add_annotation(
            text="<br>".join(wrap(text, 15)),
            x=0,
            y=1,
            align="left",
            showarrow=False,
            font={"size": 12, "color": view.theme.quiet},
            **place,
        )
    figure.update_xaxes(range=[0, 1.12 * float(rows["high"].max(skipna=True) or 1)], col=1)
    figure.update_xaxes(range=[0, 1.55 * (float(rows["per_100k"].max()) or 1)], visible=False, col=2)
    figure.update_xaxes(
        view.ticks(0, float(rows["high"].max()), unit="percent") if rows["high"].notna().any() else {}, col=1
    )
    figure.update_xaxes(tickangle=0, tickfont={"size": 10})
    names = ["<br>".join(wrap(escape(name, quote=False), 18, break_on_hyphens=True)) for name in rows["region"]]
    figure.update_yaxes(tickvals=places, ticktext=names, range=[len(rows) - 0.4, -0.6], showgrid=False)
    return figure.update_yaxes(tickfont={"color": view.theme.text, "size": 11})


def _rates(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    """A mark for the one rate of a region, a bar with two ends for those of former regions, words for none."""
    ends = [(row.low, row.high, row.Index) for row in rows.dropna(subset=["low", "high"]).itertuples()]
    hover = _hovers(rows.dropna(subset=["low", "high"]), view)
    figure.add_scatter(
        x=[x for low, high, _place in ends for x in (low, high, None)],
        y=[y for *_rates, place in ends for y in (place, place, None)],
        mode="lines+markers",
        line={"color": view.theme.primary, "width": 3},
        marker={"size": 9, "color": view.theme.primary},
        row=1,
        col=1,
        **(hover | {"hovertext": [text for text in hover["hovertext"] for _end in range(3)]}),
    )
    missing = rows[rows["low"].isna()]
    figure.add_scatter(
        x=[0] * len(missing),
        y=missing.index,
        mode="text",
        text=[view.missing] * len(missing),
        textposition="middle right",
        textfont={"size": 11, "color": view.theme.quiet},
        hoverinfo="skip",
        row=1,
        col=1,
    )


def _hovers(rows: pd.DataFrame, view: View) -> dict[str, Any]:
    return {
        "hovertext": [_hover(row, view) for row in rows.to_dict("records")],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _count(row: dict[Any, Any], view: View) -> str:
    """'0.32 (19)': the rate and the number of clusters."""
    return f"{view.number(row['per_100k'], 2)} ({view.number(row['clusters'])})"


def _year(rows: pd.DataFrame) -> str:
    return "" if rows["rate_year"].isna().all() else str(int(rows["rate_year"].max()))


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    known = rows.dropna(subset=["low", "high"])
    if not known["clusters"].sum():
        return _("No French region of this selection has both clusters and a published unemployment rate.")
    mainland, overseas = known[~_is_overseas(known)], known[_is_overseas(known)]
    middle = float(mainland[["low", "high"]].mean(axis=1).median())
    above, below = mainland[mainland["low"] > middle], mainland[mainland["high"] < middle]
    if above.empty or below.empty or overseas.empty:
        return _("Too few French regions publish an unemployment rate to compare them.")
    return _(
        "Clusters per 100,000 inhabitants: {high} in the mainland French regions with most unemployment, {low} in those with least, {overseas} overseas."
    ).format(
        **{name: view.number(_rate(own), 2) for name, own in (("high", above), ("low", below), ("overseas", overseas))}
    )


def _is_overseas(regions: pd.DataFrame) -> pd.Series:
    return regions["geo"].str.startswith(OVERSEAS).astype(bool)


def _rate(regions: pd.DataFrame) -> float:
    """Clusters per 100,000 inhabitants of several regions together."""
    return float(1e5 * regions["clusters"].sum() / regions["population"].sum())


def _hover(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    rate = (
        view.percent(row["low"] / 100)
        if row["low"] == row["high"]
        else _("{low} to {high}").format(low=view.percent(row["low"] / 100), high=view.percent(row["high"] / 100))
    )
    return _(
        "<b>{region}</b><br>{clusters} clusters, {rate} per 100,000 inhabitants<br>unemployment {unemployment} ({year})"
    ).format(
        region=escape(row["region"], quote=False),
        clusters=view.number(row["clusters"]),
        rate=view.number(row["per_100k"], 2),
        unemployment=rate,
        year=view.missing if pd.isna(row["rate_year"]) else row["rate_year"],
    )
