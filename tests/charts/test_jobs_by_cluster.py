from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, jobs_by_cluster
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_by_cluster.table(tables, selection), View.of(tables, selection)


def with_figures(*figures):
    """The small world with more figures, each the first one changed."""
    more = pd.DataFrame([TABLES.observations.iloc[0].to_dict() | figure for figure in figures])
    return replace(TABLES, observations=pd.concat([TABLES.observations, more], ignore_index=True))


def test_table_puts_the_latest_first_and_the_planned_last():
    rows, _view = rows_and_view()
    assert rows[
        ["cluster_id", "role", "value", "qualifier", "as_of", "is_old", "clusters_selected", "source_ids"]
    ].values.tolist() == [
        ["fr-a", "latest", 150.0, "about", "2020-06", False, 5, ["s2"]],
        ["fr-a", "set_aside", 100.0, "exact", "2015", True, 5, ["s1"]],
        ["fr-c", "latest", 40.0, "at_least", "2021", False, 5, ["s2"]],
        ["es-d", "planned", 900.0, "planned", "2030", False, 5, ["s3"]],
    ]
    assert jobs_by_cluster.coverage(rows, TABLES, Selection()) == Coverage(2, 5, "clusters")


def test_the_sentence_names_the_largest_and_only_figures_that_exist():
    assert jobs_by_cluster.describe(*rows_and_view()) == (
        "Jobs, on the site: the largest figure is about 150 jobs (2020), Pôle A; "
        "the smallest of the 2 published is at least 40 jobs."
    )
    assert (
        jobs_by_cluster.describe(*rows_and_view(Selection(countries=("ES",))))
        == "Jobs, on the site: only planned figures are published."
    )


def test_an_old_figure_has_its_mark_its_word_and_its_hover():
    rows, view = rows_and_view(tables=with_figures({"cluster_id": "fr-b", "is_latest": True, "value": 70.0}))
    figure = jobs_by_cluster.figure(rows, view)
    assert "70 · 2015, old" in figure.layout.yaxis.ticktext[1]
    assert "circle-open-dot" in figure.data[-1].marker.symbol
    assert "more than five years old" in figure.data[-1].text[1]


def test_only_one_scope_is_shown():
    rows, view = rows_and_view(Selection(scope="created"))
    assert rows["value"].tolist() == [12.0]
    sentence = jobs_by_cluster.describe(rows, view)
    assert sentence == "Jobs, created: 1 of 5 clusters publishes a figure, Pôle <b>: 12 jobs (2019)."


def test_two_figures_of_the_same_date_are_both_drawn_strongly():
    rows, view = rows_and_view(tables=with_figures({"as_of": "2020-06", "value": 175.0}))
    assert rows.query("cluster_id == 'fr-a'")["role"].tolist() == ["latest", "same_date", "set_aside"]
    faint, strong = jobs_by_cluster.figure(rows, view).data[-2:]
    assert list(faint.x) == [100.0]
    assert {150.0, 175.0} < set(strong.x)


def test_qualifiers_have_their_marker_and_planned_its_own_rows():
    rows, view = rows_and_view()
    figure = jobs_by_cluster.figure(rows, view)
    assert list(figure.data[-1].marker.symbol) == ["diamond", "triangle-right", "circle-open"]
    assert any("Planned, never added" in text for text in figure.layout.yaxis.ticktext)
    assert max(figure.data[-1].y) > 2
    assert "about 150 · 2020" in figure.layout.yaxis.ticktext[0]
    assert figure.layout.xaxis.title.text == "Jobs, on the site"


def test_names_are_escaped():
    figure = jobs_by_cluster.figure(*rows_and_view(Selection(scope="created")))
    assert "Pôle <b>" not in figure.to_json()
    assert "Pôle &lt;b&gt;" in figure.data[-1].text[0]


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(Selection(countries=("IT",)))
    assert rows.empty
    assert len(jobs_by_cluster.figure(rows, view).layout.annotations) == 1
    assert (
        jobs_by_cluster.describe(rows, view)
        == "No cluster of this selection publishes a figure for: Jobs, on the site."
    )


@pytest.mark.parametrize(("language", "unit", "high", "text"), [
    ("en", "jobs", 1_200, ["0", "500", "1,000", "1,500"]),
    ("fr", "jobs", 1_200, ["0", "500", "1\u202f000", "1\u202f500"]),
    ("en", "m2", 1_600_000, ["0", "500K", "1M", "1.5M", "2M"]),
    ("en", "EUR", 3_000_000, ["€0", "€1M", "€2M", "€3M"]),
])  # fmt: skip
def test_the_axis_is_written_as_the_language_does(language, unit, high, text):
    assert View.of(TABLES, Selection(language=language)).ticks(0, high, unit=unit)["ticktext"] == text


def test_a_logarithmic_axis_writes_every_other_power_of_ten():
    ticks = View.of(TABLES, EVERYTHING).ticks(5, 20_000, log=True)
    assert ticks == {"tickvals": [10.0, 100.0, 1_000.0, 10_000.0], "ticktext": ["10", "", "1,000", ""]}
