"""Projects the Union pays for by country: how many, and apart, the contribution they publish in euros."""

from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank
from atlas.eu_project_words import most, nothing, published, reported, sums
from atlas.eu_projects import FIELDS, chosen, summed
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("EU projects by country"),
    question=N_("Where are the projects on social innovation and the social economy that the Union pays for?"),
    drawn=N_(
        "Projects of Kohesio (cohesion policy) and CORDIS (research) whose category, name or objective speaks of social innovation "
        "or the social economy; on the right, the contribution of the Union that they publish in euros, and how many publish it."
    ),
    note=N_(
        "A contribution that is missing is not zero: it is not published, or in a currency that is not converted. This money is "
        "never added to national budgets, which may count it already. A project stands in its country, or in that of its "
        "coordinator; words decide what is taken, so some projects are missed and some do not belong."
    ),
)
FILTERS = FIELDS
ROW_PX, LABEL_PX, AMOUNT_PX = 27, 112, 104
"""Height of a row, and room for the names of countries and for the amounts: a phone leaves the rest to the bars."""
NOWHERE = "EU"


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country, most projects first, then those of several countries (EU) and those without one (missing): country,
    eu_projects (count), with_amount (how many publish the contribution of the Union in euros), eu_amount_eur (theirs together, EUR;
    missing when none does), source_ids."""
    rows = summed(chosen(tables, selection, ["country", "eu_amount_eur", "source_ids"]), ["country"])
    order = rows.assign(last=rows["country"].isna() * 2 + rows["country"].eq(NOWHERE) * 1)
    by = ["last", "eu_projects", "country"]
    return order.sort_values(by, ascending=[True, False, True], ignore_index=True).drop(columns="last")


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Projects whose contribution is published in euros, of those chosen."""
    return Coverage(int(rows["with_amount"].sum()), int(rows["eu_projects"].sum()), "contributions")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.08, column_widths=[0.42, 0.5])
    hover = [_hover(row, view) for row in rows.to_dict("records")]
    figure.add_trace(_bars(rows["eu_projects"], list(rows["eu_projects"].map(view.number)), hover, view), 1, 1)
    amounts = [_amount(row, view) for row in rows.to_dict("records")]
    figure.add_trace(_bars(rows["eu_amount_eur"].fillna(0), amounts, hover, view), 1, 2)
    for col, (column, room) in enumerate({"eu_projects": 1.45, "eu_amount_eur": 1.0}.items(), start=1):
        figure.update_xaxes(visible=False, range=[0, room * (rows[column].fillna(0).max() or 1)], row=1, col=col)
    _name(figure, rows, view)
    margin = {"t": 26, "b": 8, "l": LABEL_PX, "r": AMOUNT_PX}
    height = 40 + ROW_PX * len(rows)
    return figure.update_layout(template=view.theme.template(), showlegend=False, height=height, margin=margin)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return nothing(view)
    total = int(rows["eu_projects"].sum())
    places = rows[rows["country"].notna() & rows["country"].ne(NOWHERE)].set_index("country")["eu_projects"]
    first = most(places) if len(rows) > 1 else []
    projects = view.ngettext("{n} EU project listed", "{n} EU projects listed", total)
    if first:
        words = {"projects": projects, "countries": ", ".join(map(view.country, first))}
        words["count"] = view.number(places.max())
        told = (
            _("{projects}, most in {countries} ({count} each)")
            if len(first) > 1
            else _("{projects}, most in {countries} ({count})")
        )
        projects = told.format(**words)
    return _("{projects}; {money}.").format(projects=projects, money=published(rows, view))


def _name(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    """The heads of both columns, and the countries before their rows."""
    _ = view.gettext
    for axis, heading in (("x", _("Projects")), ("x2", _("EU contribution"))):
        figure.add_annotation(
            text=f"<b>{heading}</b>", x=0, xref=f"{axis} domain", xanchor="left", y=1, yref="paper", yanchor="bottom",
            showarrow=False, font={"size": 12},
        )  # fmt: skip
    names = ["<br>".join(wrap(escape(view.country(code), quote=False), 16)) for code in rows["country"]]
    figure.update_yaxes(range=[len(rows) - 0.4, -0.6], showgrid=False, automargin=False)
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=names, tickfont={"color": view.theme.text, "size": 12},
        ticklabelstandoff=6, col=1,
    )  # fmt: skip


def _bars(lengths: pd.Series, texts: list[str], hover: list[str], view: View) -> go.Bar:
    return go.Bar(
        x=lengths, y=list(range(len(lengths))), orientation="h", width=0.62, text=texts, textposition="outside",
        textfont={"size": 12, "color": view.theme.text}, cliponaxis=False, marker={"color": view.theme.primary},
        hovertext=hover, hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _amount(row: dict[Any, Any], view: View) -> str:
    """'€12M', 'not published'; behind it how many publish it, where not all do."""
    small = f"<span style='font-size:11px;color:{view.theme.quiet}'>{{}}</span>"
    if not row["with_amount"]:
        return small.format(view.missing)
    told = view.money_short(row["eu_amount_eur"])
    return told if row["with_amount"] == row["eu_projects"] else f"{told} {small.format(reported(row, view))}"


def _hover(row: dict[Any, Any], view: View) -> str:
    country = escape(view.country(row["country"]), quote=False)
    return "<br>".join([f"<b>{country}</b>", *sums(row, view)])
