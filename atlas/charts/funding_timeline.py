"""Laws, strategies, calls, funds and projects on one time axis, with the clusters founded and counted underneath."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, clusters_founded, ptce_over_time, union
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.timeline import LOW, SYMBOLS, Laid, Period, laid_out, moments, named, period, spans
from atlas.timeline_panels import Panel, axes, counted, founded, heading, periods
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Policy and funding timeline"),
    question=N_("Which laws, strategies, calls, funds and projects came when, and at which level?"),
    drawn=N_(
        "Bars run from start to end; a pale bar has an end (or a start) that is not published, an arrow goes on beyond "
        "what is drawn. Marks are laws, strategies, guides and labels. Underneath, on the same years: published counts "
        "of PTCE, one row per definition, and clusters founded."
    ),
    note=N_(
        "A date published as a year covers that year. The shortest bars are drawn three months long. Programmes without any date are left out. When there are many, only the "
        "largest envelope of each level is named. That one thing comes after another does not show that it "
        "comes from it."
    ),
    handling=N_(
        "To look closer, press a period or draw in the ends of the strip at the foot; “All years” brings all back. "
        "The filter of years does the same from the keyboard."
    ),
)
FILTERS = ("definition", "countries", "levels", "programme_kinds", "time", "by")
PROGRAMME = (
    "programme_id name_en name_fr name_local kind level country start start_precision start_date end end_date "
    "budget_eur budget_amount budget_currency budget_kind part_of applications laureates"
)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per thing drawn; `measure` says which. 'programme': a programme with a start or an end, by date, with
    programme_id, names, kind, level, country, start, end (as published), start_date, end_date (first and last day),
    budget_eur (EUR), budget_amount and budget_currency (as published), budget_kind, part_of, applications, laureates.
    'ptce_published_count': start (its date), value (PTCE), qualifier, definition, note. 'clusters': start (the year;
    missing when not published), value (clusters founded). All with source_ids."""
    programmes = selection.of_programmes(tables)
    dated = programmes.assign(at=programmes["start_date"].fillna(programmes["end_date"])).dropna(subset="at")
    dated = dated.sort_values(["at", "programme_id"])[[*PROGRAMME.split(), "source_ids"]].assign(measure="programme")
    parts = [dated, _counts(tables, selection), _founded(tables, selection)]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    columns = ["measure", *PROGRAMME.split(), "value", "qualifier", "definition", "note", "source_ids"]
    return rows.reindex(columns=columns).astype({"value": "float64"})


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int((rows["measure"] == "programme").sum()), len(selection.of_programmes(tables)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    programmes = rows[rows["measure"] == "programme"]
    if programmes.empty:
        return blank(view)
    axis = period(programmes, view)
    laid = laid_out(named(spans(programmes, axis, view), axis, view), axis, view)
    panels = [Panel(laid.height, [laid.height, 0])]
    panels += counted(rows[rows["measure"] == "ptce_published_count"], axis, view)
    panels += founded(rows[rows["measure"] == "clusters"], axis, view)
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False, "barmode": "overlay"})
    _draw_bars(figure, laid.drawn[~laid.drawn["is_event"]])
    _draw_events(figure, laid.drawn[laid.drawn["is_event"]], view)
    _write(figure, laid, axis, view)
    notes = _headings(laid, view) + axes(figure, panels, axis, view)
    return figure.update_layout(
        annotations=notes, shapes=_lines(laid, view), updatemenus=periods(axis, len(panels), view)
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    programmes = rows[rows["measure"] == "programme"]
    if programmes.empty:
        return _("No dated programme matches this selection.")
    started = programmes["start_date"].dt.year.dropna().astype(int)
    counts = started.value_counts()
    if counts.empty:
        n = len(programmes)
        return view.ngettext("{n} programme has a published date.", "{n} programmes have a published date.", n)
    if len(counts) == 1:
        return view.ngettext("{n} programme starts in {year}.", "{n} programmes start in {year}.", len(started)).format(
            year=started.min()
        )
    busiest = sorted(counts[counts == counts.max()].index)
    words = {
        "total": view.number(len(started)),
        "first": started.min(),
        "last": started.max(),
        "n": view.number(counts.max()),
    }
    if len(busiest) > 2:
        return _("{total} programmes start between {first} and {last}, never more than {n} in a year.").format(**words)
    years = _("{one} and {other}").format(one=busiest[0], other=busiest[-1]) if len(busiest) == 2 else str(busiest[0])
    return _("{total} programmes start between {first} and {last}; the most in one year is {n}, in {years}.").format(
        years=years, **words
    )


def _counts(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Published counts of PTCE, which are French, by definition."""
    countries = tables.codes.members(selection.countries)
    counts = ptce_over_time.table(tables, selection.only(ptce_over_time.FILTERS))
    if countries and "FR" not in countries:
        counts = counts.iloc[:0]
    dates = counts["as_of"].astype("string")
    precision = dates.str.len().map({4: "year", 7: "month", 10: "day"})
    first_day = pd.to_datetime(dates, format="ISO8601").astype("datetime64[s]")
    counts = counts.assign(start=dates, start_precision=precision, start_date=first_day, country="FR")
    return counts.drop(columns="as_of").assign(measure="ptce_published_count")


def _founded(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Clusters founded each year, and those whose year is not published."""
    kinds = clusters_founded.table(tables, selection.only(("definition", "countries", "time")))
    years = kinds.groupby("year", dropna=False).agg(value=("clusters", "sum"), source_ids=("source_ids", union))
    years = years.reset_index()
    text = years.pop("year").astype("Int64").astype("string")
    first_day = pd.to_datetime(text, format="%Y", errors="coerce").astype("datetime64[s]")
    return years.assign(measure="clusters", start=text, start_precision="year", start_date=first_day)


def _draw_bars(figure: go.Figure, bars: pd.DataFrame) -> None:
    fill = bars["colour"].where(~bars["is_open"], bars["colour"].map(lambda colour: faded(colour, 0.4)))
    figure.add_bar(
        orientation="h",
        base=moments(bars["left"]),
        x=(bars["right"] - bars["left"]) * 365.25 * 86_400_000,
        y=bars["y"],
        width=LOW - 3,
        customdata=bars["programme_id"],
        hovertext=bars["hover"],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": fill, "line": {"width": 0}},
    )
    before, after = bars[bars["before"]], bars[bars["after"]]
    figure.add_scatter(
        x=moments(before["left"]) + moments(after["right"]),
        y=[*before["y"], *after["y"]],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={
            "symbol": ["triangle-left"] * len(before) + ["triangle-right"] * len(after),
            "size": LOW - 2,
            "color": [*before["colour"], *after["colour"]],
        },
    )


def _draw_events(figure: go.Figure, events: pd.DataFrame, view: View) -> None:
    runs = events[events["right"] > events["left"]]
    ends = zip(moments(runs["left"]), moments(runs["right"]), strict=True)
    figure.add_scatter(
        x=[x for run in ends for x in (*run, None)],
        y=[y for y in runs["y"] for _end in range(3)],
        mode="lines",
        hoverinfo="skip",
        line={"width": 2, "color": view.theme.muted},
    )
    symbols = events["kind"].map(SYMBOLS).fillna("circle").where(~events["before"], "triangle-left")
    figure.add_scatter(
        x=moments(events["left"]),
        y=events["y"],
        mode="markers",
        customdata=events["programme_id"],
        hovertext=events["hover"],
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": symbols, "size": LOW - 1, "color": events["colour"]},
    )


def _write(figure: go.Figure, laid: Laid, axis: Period, view: View) -> None:
    """Names above bars and the years of each level, which move with the axis."""
    drawn, quiet = laid.drawn, {"size": 12, "color": view.theme.quiet}
    write: dict[str, Any] = {"mode": "text", "hoverinfo": "skip"}
    names = drawn[drawn["text"] != ""]
    figure.add_scatter(
        x=moments(names["text_x"]),
        y=names["text_y"],
        text=names["text"],
        textposition=list(names["text_side"]),
        textfont={"size": 12, "color": view.theme.text},
        cliponaxis=False,
        **write,
    )
    if view.selection.by == "level":
        years = [f"{year}-01-01" for year in range(*axis) if year % (5 if axis[1] - axis[0] > 10 else 2) == 0]
        heights = [y + 20 for y, _name in laid.groups[1:] for _year in years]
        text = [year[:4] for year in years] * len(laid.groups[1:])
        figure.add_scatter(
            x=years * len(laid.groups[1:]), y=heights, text=text, textfont=quiet, cliponaxis=False, **write
        )


def _headings(laid: Laid, view: View) -> list[dict]:
    """Names of groups and kinds, which stay at the left edge."""
    strong, quiet = {"size": 14, "color": view.theme.text}, {"size": 12, "color": view.theme.quiet}
    groups = [heading(f"<b>{name}</b>", y, strong, view) for y, name in laid.groups]
    return groups + [heading(name, y, quiet, view) for y, name in laid.kinds]


def _lines(laid: Laid, view: View) -> list[dict]:
    """A line above each group but the first."""
    across = {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "layer": "below"}
    line = {"width": 1, "color": view.theme.line}
    return [{**across, "y0": y - 13, "y1": y - 13, "line": line} for y, _name in laid.groups[1:]]
