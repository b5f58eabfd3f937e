"""What is known of one thing: a box of facts, each with its own source where it has one, and what other sources say."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from atlas.charts import union
from atlas.columns import NAMES
from atlas.store import Tables
from atlas.view import View
from pages.parts.sources import figure_html

DERIVED = ("nuts_id",)
"""Columns that no source states: they follow from the point and the boundaries."""
DATES = ("start", "end")
COUNTS = ("applications", "laureates")
AMOUNTS = ("budget_eur",)


def cells_of(table: str, identifier: str, tables: Tables) -> pd.DataFrame:
    """The cells of one row that have a source of their own, or on which sources disagree."""
    cells = tables.field_sources
    return cells[(cells["table"] == table) & (cells["row_id"] == identifier)]


def fact_box(facts: dict[str, str], cells: pd.DataFrame, view: View, source_ids: Iterable[str] = ()) -> str:
    """The facts of one row by column, their values HTML already; a value opens the source it has of its own, else
    `source_ids`, those of its row. What is not published, or derived, has none to open."""
    own = cells[cells["is_used"]].groupby("column")["source_ids"].agg(union).to_dict()
    rest, nothing = list(source_ids), {escape(view.missing), escape(view.label("statuses", "unknown"))}
    bare = {name for name, value in facts.items() if value in nothing or name in DERIVED}
    sources = {name: own.get(name, [] if name in bare else rest) for name in facts}
    shown = {name: figure_html(value, "", sources[name]) if sources[name] else value for name, value in facts.items()}
    items = (f"<dt>{escape(view.gettext(NAMES[name]))}</dt><dd>{value}</dd>" for name, value in shown.items())
    return f'<dl class="facts">{"".join(items)}</dl>'


def disagreements(cells: pd.DataFrame, view: View) -> str:
    """What other sources say of the same row, as HTML; each opens its source. Empty when they agree."""
    words = view.gettext("{field}: another source says “{value}”")
    return "".join(
        figure_html(
            escape(words.format(field=view.gettext(NAMES[cell.column]), value=said(cell.column, cell.value, view))),
            "",
            cell.source_ids,
        )
        for cell in cells[~cells["is_used"]].itertuples()
    )


def said(column: str, value: str, view: View) -> str:
    """A value kept as text, as the language writes it."""
    if column in DATES:
        return view.date(value)
    if column in AMOUNTS:
        return view.money(float(value))
    if column in COUNTS:
        return view.number(float(value))
    return view.label("statuses", value) if column == "status" else value
