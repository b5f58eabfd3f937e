"""NUTS regions: which are drawn, offered and held, and the one figure of each that is drawn."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas import boundaries, choropleth, regional
from atlas.nuts import counts, layer_regions, memberships, offered
from atlas.selection import Selection
from atlas.view import View
from tests.nuts_world import LIES_IN, nuts_world, rates
from tests.small_world import small_world

WORLD = nuts_world()
REVISED = {"source_id": "s4", "title": "Revised", "publisher": "Publisher", "url": "https://example.org/s4", "published": "2026-05", "quote": "Revised"}  # fmt: skip


def revised(value: float, **more) -> pd.DataFrame:
    """The rates of the world, and another of FRJ1, by a source published later than the others (2020)."""
    other = rates(WORLD.indicators, {"FRJ1": value}, source_ids=["s4"], **more)
    return pd.concat([WORLD.indicators, other[other["indicator"] == "unemployment_rate"]], ignore_index=True)


def world_with(indicators: pd.DataFrame):
    sources = pd.concat([WORLD.sources, pd.DataFrame([REVISED])], ignore_index=True)
    return replace(WORLD, version="revised", indicators=indicators, sources=sources)


def test_the_french_regions_are_nuts_1_and_overseas_nuts_2():
    assert list(layer_regions(WORLD.regions, "french_regions")["nuts_id"]) == ["FRH", "FRJ", "FRY4"]
    assert list(layer_regions(WORLD.regions, "nuts2")["nuts_id"]) == ["ES21", "FRH0", "FRJ1", "FRJ2", "FRY4"]


def test_a_filter_offers_no_nuts_2_region_that_is_the_whole_of_a_french_region():
    assert offered(WORLD) == ["ES21", "FRH", "FRJ", "FRJ1", "FRJ2", "FRY4"]
    assert WORLD.codes.label("regions", "FRJ2", "fr") == "Midi-Pyrénées (FRJ2)"


@pytest.mark.parametrize(
    ("region", "codes"),
    [("Occitanie", ("FRJ",)), ("OCCITANIE ", ("FRJ",)), ("La Réunion", ("FRY4",)), ("Catalunya", ()), (None, ())],
)
def test_a_french_cluster_without_a_point_lies_where_its_source_says(region, codes):
    clusters = WORLD.clusters.assign(
        region=WORLD.clusters["region"].where(WORLD.clusters["cluster_id"] != "fr-b", region)
    )
    own = memberships(replace(WORLD, clusters=clusters))
    assert own[clusters["cluster_id"] == "fr-b"].tolist() == [codes]


def test_clusters_are_counted_in_every_level_once():
    assert counts(WORLD.clusters, WORLD) == {
        "FRH03": 1, "FRH0": 1, "FRH": 1, "FRJ": 2, "FRJ23": 1, "FRJ2": 1, "ES213": 1, "ES21": 1, "ES2": 1,
    }  # fmt: skip
    assert counts(WORLD.clusters.query("country == 'ES'"), WORLD) == {"ES213": 1, "ES21": 1, "ES2": 1}


def test_tables_that_no_refresh_has_filled_hold_no_layer_and_offer_no_region():
    bare = small_world()
    assert boundaries.held(bare) == ()
    assert boundaries.held(nuts_world(regions=bare.regions)) == ("third_places",)
    assert offered(bare) == []
    assert regional.offered(bare) == []
    assert memberships(bare).map(len).sum() == 0


def test_a_rate_of_one_method_published_for_enough_regions_may_colour_them():
    assert regional.offered(WORLD) == ["unemployment_rate"]
    few = WORLD.indicators[~WORLD.indicators["geo"].isin(["FRH0", "FRJ1", "FRJ2"])]
    assert regional.offered(replace(WORLD, indicators=few)) == []


@pytest.mark.parametrize(
    ("value", "more", "drawn"),
    [
        (11.0, {}, [("latest", 11.0, ["s4"]), ("same_date", 12.0, ["s1"])]),
        (11.0, {"qualifier": "about"}, [("latest", 12.0, ["s1"]), ("same_date", 11.0, ["s4"])]),
        (12.0, {}, [("latest", 12.0, ["s1", "s4"])]),
        (11.0, {"year": 2019}, [("latest", 12.0, ["s1"])]),
        (11.0, {"qualifier": "planned"}, [("latest", 12.0, ["s1"])]),
    ],
)
def test_of_two_figures_of_a_year_the_exact_one_then_the_last_published_is_drawn_and_both_are_kept(value, more, drawn):
    world = world_with(revised(value, **more))
    rows = choropleth.rates_of_regions(world, "unemployment_rate")
    own = rows[rows["nuts_id"] == "FRJ1"]
    assert [(row.role, row.value, list(row.source_ids)) for row in own.itertuples()] == drawn
    assert rows["role"].eq("latest").sum() == 4


def test_every_region_has_one_row_that_is_drawn_or_missing_and_the_european_value_stands_apart():
    europe = rates(WORLD.indicators, {"FRH0": 6.0}, geo="EU27", geo_level="aggregate", geo_name=None, country=None)
    rows = choropleth.rates_of_regions(world_with(pd.concat([WORLD.indicators, europe])), "unemployment_rate")
    roles = {role: sorted(own["nuts_id"]) for role, own in rows.groupby("role")}
    assert roles == {"latest": ["ES21", "FRH0", "FRJ1", "FRJ2"], "missing": ["FRY4"], "reference": ["EU27"]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Unemployment rate: from 7% (Bretagne, France) to 12% (Languedoc-Roussillon, France)."),
        ("fr", "Taux de chômage : de 7 % (Bretagne, France) à 12 % (Languedoc-Roussillon, France)."),
    ],
)
def test_the_sentence_names_regions_with_their_country(language, sentence):
    view = View.of(WORLD, Selection(language=language, background="unemployment_rate", grain="nuts2"))
    said = choropleth.sentence(choropleth.background(view), view)
    assert said.replace("\u202f", " ").replace("\xa0", " ") == sentence


def test_many_regions_of_one_value_are_named_in_part_and_counted():
    equal = WORLD.indicators.assign(
        value=WORLD.indicators["value"].where(WORLD.indicators["geo_level"] != "region", 5.0)
    )
    view = View.of(replace(WORLD, indicators=equal), Selection(background="unemployment_rate", grain="nuts2"))
    assert "; 1 more)" in choropleth.sentence(choropleth.background(view), view)


def test_the_way_each_cluster_was_placed_is_kept():
    kept = WORLD.clusters.set_index("cluster_id")["nuts_found_by"].dropna().to_dict()
    assert kept == {cluster: way for cluster, (_code, way) in LIES_IN.items()}
