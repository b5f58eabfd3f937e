"""Programmes on a time axis: where each is drawn, in lanes by level or by country, so that nothing overlaps."""

from html import escape
from math import ceil
from textwrap import shorten, wrap
from typing import NamedTuple

import numpy as np
import pandas as pd

from atlas.lanes import lanes
from atlas.view import View

FIRST, LAST = 2004, 2031
"""First day of which year the axis starts and ends on, when the reader chooses no years."""
SYMBOLS = {"law": "diamond", "strategy": "square", "guide": "triangle-up", "label": "star"}
MANY = 60  # rows above which lanes are compact and only the key programmes are named
PHONE, LETTER = 290, 6  # width of the plot on a phone and of a letter, in pixels
SHORTEST = 0.25  # length of the shortest bar, in years
LONGEST = 36  # letters of a name
LOW, LABEL, TALL, HEADER, LINE, SPACE = 10, 18, 27, 42, 22, 7
"""Heights in pixels of a lane, of one with only the name of the kind, of one with names, of a group's header (with
years under it; without), after a kind."""
Period = tuple[int, int]


class Laid(NamedTuple):
    """Programmes with their height `y` (pixels from the top); headers of groups and kinds (height, text); whole height."""

    drawn: pd.DataFrame
    groups: list[tuple[float, str]]
    kinds: list[tuple[float, str]]
    height: int


def period(rows: pd.DataFrame, view: View) -> Period:
    """The years of the axis (the last one not included): those chosen, else 2004 to 2030 and what comes after."""
    if view.selection.time:
        return view.selection.time[0], view.selection.time[1] + 1
    latest = years(rows["end_date"].fillna(rows["start_date"]).dropna()).max()
    return FIRST, max(LAST, 0 if pd.isna(latest) else ceil(latest))


def years(dates: pd.Series) -> pd.Series:
    """2014-07-01 -> 2014.5."""
    return dates.dt.year + (dates.dt.day_of_year - 1) / 365.25


def moments(when: pd.Series) -> list[str]:
    """2014.5 -> '2014-07-02': what an axis of dates takes."""
    whole = np.floor(when.astype(float))
    starts = pd.to_datetime(whole.astype(int).astype(str), format="%Y")
    return (starts + pd.to_timedelta((when - whole) * 365.25, unit="D")).dt.strftime("%Y-%m-%d").tolist()


def spans(rows: pd.DataFrame, axis: Period, view: View) -> pd.DataFrame:
    """Where each programme is drawn, in years: `left`, `right`; `before` and `after` say which end has an arrow, for it is
    not published or lies beyond the axis."""
    start, end = years(rows["start_date"]), years(rows["end_date"] + pd.Timedelta(days=1))
    event = rows["kind"].map(lambda kind: is_event(kind, view)).astype(bool)
    middle = start + rows["start_precision"].map({"year": 0.5, "month": 0.04}).fillna(0)
    left = start.where(~event, middle).fillna((end - 1).where(~event, end))
    right = end.fillna((start + 1).where(~event, left))
    right = right.where(event, right.clip(lower=left + SHORTEST)).clip(lower=left)
    colour = rows["kind"].map(lambda kind: view.colour("programme_kinds", kind))
    first, last = axis
    columns = [
        "programme_id",
        "name_en",
        "name_fr",
        "name_local",
        "kind",
        "level",
        "country",
        "budget_eur",
        "budget_kind",
    ]
    return rows[columns].assign(
        left=left.clip(first, last - SHORTEST),
        right=right.where(event, right.clip(lower=first + SHORTEST)).clip(first, last),
        is_event=event,
        colour=colour,
        is_open=~event & (start.isna() | end.isna()),
        before=(~event & start.isna()) | (left < first),
        after=~event & (end.isna() | (right > last)),
        hover=[hover(row, view) for _i, row in rows.iterrows()],
    )


def is_event(kind: str, view: View) -> bool:
    """Whether a kind is a mark (law, strategy, guide, label) or a bar."""
    return view.vocabulary.property("programme_kinds", kind, "is_event") in (True, "true")


