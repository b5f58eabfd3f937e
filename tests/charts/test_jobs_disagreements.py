import pandas as pd

from atlas.charts import Coverage, jobs_disagreements
from atlas.selection import Selection
from atlas.view import View
from tests.charts.test_jobs_by_cluster import with_figures
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()
ANOTHER = {"as_of": "2020", "value": 175.0, "source_ids": ["s3"]}
UNDATED = {"as_of": None, "as_of_date": pd.NaT, "cluster_id": "fr-b", "scope": "own"}
SHOWN = ["cluster_id", "scope", "value", "as_of", "role", "latest_rule", "publisher", "source_ids"]


def rows_and_view(*figures, selection=EVERYTHING):
    tables = with_figures(*figures) if figures else TABLES
    return jobs_disagreements.table(tables, selection), View.of(tables, selection)


def test_figures_of_one_year_and_another_value_stand_side_by_side_with_the_rule():
    rows, _view = rows_and_view(ANOTHER)
    assert rows[SHOWN].values.tolist() == [
        ["fr-a", "hosted", 150.0, "2020-06", "used", "most_recent", "Publisher", ["s2"]],
        ["fr-a", "hosted", 175.0, "2020", "not_used", "most_recent", "Publisher", ["s3"]],
    ]
    assert jobs_disagreements.coverage(rows, TABLES, EVERYTHING) == Coverage(2, 5, "figures")


def test_other_years_scopes_and_plans_do_not_contradict():
    rows, _view = rows_and_view(
        {"as_of": "2021", "value": 175.0},
        {"as_of": "2020", "value": 175.0, "scope": "own"},
        {"as_of": "2020", "value": 175.0, "qualifier": "planned"},
        {"as_of": "2020", "value": 150.0},
    )
    assert rows.empty


def test_two_undated_figures_contradict_and_so_do_two_plans():
    rows, view = rows_and_view(
        UNDATED | {"value": 10.0},
        UNDATED | {"value": 12.0},
        {"cluster_id": "es-d", "as_of": "2030", "qualifier": "planned", "value": 700.0},
    )
    assert rows[["cluster_id", "value"]].values.tolist() == [
        ["es-d", 900.0],
        ["es-d", 700.0],
        ["fr-b", 12.0],
        ["fr-b", 10.0],
    ]
    text = " ".join(note.text for note in jobs_disagreements.figure(rows, view).layout.annotations)
    assert "Planned: none is used in totals" in text
    assert "Pôle <b>" not in text


def test_the_figure_used_is_full_and_the_other_hollow():
    rows, view = rows_and_view(ANOTHER)
    figure = jobs_disagreements.figure(rows, view)
    used, other = figure.data
    assert used.marker.color != other.marker.color == view.theme.background
    assert [round(bar.x[0], 2) for bar in figure.data] == [0.86, 1.0]
    assert "Used in totals: most recent date" in figure.layout.annotations[0].text


def test_sentences():
    assert [
        jobs_disagreements.describe(*rows_and_view()),
        jobs_disagreements.describe(*rows_and_view(ANOTHER)),
        jobs_disagreements.describe(*rows_and_view(ANOTHER, selection=Selection(language="fr"))),
        jobs_disagreements.describe(*rows_and_view(ANOTHER, UNDATED | {"value": 1.0}, UNDATED | {"value": 12.0})),
    ] == [
        "No two sources disagree on a figure of this selection.",
        "Sources disagree on 1 figure: Pôle A, 150 or 175 jobs.",
        "Les sources se contredisent sur 1 chiffre\xa0: Pôle A, 150 ou 175 emplois.",
        "Sources disagree on 2 figures; they are furthest apart on Pôle <b>, 1 or 12 jobs.",
    ]
