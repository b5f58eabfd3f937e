"""The history of one cluster: every dated fact on one time axis, oldest at the top, each in words beside its date."""

from html import escape
from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("History of a cluster"),
    question=N_("What is dated about this cluster, and when?"),
    drawn=N_("Every dated fact, the oldest at the top, years to scale. Square: founded; star: award; cross: programme; other marks: figures."),
    note=N_(
        "Figures of two scopes are never added or compared, and two dates of one scope may not be counted alike. "
        "A fact dated by its year stands at the middle of the year."
    ),
)  # fmt: skip
FILTERS = ("id",)
EVENTS = ("founded", "award", "programme", "figure")
SYMBOLS = {"founded": "square", "award": "star", "programme": "cross"}
COLUMNS = "date end event name_fr name_local name_en metric scope value unit qualifier source_ids"
LINE, GAP, YEAR_PX, TALLEST = 19, 10, 22, 420
"""Height of a line and between two dates; height of a year, and of all years together (px)."""
LABEL, LEADER = 0.1, 0.075
"""Where words begin, and where the line that leads to them ends (share of the width)."""
LONGEST = 28
"""Letters of a line, as a small phone has room for."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per dated fact, oldest first: date and end (as precise as published), event (founded, award, programme,
    figure), name of the programme in each language, metric, scope, value, unit, qualifier, source_ids."""
    rows = _facts(tables, selection.id)
    rows = rows[rows["date"].notna()]
    order = rows["event"].map(EVENTS.index)
    return rows.assign(middle=rows["date"].map(_middle), order=order).sort_values(
        ["middle", "order", "metric", "value"], ignore_index=True
    )[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(rows), len(_facts(tables, selection.id)), "dates")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    lines = [wrap(said(row, view), LONGEST) for row in rows.to_dict("records")]
    counts = rows.assign(lines=[len(line) for line in lines]).groupby("date", sort=False)["lines"].sum()
    heights = [LINE * (1 + count) + GAP for count in counts]
    first, last = (_middle(date).year for date in (counts.index[0], counts.index[-1]))
    height = max(sum(heights), min(TALLEST, YEAR_PX * (last - first + 1)))
    scale = Scale(first, last, height)
    marks = [scale.y(_middle(date)) for date in counts.index]
    tops = apart([y - LINE / 2 for y in marks], heights, height)
    layout = {"template": view.theme.template(), "height": int(height) + 40, "showlegend": False}
    drawing = go.Figure([*_leaders(marks, tops, view), _dates(list(counts.index), tops, view)], layout)
    drawing.add_trace(_labels(rows, lines, dict(zip(counts.index, tops, strict=True)), view))
    drawing.update_yaxes(range=[height, -LINE], **scale.ticks(), showgrid=False, ticklabelstandoff=6)
    drawing.update_yaxes(showline=True, linecolor=view.theme.line)
    return drawing.update_xaxes(visible=False, range=[0, 1])


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No date is published for this cluster.")
    ends = rows.iloc[[0, -1]].to_dict("records")
    words = {"first": view.date(ends[0]["date"]), "what": said(ends[0], view), "last": view.date(ends[1]["date"])}
    if len(rows) == 1:
        return _("A single date is published, {first}: {what}.").format(**words)
    if rows["date"].nunique() == 1:
        return view.ngettext("{n} dated fact, {first}.", "{n} dated facts, all of {first}.", len(rows)).format(**words)
    return view.ngettext(
        "{n} dated fact, from {first} to {last}.", "{n} dated facts, from {first} to {last}.", len(rows)
    ).format(**words)


def said(row: dict[Any, Any], view: View) -> str:
    """A dated fact in words, without its date: 'founded', 'about 350 jobs, on the site'."""
    _ = view.gettext
    if row["event"] == "founded":
        return _("founded")
    if row["event"] == "figure":
        value = view.figure(row["value"], row["unit"], row["qualifier"])
        return _("{value}, {scope}").format(value=value, scope=view.label("scopes", row["scope"]).lower())
    name = view.name(pd.Series(row))
    if row["event"] == "award":
        amount = _("amount not published") if pd.isna(row["value"]) else view.money(row["value"])
        return _("award: {name}, {amount}").format(name=name, amount=amount)
    if pd.isna(row["end"]):
        return _("programme: {name}").format(name=name)
    return _("programme: {name}, until {end}").format(name=name, end=view.date(row["end"]))


class Scale(NamedTuple):
    """Years from `first` to `last`, whole, over `height` pixels from the top."""

    first: int
    last: int
    height: float

    def y(self, moment: pd.Timestamp) -> float:
        year = moment.year + (moment.day_of_year - 1) / 366
        return self.height * (year - self.first) / (self.last + 1 - self.first)

    def ticks(self) -> dict[str, list]:
        """Years at their middle, ten at most."""
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if (self.last - self.first) / step < 9)
        years = list(range(self.first, self.last + 1, step))
        return {"tickvals": [self.y(pd.Timestamp(year, 7, 1)) for year in years], "ticktext": list(map(str, years))}