def named(drawn: pd.DataFrame, axis: Period, view: View) -> pd.DataFrame:
    """The names above the bars and the room they take; above MANY rows only the largest envelope of each level."""
    first, last = axis
    budgets = drawn[drawn["budget_eur"].notna() & (drawn["budget_kind"] == "envelope")].sort_values("budget_eur")
    largest = budgets.groupby("level")["programme_id"].last()
    is_largest = drawn["programme_id"].isin(largest) & (view.selection.by == "level")
    is_named = is_largest | (len(drawn) <= MANY)
    names = drawn.apply(lambda row: escape(shorten(view.name(row), LONGEST, placeholder="…"), quote=False), axis=1)
    text = names.where(is_named, "")
    pixel = (last - first) / PHONE
    width, edge = text.str.len() * LETTER * pixel, pixel * LOW / 2
    side = pd.Series("middle center", index=drawn.index)
    side = side.mask(drawn["right"] - width >= first, "middle left").mask(drawn["left"] + width <= last, "middle right")
    middle = ((drawn["left"] + drawn["right"]) / 2).clip(upper=last - width / 2).clip(lower=first + width / 2)
    text_x = middle.mask(side == "middle left", drawn["right"]).mask(side == "middle right", drawn["left"])
    text_left = text_x - width * side.map({"middle right": 0, "middle center": 0.5, "middle left": 1})
    return drawn.assign(
        text=text,
        text_x=text_x.clip(first, last),
        text_side=side,
        room_left=text_left.clip(upper=drawn["left"] - edge),
        room_right=(text_left + width).clip(lower=drawn["right"] + edge),
    )


def laid_out(drawn: pd.DataFrame, axis: Period, view: View) -> Laid:
    """Each programme with its height (`y`, and `text_y` of its name) in pixels from the top; in each group, kind by kind.

    By level, each kind is named in each level. Countries are many: each kind is named where it comes first."""
    by, known = view.selection.by, set[str]()
    blocks: list[pd.DataFrame] = []
    groups: list[tuple[float, str]] = []
    kinds: list[tuple[float, str]] = []
    top = 0
    for code, name in _groups(drawn, view):
        of_group = drawn[drawn[by] == code].sort_values("left")
        present = [kind for kind in view.vocabulary.codes("programme_kinds") if (of_group["kind"] == kind).any()]
        new = [kind for kind in present if by == "level" or kind not in known]
        known |= set(new)
        groups.append((top + (12 if new else 8), name))
        top += (HEADER if by == "level" and blocks else LINE) if new else 0
        for kind in present:
            label = view.label("programme_kinds", kind) if kind in new else ""
            reserved = label or ("" if new or kind != present[0] else f"{name}  ")
            block, height = _packed(of_group[of_group["kind"] == kind], axis, reserved)
            blocks.append(block.assign(y=block["y"] + top, text_y=block["text_y"] + top))
            kinds += [(top + 7, label)] if label else []
            top += height + (SPACE if label else 0)
        top += SPACE
    return Laid(pd.concat(blocks), groups, kinds, top)


def _groups(drawn: pd.DataFrame, view: View) -> list[tuple[str, str]]:
    """Code and name of each group: levels in their order; Europe, then countries, the most programmes first."""
    if view.selection.by == "level":
        codes = [code for code in view.vocabulary.codes("programme_levels") if (drawn["level"] == code).any()]
        return [(code, view.label("programme_levels", code)) for code in codes]
    counts = drawn["country"].value_counts()
    named = [(code, view.country(code)) for code in counts.index]
    return sorted(named, key=lambda group: (group[0] != "EU", -counts[group[0]], group[1]))


def _packed(block: pd.DataFrame, axis: Period, label: str) -> tuple[pd.DataFrame, int]:
    """The programmes of one kind in lanes, the first lane free after `label`; and their whole height."""
    first, last = axis
    taken = first + (len(label) + 1) * LETTER * (last - first) / PHONE if label else -1e9
    block = block.assign(lane=lanes(list(zip(block["room_left"], block["room_right"], strict=True)), taken))
    tall = block.groupby("lane")["text"].agg(lambda text: TALL if text.any() else LOW)
    heights = tall.reindex(range(block["lane"].max() + 1), fill_value=LABEL)
    heights[0] = max(heights[0], LABEL if label else LOW)
    bottom = block["lane"].map(heights.cumsum())
    return block.assign(y=bottom - LOW / 2, text_y=bottom - TALL + 8), int(heights.sum())


def hover(row: pd.Series, view: View) -> str:
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
    return words["start"] if is_event(row["kind"], view) else _("From {start}, end not published").format(**words)


def _money(row: pd.Series, view: View) -> str:
    _ = view.gettext
    if pd.isna(row["budget_eur"]) and pd.isna(row["budget_amount"]):
        return "" if is_event(row["kind"], view) else _("Budget not published")
    currency = "EUR" if pd.notna(row["budget_eur"]) else row["budget_currency"]
    value = row["budget_eur"] if pd.notna(row["budget_eur"]) else row["budget_amount"]
    what = _("Amount") if pd.isna(row["budget_kind"]) else view.label("budget_kinds", row["budget_kind"])
    line = _("{what}: {amount}").format(what=what, amount=view.money(value, currency))
    return line if pd.isna(row["part_of"]) else _("{line} (part of a larger budget)").format(line=line)
