"""Laureates of the French PTCE calls: one row by region, one column by call."""

from html import escape
from textwrap import shorten, wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.laureates import laureates, poles
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Laureates of the PTCE calls by region"),
    question=N_("Which French regions hold the laureates of the PTCE calls?"),
    drawn=N_(
        "Number of laureates whose name is known to us, by region and call; under each year, names known of "
        "laureates announced."
    ),
    note=N_(
        "One cluster may win several calls: awards are counted, not clusters. Lists of laureates are incomplete, "
        "above all for 2021, so an empty place is not proof that a region had none."
    ),
)
FILTERS = ("themes", "time")
ROW_PX, KEY_PX = 28, 14
CALLS = ["programme_id", "year", "name_en", "name_fr", "name_local", "laureates"]


ENOUGH = 0.5
"""Share of the announced laureates that must be named before one region is said to lead."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per region and call with awards: region (as published; empty when not), programme_id, year (award),
    name_en, name_fr, name_local (of the call), laureates (announced by the call), awards (count), source_ids.
    A region whose PTCE hold no award has one row, with no call and 0 awards."""
    clusters, awards = poles(tables, selection), laureates(tables, selection)
    won = (
        awards.groupby(["region", *CALLS], dropna=False)
        .agg(awards=("cluster_id", "size"), source_ids=("source_ids", union))
        .reset_index()
    )
    without = clusters[clusters["region"].notna() & ~clusters["region"].isin(won["region"])]
    none = without.groupby("region").agg(source_ids=("source_ids", union)).reset_index().assign(awards=0)
    rows = pd.concat([won, none], ignore_index=True) if len(none) else won
    totals = rows.groupby("region", dropna=False)["awards"].transform("sum")
    order = rows.assign(total=-totals).sort_values(["total", "region", "year", "programme_id"])
    return order[["region", *CALLS, "awards", "source_ids"]].reset_index(drop=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Of the PTCE selected, those known to be laureates."""
    return Coverage(laureates(tables, selection)["cluster_id"].nunique(), len(poles(tables, selection)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    won = rows[rows["awards"] > 0]
    if won.empty:
        return blank(view)
    _ = view.gettext
    calls = won.groupby(CALLS, dropna=False)["awards"].sum().reset_index().sort_values(["year", "programme_id"])
    columns = {call: place for place, call in enumerate(zip(calls["programme_id"], calls["year"], strict=True))}
    totals = totals_of(rows)
    lines = {region: place for place, region in enumerate(totals.index)}
    x = [columns[call] for call in zip(won["programme_id"], won["year"], strict=True)]
    y = [lines[region] for region in won["region"].fillna("")]
    sums = [f"<b>{view.number(total)}</b>" for total in totals]
    drawing = go.Figure(
        [
            _dots(won, x, y, view),
            go.Scatter(
                x=[len(columns)] * len(sums),
                y=list(lines.values()),
                mode="text",
                text=sums,
                hoverinfo="skip",
                showlegend=False,
            ),
        ]
    )
    heads = [_head(call, view) for _index, call in calls.iterrows()] + ["<b>" + _("Total") + "</b>"]
    drawing.update_xaxes(
        tickvals=list(range(len(heads))),
        ticktext=heads,
        side="top",
        range=[-0.6, len(columns) + 0.5],
        showgrid=False,
        tickangle=0,
        tickfont={"size": 10},
    )
    names = ["<br>".join(escape(part) for part in wrap(_region(region, view), 16)) for region in lines]
    drawing.update_yaxes(
        tickvals=list(lines.values()),
        ticktext=names,
        range=[len(lines) - 0.5, -0.6],
        tickfont={"color": view.theme.text, "size": 11},
    )
    _key(drawing, calls, view)
    return drawing.update_layout(
        template=view.theme.template(),
        height=70 + ROW_PX * len(lines) + KEY_PX * len(calls),
        margin={"t": 8, "r": 4, "b": 12 + KEY_PX * len(calls)},
    )


def _dots(won: pd.DataFrame, x: list[int], y: list[int], view: View) -> go.Scatter:
    _ = view.gettext
    hover = [
        _("{region}, {call} ({year}): {n}").format(
            region=escape(_region(row["region"], view)),
            call=escape(view.name(row)),
            year=int(row["year"]),
            n=view.number(row["awards"]),
        )
        for _index, row in won.iterrows()
    ]
    return go.Scatter(
        x=x,
        y=y,
        mode="markers+text",
        text=[view.number(n) for n in won["awards"]],
        textfont={"color": view.theme.background, "size": 12},
        marker={
            "size": [16 + 1.2 * min(n, 8) for n in won["awards"]],
            "color": view.theme.primary,
            "opacity": 1,
            "line": {"width": 0},
        },
        hovertext=hover,
        hoverinfo="text",
        showlegend=False,
    )


def _key(drawing: go.Figure, calls: pd.DataFrame, view: View) -> None:
    """Under the columns, the name of each call in their order."""
    names = [
        f"<b>{int(call['year'])}</b> {escape(shorten(view.name(call), 44, placeholder='…'))}"
        for _index, call in calls.iterrows()
    ]
    drawing.add_annotation(
        xref="paper",
        yref="paper",
        x=0,
        y=0,
        xanchor="left",
        yanchor="top",
        yshift=-6,
        align="left",
        showarrow=False,
        text="<br>".join(names),
        font={"size": 10.5, "color": view.theme.quiet},
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    total = int(rows["awards"].sum())
    if not total:
        return _("No laureate of a PTCE call is known in this selection.")
    totals = totals_of(rows)
    first = [region for region, n in totals.items() if n == totals.iloc[0]]
    announced = rows.loc[rows["awards"] > 0].drop_duplicates("programme_id")["laureates"].sum(skipna=False)
    words = {"regions": ", ".join(_region(str(region), view) for region in first), "count": view.number(totals.iloc[0])}
    if pd.isna(announced) or total < ENOUGH * announced:
        words["announced"] = _("an unknown number") if pd.isna(announced) else view.number(announced)
        return view.ngettext(
            "We can name {n} laureate of {announced} announced by these calls: too few to compare regions.",
            "We can name {n} laureates of {announced} announced by these calls: too few to compare regions.",
            total,
        ).format(**words)
    words["announced"] = view.number(announced)
    return view.ngettext(
        "We can name {n} of the {announced} awards of these calls; most by region: {regions} ({count}).",
        "We can name {n} of the {announced} awards of these calls; most by region: {regions} ({count}).",
        total,
    ).format(**words)


def totals_of(rows: pd.DataFrame) -> pd.Series:
    """Awards by region, most first; the awards whose region is not published last, under ''."""
    totals = (
        rows.assign(region=rows["region"].fillna("")).groupby("region")["awards"].sum().rename("awards").reset_index()
    )
    ordered = totals.assign(last=totals["region"] == "").sort_values(
        ["last", "awards", "region"], ascending=[True, False, True]
    )
    return ordered.set_index("region")["awards"]


def _region(region: str | None, view: View) -> str:
    _ = view.gettext
    return str(region) if pd.notna(region) and region else _("Region not published")


def _head(call: pd.Series, view: View) -> str:
    """The head of a column: year of the award, laureates named over laureates announced."""
    announced = "?" if pd.isna(call["laureates"]) else view.number(call["laureates"])
    return f"<b>{int(call['year'])}</b><br>{view.number(call['awards'])}<br>/{announced}"
