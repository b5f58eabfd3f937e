"""What a Selection keeps of each table."""

from dataclasses import replace

import pytest

from atlas import store
from atlas.outlets.data.dictionary import references, resources
from atlas.outlets.data.files import files_of
from atlas.outlets.data.filtered import ALL, FIELDS, counts, package, rows
from atlas.selection import Selection
from tests.nuts_world import nuts_world
from tests.small_world import small_world

FRANCE = Selection(countries=("FR",))


def kept(table: str, selection: Selection, *given: str) -> list:
    found = rows(table, small_world(), selection, given)
    return list(found[found.columns[0]])


def test_every_table_says_what_filters_it():
    assert set(FIELDS) == set(resources())
    assert {field for fields in FIELDS.values() for field in fields} == set(ALL)


def test_nothing_chosen_keeps_the_table_itself():
    world = small_world()
    assert rows("clusters", world, Selection(), ()) is world.clusters
    assert rows("vocabulary", world, FRANCE, ("countries",)) is world.vocabulary


@pytest.mark.parametrize("given", [(), ("countries",)])
def test_boundaries_of_regions_are_not_passed_on(given):
    world = nuts_world()
    alone, packaged = rows("regions", world, FRANCE, given), package(world, FRANCE, given)["regions"]
    assert len(alone) and list(alone["nuts_id"]) == list(packaged["nuts_id"])
    assert {"geometry"} == {*world.regions} - {*alone} == {*world.regions} - {*packaged}
    assert "geojson" not in files_of("regions") and "geojson" in files_of("third_places")


def test_figures_follow_their_clusters():
    assert kept("clusters", FRANCE, "countries") == ["fr-a", "fr-b", "fr-c"]
    assert kept("observations", Selection(kinds=("ptce",)), "kinds") == [
        "fr-a.jobs.hosted.2015",
        "fr-a.jobs.hosted.2020-06",
        "fr-b.jobs.created.2019",
    ]


def test_a_scope_filters_only_when_it_is_given():
    assert len(kept("observations", FRANCE, "countries")) == 4
    assert kept("observations", FRANCE.but(scope="created"), "countries", "scope") == ["fr-b.jobs.created.2019"]


def test_awards_are_filtered_by_their_own_year():
    assert kept("awards", Selection(time=(2014, 2014)), "time") == ["fr-a", "fr-b"]
    assert kept("awards", Selection(time=(2010, 2013)), "time") == []


def test_sources_are_those_behind_the_rows_kept():
    assert kept("sources", Selection(countries=("ES",)), "countries") == ["s2", "s3"]


def test_what_a_kept_row_points_to_is_kept_in_the_package_alone():
    year = Selection(time=(2014, 2014))
    assert kept("clusters", year, "time") == ["fr-b", "es-d"]
    assert list(package(small_world(), year, ("time",))["clusters"]["cluster_id"]) == ["fr-a", "fr-b", "es-d"]


def test_a_row_that_points_to_nothing_known_does_not_hold_the_package_up():
    world = small_world()
    ghost = replace(world, awards=world.awards.assign(programme_id="ghost"))
    assert list(package(ghost, Selection(kinds=("ptce",)), ("kinds",))["clusters"]["cluster_id"]) == [
        "fr-a",
        "fr-b",
    ]


@pytest.mark.parametrize(
    "chosen",
    [
        {"countries": ("FR",)},
        {"countries": ("benelux", "ES"), "time": (2010, 2015)},
        {"kinds": ("ptce",), "themes": ("food_agriculture",)},
        {"levels": ("regional",)},
        {"programme_kinds": ("call",), "time": (2020, 2024)},
    ],
)
def test_no_row_of_a_filtered_package_points_to_nothing(chosen):
    tables = store.tables()
    found = package(tables, Selection(**chosen), tuple(chosen))
    for table, column, target, key in references():
        assert set(found[table][column].dropna()) <= set(found[target][key]), (table, column)
    cited = {code for own in found.values() if "source_ids" in own for ids in own["source_ids"] for code in ids}
    assert cited and cited == set(found["sources"]["source_id"])


def test_counts_are_those_of_the_files():
    given = frozenset({"countries"})
    found = counts(store.tables(), FRANCE, given)
    assert found == {name: len(rows(name, store.tables(), FRANCE, given)) for name in FIELDS}
    assert 0 < found["clusters"] < len(store.tables().clusters)
