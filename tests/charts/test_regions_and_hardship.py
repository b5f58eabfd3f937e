"""Clusters against unemployment and poverty by NUTS 2 region: each beside the middle of its own country, never across."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage
from atlas.charts import regions_and_hardship as chart
from atlas.selection import Selection
from atlas.view import View
from tests.nuts_world import nuts_world, rates
from tests.small_world import small_world

WORLD = nuts_world()


def shown(world=WORLD, **chosen):
    selection = Selection(**chosen)
    return chart.table(world, selection), View.of(world, selection)


def known(rows, *columns):
    return {row["nuts_id"]: tuple(row[column] for column in columns) for row in rows.to_dict("records")}


def many(count: int):
    """A world in which the cluster of FRJ2 stands `count` times, as many clusters."""
    one = WORLD.clusters[WORLD.clusters["cluster_id"] == "fr-c"]
    more = pd.concat([one] * count, ignore_index=True).assign(cluster_id=[f"c{at}" for at in range(count)])
    return replace(WORLD, version="many", clusters=more)


def test_each_region_has_its_clusters_inhabitants_rate_and_side_of_its_country():
    rows, _view = shown()
    assert known(rows, "clusters", "per_100k", "value", "side") == {
        "FRH0": (1, pytest.approx(0.1), 7.0, "below"),
        "FRJ2": (1, pytest.approx(0.1), 9.5, "middle"),
        "ES21": (1, pytest.approx(0.1), 10.0, "middle"),
        "FRJ1": (0, 0.0, 12.0, "above"),
    }
    assert dict(zip(rows["nuts_id"], map(list, rows["source_ids"]), strict=True))["FRJ2"] == ["s1", "s2"]
    assert chart.coverage(rows, WORLD, Selection()) == Coverage(4, 5, "regions")


def test_a_cluster_known_by_its_region_alone_is_in_no_nuts_2_region():
    rows, _view = shown(definition="ptce")
    assert known(rows, "clusters") == {"FRH0": (1,), "FRJ1": (0,), "FRJ2": (0,), "ES21": (0,)}


def test_countries_chosen_bring_their_regions_alone():
    rows, view = shown(countries=("ES",))
    assert set(rows["nuts_id"]) == {"ES21"}
    assert chart.coverage(rows, WORLD, view.selection) == Coverage(1, 1, "regions")


def test_two_figures_of_a_population_are_never_added():
    again = rates(WORLD.indicators, {"FRH0": 1.0}).query("indicator == 'population'").assign(value=4e6)
    world = replace(WORLD, indicators=pd.concat([WORLD.indicators, again], ignore_index=True))
    assert known(shown(world)[0], "population")["FRH0"] == (4e6,)


def test_a_region_without_a_published_population_is_in_the_rows_and_not_drawn():
    no_people = WORLD.indicators.query("not (indicator == 'population' and geo == 'FRH0')")
    rows, view = shown(replace(WORLD, indicators=no_people))
    assert rows.set_index("nuts_id").loc["FRH0", ["per_100k", "population"]].isna().all()
    marks = chart.figure(rows, view).data[0]
    assert len(marks.x) == 3


def test_few_clusters_are_not_compared_and_enough_are():
    assert chart.describe(*shown()).startswith("Too few regions")
    sentence = chart.describe(*shown(many(12)))
    assert sentence.startswith("Too few regions")
    by_side = many(12).clusters.assign(nuts_id=["FRH03"] * 4 + ["FRJ13"] * 8)
    sentence = chart.describe(*shown(replace(many(12), clusters=by_side)))
    assert sentence.endswith("unemployment, 0.8 above, 0.4 below; poverty, not comparable.")


def test_before_a_refresh_nothing_is_counted_and_it_is_said():
    rows, view = shown(small_world())
    assert rows.empty
    assert chart.describe(rows, view) == "No cluster is placed in a NUTS 2 region before the boundaries are fetched."
    assert chart.notice(view) == ""
    assert chart.notice(shown()[1]).startswith("© EuroGeographics")


def test_names_write_no_html():
    text = chart.figure(*shown()).to_json()
    assert "<Vasco>" not in text
