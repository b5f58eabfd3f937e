"""Paid jobs in the social economy by country, and their share of paid employment, each in its latest European study."""

from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.observed import is_old, old_before
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Social economy employment by country"),
    question=N_("How many paid jobs does the social economy hold in each country?"),
    drawn=N_(
        "Paid jobs (logarithmic axis) and share of paid employment in the latest European study of each; "
        "other years and sources are faint."
    ),
    note=N_(
        "The two studies (2014–15 and 2021) use different methods: no growth can be read between them, and jobs of one "
        "cannot be divided by the share of the other. The European totals they publish are sums of 25 countries, "
        "without Malta and the Netherlands."
    ),
)
FILTERS = ("countries", "time")
JOBS, SHARE = "social_economy_paid_employment", "social_economy_share_of_employment"
STUDIES = {2015: N_("2014–15, CIRIEC study"), 2021: N_("2021, Commission study")}
"""The years that stand for a study of all countries by one method; every other figure is national."""
YEARS = {2015: "2014–15"}
"""How a year is written when it stands for two."""
SAME = ["geo", "geo_level", "indicator", "year", "value", "unit", "qualifier"]
COLUMNS = ["geo", "indicator", "role", "year", "is_old", "value", "unit", "qualifier", "note", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country, indicator and published figure: geo, indicator, role (study, other, missing, or reference: a
    European total or mean), year, is_old, value, unit (persons or percent), qualifier, note, source_ids. Largest first."""
    known = tables.indicators[tables.indicators["indicator"].isin([JOBS, SHARE])]
    known = known[known["year"].between(*selection.time)] if selection.time else known
    known = known.groupby(SAME, as_index=False).agg(note=("note", "first"), source_ids=("source_ids", union))
    countries = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    studied = (
        known[known["geo_level"].eq("country") & known["year"].isin(list(STUDIES))].groupby("indicator")["year"].max()
    )
    known["role"] = np.where(known["year"].eq(known["indicator"].map(studied)).fillna(False), "study", "other")
    chosen = countries[countries.isin(tables.codes.members(selection.countries))] if selection.countries else countries
    figures = known[known["geo"].isin(chosen)]
    reference = known[known["geo_level"].eq("aggregate") & known["role"].eq("study")].assign(role="reference")
    rows = _in_order(pd.concat([figures, _missing(figures, chosen)], ignore_index=True))
    rows = pd.concat([rows, reference.sort_values("value", ascending=False)], ignore_index=True)
    return rows.assign(is_old=is_old(rows["year"], old_before(tables)))[COLUMNS]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries with a figure in the study of jobs or of share, of the countries asked for."""
    countries = rows[rows["role"] != "reference"]
    return Coverage(
        countries.loc[countries["role"] == "study", "geo"].nunique(), countries["geo"].nunique(), "countries"
    )


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    countries = rows[rows["role"] != "reference"]
    shown = list(countries.loc[countries["value"].notna(), "geo"].unique())
    if not shown:
        return blank(view)
    names, absent = [view.country(geo) for geo in shown], countries.loc[~countries["geo"].isin(shown), "geo"].unique()
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.07)
    figure.update_layout(template=view.theme.template(), height=190 + 24 * len(shown), margin_t=120, showlegend=False)
    places = {geo: row for row, geo in enumerate(shown)}
    placed = rows[~rows["geo"].isin(absent)].assign(y=lambda rows: rows["geo"].map(places))
    for column, indicator in enumerate((JOBS, SHARE), 1):
        _panel(figure, column, placed[placed["indicator"] == indicator], indicator, view)
    between = {
        "tickvals": [row + 0.5 for row in places.values()],
        "showgrid": True,
        "gridcolor": view.theme.line,
        "ticks": "",
    }
    figure.update_yaxes(
        range=[len(shown) - 0.4, -0.6], tickvals=list(places.values()), ticktext=names, ticklabelstandoff=6
    )
    figure.update_yaxes(showgrid=False, minor=between, tickfont={"color": view.theme.text})
    return _with_absent(figure, sorted(map(view.country, absent)), view)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    study = rows[rows["role"] == "study"].sort_values("qualifier", key=lambda codes: codes.ne("exact"), kind="stable")
    study = study.drop_duplicates(["geo", "indicator"])
    if study.empty:
        return _("No European study gives social economy employment for this selection.")
    jobs, share = (_most(study[study["indicator"] == indicator], view) for indicator in (JOBS, SHARE))
    if study["geo"].nunique() == 1:
        return _("Paid jobs in the social economy: {jobs}; share of paid employment: {share}.").format(
            jobs=jobs, share=share
        )
    message = _("Most paid jobs in the social economy: {jobs}; highest share of paid employment: {share}.")
    return message.format(jobs=jobs, share=share)


