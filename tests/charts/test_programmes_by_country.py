from dataclasses import replace

import pandas as pd

from atlas.charts import programmes_by_country as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world


def world(*places: tuple[str, str]) -> Tables:
    """The small world with one programme per (country, kind)."""
    real = small_world()
    like = real.programmes.iloc[:1]
    rows = [like.assign(programme_id=f"p{i}", country=country, kind=kind) for i, (country, kind) in enumerate(places)]
    return replace(real, programmes=pd.concat(rows, ignore_index=True))


def test_table_counts_laws_strategies_calls_and_funds():
    rows = chart.table(small_world(), Selection())
    assert rows.drop(columns="source_ids").values.tolist() == [["FR", "law", 1], ["FR", "call", 2], ["EU", "fund", 1]]
    assert [list(ids) for ids in rows["source_ids"]] == [["s1"], ["s1", "s2"], ["s3"]]
    assert chart.coverage(rows, small_world(), Selection()) == (4, 5, "programmes")


def test_filters():
    rows = chart.table(small_world(), Selection(programme_kinds=("law", "guide")))
    assert rows[["country", "kind"]].values.tolist() == [["FR", "law"]]


def test_largest_country_first_and_europe_apart_on_its_own_scale():
    tables = world(("ES", "law"), ("FR", "law"), ("FR", "law"), *[("EU", "law")] * 8)
    rows = chart.table(tables, Selection())
    assert rows["country"].tolist() == ["FR", "ES", "EU"]
    (bars,) = chart.figure(rows, View.of(tables, Selection())).data
    lengths = dict(zip(bars.customdata, bars.x, strict=True))
    places = dict(zip(bars.customdata, bars.y, strict=True))
    assert lengths["FR"] == lengths["EU"] == 2 * lengths["ES"]
    assert places["EU"] < places["FR"] < places["ES"]
    assert list(bars.text) == ["2", "1", "8"]


def test_a_kind_that_was_not_found_has_no_bar():
    tables = small_world()
    figure = chart.figure(chart.table(tables, Selection()), View.of(tables, Selection()))
    assert [trace.name for trace in figure.data] == ["Law", "Call for projects", "Fund or programme"]
    assert list(figure.data[0].customdata) == ["FR"]


def test_describe():
    tables = world(("ES", "law"), ("FR", "law"), ("FR", "call"), ("EU", "fund"))
    view = View.of(tables, Selection())

    def said(tables: Tables, **chosen) -> str:
        return chart.describe(chart.table(tables, Selection(**chosen)), view)

    assert (
        said(tables)
        == "France has 2 of the 3 laws, strategies, calls and funds known in 2 countries; European ones: 1."
    )
    assert said(tables, countries=("FR",)) == "France: 2 laws, strategies, calls and funds known; European ones: 0."
    assert (
        said(tables, programme_kinds=("law",))
        == "2 laws, strategies, calls and funds in 2 countries, at most 1 in one; European ones: 0."
    )
    assert said(tables, countries=("EU",)) == "1 law, strategy, call or fund is European; none is of one country."


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(countries=("ES",)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No law, strategy, call or fund matches this selection."


def test_a_group_chosen_is_one_row_and_a_programme_of_two_items_is_covered_once():
    tables = world(("FR", "law"), ("ES", "call"), ("EU", "fund"))
    selection = Selection(countries=("eu27", "FR", "EU"))
    rows = chart.table(tables, selection)
    counts = [["eu27", "law", 1], ["eu27", "call", 1], ["FR", "law", 1], ["EU", "fund", 1]]
    assert rows.drop(columns="source_ids").values.tolist() == counts
    assert chart.coverage(rows, tables, selection) == (3, 3, "programmes")
    for language, sentence in (
        ("en", "Most laws, strategies, calls and funds known: EU27 (2)."),
        (
            "fr",
            "Le plus de lois, de stratégies, d’appels et de fonds connus\N{NO-BREAK SPACE}: UE27 (2).",
        ),
    ):
        view = View.of(tables, selection.but(language=language))
        assert chart.describe(rows, view) == sentence
