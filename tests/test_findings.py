"""The findings of the overview: computed, sourced, and silent where the data are too thin."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas import store
from atlas.findings import changes, density, findings, founding, reporting, selectivity
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
EN, FR = (View.of(WORLD, Selection(language=language)) for language in ("en", "fr"))


def with_clusters(**counts: int):
    """The small world with as many clusters of each country, and a million people in each."""
    model = WORLD.clusters.iloc[[0]]
    rows = [
        model.assign(cluster_id=f"{country}-{n}".lower(), country=country)
        for country, count in counts.items()
        for n in range(count)
    ]
    people = WORLD.indicators.iloc[[0]].assign(indicator="population", value=1e6, unit="persons", source_ids=[["s3"]])
    indicators = pd.concat([people.assign(geo=country, country=country) for country in counts], ignore_index=True)
    return replace(WORLD, clusters=pd.concat(rows, ignore_index=True), indicators=indicators)


def test_density_names_the_country_that_comes_first_for_its_inhabitants():
    world = with_clusters(FR=9, LU=6, IT=4)
    world = replace(world, indicators=world.indicators.assign(value=[9e6, 1e6, 1e6]))
    found = density(world, Selection(), EN)
    assert found.sentence.startswith("France has the most clusters we know, 9; but for its inhabitants Luxembourg")
    assert "first of the 2 countries with 5 or more: 6 per million, against 1." in found.sentence
    assert (found.page, found.choices) == ("countries", {"countries": ("FR", "LU")})
    assert found.source_ids == ["s1", "s3"]


def test_founding_years_are_told_of_the_dated_clusters_only():
    years = pd.array([2001, 2009, 2014, 2014, 2020, None], dtype="Int64")
    world = with_clusters(FR=6)
    world = replace(world, clusters=world.clusters.assign(founded_year=years))
    found = founding(world, Selection(), EN)
    assert (
        found.sentence
        == "Of the 5 clusters (of 6) with a founding year, half were founded by 2014; the busiest year is 2014, with 2."
    )
    assert founding(WORLD, Selection(), EN) is None


def test_who_publishes_jobs_is_told_with_the_number_of_ways_they_count():
    """A planned figure is no figure; the scope with most clusters is the view behind."""
    found = reporting(WORLD, Selection(), EN)
    assert found.sentence.startswith("3 of 5 clusters publish a number of jobs, and count it in 2 ways")
    assert found.choices == {"metric": "jobs", "scope": "hosted"}
    assert found.source_ids == ["s2", "s1"]


def test_a_country_may_lead_twice():
    assert density(with_clusters(FR=9, LU=6), Selection(), EN).sentence.startswith("France leads twice among the 2")


def test_thin_data_tell_nothing():
    assert density(WORLD, Selection(), EN) is None
    assert selectivity(WORLD, EN) is None
    assert reporting(WORLD, Selection(countries=("ES",)), EN) is None
    assert findings(WORLD, Selection(countries=("ES",)), FR) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("definition", ["ptce", "strict", "wide"])
def test_the_real_data_tell_three_findings_with_their_sources(language, definition):
    tables = store.tables()
    selection = Selection(language=language, definition=definition)
    told = findings(tables, selection, View.of(tables, selection))
    assert [finding.page for finding in told] == ["map" if definition == "ptce" else "countries", "jobs", "funding"]
    assert all(finding.source_ids and "{" not in finding.sentence for finding in told)


def test_findings_follow_the_list_counted_by():
    tables = store.tables()
    sentences = {
        definition: [
            finding.sentence
            for finding in findings(tables, Selection(definition=definition), View.of(tables, Selection()))
        ]
        for definition in ("strict", "wide")
    }
    assert sentences["strict"][:2] != sentences["wide"][:2]


def test_only_what_changed_is_told():
    record = {
        "tables": {
            "clusters": {"added": 2, "changed": 0, "removed": 1},
            "programmes": {"added": 0, "changed": 0, "removed": 0},
        }
    }
    assert changes(record, EN) == ["clusters: 2 added, 0 changed, 1 removed"]
    assert changes({"tables": {"vocabulary": {"added": 4, "changed": 0, "removed": 0}}}, EN) == [
        "No cluster, figure or programme changed.",
        "codes and their labels: 4 added, 0 changed, 0 removed",
    ]
    assert changes(None, EN) == []
