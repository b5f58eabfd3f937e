from atlas.charts import Coverage, jobs_by_dimension
from atlas.selection import Selection
from atlas.view import View
from tests.charts.test_jobs_by_cluster import with_figures
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()
SHOWN = ["dimension", "group", "value", "qualifier", "publishing", "clusters", "source_ids"]


def rows_and_view(selection=EVERYTHING, tables=TABLES):
    return jobs_by_dimension.table(tables, selection), View.of(tables, selection)


def test_table_sums_each_group_and_counts_who_publishes():
    rows, _view = rows_and_view()
    assert rows[SHOWN].astype(object).fillna("").values.tolist() == [
        ["kind", "ptce", 150.0, "about", 1, 2, ["s2"]],
        ["kind", "ecosystem_site", 40.0, "at_least", 1, 1, ["s2"]],
        ["kind", "social_innovation_park", "", "", 0, 1, []],
        ["kind", "transnational_network", "", "", 0, 1, []],
        ["theme", "food_agriculture", 150.0, "about", 1, 2, ["s2"]],
        ["theme", "mobility", 150.0, "about", 1, 1, ["s2"]],
        ["theme", "", 40.0, "at_least", 1, 2, ["s2"]],
        ["theme", "digital", "", "", 0, 1, []],
        ["country", "FR", 190.0, "about", 2, 3, ["s2"]],
        ["country", "ES", "", "", 0, 1, []],
        ["country", "EU", "", "", 0, 1, []],
        ["is_ptce", "ptce", 150.0, "about", 1, 2, ["s2"]],
        ["is_ptce", "not_ptce", 40.0, "at_least", 1, 3, ["s2"]],
    ]
    assert jobs_by_dimension.coverage(rows, TABLES, EVERYTHING) == Coverage(2, 5, "clusters")


def test_a_cluster_with_two_themes_counts_whole_in_each():
    rows, _view = rows_and_view()
    themes = rows[(rows["dimension"] == "theme") & rows["value"].notna()]
    assert themes["value"].sum() > rows.loc[rows["dimension"] == "country", "value"].sum()


def test_figures_that_overlap_are_counted_not_added():
    tables = with_figures(*(
        {"cluster_id": cluster, "scope": "members", "value": value, "is_latest": True}
        for cluster, value in (("fr-a", 1_000.0), ("fr-b", 2_000.0))
    ))  # fmt: skip
    rows, view = rows_and_view(Selection(scope="members"), tables)
    assert rows[["value", "qualifier", "lower_bound", "upper_bound"]].isna().all(axis=None)
    figure = jobs_by_dimension.figure(rows, view)
    assert list(figure.data[0].x) == [2, 2, 1, 2, 2]
    assert "3,000" not in figure.to_json() + jobs_by_dimension.describe(rows, view)


def test_groups_without_a_figure_are_counted_not_drawn_as_zero():
    figure = jobs_by_dimension.figure(*rows_and_view())
    assert 0 not in figure.data[0].x
    assert "2 more without a figure" in figure.layout.yaxis.ticktext[0]
    assert list(figure.data[0].text)[:2] == ["about 150", "at least 40"]


def test_sentences():
    assert [
        jobs_by_dimension.describe(*rows_and_view()),
        jobs_by_dimension.describe(*rows_and_view(Selection(language="fr"))),
        jobs_by_dimension.describe(*rows_and_view(Selection(countries=("IT",)))),
    ] == [
        "Jobs, on the site: largest sum by country: France, at least about 190 (2 of 3 clusters publish it); "
        "by kind: PTCE, about 150 (1 of 2).",
        "Emplois, sur le site\xa0: somme la plus élevée par pays, France, au moins environ 190 (pôles qui publient un chiffre\xa0: 2 sur 3)\u202f; "
        "par type, PTCE, environ 150 (1 sur 2).",
        "No cluster of this selection publishes a figure for: Jobs, on the site.",
    ]
