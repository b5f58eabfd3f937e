from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, jobs_total
from atlas.selection import Selection
from atlas.view import View
from tests.charts.test_jobs_by_cluster import with_figures
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()
SHOWN = ["role", "clusters", "value", "lower_bound", "upper_bound", "source_ids"]


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_total.table(tables, selection), View.of(tables, selection)


def test_table_adds_by_how_exact_and_leaves_the_planned_apart():
    rows, _view = rows_and_view()
    assert rows[SHOWN].astype(object).fillna("").values.tolist() == [
        ["about", 1, 150.0, 150.0, 150.0, ["s2"]],
        ["at_least", 1, 40.0, 40.0, "", ["s2"]],
        ["total", 2, 190.0, 190.0, "", ["s2"]],
        ["planned", 1, 900.0, 900.0, 900.0, ["s3"]],
        ["recent", 2, "", "", "", ["s2"]],
        ["missing", 3, "", "", "", []],
    ]
    assert set(rows["qualifier"].dropna()) == {"about", "at_least", "planned"}
    assert jobs_total.coverage(rows, TABLES, EVERYTHING) == Coverage(2, 5, "clusters")


def test_clusters_are_told_apart_by_the_age_of_their_figure():
    tables = with_figures(
        {"cluster_id": "fr-b", "is_latest": True},
        {"cluster_id": "eu-e", "is_latest": True, "as_of": None, "as_of_date": pd.NaT},
    )
    rows, view = rows_and_view(tables=tables)
    ages = rows.set_index("role")["clusters"]
    assert ages[["recent", "old", "undated", "missing"]].tolist() == [2, 1, 1, 1]
    assert jobs_total.describe(rows, view) == (
        "Jobs, on the site: at least about 390 jobs in all, of which 200 in exact figures; 4 of 5 clusters publish it. "
        "1 of the 4 is more than five years old. 1 of the 4 is undated."
    )


@pytest.mark.parametrize(("metric", "scope", "why"), [
    ("members", "hosted", "it would count some twice"), ("jobs", "members", "it would count some twice"),
    ("jobs", "other", "each counts something else"),
])  # fmt: skip
def test_figures_that_overlap_have_no_total_and_the_sentence_says_why(metric, scope, why):
    tables = with_figures(*(
        {"cluster_id": cluster, "metric": metric, "scope": scope, "value": value, "is_latest": True}
        for cluster, value in (("fr-a", 1_000.0), ("fr-b", 2_000.0))
    ))  # fmt: skip
    rows, view = rows_and_view(Selection(metric=metric, scope=scope), tables)
    assert rows["value"].isna().all()
    assert "total" not in set(rows["role"])
    sentence = jobs_total.describe(rows, view)
    assert why in sentence
    assert "3,000" not in sentence + jobs_total.figure(rows, view).to_json()


def test_two_plans_of_one_cluster_are_bounds_not_a_sum():
    rows, view = rows_and_view(tables=with_figures({"cluster_id": "es-d", "qualifier": "planned", "value": 700.0}))
    planned = rows[rows["role"] == "planned"]
    assert planned[["clusters", "lower_bound", "upper_bound"]].values.tolist() == [[1, 700.0, 900.0]]
    assert any("planned: 700 to 900 jobs" in text for text in jobs_total.figure(rows, view).layout.yaxis.ticktext)


def test_parts_follow_one_another_and_the_planned_starts_from_zero():
    figure = jobs_total.figure(*rows_and_view())
    assert [list(values) for values in (figure.data[0].base, figure.data[0].x)] == [[0, 150, 0, 0], [150, 40, 190, 900]]
    assert "in all at least about<br>190 jobs" in figure.layout.yaxis.ticktext[3]
    assert "not published" in figure.layout.yaxis2.ticktext[2]


def test_sentences():
    exact = replace(TABLES, observations=TABLES.observations.assign(qualifier="exact"))
    french = Selection(language="fr")
    assert [
        jobs_total.describe(*rows_and_view()),
        jobs_total.describe(*rows_and_view(tables=exact)),
        jobs_total.describe(*rows_and_view(Selection(countries=("ES",)))),
        jobs_total.describe(*rows_and_view(Selection(countries=("IT",)))),
        jobs_total.describe(*rows_and_view(french)),
    ] == [
        "Jobs, on the site: at least about 190 jobs in all, published by 2 of 5 clusters, none as an exact figure.",
        "Jobs, on the site: 190 jobs in all, published by 2 of 5 clusters in exact figures. "
        "2 of the 2 are more than five years old.",
        "Jobs, on the site: only planned figures are published.",
        "No cluster of this selection publishes a figure for: Jobs, on the site.",
        "Emplois, sur le site\xa0: au moins environ 190 emplois en tout, d’après 2 pôles sur 5, aucun en chiffre exact.",
    ]


def test_nothing_published_is_drawn():
    rows, view = rows_and_view(Selection(countries=("IT",)))
    assert len(jobs_total.figure(rows, view).layout.annotations) == 1
