"""Paid jobs in the social economy by country, and their share of paid employment, each in its latest European study."""

from collections.abc import Iterable
from html import escape
from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Social economy employment by country"),
    question=N_("How many paid jobs does the social economy hold in each country?"),
    drawn=N_("Paid jobs and share of paid employment in the latest European study of each; other years and sources are faint."),
    note=N_("The two studies (2014–15 and 2021) use different methods: no growth can be read between them, and jobs of one cannot be divided by the share of the other. The European totals they publish are sums of 25 countries, without Malta and the Netherlands."),
)
FILTERS = ("countries", "time")
JOBS, SHARE = "social_economy_paid_employment", "social_economy_share_of_employment"
SAME = ["geo", "geo_level", "indicator", "year", "value", "unit", "qualifier"]
STUDIES = {2015: N_("2014–15, CIRIEC study"), 2021: N_("2021, Commission study")}
"""The years that stand for a study of all countries by one method; every other figure is national."""
YEARS = {2015: "2014–15"}
"""How a year is written when it stands for two."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country, indicator and published figure: geo, indicator, role (study, other, reference: a European
    total or mean, missing), year, value, unit (persons or percent), qualifier, note, source_ids. Largest country first."""
    known = tables.indicators[tables.indicators["indicator"].isin([JOBS, SHARE]) & tables.indicators["geo_level"].ne("region")]
    known = known[known["year"].between(*selection.time)] if selection.time else known
    known = known.groupby(SAME, as_index=False).agg(note=("note", "first"), source_ids=("source_ids", union))
    of_countries = known[known["geo_level"].eq("country") & known["year"].isin(list(STUDIES))]
    known = known.assign(is_study=known["year"].eq(known["indicator"].map(of_countries.groupby("indicator")["year"].max())).fillna(False).astype(bool))
    countries = tables.countries.loc[tables.countries["role"].eq("observed"), "country"]
    chosen = countries[countries.isin(selection.countries)] if selection.countries else countries
    reference = known[known["geo_level"].eq("aggregate") & known["is_study"]].assign(role="reference")
    figures = known[known["geo"].isin(chosen)].assign(role=lambda rows: np.where(rows["is_study"], "study", "other"))
    return pd.concat([_in_order(pd.concat([figures, _missing(figures, chosen)], ignore_index=True)), reference], ignore_index=True)[
        ["geo", "indicator", "role", "year", "value", "unit", "qualifier", "note", "source_ids"]
    ]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    countries = rows[rows["role"] != "reference"]
    return Coverage(countries.loc[countries["role"] == "study", "geo"].nunique(), countries["geo"].nunique(), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    countries = rows[rows["role"] != "reference"]
    shown = list(countries.loc[countries["value"].notna(), "geo"].unique())
    if not shown:
        return blank(view)
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.07)
    figure.update_layout(template=view.theme.template(), height=190 + 24 * len(shown), margin={"t": 120}, showlegend=False)
    placed = countries[countries["geo"].isin(shown)].assign(y=lambda rows: rows["geo"].map(shown.index))
    for column, indicator in enumerate([JOBS, SHARE], 1):
        panel = placed[placed["indicator"] == indicator]
        axis = _axis(panel["value"].dropna(), indicator, view)
        figure.update_xaxes(**axis, tickangle=0, col=column)
        left = axis["range"][0] + 0.01 * (axis["range"][1] - axis["range"][0])
        figure.add_trace(_absent(panel, 10**left if indicator == JOBS else left, view), 1, column)
        for role in ("other", "study"):
            figure.add_trace(_marks(panel[panel["role"] == role], panel, view), 1, column)
        reference = rows[(rows["role"] == "reference") & (rows["indicator"] == indicator)]
        heading = _heading(indicator, panel.loc[panel["role"] == "study", "year"], reference, view)
        figure.add_annotation(text=heading, x=0, y=1, xref=["x domain", "x2 domain"][column - 1], yref="paper", xanchor="left", yanchor="top", align="left", showarrow=False, yshift=116)
        if indicator == SHARE and len(reference):
            figure.add_vline(x=reference["value"].iloc[0], line={"dash": "dot", "width": 1.5, "color": view.theme.quiet}, layer="below", col=column)
    figure.update_yaxes(range=[len(shown) - 0.4, -0.6], tickvals=list(range(len(shown))), ticktext=[view.country(geo) for geo in shown], tickfont={"color": view.theme.text}, ticklabelstandoff=6)
    return _with_unpublished(figure, countries.loc[~countries["geo"].isin(shown), "geo"].unique(), view)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    study = rows[rows["role"] == "study"].sort_values("qualifier", key=lambda codes: codes.ne("exact"), kind="stable")
    study = study.drop_duplicates(["geo", "indicator"])
    if study.empty:
        return _("No European study gives social economy employment for this selection.")
    most = {indicator: _most(study[study["indicator"] == indicator], view) for indicator in (JOBS, SHARE)}
    if rows.loc[rows["role"] != "reference", "geo"].nunique() == 1:
        message = _("Paid jobs in the social economy: {jobs}; share of paid employment: {share}.")
    else:
        message = _("Most paid jobs in the social economy: {jobs}; highest share of paid employment: {share}.")
    return message.format(jobs=most[JOBS], share=most[SHARE])


def _most(study: pd.DataFrame, view: View) -> str:
    """The countries with the largest figure, the figure and its year; 'not published' when there is none."""
    _ = view.gettext
    if study.empty:
        return view.missing
    first = study[study["value"] == study["value"].max()]
    return _("{countries} ({value} in {year})").format(
        countries=", ".join(view.country(geo) for geo in first["geo"]), value=_value(first.iloc[0], view), year=_year(first["year"].iloc[0])
    )


