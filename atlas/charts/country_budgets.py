"""The money of the programmes of a few countries or groups, one kind of budget per column, as published."""

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, union
from atlas.comparison import item_name, items, programmes_of, span
from atlas.selection import Selection
from atlas.side_by_side import side_by_side, value_text
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Money of programmes side by side"),
    question=N_("How much money do the programmes of each country announce, and of which kind?"),
    drawn=N_("Budgets as published, added within one kind and one currency only; under them, how many programmes."),
    note=N_(
        "Kinds of budget are never added to each other. A budget that is part of another, or of a kind not stated, is "
        "left out, and no currency is converted: only euros have a bar. Years are not the same: programmes run at different times. "
        "European programmes, open to all, are left out."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")

COLUMNS = ["geo", "budget_kind", "value", "unit", "qualifier", "years", "reported", "selected", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`), kind of budget and currency: value (sum of the budgets that are part of no other), unit
    (ISO 4217), qualifier, years (first and last start), reported (programmes added), selected (programmes of the item),
    source_ids. Missing where no programme of the item publishes one; kinds that nobody publishes have no row."""
    compared, programmes = items(tables, selection), programmes_of(tables, selection)
    sums = _sums(programmes).sort_values("unit", key=lambda units: units.ne("EUR"), kind="stable")
    kinds = [kind for kind in tables.codes.codes("budget_kinds") if kind in set(sums["budget_kind"])]
    cells = pd.MultiIndex.from_product([compared, kinds], names=["geo", "budget_kind"]).to_frame(index=False)
    rows = cells.merge(sums, how="left", on=["geo", "budget_kind"])
    rows["selected"] = rows["geo"].map(programmes.groupby("geo")["programme_id"].nunique()).fillna(0)
    rows["source_ids"] = rows["source_ids"].map(lambda ids: ids if isinstance(ids, list) else [])
    filled = rows.fillna({"unit": "EUR", "reported": 0, "qualifier": "exact"})
    return filled.astype({"reported": "Int64", "selected": "Int64", "value": "float64"})[COLUMNS]


def _sums(programmes: pd.DataFrame) -> pd.DataFrame:
    """The budgets of each item added by kind and currency: in euros where the source gives euros."""
    is_euro = programmes["budget_eur"].notna()
    money = programmes.assign(
        value=programmes["budget_eur"].fillna(programmes["budget_amount"]),
        unit=programmes["budget_currency"].mask(is_euro, "EUR"),
        year=programmes["start"].str[:4],
    )
    own = money[_is_added(money)]
    return own.groupby(["geo", "budget_kind", "unit"], as_index=False).agg(
        value=("value", "sum"),
        years=("year", span),
        reported=("programme_id", "nunique"),
        source_ids=("source_ids", union),
    ).assign(qualifier="exact")  # fmt: skip


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Programmes whose budget is added, of those of the items compared."""
    programmes = programmes_of(tables, selection).drop_duplicates("programme_id")
    return Coverage(int(_is_added(programmes).sum()), len(programmes), "programmes")


def _is_added(programmes: pd.DataFrame) -> pd.Series:
    """Whether a budget has an amount, a currency and a kind, and is part of no other."""
    is_amount = programmes["budget_amount"].notna() & programmes["budget_currency"].notna()
    has_kind = programmes["budget_kind"].fillna("unknown").ne("unknown")
    return (programmes["budget_eur"].notna() | is_amount) & has_kind & programmes["part_of"].isna()


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    headings = {kind: view.label("budget_kinds", kind) for kind in rows["budget_kind"].unique()}
    return side_by_side(rows.rename(columns={"budget_kind": "measure"}).assign(role=""), headings, view)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    known = rows[rows["value"].notna() & rows["unit"].eq("EUR")]
    if known.empty:
        return _("No budget in euros is published for the programmes of these territories.")
    kind = known.groupby("budget_kind")["reported"].sum().idxmax()
    first = known[known["budget_kind"] == kind].sort_values("value", ascending=False).iloc[0]
    words = {"kind": view.label("budget_kinds", kind), "country": item_name(first["geo"], view)}
    words |= {"value": value_text(first.to_dict(), view)}
    message = view.ngettext(
        "{kind}: {country} has the largest sum, {value} in {n} programme.",
        "{kind}: {country} has the largest sum, {value} in {n} programmes.",
        int(first["reported"]),
    )
    return message.format(**words)
