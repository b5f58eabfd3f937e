from atlas.charts import Coverage, jobs_history
from atlas.selection import Selection
from atlas.view import View
from tests.charts.test_jobs_by_cluster import with_figures
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_history.table(tables, selection), View.of(tables, selection)


def test_table_holds_the_clusters_with_figures_of_several_years_in_order_of_date():
    rows, _view = rows_and_view()
    assert rows[["cluster_id", "value", "qualifier", "as_of", "is_old", "is_latest", "source_ids"]].values.tolist() == [
        ["fr-a", 100.0, "exact", "2015", True, False, ["s1"]],
        ["fr-a", 150.0, "about", "2020-06", False, True, ["s2"]],
    ]
    assert jobs_history.coverage(rows, TABLES, EVERYTHING) == Coverage(1, 2, "clusters")


def test_two_scopes_or_two_metrics_are_never_one_line():
    tables = with_figures(
        {"cluster_id": "fr-c", "as_of": "2015", "scope": "own"},
        {"cluster_id": "fr-c", "as_of": "2015", "metric": "jobs_fte"},
    )
    assert set(jobs_history.table(tables, EVERYTHING)["cluster_id"]) == {"fr-a"}


def test_planned_undated_and_same_year_figures_make_no_history():
    tables = with_figures(
        {"cluster_id": "es-d", "as_of": "2015", "qualifier": "planned"},
        {"cluster_id": "fr-c", "as_of": None, "as_of_date": None},
        {"cluster_id": "fr-c", "as_of": "2021-05", "as_of_date": "2021-05-01"},
    )
    tables.observations["as_of_date"] = tables.observations["as_of_date"].astype("datetime64[s]")
    assert set(jobs_history.table(tables, EVERYTHING)["cluster_id"]) == {"fr-a"}


def test_each_cluster_has_its_panel_with_marks_by_qualifier_and_a_dotted_line():
    figure = jobs_history.figure(*rows_and_view())
    line, old = figure.data
    assert (line.mode, line.line.dash, list(line.marker.symbol)) == (
        "lines+markers+text",
        "dot",
        ["circle-open-dot", "diamond"],
    )
    assert (list(line.text), list(old.text)) == (["100", "about 150"], ["old"])
    assert [note.text for note in figure.layout.annotations] == ["<b>Pôle A</b>"]


def test_sentences_say_that_figures_are_not_counted_alike():
    several = with_figures({"cluster_id": "fr-c", "value": 30.0})
    assert [
        jobs_history.describe(*rows_and_view()),
        jobs_history.describe(*rows_and_view(tables=several)),
        jobs_history.describe(*rows_and_view(Selection(scope="created"))),
        jobs_history.describe(*rows_and_view(Selection(language="fr"))),
    ] == [
        "Jobs, on the site: 1 cluster publishes figures of several years, Pôle A, from 100 jobs (2015) "
        "to about 150 jobs (2020), not all counted alike.",
        "Jobs, on the site: 2 clusters publish figures of several years, not all counted alike; Pôle A, "
        "from 100 jobs (2015) to about 150 jobs (2020).",
        "Jobs, created: no cluster of this selection publishes figures of several years.",
        "Emplois, sur le site\xa0: 1 pôle publie des chiffres de plusieurs années, Pôle A\xa0: 100 emplois en 2015, "
        "environ 150 emplois en 2020, pas tous comptés de la même façon.",
    ]
