from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, cluster_history
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()


def rows_and_view(cluster_id: str, language: str = "en", tables=TABLES):
    selection = Selection(id=cluster_id, language=language)
    return cluster_history.table(tables, selection), View.of(tables, selection)


def said(cluster_id: str, language: str = "en", tables=TABLES) -> list[tuple[str, str]]:
    rows, view = rows_and_view(cluster_id, language, tables)
    return [(row["date"], cluster_history.said(row, view)) for row in rows.to_dict("records")]


def tied_to(programme_id: str):
    """The small world, with cluster E, founded in no known year, being a programme."""
    clusters = TABLES.clusters.copy()
    clusters["programme_ids"] = [[programme_id] if code == "eu-e" else [] for code in clusters["cluster_id"]]
    return replace(TABLES, clusters=clusters)


def test_every_dated_fact_is_a_row_with_its_sources_the_oldest_first():
    assert said("fr-a") == [
        ("2010", "founded"),
        ("2014", "award: Call, €200,000"),
        ("2015", "100 jobs, on the site"),
        ("2020-06", "about 150 jobs, on the site"),
    ]
    rows, _view = rows_and_view("fr-a")
    assert rows["event"].tolist() == ["founded", "award", "figure", "figure"]
    assert rows["source_ids"].tolist() == [["s1"], ["s1"], ["s1"], ["s2"]]
    assert cluster_history.coverage(rows, TABLES, Selection(id="fr-a")) == Coverage(4, 4, "dates")


def test_an_amount_not_published_and_a_planned_figure_are_said_as_such():
    assert said("fr-b")[1] == ("2014", "award: Call, amount not published")
    assert said("es-d")[1] == ("2030", "planned: 900 jobs, on the site")


def test_what_has_no_date_is_not_drawn_but_counted():
    rows, view = rows_and_view("fr-c")
    assert rows["date"].tolist() == ["2021"]
    assert cluster_history.coverage(rows, TABLES, Selection(id="fr-c")) == Coverage(1, 2, "dates")
    assert cluster_history.describe(rows, view) == ("A single date is published, 2021: at least 40 jobs, on the site.")


def test_a_programme_that_the_cluster_is_has_its_start_and_its_end():
    world = tied_to("eu-fund")
    assert said("eu-e", tables=world) == [("2014", "programme: European fund, until 2020")]
    assert said("eu-e", "fr", world) == [("2014", "programme\xa0: European fund, fin\xa0: 2020")]


@pytest.mark.parametrize("cluster_id", ["", "eu-e", "no-such-cluster"])
def test_nothing_dated_is_said_and_drawn_blank(cluster_id):
    rows, view = rows_and_view(cluster_id)
    assert list(rows) == cluster_history.COLUMNS.split()
    assert cluster_history.describe(rows, view) == "No date is published for this cluster."
    assert not cluster_history.figure(rows, view).data


def test_sentence_in_both_languages():
    assert cluster_history.describe(*rows_and_view("fr-a")) == "4 dated facts, from 2010 to June 2020."
    assert cluster_history.describe(*rows_and_view("fr-a", "fr")) == "4 faits datés (2010 – juin 2020)."
    assert cluster_history.describe(*rows_and_view("fr-b")) == "3 dated facts, from 2014 to 2019."


def test_words_of_two_near_dates_never_meet_and_stay_on_the_figure():
    tops = cluster_history.apart([0, 5, 90], [40, 40, 40], 120)
    assert tops == [0, 40, 80]


def test_names_from_the_data_are_text():
    programmes = TABLES.programmes.assign(name_en="<b>Call</b>")
    rows, view = rows_and_view("fr-a", tables=replace(TABLES, programmes=programmes))
    text = [words for trace in cluster_history.figure(rows, view).data for words in trace.text or ()]
    assert any("&lt;b&gt;Call" in words for words in text)
    assert not any("<b>Call" in words for words in text)
    assert pd.notna(rows["date"]).all()
