from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage, awards_by_region
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
VIEW = View.of(WORLD, Selection())
CALL = "fr-prog-ptce-aap-2013"


def rows_of(tables=WORLD, **chosen):
    return awards_by_region.table(tables, Selection(**chosen))


def test_table_counts_awards_by_region_and_call():
    rows = rows_of()
    assert rows[["region", "programme_id", "year", "laureates", "awards"]].to_numpy().tolist() == [
        ["Bretagne", CALL, 2014, 2, 1], ["Occitanie", CALL, 2014, 2, 1],
    ]  # fmt: skip
    assert rows["source_ids"].map(list).tolist() == [["s1"], ["s1"]]
    assert awards_by_region.coverage(rows, WORLD, Selection()) == Coverage(2, 2, "clusters")


def test_years_are_those_of_the_award_and_a_region_without_award_stays():
    rows = rows_of(time=(2015, 2020))
    assert rows[["region", "awards"]].to_numpy().tolist() == [["Bretagne", 0], ["Occitanie", 0]]
    assert awards_by_region.describe(rows, VIEW) == "No laureate of a PTCE call is known in this selection."
    assert awards_by_region.coverage(rows, WORLD, Selection(time=(2015, 2020))).reported == 0


def test_one_cluster_may_hold_several_awards():
    again = WORLD.awards.iloc[[0]].assign(year=2016)
    rows = rows_of(replace(WORLD, awards=pd.concat([WORLD.awards, again], ignore_index=True)))
    assert rows["awards"].sum() == 3
    assert "several calls" in awards_by_region.WORDS.note


def test_unknown_region_is_a_row_of_its_own_and_comes_last():
    clusters = WORLD.clusters.assign(region=WORLD.clusters["region"].where(WORLD.clusters["cluster_id"] != "fr-a"))
    rows = rows_of(replace(WORLD, clusters=clusters))
    assert list(awards_by_region.totals_of(rows).items()) == [("Occitanie", 1), ("", 1)]
    assert list(awards_by_region.figure(rows, VIEW).layout.yaxis.ticktext) == ["Occitanie", "Region not<br>published"]


def test_describe_names_ties_and_what_is_not_known():
    assert (
        awards_by_region.describe(rows_of(), VIEW)
        == "We can name 2 of the 2 awards of these calls; most by region: Bretagne, Occitanie (1)."
    )
    unknown = rows_of().assign(laureates=pd.array([pd.NA, pd.NA], dtype="Int64"))
    assert (
        awards_by_region.describe(unknown, VIEW)
        == "We can name 2 laureates of an unknown number announced by these calls: too few to compare regions."
    )


def test_figure_heads_say_named_of_announced_and_years_take_no_separator():
    figure = awards_by_region.figure(rows_of(), VIEW)
    assert [trace.mode for trace in figure.data] == ["markers+text", "text"]
    assert list(figure.layout.xaxis.ticktext) == ["<b>2014</b><br>2<br>/2", "<b>Total</b>"]
    assert "Call" in figure.layout.annotations[0].text


def test_names_are_escaped():
    rows = rows_of().assign(name_en="<i>Call</i>", region="A & B")
    figure = awards_by_region.figure(rows, VIEW)
    assert "&lt;i&gt;" in figure.layout.annotations[0].text
    assert figure.data[0].hovertext[0].startswith("A &amp; B, &lt;i&gt;Call")
    assert list(figure.layout.yaxis.ticktext) == ["A &amp; B"]


def test_empty_selection_draws():
    rows = rows_of(themes=("digital",))
    assert rows.empty and "source_ids" in rows
    assert awards_by_region.figure(rows, VIEW).layout.annotations
    assert awards_by_region.describe(rows, VIEW) == "No laureate of a PTCE call is known in this selection."


def test_no_region_leads_when_most_laureates_are_not_named():
    rows = rows_of().assign(laureates=pd.array([5, 5], dtype="Int64"))
    assert awards_by_region.describe(rows, VIEW).endswith(
        "2 laureates of 5 announced by these calls: too few to compare regions."
    )
