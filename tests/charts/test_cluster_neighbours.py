from dataclasses import replace

import pytest

from atlas.charts import Coverage, cluster_neighbours
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()


def rows_and_view(cluster_id: str, language: str = "en", tables=TABLES):
    selection = Selection(id=cluster_id, language=language)
    return cluster_neighbours.table(tables, selection), View.of(tables, selection)


def moved(**places: tuple[float, float]):
    """The small world with clusters at other points (latitude, longitude)."""
    clusters = TABLES.clusters.set_index("cluster_id", drop=False).rename_axis(None)
    for code, (latitude, longitude) in places.items():
        clusters.loc[code.replace("_", "-"), ["latitude", "longitude"]] = latitude, longitude
    return replace(TABLES, clusters=clusters.reset_index(drop=True))


def test_the_cluster_itself_then_its_neighbours_the_nearest_first():
    rows, _view = rows_and_view("fr-c")
    assert rows[["role", "cluster_id", "distance_km"]].values.tolist() == [
        ["self", "fr-c", 0.0],
        ["neighbour", "es-d", 355.8],
        ["neighbour", "fr-a", 556.3],
    ]
    assert rows["coordinate_precision"].tolist() == ["site", "commune", "commune"]
    assert rows["source_ids"].tolist() == [["s2"], ["s3"], ["s1"]]
    assert cluster_neighbours.coverage(rows, TABLES, Selection(id="fr-c")) == Coverage(3, 5, "clusters")


def test_beyond_a_thousand_kilometres_only_the_nearest_is_kept():
    rows, view = rows_and_view("fr-c", tables=moved(es_d=(41.7, 44.8), fr_a=(55.0, 30.0)))
    assert rows["cluster_id"].tolist() == ["fr-c", "fr-a"]
    assert rows["distance_km"].iloc[1] > 1000
    assert cluster_neighbours.figure(rows, view).data


@pytest.mark.parametrize("cluster_id", ["", "fr-b", "no-such-cluster"])
def test_a_cluster_without_a_point_says_so(cluster_id):
    rows, view = rows_and_view(cluster_id)
    assert list(rows) == cluster_neighbours.COLUMNS.split() and rows.empty
    assert cluster_neighbours.describe(rows, view) == (
        "No point is published for this cluster: its neighbours cannot be measured."
    )


def test_sentence_for_neighbours_far_and_in_the_same_place():
    assert cluster_neighbours.describe(*rows_and_view("fr-c")) == (
        "Nearest cluster that we know: Parque D, 356\xa0km away."
    )
    together = moved(es_d=(43.6, 1.44))
    assert cluster_neighbours.describe(*rows_and_view("fr-c", tables=together)) == (
        "1 other cluster in the same place; the next, Pôle A, 556\xa0km away."
    )
    assert cluster_neighbours.describe(*rows_and_view("fr-c", "fr", together)) == (
        "1 autre pôle au même endroit\u202f; le suivant, Pôle A, à\xa0556\xa0km."
    )


def test_on_the_map_distances_and_bearings_from_the_cluster_are_true():
    points = cluster_neighbours.projected(rows_and_view("fr-c")[0])
    assert ((points["x"] ** 2 + points["y"] ** 2) ** 0.5).round().tolist() == [0, 356, 556]
    assert points["x"].iloc[1] < 0 and points["y"].iloc[2] > 0


def test_marks_are_numbered_and_a_town_is_a_ring():
    rows, view = rows_and_view("fr-c")
    figure = cluster_neighbours.figure(rows, view)
    marks = next(trace for trace in figure.data if list(trace.text or ()) == ["", "1", "2"])
    assert list(marks.marker.symbol) == ["star", "circle", "circle"]
    assert list(marks.marker.color)[1:] == [view.theme.background] * 2
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_clusters_of_one_town_stand_apart():
    rows, _view = rows_and_view("fr-c", tables=moved(es_d=(43.6, 1.44)))
    points = cluster_neighbours.spread(cluster_neighbours.projected(rows), 10)
    assert points.loc[points["role"] == "self", ["x", "y"]].values.tolist() == [[0, 0]]
    assert (points[["x", "y"]].round(1).drop_duplicates().shape[0]) == len(points)
