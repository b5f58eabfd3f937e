"""Published budgets by start year: those that may be added with their yearly sum, the others shown and never added."""

from html import escape
from math import log10
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.lanes import lanes
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Budgets by start year"),
    question=N_("How much money do the programmes that start each year bring, and what may be added?"),
    drawn=N_(
        "One mark per budget in euros, on a logarithmic axis. Full marks are envelopes that may be added: "
        "the amount on the right, and the tick, are their yearly sum. Hollow marks are not added."
    ),
    note=N_(
        "Not added: budgets that are part of a larger one, other kinds of budget (total cost, target, prize...), "
        "kinds not stated and undated programmes. Budgets in other currencies are not converted and not drawn."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")
SYMBOLS = {"eu": "circle", "national": "square", "regional": "diamond", "network": "triangle-up"}
MARK, SPACE, PHONE = 12, 14, 210  # size of a mark, space between years, width of the plot on a phone, in pixels
UNDATED = "undated"
REASONS = ("part_of", "undated", "not_stated", "other_kind")


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per programme with a budget in euros, by year then amount: programme_id, name_en, name_fr, name_local,
    level, country, year (of the start), budget_eur (EUR), budget_kind, part_of, not_added (why it is left out
    of the sums: part_of, undated, not_stated, other_kind; empty when it is added), source_ids.
    """
    budgets = selection.of_programmes(tables).dropna(subset="budget_eur")
    kind = budgets["budget_kind"]
    reasons = [
        budgets["part_of"].notna(),
        budgets["start_date"].isna(),
        kind.isna() | (kind == "unknown"),
        kind != "envelope",
    ]
    not_added = pd.Series(pd.NA, index=budgets.index, dtype="string")
    for reason, holds in reversed(list(zip(REASONS, reasons, strict=True))):
        not_added = not_added.mask(holds, reason)
    budgets = budgets.assign(year=budgets["start_date"].dt.year.astype("Int64"), not_added=not_added)
    columns = [
        "programme_id",
        "name_en",
        "name_fr",
        "name_local",
        "level",
        "country",
        "year",
        "budget_eur",
        "budget_kind",
        "part_of",
        "not_added",
        "source_ids",
    ]
    return budgets.sort_values(
        ["year", "budget_eur", "programme_id"], ascending=[True, False, True], ignore_index=True
    )[columns]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["not_added"].isna().sum()), len(selection.of_programmes(tables)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    drawn, years, height = _laid_out(rows.assign(budget_eur=rows["budget_eur"].clip(lower=1)))
    figure = go.Figure(
        layout={"template": view.theme.template(), "height": height + 96, "margin": {"l": 8, "r": 76, "t": 8, "b": 8}}
    )
    figure.update_layout(legend={"x": 0, "y": 1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False})
    for level in view.vocabulary.codes("programme_levels"):
        _draw_level(figure, drawn[drawn["level"] == level], level, view)
    for bottom in drawn.groupby("year_text")["y"].max() + (MARK + SPACE) / 2:
        figure.add_hline(y=bottom, line={"color": view.theme.line, "width": 1}, layer="below")
    added = drawn[drawn["not_added"].isna()]
    for year, budgets in added.groupby("year_text"):
        _draw_sum(figure, budgets, years[str(year)], view)
    if len(added):
        figure.add_annotation(
            text=view.gettext("Sum"),
            x=1,
            y=1,
            xref="paper",
            yref="paper",
            xshift=8,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"size": 12, "color": view.theme.quiet},
        )
    low, high = (
        drawn["budget_eur"].min() / 2,
        max(drawn["budget_eur"].max(), added.groupby("year_text")["budget_eur"].sum().max()) * 2,
    )
    figure.update_xaxes(
        type="log", range=[log10(low), log10(high)], tickangle=0, **view.ticks(low, high, log=True, unit="EUR")
    )
    names = [view.date(None if year == UNDATED else year) for year in years]
    return figure.update_yaxes(range=[height, 0], tickvals=list(years.values()), ticktext=names, showgrid=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    added = rows[rows["not_added"].isna()]
    if rows.empty:
        return _("No budget in euros matches this selection.")
    if added.empty:
        return view.ngettext(
            "{n} budget is published in euros; it is not an envelope that may be added.",
            "{n} budgets are published in euros; none is an envelope that may be added.",
            len(rows),
        )
    largest = added.iloc[int(added["budget_eur"].argmax())]
    words = {
        "n": view.number(len(added)),
        "total": view.money_short(added["budget_eur"].sum()),
        "name": view.name(largest),
        "amount": view.money_short(largest["budget_eur"]),
        "others": view.number(len(rows) - len(added)),
    }
    if len(added) == 1:
        return _("Of the budgets published, one may be added: {amount} ({name}); not added: {others}.").format(**words)
    return _(
        "{n} dated envelopes add up to {total}, of which {name} is {amount}; not added: {others} other budgets."
    ).format(**words)


def _laid_out(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float], float]:
    """Each budget with its height (`y`, pixels from the top), so that marks of one year do not overlap; the middle of
    each year.
    """
    drawn = rows.assign(year_text=rows["year"].astype("string").fillna(UNDATED), exponent=rows["budget_eur"].map(log10))
    half = (drawn["exponent"].max() - drawn["exponent"].min() + 0.6) / PHONE * MARK / 2
    blocks, top = [], float(SPACE)
    years: dict[str, float] = {}
    for year, block in drawn.sort_values("exponent").groupby("year_text"):
        lane = lanes(list(zip(block["exponent"] - half, block["exponent"] + half, strict=True)), -1e9)
        blocks.append(block.assign(y=[top + MARK * (i + 0.5) for i in lane]))
        years[str(year)] = top + MARK * (max(lane) + 1) / 2
        top += MARK * (max(lane) + 1) + SPACE
    return pd.concat(blocks), years, top


def _draw_level(figure: go.Figure, budgets: pd.DataFrame, level: str, view: View) -> None:
    colour, label, symbol = (
        view.colour("programme_levels", level),
        view.label("programme_levels", level),
        SYMBOLS.get(level, "cross"),
    )
    if budgets.empty:
        return
    is_added = budgets["not_added"].isna()
    figure.add_scatter(
        x=budgets["budget_eur"],
        y=budgets["y"],
        mode="markers",
        name=label,
        showlegend=False,
        cliponaxis=False,
        customdata=budgets["programme_id"],
        hovertext=[_hover(row, view) for _i, row in budgets.iterrows()],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": [symbol if added else f"{symbol}-open" for added in is_added],
            "size": MARK - 3,
            "color": colour,
        },
    )
    figure.add_scatter(
        x=[None], y=[None], mode="markers", name=label, marker={"symbol": symbol, "size": MARK - 2, "color": colour}
    )


def _draw_sum(figure: go.Figure, budgets: pd.DataFrame, y: float, view: View) -> None:
    """The sum of the budgets of a year: a tick on the axis (where there are several) and the amount on the right."""
    _ = view.gettext
    total, by_level = budgets["budget_eur"].sum(), budgets.groupby("level")["budget_eur"].sum()
    parts = [
        _("{name}: {value}").format(name=view.label("programme_levels", level), value=view.money(amount))
        for level, amount in by_level.items()
    ]
    hover = "<br>".join([f"<b>{view.money(total)}</b>", *parts])
    if len(budgets) > 1:
        figure.add_scatter(
            x=[total],
            y=[y],
            mode="markers",
            hovertext=[hover],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
            marker={"symbol": "line-ns-open", "size": 18, "color": view.theme.text, "line": {"width": 2}},
        )
    figure.add_annotation(
        text=view.money_short(total),
        hovertext=hover,
        x=1,
        xref="paper",
        xshift=8,
        xanchor="left",
        y=y,
        showarrow=False,
        font={"size": 12, "color": view.theme.text},
    )


def _hover(row: pd.Series, view: View) -> str:
    """Name; level, country; amount with its kind; why it is not added."""
    _ = view.gettext
    why = {
        "part_of": _("Not added: part of a larger budget"),
        "undated": _("Not added: undated"),
        "not_stated": _("Not added: the source does not say what it covers"),
        "other_kind": _("Not added: not an envelope"),
    }
    what = _("Amount") if pd.isna(row["budget_kind"]) else view.label("budget_kinds", row["budget_kind"])
    name = "<br>".join(escape(line, quote=False) for line in wrap(view.name(row), 52))
    place = f"{view.label('programme_levels', row['level'])} · {view.country(row['country'])}"
    amount = _("{what}: {amount}").format(what=what, amount=view.money(row["budget_eur"]))
    return "<br>".join(
        [f"<b>{name}</b>", place, amount, *([] if pd.isna(row["not_added"]) else [why[row["not_added"]]])]
    )
