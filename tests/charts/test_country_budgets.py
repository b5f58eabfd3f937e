from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import country_budgets as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()


def test_table_adds_one_kind_and_leaves_out_parts_and_european_money():
    selection = Selection(countries=("FR", "ES"))
    rows = chart.table(SMALL, selection)
    assert rows.astype(object).fillna("").values.tolist() == [
        ["FR", "envelope", 3_000_000.0, "EUR", "exact", "2013", 1, 3, ["s1"]],
        ["ES", "envelope", "", "EUR", "exact", "", 0, 0, []],
    ]
    assert chart.coverage(rows, SMALL, selection) == Coverage(1, 3, "programmes")


def test_currencies_are_not_converted_nor_added_and_a_kind_not_stated_is_left_out():
    like = SMALL.programmes.iloc[1].to_dict()
    other = [
        {"programme_id": "pounds", "budget_eur": None, "budget_amount": 7e6, "budget_currency": "GBP"},
        {"programme_id": "what", "budget_kind": "unknown"},
    ]
    more = pd.DataFrame([like | row for row in other]).astype(SMALL.programmes.dtypes.to_dict())
    tables = replace(SMALL, programmes=pd.concat([SMALL.programmes, more], ignore_index=True))
    selection = Selection(countries=("FR",))
    rows = chart.table(tables, selection)
    assert rows[["budget_kind", "value", "unit"]].values.tolist() == [
        ["envelope", 3e6, "EUR"],
        ["envelope", 7e6, "GBP"],
    ]
    bars, cells = chart.figure(rows, View.of(tables, selection)).data
    cell = cells.text[0]
    assert list(bars.x) == [3e6]
    pounds = chart.figure(rows[rows["unit"] == "GBP"], View.of(tables, selection)).data[0]
    assert list(pounds.x) == [0]
    assert cell.startswith("€3M<br>£7M<br>") and "2 of 5" in cell


def test_sentences():
    for language, sentence in (
        ("en", "Budget envelope: France has the largest sum, €3M in 1 programme."),
        ("fr", "Enveloppe\N{NO-BREAK SPACE}: la somme la plus élevée est de 3"),
    ):
        selection = Selection(countries=("FR",), language=language)
        assert chart.describe(chart.table(SMALL, selection), View.of(SMALL, selection)).startswith(sentence)
    none = Selection(countries=("ES",))
    rows, view = chart.table(SMALL, none), View.of(SMALL, none)
    assert chart.describe(rows, view) == "No budget in euros is published for the programmes of these territories."
    assert chart.figure(rows, view).layout.annotations
