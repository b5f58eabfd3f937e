"""Awards to clusters, by country and by theme of the laureate, with the amounts that are published."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Awards by country and theme"),
    question=N_("Which countries and themes do the laureates of calls come from?"),
    drawn=N_(
        "Awards to clusters; hatched, those whose amount is not published. Beside each bar: the number of awards, then "
        "the published amounts together and, in brackets, how many awards they come from."
    ),
    note=N_(
        "A laureate with several themes counts in each of them, with its whole amount: themes are not added. An amount "
        "that is not published is not zero. French calls for PTCE publish lists of laureates, most other calls do not."
    ),
)
FILTERS = CLUSTERS
SIDES = {"by_country": "country", "by_theme": "theme"}
"""The part of the chart a row belongs to -> the column that names it there."""
ROW_PX = 29
LEGEND = {"traceorder": "normal", "xref": "container", "x": 0.01, "yref": "container", "y": 0.995, "yanchor": "top"}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Awards of the clusters selected, in the years selected. One row per country (role by_country, theme 'all'), then one
    per theme and country (role by_theme; theme empty when none is published): role, country, theme, awards (count),
    amounts_published (count), amount_eur (EUR, sum of the published amounts; empty without any), source_ids."""
    awards = _awards(tables, selection)
    by_country = _counted(awards, ["country"]).assign(role="by_country", theme="all")
    by_theme = _counted(awards.explode("themes").rename(columns={"themes": "theme"}), ["theme", "country"])
    by_theme["total"] = (
        by_theme.groupby("theme", dropna=False)["awards"].transform("sum").where(by_theme["theme"].notna(), -1)
    )
    first = by_country.sort_values(["awards", "country"], ascending=[False, True])
    then = by_theme.sort_values(["total", "theme", "awards", "country"], ascending=[False, True, False, True])
    rows = pd.concat([first.astype({"theme": "str"}), then.assign(role="by_theme").astype({"theme": "str"})])
    columns = ["role", "country", "theme", "awards", "amounts_published", "amount_eur", "source_ids"]
    return rows.reset_index(drop=True)[columns]


def _awards(tables: Tables, selection: Selection) -> pd.DataFrame:
    clusters = pd.DataFrame(selection.but(time=None).of_clusters(tables)[["cluster_id", "country", "themes"]])
    awards = tables.awards.merge(clusters, on="cluster_id")
    if selection.time:
        awards = awards[awards["year"].between(*selection.time).fillna(False).astype(bool)]
    return awards


