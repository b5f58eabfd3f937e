"""Paid jobs of the social economy by family: cooperatives and mutuals, associations and foundations, by country."""

from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.observed import is_old, old_before
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Families of the social economy"),
    question=N_("Which families of the social economy employ most?"),
    drawn=N_(
        "Each bar is what one source gives for one country and year: 100% is its published total of paid jobs in the "
        "social economy; empty is the part it does not split."
    ),
    note=N_(
        "Figures of two sources never share a bar. Families differ by source: the 2014–15 study joins cooperatives with "
        "mutuals and associations with foundations; the 2021 figures of the EU give cooperatives and associations alone. A country with one family has the other left "
        "out of its total."
    ),
)
FILTERS = ("countries", "time")
TOTAL = "social_economy_paid_employment"


class Family(NamedTuple):
    """A family as published: its side of the bar, and its name."""

    side: str
    name: str


FAMILIES = {
    f"{TOTAL}_cooperatives_mutuals": Family("left", N_("cooperatives and mutuals")),
    f"{TOTAL}_cooperatives": Family("left", N_("cooperatives")),
    f"{TOTAL}_associations_foundations": Family("right", N_("associations and foundations")),
    f"{TOTAL}_associations": Family("right", N_("associations")),
}
YEARS = {2015: "2014–15"}
"""How a year is written when it stands for two."""
ROW, LINE, KEY, ABSENT = 28, 17, 24, "×"
"""Height in pixels of a bar and of a line of heading, its length in characters; the mark of what is not published."""
BAR = ["year", "geo", "given_by"]
COLUMNS = [*BAR, "is_old", "indicator", "value", "unit", "qualifier", "share", "note", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per year, country or aggregate, source and family published: year, geo, given_by (the source of the bar),
    is_old, indicator, value, unit, qualifier, share (of the total the same source gives for that year, a ratio; missing
    when it gives none, or one that is too small), note, source_ids. Newest year first; then the largest share of
    cooperatives first, bars of a single family last."""
    known = tables.indicators
    known = known[known["indicator"].isin([TOTAL, *FAMILIES]) & known["geo_level"].isin(["country", "aggregate"])]
    known = known[known["year"].between(*selection.time)] if selection.time else known
    if selection.countries:
        known = known[known["geo"].isin(tables.codes.members(selection.countries)) | known["geo_level"].eq("aggregate")]
    known = known.assign(given_by=known["source_ids"], is_old=is_old(known["year"], old_before(tables)))
    known = known.explode("given_by").dropna(subset=["given_by"])
    totals = known[known["indicator"] == TOTAL].groupby(BAR)["value"].min().rename("total")
    families = known[known["indicator"] != TOTAL].drop_duplicates([*BAR, "indicator"]).join(totals, on=BAR)
    families = families.sort_values("total", na_position="last").drop_duplicates(["geo", "year", "indicator", "value"])
    fits = families.groupby(BAR)["value"].transform("sum") <= families["total"]
    rows = families.assign(share=(families["value"] / families["total"]).where(fits & families["total"].gt(0)))
    return _in_order(rows)[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries with a split, of the countries asked for."""
    countries = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    if selection.countries:
        countries = countries[countries.isin(tables.codes.members(selection.countries))]
    return Coverage(int(countries.isin(rows["geo"]).sum()), len(countries), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    figure, labels, y = go.Figure(), {}, 0.0
    for _year, of_year in rows.groupby("year", sort=False):
        y = _heading(figure, of_year, y, view)
        for _bar, parts in of_year.groupby(BAR, sort=False):
            labels[y] = _draw(figure, parts, y, view)
            y += 1
        y += 0.6
    figure.update_layout(template=view.theme.template(), height=int(20 + ROW * y), barmode="overlay", showlegend=False)
    figure.update_layout(margin={"t": 4, "b": 4, "r": 8})
    figure.update_xaxes(visible=False, range=[0, 1.26])
    figure.update_yaxes(range=[y - 0.6, -0.6], tickvals=list(labels), ticktext=list(labels.values()), showgrid=False)
    return figure.update_yaxes(ticklabelstandoff=6, tickfont={"color": view.theme.text})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No source splits the paid jobs of the social economy by family for this selection.")
    bars = rows.assign(side=rows["indicator"].map(lambda code: FAMILIES[code].side)).dropna(subset=["share"])
    bars = bars[~bars["geo"].isin(view.vocabulary.codes("geo_aggregates"))]
    year = int(bars["year"].mode().max()) if len(bars) else int(rows["year"].iloc[0])
    wide = bars[bars["year"] == year].pivot_table("share", "geo", "side").reindex(columns=["left", "right"]).dropna()
    words = {"year": _year(year), "all": view.number(len(wide))}
    more = int((wide["right"] > wide["left"]).sum())
    if wide.empty:
        return _("No source gives both families and their total for a country of this selection.")
    if len(wide) == 1:
        words |= {"country": view.country(wide.index[0])}
        words |= {side: view.percent(wide[side].iloc[0], 0) for side in ("left", "right")}
        return _(
            "{country}, {year}: cooperatives and mutuals {left}, associations and foundations {right} of paid jobs."
        ).format(**words)
    return view.ngettext(
        "Associations and foundations employ more than cooperatives and mutuals in {n} of {all} countries ({year}).",
        "Associations and foundations employ more than cooperatives and mutuals in {n} of {all} countries ({year}).",
        more,
    ).format(**words)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Newest year first, the largest share of cooperatives first, each bar from left to right."""
    order = rows["indicator"].map(list(FAMILIES).index)
    is_left = rows["indicator"].map(lambda code: FAMILIES[code].side == "left").astype(bool)
    leading = rows["share"].where(is_left).groupby([rows[key] for key in BAR]).transform("max")
    rows["is_half"] = rows.groupby(BAR)["share"].transform("count") < 2
    by = {"year": False, "is_half": True, "leading": False, "geo": True, "given_by": True, "order": True}
    rows = rows.assign(order=order, leading=leading)
    return rows.sort_values(list(by), ascending=list(by.values()), ignore_index=True)


def _heading(figure: go.Figure, of_year: pd.DataFrame, y: float, view: View) -> float:
    """The year (and that it is old), and what the full and the faint parts are. Returns where the bars start."""
    _ = view.gettext
    year = _year(int(of_year["year"].iloc[0]))
    year = _("{year}, old").format(year=year) if of_year["is_old"].eq(True).all() else year
    marks = {"left": "■", "right": "□"}
    given = [family for code, family in FAMILIES.items() if code in set(of_year["indicator"])]
    key = [line for family in given for line in wrap(f"{marks[family.side]} {_(family.name)}", KEY)]
    if of_year.groupby(BAR)["share"].count().lt(2).any():
        key.append(f"{ABSENT} {view.missing}")
    figure.add_annotation(
        text=f"<b>{year}</b><br><span style='color:{view.theme.quiet}'>{'<br>'.join(key)}</span>",
        x=0, xref="paper", xanchor="left", y=y - 0.4, yanchor="top", align="left", showarrow=False, font={"size": 13},
    )  # fmt: skip
    return y + (1 + len(key)) * LINE / ROW + 0.3


def _draw(figure: go.Figure, parts: pd.DataFrame, y: float, view: View) -> str:
    """One bar: cooperatives from the left, associations from the right. Returns its label."""
    _ = view.gettext
    colour, shares = view.theme.primary, dict.fromkeys(("left", "right"), ABSENT)
    for row in parts.to_dict("records"):
        side = FAMILIES[row["indicator"]].side
        if pd.isna(row["share"]):
            continue
        shares[side] = view.percent(row["share"], 0)
        figure.add_bar(
            x=[row["share"]],
            base=[0 if side == "left" else 1 - row["share"]],
            y=[y],
            orientation="h",
            width=0.62,
            marker={
                "color": colour if side == "left" else faded(colour, 0.15),
                "line": {"width": 1.5, "color": colour},
            },
            customdata=[_hover(row, view)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    figure.add_annotation(text=shares["right"], x=1.02, xanchor="left", y=y, showarrow=False, font={"size": 12})
    return _("{name}: {value}").format(name=view.country(parts["geo"].iloc[0]), value=shares["left"])


def _hover(row: dict[Any, Any], view: View) -> str:
    """Country, family, jobs and share, year."""
    _ = view.gettext
    value = view.figure(row["value"], "", row["qualifier"])
    words = {"family": _(FAMILIES[row["indicator"]].name), "jobs": value, "share": view.percent(row["share"])}
    line = _("{family}: {jobs} paid jobs ({share})").format(**words)
    return f"<b>{view.country(row['geo'])}, {_year(row['year'])}</b><br>{line}"


def _year(year: int) -> str:
    return YEARS.get(year, str(year))
