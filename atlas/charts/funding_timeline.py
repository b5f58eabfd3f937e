"""Laws, strategies, calls, funds and projects in time: lanes by level and kind, packed so that nothing overlaps."""

from collections.abc import Iterable
from html import escape
from math import ceil, floor
from textwrap import shorten, wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.lanes import lanes
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Policy and funding timeline"),
    question=N_("Which laws, strategies, calls, funds and projects came when, and at which level?"),
    drawn=N_(
        "Bars run from start to end; a pale bar with an arrow has an end (or a start) that is not published. "
        "Marks are laws, strategies, guides and labels."
    ),
    note=N_(
        "A date published as a year covers that year. The shortest bars are drawn three months long. "
        "Programmes without any date are left out. "
        "When there are many, only the largest envelope of each level is named."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")
SYMBOLS = {"law": "diamond", "strategy": "square", "guide": "triangle-up", "label": "star"}
MANY = 60  # rows above which lanes are compact and only the key programmes are named
PHONE, LETTER = 330, 6  # width of the plot on a phone and of a letter, in pixels
LONGEST = 36  # letters of a name
LOW, LABEL, TALL, HEADER, SPACE = 10, 18, 27, 42, 7
"""Heights in pixels of a lane, of one with only the name of the kind, of one with names, of a level's header, after a
kind.
"""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per programme with a start or an end, by date: programme_id, name_en, name_fr, name_local, kind, level,
    country, start, start_precision, start_date, end, end_date (as published, and first and last day),
    budget_eur (EUR), budget_amount and budget_currency (as published), budget_kind, part_of, applications,
    laureates, source_ids.
    """
    programmes = selection.of_programmes(tables)
    dated = programmes.assign(at=programmes["start_date"].fillna(programmes["end_date"])).dropna(subset="at")
    columns = [
        "programme_id",
        "name_en",
        "name_fr",
        "name_local",
        "kind",
        "level",
        "country",
        "start",
        "start_precision",
        "start_date",
        "end",
        "end_date",
        "budget_eur",
        "budget_amount",
        "budget_currency",
        "budget_kind",
        "part_of",
        "applications",
        "laureates",
        "source_ids",
    ]
    return dated.sort_values(["at", "programme_id"], ignore_index=True)[columns]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(rows), len(selection.of_programmes(tables)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    drawn = _spans(rows, view)
    first = floor(drawn["left"].min())
    last = max(ceil(drawn["right"].max()), first + 2)
    drawn, headers, height = _laid_out(_named(drawn, first, last, view), first, last, view)
    layout = {
        "template": view.theme.template(),
        "height": height + 16,
        "showlegend": False,
        "margin": {"l": 16, "r": 16, "t": 8, "b": 8},
    }
    figure = go.Figure(layout=layout)
    _draw_bars(figure, drawn[~drawn["is_event"]])
    _draw_events(figure, drawn[drawn["is_event"]], view)
    strong, quiet = {"size": 14, "color": view.theme.text}, {"size": 12, "color": view.theme.quiet}
    names = {"size": 12, "color": view.theme.text}
    _write(figure, drawn["text_x"], drawn["text_y"], drawn["text"], names, side=list(drawn["text_side"]))
    step = 5 if last - first > 10 else 2 if last - first > 5 else 1
    years = [year for year in range(first, last + 1) if year % step == 0]
    for y, text in headers["level"]:
        _write(figure, [first], [y], [f"<b>{text}</b>"], strong)
        _write(figure, years, [y + 20] * len(years), [str(year) for year in years], quiet, side="middle center")
    heights, labels = zip(*headers["kind"], strict=True)
    _write(figure, [first] * len(labels), heights, labels, quiet)
    figure.update_xaxes(range=[first, last], tickvals=years, showticklabels=False, showgrid=True)
    return figure.update_yaxes(range=[height, 0], visible=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No dated programme matches this selection.")
    started = rows["start_date"].dt.year.dropna().astype(int)
    counts = started.value_counts()
    if counts.empty:
        return view.ngettext("{n} programme has a published date.", "{n} programmes have a published date.", len(rows))
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


def _spans(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Where each programme is drawn, in years: `left`, `right`, and the arrow (`tip`) of what is not published."""
    start, end = _years(rows["start_date"]), _years(rows["end_date"] + pd.Timedelta(days=1))
    is_event = rows["kind"].map(lambda kind: _is_event(kind, view)).astype(bool)
    middle = start + rows["start_precision"].map({"year": 0.5, "month": 0.04}).fillna(0)
    left = start.where(~is_event, middle).fillna((end - 1).where(~is_event, end))
    right = end.fillna((start + 1).where(~is_event, left))
    colour = rows["kind"].map(lambda kind: view.colour("programme_kinds", kind))
    is_open = start.isna() | end.isna()
    return rows.assign(
        left=left,
        right=right.where(is_event, right.clip(lower=left + 0.25)).clip(lower=left),
        is_event=is_event,
        colour=colour,
        tip=[
            "" if event or not (no_start or no_end) else "triangle-left" if no_start else "triangle-right"
            for event, no_start, no_end in zip(is_event, start.isna(), end.isna(), strict=True)
        ],
        fill=colour.where(~is_open, colour.map(lambda code: faded(code, 0.4))),
        hover=[_hover(row, view) for _i, row in rows.iterrows()],
    )


def _is_event(kind: str, view: View) -> bool:
    """Whether a kind is a mark (law, strategy, guide, label) or a bar."""
    return view.vocabulary.property("programme_kinds", kind, "is_event") in (True, "true")


def _years(dates: pd.Series) -> pd.Series:
    """2014-07-01 -> 2014.5."""
    return dates.dt.year + (dates.dt.day_of_year - 1) / 365.25


def _named(drawn: pd.DataFrame, first: int, last: int, view: View) -> pd.DataFrame:
    """The names above the bars and the room they take; above MANY rows only the largest envelope of each level."""
    largest = (
        drawn[drawn["budget_eur"].notna() & (drawn["budget_kind"] == "envelope")]
        .sort_values("budget_eur")
        .groupby("level")["programme_id"]
        .last()
    )
    is_named = drawn["programme_id"].isin(largest) | (len(drawn) <= MANY)
    names = drawn.apply(lambda row: escape(shorten(view.name(row), LONGEST, placeholder="…"), quote=False), axis=1)
    text = names.where(is_named, "")
    pixel = (last - first) / PHONE
    width, edge = text.str.len() * LETTER * pixel, pixel * LOW / 2
    side = pd.Series("middle center", index=drawn.index)
    side = side.mask(drawn["right"] - width >= first, "middle left").mask(drawn["left"] + width <= last, "middle right")
    middle = ((drawn["left"] + drawn["right"]) / 2).clip(upper=last - width / 2).clip(lower=first + width / 2)
    text_x = middle.mask(side == "middle left", drawn["right"]).mask(side == "middle right", drawn["left"])
    text_left = text_x - width * side.map({"middle right": 0, "middle center": 0.5, "middle left": 1})
    room = {
        "room_left": text_left.clip(upper=drawn["left"] - edge),
        "room_right": (text_left + width).clip(lower=drawn["right"] + edge),
    }
    return drawn.assign(text=text, text_x=text_x, text_side=side, **room)


def _laid_out(
    drawn: pd.DataFrame, first: int, last: int, view: View
) -> tuple[pd.DataFrame, dict[str, list[tuple[float, str]]], int]:
    """Each programme with its height (`y`, and `text_y` of its name) in pixels from the top; the headers; the whole
    height.
    """
    headers: dict[str, list[tuple[float, str]]] = {"level": [], "kind": []}
    blocks, top = [], 0
    for level in view.vocabulary.codes("programme_levels"):
        of_level = drawn[drawn["level"] == level]
        if of_level.empty:
            continue
        headers["level"].append((top + 12, view.label("programme_levels", level)))
        top += HEADER
        for kind in view.vocabulary.codes("programme_kinds"):
            block = of_level[of_level["kind"] == kind].sort_values("left")
            if block.empty:
                continue
            label = view.label("programme_kinds", kind)
            taken = first + len(label) * LETTER * (last - first) / PHONE
            block = block.assign(lane=lanes(list(zip(block["room_left"], block["room_right"], strict=True)), taken))
            heights = (
                block.groupby("lane")["text"]
                .agg(lambda text: TALL if text.any() else LOW)
                .reindex(range(block["lane"].max() + 1), fill_value=LABEL)
            )
            tops = top + heights.cumsum() - heights
            bottom = block["lane"].map(tops + heights)
            blocks.append(block.assign(y=bottom - LOW / 2, text_y=bottom - TALL + 8))
            headers["kind"].append((top + 7, label))
            top += int(heights.sum()) + SPACE
    return pd.concat(blocks), headers, top


def _draw_bars(figure: go.Figure, bars: pd.DataFrame) -> None:
    figure.add_bar(
        orientation="h",
        base=bars["left"],
        x=bars["right"] - bars["left"],
        y=bars["y"],
        width=LOW - 3,
        customdata=bars["programme_id"],
        hovertext=bars["hover"],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": bars["fill"], "line": {"width": 0}},
    )
    tips = bars[bars["tip"] != ""]
    figure.add_scatter(
        x=tips["right"].where(tips["tip"] == "triangle-right", tips["left"]),
        y=tips["y"],
        mode="markers",
        hoverinfo="skip",
        marker={"symbol": tips["tip"], "size": LOW - 2, "color": tips["colour"]},
        cliponaxis=False,
    )


def _draw_events(figure: go.Figure, events: pd.DataFrame, view: View) -> None:
    runs = events[events["right"] > events["left"]]
    figure.add_scatter(
        x=[x for run in runs.itertuples() for x in (run.left, run.right, None)],
        y=[y for y in runs["y"] for _end in range(3)],
        mode="lines",
        hoverinfo="skip",
        line={"width": 2, "color": view.theme.muted},
    )
    figure.add_scatter(
        x=events["left"],
        y=events["y"],
        mode="markers",
        customdata=events["programme_id"],
        hovertext=events["hover"],
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": events["kind"].map(SYMBOLS).fillna("circle"), "size": LOW - 1, "color": events["colour"]},
    )


def _write(
    figure: go.Figure, x: Iterable, y: Iterable, text: Iterable, font: dict, *, side: str | list[str] = "middle right"
) -> None:
    write = {"mode": "text", "hoverinfo": "skip", "cliponaxis": False}
    figure.add_scatter(x=x, y=y, text=text, textfont=font, textposition=side, **write)


def _hover(row: pd.Series, view: View) -> str:
    """Name; kind, level, country; dates; money; applications and laureates."""
    what = [
        view.label("programme_kinds", row["kind"]),
        view.label("programme_levels", row["level"]),
        view.country(row["country"]),
    ]
    lines = [
        f"<b>{'<br>'.join(escape(line, quote=False) for line in wrap(view.name(row), 52))}</b>",
        " · ".join(what),
        _dates(row, view),
        _money(row, view),
    ]
    if pd.notna(row["applications"]):
        lines.append(view.ngettext("{n} application", "{n} applications", int(row["applications"])))
    if pd.notna(row["laureates"]):
        lines.append(view.ngettext("{n} laureate", "{n} laureates", int(row["laureates"])))
    return "<br>".join(line for line in lines if line)


def _dates(row: pd.Series, view: View) -> str:
    _ = view.gettext
    words = {"start": view.date(row["start"]), "end": view.date(row["end"])}
    if pd.isna(row["start"]):
        return _("Until {end}, start not published").format(**words)
    if pd.notna(row["end"]):
        return words["start"] if row["start"] == row["end"] else _("{start} to {end}").format(**words)
    return words["start"] if _is_event(row["kind"], view) else _("From {start}, end not published").format(**words)


def _money(row: pd.Series, view: View) -> str:
    _ = view.gettext
    if pd.isna(row["budget_eur"]) and pd.isna(row["budget_amount"]):
        return "" if _is_event(row["kind"], view) else _("Budget not published")
    currency = "EUR" if pd.notna(row["budget_eur"]) else row["budget_currency"]
    value = row["budget_eur"] if pd.notna(row["budget_eur"]) else row["budget_amount"]
    amount = view.number(value) if pd.isna(currency) else view.money(value, currency)
    what = _("Amount") if pd.isna(row["budget_kind"]) else view.label("budget_kinds", row["budget_kind"])
    line = _("{what}: {amount}").format(what=what, amount=amount)
    return line if pd.isna(row["part_of"]) else _("{line} (part of a larger budget)").format(line=line)
