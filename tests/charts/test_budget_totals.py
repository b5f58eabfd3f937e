from dataclasses import replace

import pandas as pd

from atlas.charts import budget_totals as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world

CALL = "fr-prog-ptce-aap-2013"
POUNDS = {"budget_eur": None, "budget_amount": 8e6, "budget_currency": "GBP"}


def world(*budgets: dict) -> Tables:
    """The small world whose programmes are copies of its call with these changes."""
    real = small_world()
    like = real.programmes.query("programme_id == @CALL")
    copies = [like.assign(programme_id=f"p{i}", **changes) for i, changes in enumerate(budgets)]
    return replace(real, programmes=pd.concat(copies, ignore_index=True).astype(real.programmes.dtypes))


def drawn(tables: Tables, language: str = "en"):
    selection = Selection(language=language)
    rows, view = chart.table(tables, selection), View.of(tables, selection)
    return rows, chart.figure(rows, view), chart.describe(rows, view)


def notes(figure) -> str:
    return "\n".join(note.text for note in figure.layout.annotations)


def test_table_holds_every_budget_by_kind_and_why_it_is_not_added():
    rows = chart.table(small_world(), Selection())
    assert rows[["programme_id", "budget_kind", "budget_eur"]].values.tolist() == [
        [CALL, "envelope", 3e6],
        ["part", "envelope", 1e6],
        ["eu-fund", "target", 1e8],
    ]
    assert rows["not_added"].fillna("").tolist() == ["", "part_of", ""]
    assert rows["source_ids"].map(list).tolist() == [["s1"], ["s2"], ["s3"]]
    assert chart.coverage(rows, small_world(), Selection()) == (2, 5, "programmes")


def test_a_total_takes_one_kind_in_euros_and_no_part():
    _rows, figure, sentence = drawn(
        world({"budget_eur": 1e6}, {"budget_eur": 2e6}, {"budget_eur": 50e6, "budget_kind": "total_cost"},
              {"budget_eur": 70e6, "part_of": "p0"}, POUNDS, {"budget_eur": 9e6, "budget_kind": None})
    )  # fmt: skip
    assert "<b>Budget envelope · €3M</b> · 2 programmes" in notes(figure)
    assert "<b>Total cost · €50M</b> · 1 programme" in notes(figure)
    assert "Not added, part of a larger budget: 1" in notes(figure)
    assert "– Call: £8,000,000" in notes(figure)
    assert "<b>Not stated</b> · no total" in notes(figure)
    assert [[round(share, 3) for share in trace.x] for trace in figure.data] == [[0.667, 0.333], [1.0]]
    assert sentence == (
        "Budget envelope: €3M in 2 programmes; kinds of budget never added to it: 1; budgets in no total: 3."
    )


def test_each_amount_has_one_reason_a_part_first():
    rows = chart.table(world({**POUNDS, "part_of": "p9"}, {**POUNDS, "budget_kind": None}), Selection())
    assert sorted(rows["not_added"]) == ["other_currency", "part_of"]


def test_describe_without_a_total_and_in_french():
    assert drawn(world({"part_of": "p9"}))[2] == "1 budget is published; it may not be added."
    assert drawn(world(POUNDS, POUNDS))[2] == "2 budgets are published; none may be added."
    assert drawn(small_world(), "fr")[2].startswith("Enveloppe\xa0: 3\xa0M\xa0€ pour 1 programme\u202f;")


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(countries=("ES",)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No published budget matches this selection."


def test_names_are_escaped():
    _rows, figure, _sentence = drawn(world({"name_en": "<img>"}, {}))
    assert "<img>" not in figure.to_json()
