import plotly.graph_objects as go

from atlas.charts import Coverage, clusters_by_kind
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
EVERYTHING = Selection()


def rows_and_view(selection=EVERYTHING):
    return clusters_by_kind.table(TABLES, selection), View.of(TABLES, selection)


def test_table_counts_each_kind_once_the_most_frequent_first():
    rows, _view = rows_and_view()
    assert rows.values.tolist() == [
        ["ptce", 2, ["s1", "s2"]],
        ["ecosystem_site", 1, ["s2"]],
        ["transnational_network", 1, ["s3"]],
        ["social_innovation_park", 1, ["s3"]],
    ]
    assert clusters_by_kind.coverage(rows, TABLES, Selection()) == Coverage(5, 5, "clusters")


def test_each_bar_has_the_colour_and_the_label_of_its_kind():
    rows, view = rows_and_view()
    figure = clusters_by_kind.figure(rows, view)
    assert list(figure.data[0].marker.color) == [view.colour("kinds", kind) for kind in rows["kind"]]
    assert figure.layout.yaxis.ticktext == (
        "PTCE",
        "Shared site",
        "Transnational<br>network",
        "Social innovation<br>park",
    )


def test_sentence_holds_for_a_leader_a_tie_one_kind_and_none():
    sentences = [
        clusters_by_kind.describe(*rows_and_view(selection))
        for selection in (
            Selection(),
            Selection(time=(2014, 2014)),
            Selection(kinds=("ptce",)),
            Selection(countries=("IT",)),
        )
    ]
    assert sentences == [
        "Most frequent of 4 kinds: PTCE, 2 of the 5 clusters we know.",
        "Of 2 clusters of 2 kinds, the most frequent, at 1 each: PTCE, Social innovation park.",
        "The selection holds 2 clusters, all of one kind: PTCE.",
        "No cluster matches this selection.",
    ]


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(Selection(countries=("IT",)))
    assert rows.empty
    assert isinstance(clusters_by_kind.figure(rows, view), go.Figure)
