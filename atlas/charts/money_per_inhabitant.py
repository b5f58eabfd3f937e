"""National budgets in euros for each inhabitant, one kind of budget at a time; what cannot be a rate is listed."""

from html import escape
from textwrap import shorten, wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.indicators import preferred
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("National money per inhabitant"),
    question=N_("How much do national programmes bring for each inhabitant?"),
    drawn=N_(
        "National budgets published in euros, divided by the population of the year nearest their start. One bar per "
        "country, one piece of it per programme (their number in brackets); each kind of budget apart, for kinds are "
        "never added."
    ),
    note=N_(
        "Few budgets are published, and they cover different years and lengths of time: a short bar may only mean that "
        "little is published. Budgets that are part of a larger one are left out. Other currencies are not converted."
    ),
)
FILTERS = ("countries", "programme_kinds", "time")
REASONS = ("other_currency", "not_stated", "undated", "no_population")
"""Why a budget is listed and not drawn as a rate."""
ROW_PX, LABEL_PX, NAME = 26, 104, 26
"""Height of a row, space for the countries, and letters of a name that fit a phone beside an amount."""
BUDGET = ["programme_id", "name_en", "name_fr", "name_local", "country", "year", "budget_kind", "budget_eur"]
OTHER = ["budget_amount", "budget_currency"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per national budget that is nobody's part, by kind (that of most countries first), then country (largest
    first): programme_id, name_en, name_fr, name_local, country, year (of the start), budget_kind, budget_eur (EUR),
    budget_amount and budget_currency (as published), population_year, population, eur_per_inhabitant, not_added (why it
    is no rate: other_currency, not_stated, undated, no_population; empty when it is one), source_ids."""
    national = _national(tables, selection)
    budgets = national[national["budget_eur"].notna() | national["budget_amount"].notna()]
    budgets = budgets.assign(year=budgets["start_date"].dt.year.astype("Int64"))
    budgets = budgets.merge(_population(budgets, tables), on="programme_id", how="left")
    reasons = [
        budgets["budget_eur"].isna(),
        budgets["budget_kind"].isna() | budgets["budget_kind"].eq("unknown"),
        budgets["year"].isna(),
        budgets["population"].isna(),
    ]
    budgets["not_added"] = pd.Series(np.select(reasons, REASONS, ""), index=budgets.index, dtype="str").replace(
        "", None
    )
    rate = budgets["budget_eur"] / budgets["population"]
    budgets["eur_per_inhabitant"] = rate.where(budgets["not_added"].isna())
    people = ["population_year", "population", "population_source_ids"]
    budgets[people] = budgets[people].where(budgets["not_added"].isna())
    budgets["source_ids"] = [
        union([own, of_population if isinstance(of_population, list) else []])
        for own, of_population in budgets[["source_ids", "population_source_ids"]].to_numpy()
    ]
    columns = [*BUDGET, *OTHER, "population_year", "population", "eur_per_inhabitant", "not_added", "source_ids"]
    return _ordered(budgets)[columns].reset_index(drop=True)


def _national(tables: Tables, selection: Selection) -> pd.DataFrame:
    national = selection.but(levels=("national",)).of_programmes(tables)
    return national[national["part_of"].isna() & (national["country"] != "EU")]


def _population(budgets: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The population of the year nearest the start of each programme (the earlier of two): programme_id,
    population_year, population, population_source_ids."""
    known = tables.indicators.query("indicator == 'population' and geo_level == 'country' and value > 0")
    known = preferred(known, tables, ["geo", "year"]).drop_duplicates(["geo", "year"])
    known = known[["geo", "year", "value", "source_ids"]].set_axis(
        ["country", "population_year", "population", "population_source_ids"], axis=1
    )
    pairs = budgets[["programme_id", "country", "year"]].dropna().merge(known, on="country")
    pairs["apart"] = (pairs["population_year"] - pairs["year"]).abs()
    nearest = pairs.sort_values(["apart", "population_year"]).drop_duplicates("programme_id")
    nearest["population_source_ids"] = nearest["population_source_ids"].map(list)
    return nearest[["programme_id", "population_year", "population", "population_source_ids"]]