def apart(tops: list[float], heights: list[float], end: float) -> list[float]:
    """Tops moved as little as needed for blocks of these heights, in order, not to overlap, and to stop at `end`."""
    moved: list[float] = []
    for i, top in enumerate(tops):
        free = moved[-1] + heights[i - 1] if moved else top
        moved.append(max(top, free))
    for i in range(len(moved) - 1, -1, -1):
        below = moved[i + 1] if i + 1 < len(moved) else end
        moved[i] = min(moved[i], below - heights[i])
    return moved


def _facts(tables: Tables, cluster_id: str) -> pd.DataFrame:
    """Every fact of a cluster that could have a date: its founding, awards, programmes and figures."""
    cluster = tables.clusters[tables.clusters["cluster_id"] == cluster_id]
    awards = tables.awards[tables.awards["cluster_id"] == cluster_id].merge(_programmes(tables), on="programme_id")
    tied = {code for codes in cluster["programme_ids"] for code in codes} - set(awards["programme_id"])
    programmes = tables.programmes[tables.programmes["programme_id"].isin(tied)]
    figures = tables.observations[tables.observations["cluster_id"] == cluster_id]
    parts = (
        cluster[["founded_year", "source_ids"]].rename(columns={"founded_year": "date"}).assign(event="founded"),
        awards.rename(columns={"year": "date", "amount_eur": "value"}).assign(event="award", unit="EUR"),
        programmes.drop(columns="kind").rename(columns={"start": "date"}).assign(event="programme"),
        figures.rename(columns={"as_of": "date"}).assign(event="figure"),
    )
    rows = pd.concat(
        [part.reindex(columns=COLUMNS.split()).astype({"date": "object"}) for part in parts], ignore_index=True
    )
    return rows.assign(date=rows["date"].map(lambda date: None if pd.isna(date) else str(date)))


def _programmes(tables: Tables) -> pd.DataFrame:
    return tables.programmes[["programme_id", "name_en", "name_fr", "name_local"]]


def _middle(date: str) -> pd.Timestamp:
    """Middle of the day, month or year the date stands for."""
    period = pd.Period(date)
    return period.start_time + (period.end_time - period.start_time) / 2


def _leaders(marks: list[float], tops: list[float], view: View) -> list[go.Scatter]:
    """A dot on the axis for each date, and a thin line from it to its words."""
    x, y = [], []
    for mark, top in zip(marks, tops, strict=True):
        x += [0, LEADER / 2, LEADER, None]
        y += [mark, top + LINE / 2, top + LINE / 2, None]
    line, dot = {"color": view.theme.line, "width": 1}, {"size": 7, "color": view.theme.quiet}
    return [
        go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip"),
        go.Scatter(x=[0] * len(marks), y=marks, mode="markers", marker=dot, hoverinfo="skip", cliponaxis=False),
    ]


def _dates(dates: list[str], tops: list[float], view: View) -> go.Scatter:
    return go.Scatter(
        x=[LABEL - 0.015] * len(dates),
        y=[top + LINE / 2 for top in tops],
        mode="text",
        text=[f"<b>{view.date(date)}</b>" for date in dates],
        textposition="middle right",
        textfont={"color": view.theme.text, "size": 13},
        hoverinfo="skip",
    )


def _labels(rows: pd.DataFrame, lines: list[list[str]], tops: dict[str, float], view: View) -> go.Scatter:
    """Under each date its facts: a mark, then words over as many lines as they take."""
    records, taken = rows.to_dict("records"), dict.fromkeys(tops, 1)
    y, colours, symbols, shown = [], [], [], []
    for row, text in zip(records, lines, strict=True):
        first = taken[row["date"]]
        taken[row["date"]] += len(text)
        y += [tops[row["date"]] + LINE * (first + i + 0.5) for i in range(len(text))]
        colours += [_colour(row, view)] * len(text)
        symbols += [_symbol(row, view)] * len(text)
        shown += [1.0] + [0.0] * (len(text) - 1)
    line = {"width": 1.5, "color": colours}
    return go.Scatter(
        x=[LABEL] * len(y),
        y=y,
        mode="markers+text",
        marker={"size": 9, "color": colours, "symbol": symbols, "opacity": shown, "line": line},
        text=[f"  {escape(part, quote=False)}" for text in lines for part in text],
        textposition="middle right",
        textfont={"color": view.theme.text, "size": 13},
        hoverinfo="skip",
    )


def _symbol(row: dict[Any, Any], view: View) -> str:
    return SYMBOLS.get(row["event"]) or view.vocabulary.property("qualifiers", row["qualifier"], "symbol")


def _colour(row: dict[Any, Any], view: View) -> str:
    return view.colour("scopes", row["scope"]) if row["event"] == "figure" else view.theme.primary
