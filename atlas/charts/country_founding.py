"""When the clusters of a few countries or groups were founded: a row each, on the same axis of years."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.comparison import clusters_of, item_name, items
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Founding years side by side"),
    question=N_("When were the clusters of each country founded?"),
    drawn=N_("Clusters founded each year, on the same axis: the larger the circle, the more clusters."),
    note=N_(
        "Only clusters that publish a founding year are drawn; the others are counted at the right. Recent years are "
        "incomplete: new clusters take time to be known."
    ),
)
FILTERS = CLUSTERS
FIRST, BEFORE = 1990, 1987
"""The first year with a place of its own, and where the clusters of all earlier years are drawn together."""
ROW, LARGEST = 56, 30
"""Height of a row and diameter of the largest circle, in pixels."""
ENOUGH, NAMED = 5, 3
"""Dated clusters below which a median says little, and medians that a sentence names."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`) and founding year (missing when not published): year, clusters (count), selected
    (clusters of the item), source_ids. In the order chosen, then by year; an item without clusters has no row."""
    compared, clusters = items(tables, selection), clusters_of(tables, selection)
    counts = clusters.rename(columns={"founded_year": "year"}).groupby(["geo", "year"], dropna=False)
    rows = counts.agg(clusters=("cluster_id", "nunique"), source_ids=("source_ids", union)).reset_index()
    rows["selected"] = rows.groupby("geo")["clusters"].transform("sum")
    rows = rows.assign(place=rows["geo"].map(compared.index)).sort_values(["place", "year"], ignore_index=True)
    return rows[["geo", "year", "clusters", "selected", "source_ids"]]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Clusters with a founding year, of those of the items compared; each once."""
    clusters = clusters_of(tables, selection).drop_duplicates("cluster_id")
    return Coverage(int(clusters["founded_year"].notna().sum()), len(clusters), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    dated = rows[rows["year"].notna()]
    if dated.empty:
        return blank(view)
    _ = view.gettext
    places = {geo: row for row, geo in enumerate(rows["geo"].unique())}
    placed = dated.assign(x=dated["year"].where(dated["year"] >= FIRST, BEFORE)).groupby(["geo", "x"], sort=False)
    circles = placed["clusters"].sum().reset_index()
    before = _("before {year}").format(year=FIRST)
    circles["when"] = [before if x == BEFORE else str(x) for x in circles["x"]]
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.add_scatter(
        x=circles["x"].astype(int),
        y=circles["geo"].map(places) + 0.14,
        mode="markers",
        marker={
            "size": circles["clusters"],
            "sizemode": "area",
            "sizeref": max(circles["clusters"].max() / LARGEST**2, 1 / 64),
            "color": faded(view.theme.primary, 0.45),
            "line": {"width": 1.5, "color": view.theme.primary},
        },
        cliponaxis=False,
        text=[_hover(circle, view) for circle in circles.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )
    for geo, row in places.items():
        _names(figure, rows[rows["geo"] == geo], row, view)
    last = int(max(dated["year"].max(), FIRST + 10))
    has_before = bool((circles["x"] == BEFORE).any())
    years = [year for year in range(FIRST if not has_before else FIRST + 10, last + 1) if year % 10 == 0]
    marks = {"tickvals": [BEFORE, *years], "ticktext": ["<br>".join(before.split()), *map(str, years)]}
    ticks = marks if has_before else {"tickvals": years, "ticktext": [str(year) for year in years]}
    figure.update_xaxes(
        **ticks, range=[BEFORE - 2 if has_before else FIRST - 1, last + 1.5], showgrid=True, tickangle=0
    )
    figure.update_yaxes(range=[len(places) - 0.5, -0.5], visible=False)
    return figure.update_layout(height=62 + ROW * len(places), margin={"l": 12, "r": 12, "t": 8, "b": 40})


def _names(figure: go.Figure, rows: pd.DataFrame, row: int, view: View) -> None:
    """The item over its circles, and at the right how many of its clusters have no year."""
    name, undated = item_name(rows["geo"].iloc[0], view), int(rows.loc[rows["year"].isna(), "clusters"].sum())
    place = {"xref": "paper", "y": row - 0.36, "showarrow": False, "font_size": 13}
    figure.add_annotation(text=f"<b>{name}</b>", x=0, xanchor="left", **place)
    if undated:
        text = view.ngettext("{n} without a year", "{n} without a year", undated)
        text = f"<span style='color:{view.theme.quiet};font-size:12px'>{text}</span>"
        figure.add_annotation(text=text, x=1, xanchor="right", **place)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No cluster matches this selection.")
    medians = _medians(rows)
    if medians.empty:
        return _("Too few clusters publish their founding year to tell these territories apart.")
    if len(medians) <= NAMED:
        listed = ", ".join(f"{item_name(str(geo), view)} ({year})" for geo, year in medians.items())
        return _("Half of the dated clusters were founded in this year or later: {medians}.").format(medians=listed)
    words = {"oldest": item_name(str(medians.idxmin()), view), "first": medians.min()}
    words |= {"newest": item_name(str(medians.idxmax()), view), "last": medians.max()}
    return _("The median founding year goes from {first} ({oldest}) to {last} ({newest}).").format(**words)


def _medians(rows: pd.DataFrame) -> pd.Series:
    """The median founding year of each item with enough dated clusters, in the order of the rows."""
    dated = rows[rows["year"].notna()]
    each = dated.loc[dated.index.repeat(dated["clusters"].tolist()), ["geo", "year"]].astype({"year": "int64"})
    by_item = each.groupby("geo", sort=False)["year"]
    medians = by_item.quantile(0.5, interpolation="higher")
    return medians[by_item.size() >= ENOUGH].astype(int)


def _hover(circle: dict[Any, Any], view: View) -> str:
    count = view.ngettext("{n} cluster", "{n} clusters", circle["clusters"])
    return f"<b>{item_name(circle['geo'], view)}</b><br>{circle['when']} · {count}"
