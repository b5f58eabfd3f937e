from dataclasses import replace

from atlas.charts import Coverage, jobs_by_scope
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_by_scope.table(tables, selection), View.of(tables, selection)


def test_table_holds_the_latest_figure_of_each_scope_and_no_planned_one():
    rows, _view = rows_and_view()
    assert rows[["scope", "cluster_id", "value", "qualifier", "source_ids"]].values.tolist() == [
        ["hosted", "fr-a", 150.0, "about", ["s2"]],
        ["hosted", "fr-c", 40.0, "at_least", ["s2"]],
        ["created", "fr-b", 12.0, "exact", ["s1"]],
    ]
    assert jobs_by_scope.coverage(rows, TABLES, Selection()) == Coverage(3, 5, "clusters")


def test_scopes_have_their_own_rows_and_are_never_added():
    rows, view = rows_and_view()
    figure = jobs_by_scope.figure(rows, view)
    assert len(figure.layout.yaxis.ticktext) == 2
    assert "2 clusters, median 95" in figure.layout.yaxis.ticktext[0]
    assert figure.layout.xaxis.type == "log"
    sentence = jobs_by_scope.describe(rows, view)
    assert (
        sentence
        == "3 jobs figures count 2 different things, never added; their medians include 12 (created) and 95 (on the site)."
    )
    assert "202" not in sentence


def test_the_key_names_only_the_qualifiers_drawn():
    assert jobs_by_scope.figure(*rows_and_view()).layout.annotations[0].text == "● exact   ◆ about   ► at least"


def test_zero_has_a_place_and_a_tick_of_its_own():
    tables = replace(TABLES, observations=TABLES.observations.assign(value=TABLES.observations["value"].replace(12, 0)))
    figure = jobs_by_scope.figure(*rows_and_view(tables=tables))
    assert figure.layout.xaxis.ticktext[0] == "0"
    assert figure.layout.xaxis.tickvals[0] == min(figure.data[1].x)


def test_names_are_escaped():
    assert "Pôle <b>" not in jobs_by_scope.figure(*rows_and_view()).to_json()


def test_one_scope_and_none():
    assert (
        jobs_by_scope.describe(*rows_and_view(Selection(kinds=("ecosystem_site",))))
        == "1 jobs figure (on the site): 40."
    )
    rows, view = rows_and_view(Selection(countries=("ES",)))
    assert rows.empty
    assert jobs_by_scope.describe(rows, view) == "No cluster of this selection publishes a jobs figure."
    assert len(jobs_by_scope.figure(rows, view).layout.annotations) == 1
