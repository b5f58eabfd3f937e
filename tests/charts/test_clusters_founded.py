from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage, clusters_founded
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return clusters_founded.table(tables, selection), View.of(tables, selection)


def test_table_counts_each_year_and_kind_and_keeps_the_undated():
    rows, _view = rows_and_view()
    assert rows.drop(columns="source_ids").astype(object).fillna(0).values.tolist() == [
        [2010, "ptce", 1],
        [2014, "ptce", 1],
        [2014, "social_innovation_park", 1],
        [0, "ecosystem_site", 1],
        [0, "transnational_network", 1],
    ]
    assert rows["source_ids"].tolist() == [["s1"], ["s1", "s2"], ["s3"], ["s2"], ["s3"]]
    assert clusters_founded.coverage(rows, TABLES, Selection()) == Coverage(3, 5, "clusters")


def test_the_undated_are_written_and_never_drawn_as_a_year():
    figure = clusters_founded.figure(*rows_and_view())
    assert {trace.type for trace in figure.data} == {"bar"}
    assert {year for trace in figure.data for year in trace.x} == {2010, 2014}
    assert figure.layout.annotations[0].text == "2 clusters: year not published"


def test_few_old_years_stand_together_before_the_first_dense_one():
    years = pd.array([1900, *range(2000, 2020)], dtype="Int64")
    old = pd.DataFrame({"year": years, "kind": "ptce", "clusters": 1, "source_ids": [["s1"]] * len(years)})
    figure = clusters_founded.figure(old, rows_and_view()[1])
    assert min(figure.data[0].x) == 1998
    assert figure.layout.xaxis.ticktext == ("before<br>2000", "2005", "2010", "2015")


def test_rare_kinds_are_drawn_together():
    kinds = rows_and_view()[1].vocabulary.codes("kinds")
    clusters = pd.concat([TABLES.clusters.iloc[[0]].assign(kind=kind) for kind in [*kinds, *kinds[:5]]])
    rows, view = rows_and_view(tables=replace(TABLES, clusters=clusters))
    names = [trace.name for trace in clusters_founded.figure(rows, view).data]
    assert names == [*(view.label("kinds", kind) for kind in kinds[:5]), "Other kinds"]


def test_each_kind_has_a_pattern_of_its_own():
    patterns = [trace.marker.pattern.shape for trace in clusters_founded.figure(*rows_and_view()).data]
    assert len(patterns) == len(set(patterns)) == 2


def test_sentence_counts_the_undated_apart():
    assert [clusters_founded.describe(*rows_and_view(selection)) for selection in (
        Selection(), Selection(time=(2014, 2014)), Selection(kinds=("ecosystem_site",)), Selection(countries=("IT",)),
    )] == [
        "Dated 2014 or later: 2 of the 3 clusters with a published founding year; without one: 2 more.",
        "Dated 2014 or later: 2 of the 2 clusters with a published founding year.",
        "The founding year of 1 cluster selected is not published.",
        "No cluster matches this selection.",
    ]  # fmt: skip


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(Selection(countries=("IT",)))
    assert rows.empty
    assert len(clusters_founded.figure(rows, view).layout.annotations) == 1