def _ordered(budgets: pd.DataFrame) -> pd.DataFrame:
    """Rates first, the kind with most countries first; then the reasons in their order."""
    rates = budgets[budgets["not_added"].isna()]
    countries = rates.groupby("budget_kind")["country"].nunique()
    totals = rates.groupby(["budget_kind", "country"])["eur_per_inhabitant"].sum().rename("total").reset_index()
    order = budgets.merge(totals, on=["budget_kind", "country"], how="left")
    order["reason"] = order["not_added"].map(REASONS.index, na_action="ignore").fillna(-1).astype(int)
    order["countries"] = order["budget_kind"].map(countries).fillna(0)
    drawn = order["reason"] < 0
    order[["countries", "total"]] = order[["countries", "total"]].where(drawn, 0)
    order["kind"] = order["budget_kind"].where(drawn, "")
    by = {"reason": True, "countries": False, "kind": True, "total": False, "country": True, "year": True}
    return order.sort_values([*by, "programme_id"], ascending=[*by.values(), True])


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Programmes drawn as a rate, of the national ones that are nobody's part."""
    return Coverage(int(rows["not_added"].isna().sum()), len(_national(tables, selection)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    figure = go.Figure(layout={"template": view.theme.template(), "barmode": "stack", "showlegend": False})
    labels: dict[float, str] = {}
    rates, top = rows[rows["not_added"].isna()], 0.0
    for kind, own in rates.groupby("budget_kind", sort=False):
        _write(figure, f"<b>{escape(view.label('budget_kinds', kind))}</b>", top)
        labels |= _rates(figure, own, top + 1, view)
        top += 1.4 + own["country"].nunique()
    for reason, own in rows[rows["not_added"].notna()].groupby("not_added", sort=False):
        _write(figure, f"<b>{_heading(str(reason), view)}</b>", top)
        for place, (_i, row) in enumerate(own.iterrows()):
            _write(figure, _listed(row, view), top + 1 + 0.8 * place, _hover(row, view))
        top += 1.4 + 0.8 * len(own)
    widest = rates.groupby(["budget_kind", "country"])["eur_per_inhabitant"].sum().max() if len(rates) else 1
    figure.update_xaxes(visible=False, range=[0, 1.6 * (widest or 1)])
    figure.update_yaxes(
        tickvals=list(labels), ticktext=list(labels.values()), range=[top - 0.4, -0.6], showgrid=False,
        tickfont={"color": view.theme.text, "size": 12}, ticklabelstandoff=6, automargin=False,
    )  # fmt: skip
    return figure.update_layout(height=int(24 + ROW_PX * top), margin={"t": 8, "r": 8, "l": LABEL_PX, "b": 8})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No national budget is published for this selection.")
    rates = rows[rows["not_added"].isna()]
    if rates.empty:
        return _("No national budget of this selection can be divided by a population.")
    own = rates[rates["budget_kind"] == rates["budget_kind"].iloc[0]]
    totals = own.groupby("country", sort=False)["eur_per_inhabitant"].agg(["sum", "size"])
    words = {
        "kind": view.label("budget_kinds", own["budget_kind"].iloc[0]),
        "country": view.country(totals.index[0]),
        "amount": _euros(totals["sum"].iloc[0], view),
        "programmes": view.ngettext("{n} programme", "{n} programmes", int(totals["size"].iloc[0])),
    }
    if len(totals) == 1:
        return _("{kind} per inhabitant: {amount} ({country}, {programmes}).").format(**words)
    return view.ngettext(
        "{kind} per inhabitant, as far as published: most in {country}, {amount} ({programmes}); {n} country has one.",
        "{kind} per inhabitant, as far as published: most in {country}, {amount} ({programmes}); {n} countries have one.",
        len(totals),
    ).format(**words)


def _rates(figure: go.Figure, rows: pd.DataFrame, top: float, view: View) -> dict[float, str]:
    """Draws the bars of one kind from `top` down; returns the names of their countries by place."""
    lines = {country: top + place for place, country in enumerate(rows["country"].unique())}
    edge = {"color": view.theme.background, "width": 0.7}
    colour = view.colour("budget_kinds", rows["budget_kind"].iloc[0])
    for place, pieces in rows.groupby(rows.groupby("country").cumcount()):
        figure.add_bar(
            x=pieces["eur_per_inhabitant"], y=pieces["country"].map(lines), orientation="h", width=0.66, name=str(place),
            marker={"color": colour, "line": edge},
            hovertext=[_hover(row, view) for _i, row in pieces.iterrows()], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    totals = rows.groupby("country", sort=False)["eur_per_inhabitant"].agg(["sum", "size"])
    figure.add_scatter(
        x=totals["sum"], y=list(lines.values()), mode="text", textposition="middle right", textfont={"size": 12},
        text=[_beside(total, n, view) for total, n in totals.itertuples(index=False)], cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    return {y: _wrapped(view.country(country)) for country, y in lines.items()}


def _wrapped(name: str) -> str:
    return "<br>".join(escape(line, quote=False) for line in wrap(name, 16))


def _write(figure: go.Figure, text: str, y: float, hover: str | None = None) -> None:
    figure.add_annotation(
        text=text, hovertext=hover, x=0, xref="paper", xshift=4 - LABEL_PX, y=y, xanchor="left", align="left",
        showarrow=False, font={"size": 12},
    )  # fmt: skip


def _listed(row: pd.Series, view: View) -> str:
    """A budget that is no rate, as published: country, amount, name."""
    name = shorten(view.name(row), NAME, placeholder="…")
    place, name = (escape(text, quote=False) for text in (view.country(row["country"]), name))
    return f"{place} · {_amount(row, view)} <span style='color:{view.theme.quiet}'>{name}</span>"


def _heading(reason: str, view: View) -> str:
    _ = view.gettext
    words = {
        "other_currency": _("Another currency, not converted"),
        "not_stated": _("Kind of budget not stated"),
        "undated": _("Start not published, so no rate"),
        "no_population": _("Population not published"),
    }
    return words[reason]


def _euros(amount: float, view: View) -> str:
    return view.money(round(amount, 2))


def _beside(total: float, n: int, view: View) -> str:
    """'€1.64 (6)': euros per inhabitant, and the programmes they come from."""
    quiet = f"<span style='color:{view.theme.quiet}'>({view.number(n)})</span>"
    return f"\N{NO-BREAK SPACE}<b>{_euros(total, view)}</b> {quiet}"


def _amount(row: pd.Series, view: View) -> str:
    if pd.notna(row["budget_eur"]):
        return view.money_short(row["budget_eur"])
    currency = "EUR" if pd.isna(row["budget_currency"]) else row["budget_currency"]
    return view.money_short(row["budget_amount"], currency)


def _hover(row: pd.Series, view: View) -> str:
    """Name, start, the whole amount with its kind and, for a rate, the population it is divided by."""
    _ = view.gettext
    currency = "EUR" if pd.isna(row["budget_currency"]) else row["budget_currency"]
    whole = view.money(row["budget_eur"]) if pd.notna(row["budget_eur"]) else view.money(row["budget_amount"], currency)
    start = view.date(None if pd.isna(row["year"]) else row["year"])
    lines = [
        *(f"<b>{escape(line, quote=False)}</b>" for line in wrap(view.name(row), 50)),
        f"{whole} · {view.label('budget_kinds', row['budget_kind'])} · {start}",
    ]
    if pd.notna(row["eur_per_inhabitant"]):
        rate = _("{amount} for each of {people} inhabitants ({year})").format(
            amount=_euros(row["eur_per_inhabitant"], view),
            people=view.number(row["population"]),
            year=int(row["population_year"]),
        )
        lines.append(rate)
    return "<br>".join(lines)
