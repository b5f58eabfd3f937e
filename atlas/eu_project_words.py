"""Projects the Union pays for, in words: what they are called, when they run, why they count, what they publish of their money."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from atlas.view import View

Row = Mapping[Any, Any] | pd.Series
"""A project, by column."""
DAYS = ("start_date", "end_date")
REASON = re.compile(r"(category|name|objective): “([^”]*)”")
"""How `taken_for` says what a project is taken for."""
TIED = 3
"""Most that are named together when none is ahead."""


def name(row: Row, view: View) -> str:
    """What a project is called: in English, in French where it is French and the reader too; else as it can be."""
    is_local = view.language == "fr" and row["country"] == "FR"
    order = ("name_local", "name_en") if is_local else ("name_en", "name_local")
    return next(str(row[column]) for column in (*order, "acronym", "project_id") if pd.notna(row[column]))


def years(row: Row, view: View) -> str:
    """'2020–2022', 'from 2020', 'until 2022', 'undated'."""
    told = [None if pd.isna(row[day]) else str(row[day].year) for day in DAYS]
    return _span(told, "–", view)


def days(row: Row, view: View) -> str:
    """'1 January 2020 – 30 June 2022', or what is published of it."""
    told = [None if pd.isna(row[day]) else view.date(row[day].date()) for day in DAYS]
    return _span(told, "\N{NO-BREAK SPACE}– ", view)


def reason(taken_for: str, view: View) -> str:
    """Why a project counts, in the language; the words that decided stay as they were published."""
    _ = view.gettext
    said = {
        "category": _("category “{words}”"),
        "name": _("words in its name: “{words}”"),
        "objective": _("words in its objective: “{words}”"),
    }
    return REASON.sub(lambda found: said[found[1]].format(words=found[2]), taken_for)


def nothing(view: View) -> str:
    """Why there is no project: none was fetched yet, or none is chosen."""
    _ = view.gettext
    if not len(view.tables.projects):
        return _("EU projects are listed once a refresh has fetched them.")
    return _("No EU project is listed for this selection.")


def sums(row: Mapping[Any, Any], view: View) -> list[str]:
    """The lines of a hover about a sum (see `atlas.eu_projects.summed`): its projects, and every digit of what they publish."""
    _ = view.gettext
    amount = _("EU contribution: {amount} ({reported} publish it)")
    words = {"amount": view.money(row["eu_amount_eur"]), "reported": reported(row, view)}
    return [view.ngettext("{n} EU project", "{n} EU projects", row["eu_projects"]), amount.format(**words)]


def reported(row: Mapping[Any, Any], view: View) -> str:
    """'3 of 5': how many projects of a sum publish their contribution."""
    words = {"reported": view.number(row["with_amount"]), "total": view.number(row["eu_projects"])}
    return view.gettext("{reported} of {total}").format(**words)


def published(rows: pd.DataFrame, view: View) -> str:
    """What the projects of some sums (see `atlas.eu_projects.summed`) publish of their money: '... published for 3 of 5: €2M'."""
    _ = view.gettext
    publishing, total = int(rows["with_amount"].sum()), int(rows["eu_projects"].sum())
    if not publishing:
        return _("no contribution of the Union is published in euros")
    words = {"reported": view.number(publishing), "total": view.number(total)}
    words["amount"] = view.money_short(rows["eu_amount_eur"].sum())
    return _("the contribution of the Union is published for {reported} of {total}: {amount}").format(**words)


def most(counts: pd.Series) -> list[Any]:
    """Where the highest count stands, by index; none when more than TIED share it."""
    first = list(counts.index[counts == counts.max()])
    return first if len(first) <= TIED else []


def _span(ends: Sequence[str | None], dash: str, view: View) -> str:
    (first, last), _ = ends, view.gettext
    if first and last:
        return first if first == last else f"{first}{dash}{last}"
    if first or last:
        return (_("from {date}") if first else _("until {date}")).format(date=first or last)
    return view.date(None)