def _counted(awards: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = awards.groupby(by, dropna=False)
    counts = groups.agg(
        awards=("cluster_id", "size"), amounts_published=("amount_eur", "count"), source_ids=("source_ids", union)
    )
    return counts.assign(amount_eur=groups["amount_eur"].sum(min_count=1)).reset_index()


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Awards whose amount is published, of those known."""
    countries = rows[rows["role"] == "by_country"]
    return Coverage(int(countries["amounts_published"].sum()), int(countries["awards"].sum()), "awards")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    headings = {"by_country": _("By country"), "by_theme": _("By theme of the laureate")}
    bars, labels, top = [], {}, 0.0
    for role, column in SIDES.items():
        labels[top] = f"<b>{headings[role]}</b>"
        own = _bars(rows[rows["role"] == role], column, view)
        bars.append(own.assign(y=[top + 1 + place for place in range(len(own))]))
        top += len(own) + 1.4
    placed = pd.concat(bars)
    labels |= dict(zip(placed["y"], placed["label"], strict=True))
    known, unknown = placed["amounts_published"], placed["awards"] - placed["amounts_published"]
    plain = {"color": view.theme.primary, "line": {"color": view.theme.primary, "width": 1}}
    figure = go.Figure(layout={"template": view.theme.template(), "barmode": "stack", "height": int(72 + ROW_PX * top)})
    figure.add_trace(_bar(known, placed, plain, _("Amount published")))
    figure.add_trace(_bar(unknown, placed, _hatched(view), _("Amount not published")))
    figure.add_scatter(
        x=placed["awards"], y=placed["y"], mode="text", text=placed["text"], textposition="middle right",
        textfont={"size": 12}, hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip
    figure.update_layout(legend={**LEGEND, "itemclick": False, "itemdoubleclick": False}, margin={"t": 52, "r": 8})
    figure.update_xaxes(visible=False, range=[0, 2.3 * placed["awards"].max()])
    return figure.update_yaxes(
        tickvals=list(labels), ticktext=list(labels.values()), range=[top - 0.6, -0.6], showgrid=False,
        tickfont={"color": view.theme.text, "size": 12}, ticklabelstandoff=6,
    )  # fmt: skip


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    countries = rows[rows["role"] == "by_country"]
    if countries.empty:
        return _("No award to a cluster of this selection is known.")
    awards, published = int(countries["awards"].sum()), int(countries["amounts_published"].sum())
    first = countries[countries["awards"] == countries["awards"].max()]
    words = {
        "country": ", ".join(view.country(code) for code in first["country"]),
        "countries": view.number(len(countries)),
        "count": view.number(first["awards"].iloc[0]),
        "published": view.number(published),
        "amount": view.money(countries["amount_eur"].sum()),
    }
    if len(countries) == 1:
        known = view.ngettext("{n} award to clusters ({country})", "{n} awards to clusters ({country})", awards)
    elif len(first) == 1:
        known = view.ngettext(
            "{n} award to clusters of {countries} countries, {count} of them in {country}",
            "{n} awards to clusters of {countries} countries, {count} of them in {country}",
            awards,
        )
    else:
        known = view.ngettext(
            "{n} award to clusters of {countries} countries, most often ({count} each): {country}",
            "{n} awards to clusters of {countries} countries, most often ({count} each): {country}",
            awards,
        )
    if not published:
        return _("{known}; no amount is published.").format(known=known.format(**words))
    money = view.ngettext(
        "the amount of {n} is published: {amount}",
        "the amounts of {n} are published: {amount} in all",
        published,
    )
    return _("{known}; {money}.").format(known=known.format(**words), money=money.format(**words))


def _bars(rows: pd.DataFrame, column: str, view: View) -> pd.DataFrame:
    """One row per bar: awards, amounts_published, its label, the text beside it and its hover; in the order of rows."""
    codes = rows[column].fillna("")
    bars = []
    for code, own in rows.groupby(codes, sort=False):
        awards, published = int(own["awards"].sum()), int(own["amounts_published"].sum())
        money = own["amount_eur"].sum(min_count=1)
        name = _name(str(code), column, view)
        bars.append(
            {
                "awards": awards,
                "amounts_published": published,
                "label": "<br>".join(escape(line, quote=False) for line in wrap(name, 22)),
                "text": _beside(awards, published, money, view),
                "hover": "<br>".join([f"<b>{escape(name, quote=False)}</b>", *_hover(own, published, money, view)]),
            }
        )
    return pd.DataFrame(bars)


def _name(code: str, column: str, view: View) -> str:
    _ = view.gettext
    if column == "country":
        return view.country(code)
    return view.label("themes", code) if code else _("Theme not published")


def _beside(awards: int, published: int, money: float, view: View) -> str:
    """'15 · €680K (7)', or '9 · not published'."""
    amount = f"{view.money_short(money)} ({view.number(published)})" if published else view.missing
    return f"\N{NO-BREAK SPACE}<b>{view.number(awards)}</b> <span style='color:{view.theme.quiet}'>· {amount}</span>"


def _hover(rows: pd.DataFrame, published: int, money: float, view: View) -> list[str]:
    """Awards by country, then the amount written in full with how many awards it stands for."""
    _ = view.gettext
    counts = rows.groupby("country", sort=False)["awards"].sum()
    by_country = ", ".join(f"{escape(view.country(code))} {view.number(n)}" for code, n in counts.items())
    amount = view.ngettext("{amount} for {n} award", "{amount} for {n} awards", published)
    return [by_country, amount.format(amount=view.money(money)) if published else _("No amount published")]


def _bar(values: pd.Series, placed: pd.DataFrame, marker: dict, name: str) -> go.Bar:
    return go.Bar(
        x=values, y=placed["y"], orientation="h", width=0.66, name=name, marker=marker,
        hovertext=placed["hover"], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _hatched(view: View) -> dict:
    ink = view.theme.quiet
    pattern = {"shape": "/", "fgcolor": ink, "bgcolor": view.theme.background, "size": 5, "solidity": 0.18}
    return {"color": view.theme.background, "pattern": pattern, "line": {"color": ink, "width": 1}}
