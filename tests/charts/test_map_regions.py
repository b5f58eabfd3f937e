"""The regions and third places of the map: what is drawn, what a hover says, how it is told, and whose boundaries they are."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from starlette.datastructures import QueryParams

from atlas.charts import Coverage, cluster_map, cluster_map_print, indicator_map
from atlas.method import borders
from atlas.outlets.data.query import read
from atlas.outlets.drawing import Drawing
from atlas.outlets.http import Problem
from atlas.parameters import LAYERS
from atlas.selection import Selection
from atlas.theme import LIGHT, rgba
from atlas.view import View
from tests.nuts_world import RATES, THIRD_PLACES, nuts_world, rates
from tests.small_world import small_world

WORLD, SHIPPED = nuts_world(), small_world()
NOTICE = {
    "en": "© EuroGeographics for the administrative boundaries",
    "fr": "© EuroGeographics pour les limites administratives",
}
BY_REGION = {"background": "unemployment_rate", "grain": "nuts2"}


def rows_of(world=WORLD, **chosen):
    selection = Selection(**chosen)
    return cluster_map.table(world, selection), View.of(world, selection)


def layers(rows, view):
    return {layer["id"]: layer for layer in json.loads(cluster_map.figure(rows, view).to_json())["layers"]}


def cards(layer):
    return {feature["properties"]["name"]: feature["properties"] for feature in layer["data"]["features"]}


def countries(layer):
    return {feature["properties"].get("country") for feature in layer["data"]["features"]}


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_nuts_2_regions_stand_for_their_countries_and_say_what_they_hold():
    drawn = layers(*rows_of(layers=("nuts2",)))
    said = {name: card["facts"] for name, card in cards(drawn["nuts2"]).items()}
    assert said == {
        "Bretagne (FRH0)": "1 cluster of this selection",
        "Languedoc-Roussillon (FRJ1)": "No cluster of this selection",
        "Midi-Pyrénées (FRJ2)": "1 cluster of this selection",
        "La Réunion (FRY4)": "No cluster of this selection",
        "País ‹Vasco› (ES21)": "1 cluster of this selection",
    }
    assert {tuple(card["fill"]) for card in cards(drawn["nuts2"]).values()} == {tuple(rgba(LIGHT.land))}
    assert drawn["nuts2"]["pickable"]
    assert {"FR", "ES"}.isdisjoint(countries(drawn["land"])) and "DE" in countries(drawn["land"])
    assert list(drawn).index("land") < list(drawn).index("nuts2") < list(drawn).index("clusters")


def test_the_present_selection_is_what_is_counted():
    drawn = layers(*rows_of(layers=("french_regions",), kinds=("ptce",)))
    said = {name: card["facts"] for name, card in cards(drawn["french_regions"]).items()}
    assert said["Occitanie (FRJ)"] == said["Bretagne (FRH)"] == "1 cluster of this selection"
    assert said["La Réunion (FRY4)"] == "No cluster of this selection"
    assert {"FR"}.isdisjoint(countries(drawn["land"])) and "ES" in countries(drawn["land"])
    assert sorted(name["text"] for name in drawn["names"]["data"]) == ["Bretagne", "La Réunion", "Occitanie"]


def test_both_layers_of_regions_are_drawn_each_once():
    drawn = layers(*rows_of(layers=("nuts2", "french_regions")))
    assert drawn["nuts2"]["pickable"] and not drawn["french_regions"]["pickable"]
    assert drawn["nuts2"]["filled"] and not drawn["french_regions"]["filled"]
    assert len(drawn["frontiers"]["data"]) == 1


def test_a_rate_colours_regions_in_classes_and_hatches_the_others_and_the_countries_without_any():
    rows, view = rows_of(**BY_REGION)
    drawn = layers(rows, view)
    said = cards(drawn["nuts2"])
    assert said["Bretagne (FRH0)"]["facts"].split("\n") == [
        "1 cluster of this selection",
        "Unemployment rate",
        "7% (2023)",
    ]
    assert said["La Réunion (FRY4)"]["facts"].endswith("Unemployment rate\nnot published")
    assert said["La Réunion (FRY4)"]["fill"] == rgba(LIGHT.land)
    assert len({tuple(said[name]["fill"]) for name in said}) == len(RATES) + 1
    assert cards(drawn["rates"])["Germany"]["facts"] == "No NUTS 2 region in this edition"
    assert len(drawn["hatching"]["data"]) > 100
    squares = [(entry.label, entry.number) for entry in cluster_map.legend(rows, view) if entry.group]
    assert squares == [("7%", 1), ("9.5%", 1), ("10%", 1), ("12%", 1), ("not published, or no region", 1)]
    assert {entry.group for entry in cluster_map.legend(rows, view) if entry.group} == {"Unemployment rate · 2023 (number of regions)"}  # fmt: skip


def test_a_rate_of_countries_under_regions_is_said_to_be_theirs():
    country = rates(WORLD.indicators, {"FRH0": 8.0}, geo="FR", geo_level="country", geo_name=None)
    world = replace(WORLD, version="both", indicators=pd.concat([WORLD.indicators, country], ignore_index=True))
    drawn = layers(*rows_of(world, layers=("nuts2",), background="unemployment_rate"))
    said = cards(drawn["nuts2"])
    assert said["Bretagne (FRH0)"]["facts"].split("\n")[1:] == ["Unemployment rate, France", "8% (2023)"]
    assert (
        said["Bretagne (FRH0)"]["fill"] == said["Midi-Pyrénées (FRJ2)"]["fill"] != said["País ‹Vasco› (ES21)"]["fill"]
    )


def test_third_places_are_small_marks_apart_that_are_never_counted():
    rows, view = rows_of(layers=("third_places",))
    drawn = layers(rows, view)
    placed = [place for place in THIRD_PLACES if place["latitude"] is not None]
    marks = drawn["third_places"]["data"]
    assert [(mark["name"], mark["facts"].split("\n")) for mark in marks] == [
        ("La Fabrique ‹inventée›", ["Rennes", "Coworking; Fablab; Cuisine; 1 more", "2023 census: Publisher"]),
        ("Le Hangar inventé", ["not published", "2023 census: Publisher"]),
    ]
    assert drawn["third_places"]["radiusMaxPixels"] < drawn["clusters"]["data"][0]["radius"]
    assert list(drawn).index("third_places") < list(drawn).index("clusters")
    entries = {entry.mark: (entry.label, entry.number) for entry in cluster_map.legend(rows, view)}
    assert entries["speck"] == ("Third places: 2023 census, another list, not counted among the clusters", len(placed))
    assert entries["cross"] == ("Third places without a known point", 1)
    assert len(rows) == len(WORLD.clusters)
    assert cluster_map.coverage(rows, WORLD, view.selection) == Coverage(3, 5, "clusters")
    assert set(cluster_map.sources(rows, view)) == {"s1", "s2", "s3"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "3 of 5 clusters can be placed on the map; France has 2 of them. 3 NUTS 2 regions hold some of them. 2 French regions hold some of them. 2 third places of another list are drawn beside them and not counted."),
        ("fr", "Pôles placés sur la carte : 3 sur 5 ; premier pays : France (2). 3 régions NUTS 2 en accueillent. 2 régions françaises en accueillent. 2 tiers-lieux d’une autre liste figurent à côté d’eux, sans être comptés."),
    ],
)  # fmt: skip
def test_the_sentence_tells_the_layers(language, sentence):
    assert plain(cluster_map.describe(*rows_of(layers=LAYERS, language=language))) == sentence


def test_what_a_link_asks_for_and_the_data_do_not_hold_is_said_and_nothing_breaks():
    rows, view = rows_of(small_world(), layers=LAYERS, **BY_REGION)
    assert set(layers(rows, view)) == {"land", "rates", "hatching", "halo", "clusters"}
    assert cluster_map.describe(rows, view).endswith(
        "Not drawn, for these data do not hold it: NUTS 2 regions; French regions; Third places; the rate by NUTS 2 region."
    )
    assert cluster_map.notice(view) == ""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("chosen", [{"layers": ("nuts2",)}, {"layers": ("french_regions",)}, BY_REGION])
def test_every_outlet_says_whose_boundaries_are_drawn(language, chosen):
    _rows, view = rows_of(language=language, **chosen)
    assert cluster_map.notice(view) == NOTICE[language]
    drawing = Drawing.of("cluster_map", view.selection, WORLD)
    assert drawing.name == "cluster_map_print"
    assert f"{NOTICE[language]}." in drawing.publishers_line
    assert f"{NOTICE[language]}." in drawing.source_line
    assert NOTICE[language] in borders(view)


def test_a_map_without_these_boundaries_does_not_claim_them():
    for chosen in ({}, {"layers": ("third_places",)}, {"background": "unemployment_rate"}):
        _rows, view = rows_of(**chosen)
        assert cluster_map.notice(view) == ""
        assert "EuroGeographics" not in Drawing.of("cluster_map", view.selection, WORLD).source_line
    assert "EuroGeographics" not in borders(View.of(small_world(), Selection()))


@pytest.mark.parametrize(
    ("world", "query", "sentence"),
    [
        (WORLD, "layer=roads", "layer=roads is not known here. A good value: layer=nuts2~french_regions."),
        (WORLD, "grain=street", "grain=street is not known here. A good value: grain=country."),
        (WORLD, "region=FRJ9", "region=FRJ9 is not known here."),
        (SHIPPED, "region=FRJ", "region=FRJ is not known here."),
    ],
)
def test_an_embed_refuses_what_it_does_not_know_in_a_sentence(world, query, sentence):
    with pytest.raises(Problem) as refusal:
        read(QueryParams(query), world, cluster_map.FILTERS, {}, "cluster_map")
    assert refusal.value.status == 400
    assert str(refusal.value.sentence).startswith(sentence)


def texts(figure):
    return [trace.text for trace in figure.data if isinstance(trace.text, str) and trace.hoveron == "fills"]


def test_the_map_that_prints_draws_the_same_regions_rates_and_third_places():
    selection = Selection(layers=LAYERS, **BY_REGION)
    rows = cluster_map_print.table(WORLD, selection)
    figure = cluster_map_print.figure(rows, View.of(WORLD, selection))
    said = texts(figure)
    assert "<b>Bretagne (FRH0)</b><br>1 cluster of this selection<br>Unemployment rate<br>7% (2023)" in said
    assert any(text.startswith("<b>País &lt;Vasco&gt; (ES21)</b>") for text in said) or any(
        "‹Vasco›" in text for text in said
    )
    assert [len(trace.x) for trace in figure.data if trace.marker.symbol == "square" and trace.mode == "markers" and trace.x != (None,)]  # fmt: skip
    legend = [trace.name.replace("<br>", " ") for trace in figure.data if trace.name]
    assert "Third places: 2023 census, another list, not counted among the clusters (2)" in legend
    assert "NUTS 2 regions" in legend and "French regions" in legend


def test_names_of_regions_are_written_where_a_map_is_near_enough():
    chosen = {"layers": ("french_regions",), "countries": ("FR",)}
    figure = cluster_map_print.figure(*rows_of(**chosen))
    assert ("Bretagne", "Occitanie") in [trace.text for trace in figure.data]
    wide = cluster_map_print.figure(*rows_of(layers=("french_regions",), near=(48.0, 2.0), radius=1000))
    assert ("Bretagne", "Occitanie") not in [trace.text for trace in wide.data]


def test_the_map_of_a_rate_goes_by_region_with_overseas_in_boxes():
    selection = Selection(indicator="unemployment_rate", grain="nuts2")
    rows, view = indicator_map.table(WORLD, selection), View.of(WORLD, selection)
    assert indicator_map.coverage(rows, WORLD, selection) == Coverage(4, 5, "regions")
    assert indicator_map.notice(view) == NOTICE["en"]
    figure = indicator_map.figure(rows, view)
    assert (
        "<b>Midi-Pyrénées (FRJ2)</b><br>No cluster of this selection<br>Unemployment rate<br>9.5% (2023)"
        not in texts(figure)
    )
    assert any(
        text.startswith("<b>Midi-Pyrénées (FRJ2)</b>") and text.endswith("9.5% (2023)") for text in texts(figure)
    )
    assert len(figure.layout.shapes) == 5
    by_country = indicator_map.table(small_world(), selection)
    assert "nuts_id" not in by_country
