"""Projects the Union pays for by the year they start: how many, and apart, the contribution they publish in euros."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank
from atlas.columns import VALUES
from atlas.eu_project_words import most, nothing, sums
from atlas.eu_projects import FIELDS, chosen, summed
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("EU projects by year of their start"),
    question=N_("When do the projects that the Union pays for start, and with how much money?"),
    drawn=N_(
        "Above, the projects that start each year; below, the contribution of the Union that they publish in euros, over all their "
        "years. Full: Kohesio (cohesion policy); hatched: CORDIS (research)."
    ),
    note=N_(
        "The money of a year is that of the projects that start in it, not what is spent in it, and lacks those that publish none in "
        "euros. It is never added to national budgets. Years are incomplete until the databases have them: the programmes of "
        "2014–2020 and 2021–2027 begin late, and the last years are still being filled."
    ),
)
FILTERS = FIELDS
HATCHES = {"kohesio": "", "cordis": "/"}
PANELS = {"eu_projects": 1, "eu_amount_eur": 2}


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per year of start (missing when it is not published) and database, oldest first: year, origin, eu_projects (count),
    with_amount (how many publish the contribution of the Union in euros), eu_amount_eur (theirs together, EUR; missing when none
    does), source_ids."""
    projects = chosen(tables, selection, ["start_date", "origin", "eu_amount_eur", "source_ids"])
    projects = projects.assign(year=projects["start_date"].dt.year.astype("Int64"))
    rows = summed(projects, ["year", "origin"])
    order = rows["origin"].map(list(HATCHES).index)
    return rows.assign(order=order).sort_values(["year", "order"], ignore_index=True).drop(columns="order")


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Projects whose start is published, of those chosen."""
    return Coverage(int(_dated(rows)["eu_projects"].sum()), int(rows["eu_projects"].sum()), "starts")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    dated = _dated(rows)
    if dated.empty:
        return blank(view)
    figure = make_subplots(2, 1, shared_xaxes=True, vertical_spacing=0.14)
    for origin in HATCHES:
        own = dated[dated["origin"] == origin]
        for column, panel in PANELS.items() if len(own) else ():
            figure.add_trace(_bars(origin, own, column, view), panel, 1)
    for column, panel in PANELS.items():
        _headed(figure, rows, column, view)
        top = dated.groupby("year")[column].sum().max()
        unit, least = ("EUR", 1) if column == "eu_amount_eur" else ("", 4)
        ticks = view.ticks(0, max(top, least), unit=unit)
        figure.update_yaxes(**ticks, range=[0, 1.1 * max(top, 1)], row=panel, col=1)
    figure.update_xaxes(**_years(dated), showgrid=False, tickangle=0, ticks="outside", tickcolor=view.theme.line)
    figure.update_layout(template=view.theme.template(), barmode="stack", bargap=0.15, height=470, margin_t=58)
    legend = {"y": 1, "yref": "container", "yanchor": "top", "itemclick": False, "itemdoubleclick": False}
    return figure.update_layout(showlegend=True, legend={"traceorder": "normal", **legend})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return nothing(view)
    dated, total = _dated(rows), int(rows["eu_projects"].sum())
    if dated.empty:
        return view.ngettext(
            "{n} EU project listed, without a published start.",
            "{n} EU projects listed, none with a published start.",
            total,
        )
    by_year = dated.groupby("year")["eu_projects"].sum()
    count, undated = int(by_year.sum()), total - int(by_year.sum())
    words: dict[str, Any] = {"first": by_year.index.min(), "last": by_year.index.max(), "count": view.number(count)}
    words |= {"years": ", ".join(map(str, most(by_year))), "most": view.number(by_year.max())}
    words["undated"] = view.ngettext("{n} more has no published start", "{n} more have no published start", undated)
    if len(by_year) == 1:
        told = view.ngettext(
            "{n} EU project listed starts in {first}", "{n} EU projects listed start in {first}", count
        )
    elif words["years"]:
        told = _("{count} EU projects listed start between {first} and {last}, most in {years} ({most})")
    else:
        told = _("{count} EU projects listed start between {first} and {last}")
    told = told.format(**words)
    return (_("{finding}; {undated}.") if undated else _("{finding}.")).format(finding=told, undated=words["undated"])


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["year"].notna()]


def _bars(origin: str, own: pd.DataFrame, column: str, view: View) -> go.Bar:
    """The bars of one database in one panel; full or hatched, so that hue is not needed."""
    colour, ground = view.theme.primary, view.theme.background
    hatch = {"shape": HATCHES[origin], "fgcolor": colour, "bgcolor": ground, "size": 6, "solidity": 0.35}
    return go.Bar(
        x=own["year"].astype(int), y=own[column].fillna(0), name=view.gettext(VALUES[origin]), legendgroup=origin,
        showlegend=column == "eu_projects", marker={"color": colour, "line": {"color": colour, "width": 1}, "pattern": hatch},
        hovertext=[_hover(row, view) for row in own.to_dict("records")], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _headed(figure: go.Figure, rows: pd.DataFrame, column: str, view: View) -> None:
    """What a panel counts, over it, and how many projects it holds."""
    _, dated = view.gettext, _dated(rows)
    told = {
        "eu_projects": _("<b>Projects</b>, {dated} of {total} with a start"),
        "eu_amount_eur": _("<b>EU contribution</b>, published for {reported} of {dated}"),
    }
    counts = {"total": rows["eu_projects"], "dated": dated["eu_projects"], "reported": dated["with_amount"]}
    axis = "" if PANELS[column] == 1 else PANELS[column]
    figure.add_annotation(
        text=told[column].format(**{name: view.number(count.sum()) for name, count in counts.items()}), showarrow=False,
        x=0, xref="paper", xanchor="left", y=1, yref=f"y{axis} domain", yanchor="bottom", yshift=2, font={"size": 12},
    )  # fmt: skip


def _years(dated: pd.DataFrame) -> dict[str, list]:
    """At most seven ticks at round years."""
    first, last = int(dated["year"].min()), int(dated["year"].max())
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= 7)
    years = [year for year in range(first, last + 1) if year % step == 0]
    return {"tickvals": years, "ticktext": list(map(str, years))}


def _hover(row: dict[Any, Any], view: View) -> str:
    heading = view.gettext("{name}, {year}").format(name=view.gettext(VALUES[row["origin"]]), year=row["year"])
    return "<br>".join([f"<b>{heading}</b>", *sums(row, view)])
