from atlas.charts import Coverage, jobs_distribution
from atlas.selection import Selection
from atlas.view import View
from tests.charts.test_jobs_by_cluster import with_figures
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_distribution.table(tables, selection), View.of(tables, selection)


def test_table_holds_the_latest_figure_of_each_cluster_and_no_planned_one():
    rows, _view = rows_and_view()
    assert rows[["cluster_id", "value", "qualifier", "is_old", "clusters_selected", "source_ids"]].values.tolist() == [
        ["fr-a", 150.0, "about", False, 5, ["s2"]],
        ["fr-c", 40.0, "at_least", False, 5, ["s2"]],
    ]
    assert jobs_distribution.coverage(rows, TABLES, EVERYTHING) == Coverage(2, 5, "clusters")


def test_the_axis_is_logarithmic_and_zero_has_its_own_tick():
    tables = with_figures({"cluster_id": "fr-b", "is_latest": True, "value": 0.0})
    figure = jobs_distribution.figure(*rows_and_view(tables=tables))
    assert figure.layout.xaxis.type == "log"
    assert figure.layout.xaxis.ticktext[0] == "0"
    assert min(figure.data[0].x) == jobs_distribution.ZERO


def test_marks_of_one_value_do_not_hide_one_another():
    more = ({"cluster_id": cluster, "is_latest": True, "value": 150.0} for cluster in ("fr-b", "eu-e"))
    figure = jobs_distribution.figure(*rows_and_view(tables=with_figures(*more)))
    assert len(set(zip(figure.data[0].x, figure.data[0].y, strict=True))) == 4


def test_the_median_and_the_ends_are_named():
    figure = jobs_distribution.figure(*rows_and_view())
    assert [note.text for note in figure.layout.annotations] == [
        "median: 95 jobs",
        "Pôle A<br>about 150",
        "Tiers-lieu C<br>at least 40",
    ]


def test_sentences_for_none_one_two_and_more():
    three = with_figures({"cluster_id": "fr-b", "is_latest": True, "value": 60.0})
    assert [
        jobs_distribution.describe(*rows_and_view(Selection(countries=("IT",)))),
        jobs_distribution.describe(*rows_and_view(Selection(kinds=("ecosystem_site",)))),
        jobs_distribution.describe(*rows_and_view()),
        jobs_distribution.describe(*rows_and_view(tables=three)),
        jobs_distribution.describe(*rows_and_view(Selection(language="fr"), three)),
    ] == [
        "No cluster of this selection publishes a figure for: Jobs, on the site.",
        "Jobs, on the site: a single figure, at least 40 jobs.",
        "Jobs, on the site: two figures, at least 40 jobs and about 150 jobs.",
        "Jobs, on the site: half of the 3 figures are at or below 60 jobs; they go from at least 40 jobs to about 150 jobs.",
        "Emplois, sur le site\xa0: la moitié des 3 chiffres ne dépassent pas 60 emplois\u202f; le plus faible\xa0: au moins "
        "40 emplois\u202f; le plus élevé\xa0: environ 150 emplois.",
    ]
