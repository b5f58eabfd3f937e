"""What the published budgets add up to, one kind of budget at a time, and what is never added, with the reason."""

from html import escape
from textwrap import shorten, wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("What the budgets add up to"),
    question=N_("Which money may be added, and which may not?"),
    drawn=N_(
        "Each bar is the whole of one kind of budget, each piece the budget of one programme, the largest first. Kinds are "
        "different quantities: bars do not compare. Underneath: what is not added, and why."
    ),
    note=N_(
        "A total takes one kind of budget, in euros, and only programmes whose money is not part of another one. Amounts in "
        "other currencies are listed as published; nothing is converted."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")
REASONS = ("part_of", "other_currency", "not_stated")
COLUMNS = (
    "programme_id name_en name_fr name_local level country start budget_kind budget_eur budget_amount budget_currency "
    "part_of not_added source_ids"
)
LINE, BAR, GAP, LETTERS = 18, 16, 20, 46
"""Heights in pixels of a line, a bar and the space after; letters of a line on a phone."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per programme with a budget, by kind, the added ones first, the largest first: programme_id, names, level,
    country, start, budget_kind (empty or unknown when not stated), budget_eur (EUR), budget_amount and budget_currency
    (as published), part_of, not_added (why it is in no total: part_of, other_currency, not_stated; empty when it is in
    that of its kind), source_ids."""
    programmes = selection.of_programmes(tables)
    budgets = programmes[programmes["budget_eur"].notna() | programmes["budget_amount"].notna()]
    kind = budgets["budget_kind"]
    holds = [budgets["part_of"].notna(), budgets["budget_eur"].isna(), kind.isna() | (kind == "unknown")]
    not_added = pd.Series(pd.NA, index=budgets.index, dtype="string")
    for reason, applies in reversed(list(zip(REASONS, holds, strict=True))):
        not_added = not_added.mask(applies, reason)
    kinds = tables.vocabulary.query("vocabulary == 'budget_kinds'").set_index("code")["order"]
    ordered = budgets.assign(
        not_added=not_added,
        order=kind.map(kinds).fillna(len(kinds)),
        place=[-1 if pd.isna(reason) else REASONS.index(reason) for reason in not_added],
    ).sort_values(
        ["order", "place", "budget_eur", "programme_id"], ascending=[True, True, False, True], ignore_index=True
    )
    return ordered[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["not_added"].isna().sum()), len(selection.of_programmes(tables)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    drawing = go.Figure(layout={"template": view.theme.template(), "barmode": "stack", "showlegend": False})
    top = 0
    for kind, budgets in rows.assign(kind=rows["budget_kind"].fillna("unknown")).groupby("kind", sort=False):
        added = budgets[budgets["not_added"].isna()]
        lines = _lines(str(kind), budgets, view)
        _write(drawing, lines, top)
        top += LINE * len(lines)
        if len(added):
            _pieces(drawing, str(kind), added, top + 4 + BAR / 2, view)
            top += BAR + 8
        apart = _apart(budgets, view)
        _write(drawing, apart, top)
        top += LINE * len(apart) + GAP
    drawing.update_layout(height=top + 16, margin={"l": 4, "r": 12, "t": 8, "b": 8})
    return drawing.update_yaxes(range=[top, 0], visible=False).update_xaxes(range=[0, 1], visible=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No published budget matches this selection.")
    added = rows[rows["not_added"].isna()]
    if added.empty:
        return view.ngettext(
            "{n} budget is published; it may not be added.", "{n} budgets are published; none may be added.", len(rows)
        )
    totals = added.groupby("budget_kind", sort=False)["budget_eur"].agg(["sum", "size"])
    words = {
        "kind": view.label("budget_kinds", totals.index[0]),
        "total": view.money_short(totals["sum"].iloc[0]),
        "others": view.number(len(totals) - 1),
        "left": view.number(len(rows) - len(added)),
    }
    return view.ngettext(
        "{kind}: {total} in {n} programme; kinds of budget never added to it: {others}; budgets in no total: {left}.",
        "{kind}: {total} in {n} programmes; kinds of budget never added to it: {others}; budgets in no total: {left}.",
        int(totals["size"].iloc[0]),
    ).format(**words)


def _lines(kind: str, budgets: pd.DataFrame, view: View) -> list[str]:
    """The total of a kind and how many programmes it stands for, and the largest of them."""
    _ = view.gettext
    label, added = view.label("budget_kinds", kind), budgets[budgets["not_added"].isna()]
    if added.empty:
        none = _("no total")
        return [f"<b>{label}</b> · {none}"]
    total, largest = added["budget_eur"].sum(), added.iloc[0]
    count = view.ngettext("{n} programme", "{n} programmes", len(added))
    head = f"<b>{label} · {view.money_short(total)}</b> · {count}"
    if len(added) == 1:
        return [head, _quiet(shorten(view.name(largest), LETTERS, placeholder="…"), view)]
    words = {
        "name": shorten(view.name(largest), 28, placeholder="…"),
        "share": view.percent(largest["budget_eur"] / total),
    }
    return [head, _quiet(_("of which {name}: {share}").format(**words), view)]


def _apart(budgets: pd.DataFrame, view: View) -> list[str]:
    """What is not in the total: how many for each reason; the amounts in other currencies, each as published."""
    _ = view.gettext
    why = {
        "part_of": _("Not added, part of a larger budget: {n}"),
        "not_stated": _("Not added, the source does not say what it covers: {n}"),
        "other_currency": _("Not added, in another currency: {n}"),
    }
    lines = []
    for reason in REASONS:
        own = budgets[budgets["not_added"] == reason]
        if len(own):
            lines.append(_quiet(why[reason].format(n=view.number(len(own))), view))
    foreign = budgets[budgets["not_added"] == "other_currency"]
    for _i, row in foreign.iterrows():
        amount = view.money(row["budget_amount"], row["budget_currency"])
        name = shorten(view.name(row), 26, placeholder="…")
        lines.append(_quiet("– " + _("{what}: {amount}").format(what=name, amount=amount), view))
    return lines


def _quiet(text: str, view: View) -> str:
    return f"<span style='font-size:12px;color:{view.theme.quiet}'>{escape(text, quote=False)}</span>"


def _write(drawing: go.Figure, lines: list[str], top: float) -> None:
    if lines:
        place = {"x": 0, "xanchor": "left", "xshift": -2, "y": top, "yanchor": "top", "align": "left"}
        drawing.add_annotation(text="<br>".join(lines), showarrow=False, **place)


def _pieces(drawing: go.Figure, kind: str, added: pd.DataFrame, y: float, view: View) -> None:
    """The budgets of a kind end to end, as shares of their total."""
    shares = added["budget_eur"] / max(added["budget_eur"].sum(), 1)
    drawing.add_bar(
        orientation="h",
        base=(shares.cumsum() - shares).tolist(),
        x=shares.tolist(),
        y=[y] * len(added),
        width=BAR,
        customdata=added["programme_id"],
        hovertext=[_hover(row, share, view) for (_i, row), share in zip(added.iterrows(), shares, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": view.colour("budget_kinds", kind), "line": {"color": view.theme.background, "width": 0.5}},
    )


def _hover(row: pd.Series, share: float, view: View) -> str:
    name = "<br>".join(escape(line, quote=False) for line in wrap(view.name(row), 52))
    place = f"{view.label('programme_levels', row['level'])} · {view.country(row['country'])}"
    return f"<b>{name}</b><br>{place}<br>{view.money(row['budget_eur'])} ({view.percent(share)})"
