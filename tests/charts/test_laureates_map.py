from dataclasses import replace

import pandas as pd

from atlas.charts import laureates_map as chart
from atlas.selection import Selection
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
VIEW = View.of(WORLD, Selection())
CALL = "fr-prog-ptce-aap-2013"
AGAIN = replace(WORLD, awards=pd.concat([WORLD.awards, WORLD.awards.iloc[[0]].assign(year=2016)], ignore_index=True))


def marks(figure):
    return [trace for trace in figure.data if trace.mode == "markers" and len(trace.x) and trace.x[0] is not None]


def test_table_has_one_row_per_award():
    rows = chart.table(AGAIN, Selection())
    assert rows[["programme_id", "year", "cluster_id", "region"]].values.tolist() == [
        [CALL, 2014, "fr-b", "Occitanie"],
        [CALL, 2014, "fr-a", "Bretagne"],
        [CALL, 2016, "fr-a", "Bretagne"],
    ]
    assert rows["amount_eur"].fillna(-1).tolist() == [-1, 200_000, 200_000]
    assert rows["source_ids"].map(list).tolist() == [["s1"]] * 3
    assert chart.coverage(rows, AGAIN, Selection()) == (1, 2, "clusters")


def test_a_laureate_is_one_mark_as_large_as_its_awards_and_tells_each():
    (mark,) = marks(chart.figure(chart.table(AGAIN, Selection()), VIEW))
    assert list(mark.marker.size) == [chart.SIZE + chart.LARGER]
    assert mark.hovertext[0] == (
        "<b>Pôle A</b><br>Rennes, Bretagne<br>2014 · Call · €200,000<br>2016 · Call · €200,000"
    )


def test_a_laureate_without_a_point_is_counted_and_its_amount_is_not_zero():
    rows = chart.table(WORLD, Selection())
    names = [trace.name for trace in chart.figure(rows, VIEW).data if trace.name]
    assert names == ["2014 (1)", "No known point (1)"]
    placed = rows.assign(latitude=45.0, longitude=1.0)
    assert any("amount not published" in text for text in marks(chart.figure(placed, VIEW))[0].hovertext)


def test_overseas_laureates_stand_in_a_box():
    far = chart.table(WORLD, Selection()).assign(region="La Réunion", latitude=-21.0, longitude=55.5)
    figure = chart.figure(far, VIEW)
    assert "Réunion<br>2 of 2" in [note.text for note in figure.layout.annotations]
    assert {trace.xaxis for trace in marks(figure)} == {"x2"}


def test_describe():
    assert chart.describe(chart.table(WORLD, Selection()), VIEW) == (
        "We can name 2 laureates of the PTCE calls and place 1."
    )
    rows = chart.table(AGAIN, Selection())
    assert chart.describe(rows, VIEW) == (
        "We can name 2 laureates of the PTCE calls and place 1; chosen more than once: 1."
    )
    french = View.of(AGAIN, Selection(language="fr"))
    assert chart.describe(rows, french) == (
        "Nous pouvons nommer 2 lauréats des appels PTCE et en situer 1 sur la carte\u202f; retenus plus d’une fois\xa0: 1."
    )


def test_years_are_those_of_the_award_and_empty_draws():
    rows = chart.table(WORLD, Selection(time=(2015, 2020)))
    assert rows.empty
    assert not chart.figure(rows, View.of(WORLD, Selection(), DARK)).data
    assert chart.describe(rows, VIEW) == "No laureate of a PTCE call is known in this selection."


def test_names_are_escaped():
    placed = chart.table(WORLD, Selection()).assign(latitude=45.0, longitude=1.0)
    figure = chart.figure(placed, VIEW)
    assert "Pôle &lt;b&gt;" in "".join(marks(figure)[0].hovertext)
