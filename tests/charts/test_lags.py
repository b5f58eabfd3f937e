from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, lags
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import PROGRAMMES, _rows, small_world

WORLD = small_world()
STRATEGY = {
    "programme_id": "eu-strategy", "name_en": "Strategy", "level": "eu", "country": "EU", "kind": "strategy",
    "start": "2011", "start_precision": "year", "start_date": "2011-01-01", "source_ids": ["s3"],
}  # fmt: skip
WORLD = replace(WORLD, programmes=_rows(WORLD.programmes, [*PROGRAMMES, STRATEGY]))
CALL = "fr-prog-ptce-aap-2013"


def rows_and_view(tables=WORLD, **chosen):
    selection = Selection(**chosen)
    return lags.table(tables, selection), View.of(tables, selection)


def counts(rows, code):
    own = rows[rows["programme_id"] == code].set_index("distance")["clusters"]
    return [None if pd.isna(n) else int(n) for n in own]


def test_clusters_are_counted_by_distance_in_years_from_each_law_or_call_of_their_country():
    rows, _view = rows_and_view()
    assert rows["programme_id"].drop_duplicates().tolist() == [CALL, "part", "eu-strategy"]
    # fr-a 2010, fr-b 2014; nothing is known after 2014, the newest founding year
    assert counts(rows, CALL) == [0, 0, 1, 0, 0, 0, 1, None, None, None, None]
    # Europe: every country, es-d 2014 included
    assert counts(rows, "eu-strategy") == [0, 0, 0, 0, 1, 0, 0, 0, 2, None, None]
    assert rows["undated"].unique().tolist() == [2]


def test_what_is_nobodys_successor_is_left_out_and_so_are_funds_and_undated_guides():
    rows, _view = rows_and_view()
    assert not {"law", "eu-fund", "undated"} & set(rows["programme_id"])


def test_a_year_counts_the_sources_of_its_clusters():
    rows, _view = rows_and_view()
    own = rows[(rows["programme_id"] == "eu-strategy")].set_index("distance")["source_ids"]
    assert [own[-1], own[0], own[3]] == [["s3", "s1"], ["s3"], ["s3", "s1", "s2"]]


def test_years_choose_laws_and_not_clusters():
    rows, _view = rows_and_view(time=(2013, 2013))
    assert counts(rows, CALL)[2] == 1


def test_the_list_counted_by_and_kinds_choose_clusters():
    rows, _view = rows_and_view(kinds=("social_innovation_park",))
    assert rows["programme_id"].unique().tolist() == ["eu-strategy"]
    assert counts(rows, "eu-strategy")[8] == 1


def test_coverage_is_of_all_laws_strategies_and_calls():
    rows, _view = rows_and_view()
    assert lags.coverage(rows, WORLD, Selection()) == Coverage(3, 4, "programmes")


def test_only_the_most_recent_lines_of_each_part_are_shown(monkeypatch):
    years = range(2009, 2014)
    calls = [
        {**PROGRAMMES[1], "programme_id": f"call-{year}", "start": str(year), "start_date": f"{year}-01-01"}
        for year in years
    ]
    monkeypatch.setitem(lags.MOST, "country", 2)
    rows, _view = rows_and_view(replace(WORLD, programmes=_rows(WORLD.programmes, calls)))
    assert rows["programme_id"].unique().tolist() == ["call-2013", "call-2012"]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Most foundings came after the laws and calls of 2013 (France): 1 in the five years after, 1 in the five years before; an order in time, not a cause."),
        ({"kinds": ("social_innovation_park",)}, "Most foundings came after the laws and calls of 2011 (Europe-wide): 1 in the five years after, 0 in the five years before; an order in time, not a cause."),
        ({"countries": ("SM",)}, "No law, strategy or call of this selection is followed by a known founding within five years."),
        ({"language": "fr"}, "C’est après les lois et appels de 2013 (France) que l’on compte le plus de créations : 1 pendant les cinq années suivantes, 1 pendant les cinq précédentes ; un ordre dans le temps, non une cause."),
    ],
)  # fmt: skip
def test_sentence_says_order_in_time_and_not_cause(chosen, sentence):
    assert lags.describe(*rows_and_view(**chosen)).replace("\u202f", " ").replace("\xa0", " ") == sentence
    assert "cause" in lags.WORDS.note


def test_laws_of_one_place_and_year_share_a_line_and_years_too_recent_have_a_mark_of_their_own():
    figure = lags.figure(*rows_and_view())
    lines = [note.text for note in figure.layout.annotations if "France, 2013" in note.text]
    assert len(lines) == 1 and "Part of the call" in lines[0]
    heads, squares, crosses = figure.data[:3]
    assert list(heads.text) == ["−5", "−4", "−3", "−2", "−1", "0", "+1", "+2", "+3", "+4", "+5"]
    assert list(squares.text) == ["·", "·", "1", "·", "·", "·", "1"]
    assert crosses.marker.symbol == "x-thin-open" and len(crosses.x) == 4


def test_undated_clusters_are_said_to_be_left_out():
    texts = [note.text for note in lags.figure(*rows_and_view()).layout.annotations]
    assert any("2 clusters without a founding year are counted nowhere." in text for text in texts)


def test_names_are_escaped():
    programmes = WORLD.programmes.assign(name_en="<i>Call</i>")
    figure = lags.figure(*rows_and_view(replace(WORLD, programmes=programmes)))
    assert all("<i>" not in note.text for note in figure.layout.annotations)


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(countries=("SM",))
    assert rows.empty and "source_ids" in rows
    assert lags.figure(rows, view).layout.annotations