def _missing(figures: pd.DataFrame, countries: pd.Series) -> pd.DataFrame:
    """One row for each country and indicator that the study does not give."""
    given = set(figures.loc[figures["role"] == "study", ["geo", "indicator"]].itertuples(index=False, name=None))
    absent = [{"geo": geo, "indicator": indicator, "role": "missing", "source_ids": []} for geo in countries for indicator in (JOBS, SHARE) if (geo, indicator) not in given]
    return pd.DataFrame(absent, columns=["geo", "indicator", "role", "source_ids"])


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Countries by jobs in the study, then by other jobs figures, then by share; figures of the study first."""
    study = rows[rows["role"] == "study"]
    keys = {"study": study[study["indicator"] == JOBS], "jobs": rows[rows["indicator"] == JOBS], "share": rows[rows["indicator"] == SHARE]}
    keyed = rows.assign(**{key: rows["geo"].map(of_key.groupby("geo")["value"].max()) for key, of_key in keys.items()})
    order = keyed.sort_values([*keys, "geo", "indicator", "role", "year"], ascending=[False, False, False, True, True, False, False])
    return order.drop(columns=list(keys))


def _absent(panel: pd.DataFrame, left: float, view: View) -> go.Scatter:
    """A cross at the left for each country the study does not give; in words where nothing else is drawn."""
    rows = panel[panel["role"] == "missing"]
    otherwise = set(panel.loc[panel["value"].notna(), "geo"])
    return go.Scatter(
        x=[left] * len(rows), y=rows["y"], mode="markers+text", text=["" if geo in otherwise else view.missing for geo in rows["geo"]], textposition="middle right",
        textfont={"size": 12, "color": view.theme.quiet}, marker={"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": view.theme.quiet}}, cliponaxis=False,
        customdata=rows["geo"].map(view.country), hovertemplate="%{customdata}: " + view.missing + "<extra></extra>",
    )  # fmt: skip


def _marks(rows: pd.DataFrame, panel: pd.DataFrame, view: View) -> go.Scatter:
    """Dots of the study, or faint ones of other years; the year is written where a country has only those."""
    is_study = rows["role"].eq("study").all()
    alone = set(panel.loc[panel["role"] == "missing", "geo"])
    first = ~rows.duplicated("geo")
    years = [_year(year) if geo in alone and is_first else "" for year, geo, is_first in zip(rows["year"], rows["geo"], first, strict=True)]
    return go.Scatter(
        x=rows["value"], y=rows["y"], mode="markers+text", text=years, textposition="middle right", textfont={"size": 12, "color": view.theme.quiet}, cliponaxis=False,
        customdata=[_hover(row, view) for _i, row in rows.iterrows()], hovertemplate="%{customdata}<extra></extra>",
        marker={"symbol": [view.vocabulary.property("qualifiers", code, "symbol") for code in rows["qualifier"]], "size": 11 if is_study else 7,
                "color": view.theme.primary if is_study else faded(view.theme.quiet, 0.55)},
    )  # fmt: skip


def _heading(indicator: str, years: pd.Series, reference: pd.DataFrame, view: View) -> str:
    """What a panel counts, its study, and the European figure of that study."""
    _ = view.gettext
    lines = [_("Paid jobs") if indicator == JOBS else _("Share of paid employment")]
    if len(years):
        lines += [_(STUDIES[int(years.iloc[0])])]
    if len(reference):
        total = _("{name}: {value} (25 countries)") if indicator == JOBS else _("{name}: {value}")
        values = [_value(row, view) for _i, row in reference.sort_values("value", ascending=False).iterrows()]
        lines += [total.format(name=view.country(reference["geo"].iloc[0]), value="; ".join(values))]
    return "<br>".join(f"<span style='color:{view.theme.quiet if i else view.theme.text};font-size:12px'>{part}</span>" for i, line in enumerate(lines) for part in wrap(escape(line, quote=False), 19))


def _axis(values: pd.Series, indicator: str, view: View) -> dict:
    """Jobs on a logarithmic axis, shares on a linear one from zero."""
    low, high = (max(values.min(), 1), max(values.max(), 10)) if len(values) else (1, 10)
    if indicator == SHARE:
        return {"range": [-0.02 * high, 1.1 * high], **view.ticks(0, high, unit="percent")}
    return {"type": "log", "range": [np.log10(low / 1.8), np.log10(high * 1.5)], **view.ticks(low / 1.8, high * 1.5, log=True)}


def _with_unpublished(figure: go.Figure, countries: Iterable[str], view: View) -> go.Figure:
    """Name under the panels the countries for which nothing is published."""
    _ = view.gettext
    if len(countries := list(countries)) == 0:
        return figure
    text = wrap(_("Not published: {countries}.").format(countries=", ".join(sorted(map(view.country, countries)))), 42)
    figure.add_annotation(text="<br>".join(text), x=0, xref="paper", y=0, yref="paper", yshift=-34, xanchor="left", yanchor="top", align="left", showarrow=False, font={"size": 12, "color": view.theme.quiet})
    return figure.update_layout(margin_b=44 + 16 * len(text), height=figure.layout.height + 16 * len(text))


def _hover(row: pd.Series, view: View) -> str:
    note = "" if pd.isna(row["note"]) else "<br>".join(["", *wrap(escape(row["note"], quote=False), 60)])
    return f"<b>{view.country(row['geo'])}</b><br>{_value(row, view)} · {_year(row['year'])}{note}"


def _value(row: pd.Series, view: View) -> str:
    if row["indicator"] == SHARE:
        return view.percent(row["value"] / 100)
    return view.number(row["value"]) if row["qualifier"] == "exact" else f"{view.label('qualifiers', row['qualifier'])} {view.number(row['value'])}"


def _year(year: int) -> str:
    return YEARS.get(year, str(year))
