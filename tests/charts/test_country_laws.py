from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import country_laws as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()


def world(*laws: dict) -> Tables:
    like = SMALL.programmes.iloc[0].to_dict() | {"name_fr": None}
    more = pd.DataFrame([like | law for law in laws]).astype(SMALL.programmes.dtypes.to_dict())
    return replace(SMALL, programmes=pd.concat([SMALL.programmes, more], ignore_index=True))


def strategy(n: int, country: str) -> dict:
    start = pd.Timestamp(f"{2010 + n}-01-01")
    return {"programme_id": f"s{n}", "name_en": f"Strategy {n}", "country": country, "kind": "strategy",
            "start": f"{2010 + n}", "start_date": start, "end": "2025", "end_date": pd.Timestamp("2025-12-31")}  # fmt: skip


def rows_and_view(tables: Tables, *countries: str, language: str = "en"):
    selection = Selection(countries=countries, language=language)
    return chart.table(tables, selection), View.of(tables, selection)


def test_table_holds_the_laws_and_strategies_of_each_item_and_a_row_where_none_is_known():
    rows, _view = rows_and_view(world(strategy(1, "FR")), "ES", "eu27")
    assert rows[["geo", "programme_id", "kind", "country", "start", "end"]].astype(object).fillna(
        ""
    ).values.tolist() == [
        ["ES", "", "", "", "", ""],
        ["eu27", "s1", "strategy", "FR", "2011", "2025"],
        ["eu27", "law", "law", "FR", "2014-07-31", ""],
    ]
    assert rows["source_ids"].map(list).tolist() == [[], ["s1"], ["s1"]]


def test_coverage_counts_each_law_once():
    selection = Selection(countries=("FR", "eu27"))
    assert chart.coverage(chart.table(SMALL, selection), SMALL, selection) == Coverage(1, 1, "programmes")


def test_few_are_named_and_many_carry_the_code_of_their_country():
    named = chart.figure(*rows_and_view(world(strategy(1, "FR")), "FR", "ES"))
    words = [text for trace in named.data if trace.mode == "text" for text in trace.text]
    assert words == ["<b>France</b>", "2011 · Strategy 1", "2014 · Law", "<b>Spain</b>", "none found"]
    marks = next(trace for trace in named.data if trace.mode == "markers")
    assert list(marks.marker.symbol) == ["square", "diamond"]
    coded = chart.figure(*rows_and_view(world(*[strategy(n, "BE") for n in range(9)]), "benelux"))
    codes = [text for trace in coded.data if trace.mode == "text" for text in trace.text]
    assert codes == ["<b>Benelux</b>", *[chart.BESIDE + "BE"] * 9]


def test_sentences():
    assert chart.describe(*rows_and_view(world(strategy(1, "FR")), "FR")) == (
        "Laws known: 1; strategies: 1. The oldest law: Law (2014)."
    )
    assert chart.describe(*rows_and_view(SMALL, "FR", language="fr")) == (
        "Lois connues\N{NO-BREAK SPACE}: 1\N{NARROW NO-BREAK SPACE}; stratégies\N{NO-BREAK SPACE}: 0. "
        "Loi la plus ancienne\N{NO-BREAK SPACE}: Loi (2014)."
    )
    assert chart.describe(*rows_and_view(world(strategy(1, "ES")), "ES")) == "No law is known; 1 strategy is."
    rows, view = rows_and_view(SMALL, "ES")
    assert chart.describe(rows, view) == "No dated law or strategy is known for these territories."
    assert chart.figure(rows, view).layout.annotations