def _most(study: pd.DataFrame, view: View) -> str:
    """The countries with the largest figure, the figure and its year; 'not published' when there is none."""
    _ = view.gettext
    if study.empty:
        return view.missing
    first = study[study["value"] == study["value"].max()].to_dict("records")
    countries = ", ".join(view.country(row["geo"]) for row in first)
    words = {"countries": countries, "value": _value(first[0], view), "year": _year(first[0]["year"])}
    return _("{countries} ({value} in {year})").format(**words)


def _missing(figures: pd.DataFrame, countries: pd.Series) -> pd.DataFrame:
    """One row for each country and indicator that the study does not give."""
    given = set(figures.loc[figures["role"] == "study", ["geo", "indicator"]].itertuples(index=False, name=None))
    absent = [key for key in ((geo, indicator) for geo in countries for indicator in (JOBS, SHARE)) if key not in given]
    return pd.DataFrame([(*key, "missing", []) for key in absent], columns=["geo", "indicator", "role", "source_ids"])


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Countries by jobs in the study, then by other jobs figures, then by share; figures of the study first."""
    jobs = rows["indicator"] == JOBS
    ranked = {"study": jobs & rows["role"].eq("study"), "jobs": jobs, "share": rows["indicator"] == SHARE}
    keys = {key: rows["geo"].map(rows[kept].groupby("geo")["value"].max()) for key, kept in ranked.items()}
    by = {**dict.fromkeys(keys, False), "geo": True, "indicator": True, "role": False, "year": False, "value": False}
    return rows.assign(**keys).sort_values(list(by), ascending=list(by.values()))


def _panel(figure: go.Figure, column: int, panel: pd.DataFrame, indicator: str, view: View) -> None:
    """Draw one indicator: its heading, the missing, the other years, the study, and the European mean as a line."""
    reference, panel = panel[panel["role"] == "reference"], panel[panel["role"] != "reference"]
    axis = _axis(panel["value"].dropna(), indicator, view)
    left = axis["range"][0] + 0.01 * (axis["range"][1] - axis["range"][0])
    figure.add_trace(_crosses(panel, 10**left if indicator == JOBS else left, view), 1, column)
    for role in ("other", "study"):
        figure.add_trace(_dots(panel[panel["role"] == role], panel, view), 1, column)
    if indicator == SHARE and len(reference):
        line = {"dash": "dot", "width": 1.5, "color": view.theme.quiet}
        figure.add_vline(x=reference["value"].iloc[0], line=line, layer="below", col=column)
    figure.update_xaxes(**axis, tickangle=0, col=column)
    figure.add_annotation(
        text=_heading(indicator, panel[panel["role"] == "study"], reference, view),
        showarrow=False,
        x=0,
        xref=("x domain", "x2 domain")[column - 1],
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="top",
        yshift=116,
        align="left",
    )


def _crosses(panel: pd.DataFrame, left: float, view: View) -> go.Scatter:
    """A cross at the left for each country the study does not give; in words where nothing else is drawn."""
    rows, others = panel[panel["role"] == "missing"], set(panel.loc[panel["value"].notna(), "geo"])
    cross = {"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": view.theme.quiet}}
    return go.Scatter(
        x=[left] * len(rows),
        y=rows["y"],
        mode="markers+text",
        marker=cross,
        cliponaxis=False,
        text=["" if geo in others else view.missing for geo in rows["geo"]],
        textposition="middle right",
        textfont={"size": 12, "color": view.theme.quiet},
        customdata=rows["geo"].map(view.country),
        hovertemplate="%{customdata}: " + view.missing + "<extra></extra>",
    )


def _dots(rows: pd.DataFrame, panel: pd.DataFrame, view: View) -> go.Scatter:
    """Dots of the study, or faint ones of other years; the year is written where a country has only those."""
    is_study, alone = rows["role"].eq("study").all(), set(panel.loc[panel["role"] == "missing", "geo"])
    written = rows["geo"].isin(alone) & ~rows.duplicated("geo")
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") for code in rows["qualifier"]]
    colour = view.theme.primary if is_study else faded(view.theme.quiet, 0.55)
    return go.Scatter(
        x=rows["value"],
        y=rows["y"],
        mode="markers+text",
        cliponaxis=False,
        textfont={"size": 12, "color": view.theme.quiet},
        text=[_year(year) if is_written else "" for year, is_written in zip(rows["year"], written, strict=True)],
        textposition=["middle left" if value > panel["value"].median() else "middle right" for value in rows["value"]],
        marker={"symbol": symbols, "size": 11 if is_study else 7, "color": colour},
        customdata=[_hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _heading(indicator: str, study: pd.DataFrame, reference: pd.DataFrame, view: View) -> str:
    """What a panel counts, its study (and that it is old), and the European figures of that study."""
    _ = view.gettext
    lines = [_(STUDIES[int(study["year"].iloc[0])])] if len(study) else []
    if study["is_old"].eq(True).any():
        lines.append(_("more than five years old"))
    if len(reference):
        values = _("; ").join(_value(row, view) for row in reference.to_dict("records"))
        total = _("{name}: {value} (25 countries)") if indicator == JOBS else _("{name}: {value}")
        lines.append(total.format(name=view.country(reference["geo"].iloc[0]), value=values))
    quiet = "<br>".join(part for line in lines for part in wrap(escape(line, quote=False), 19))
    name = "<br>".join(wrap(_("Paid jobs") if indicator == JOBS else _("Share of paid employment"), 19))
    return f"<span style='font-size:12px'>{name}<br><span style='color:{view.theme.quiet}'>{quiet}</span></span>"


def _axis(values: pd.Series, indicator: str, view: View) -> dict[str, Any]:
    """Jobs on a logarithmic axis, shares on a linear one from zero."""
    low, high = (max(values.min(), 1), max(values.max(), 10)) if len(values) else (1, 10)
    if indicator == SHARE:
        return {"range": [-0.02 * high, 1.1 * high], **view.ticks(0, high, unit="percent")}
    low, high = low / 1.8, high * 1.5
    return {"type": "log", "range": [np.log10(low), np.log10(high)], **view.ticks(low, high, log=True)}


def _with_absent(figure: go.Figure, names: list[str], view: View) -> go.Figure:
    """Name under the panels the countries for which nothing is published."""
    _ = view.gettext
    if not names:
        return figure
    lines = wrap(_("Not published: {countries}.").format(countries=", ".join(names)), 42)
    figure.add_annotation(
        text="<br>".join(lines),
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-34,
        align="left",
        showarrow=False,
        font={"size": 12, "color": view.theme.quiet},
    )
    return figure.update_layout(margin_b=44 + 16 * len(lines), height=figure.layout.height + 16 * len(lines))


def _hover(row: dict[Any, Any], view: View) -> str:
    note = "" if pd.isna(row["note"]) else "<br>" + "<br>".join(wrap(escape(row["note"], quote=False), 60))
    return f"<b>{view.country(row['geo'])}</b><br>{_value(row, view)} · {_dated(row, view)}{note}"


def _value(row: dict[Any, Any], view: View) -> str:
    value = view.percent(row["value"] / 100) if row["indicator"] == SHARE else view.number(row["value"])
    return value if row["qualifier"] == "exact" else f"{view.label('qualifiers', row['qualifier'])} {value}"


def _dated(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _("{year}, old").format(year=_year(row["year"])) if row["is_old"] is True else _year(row["year"])


def _year(year: int) -> str:
    return YEARS.get(year, str(year))
