"""The map, the directory and a sheet with the regions and third places that a refresh brings, and without."""

import pytest

from atlas import store
from tests.nuts_world import nuts_world
from tests.small_world import small_world
from tests.test_pages import opened

WORLD, SHIPPED = nuts_world(), small_world()


@pytest.fixture(autouse=True)
def refreshed(monkeypatch):
    monkeypatch.setattr(store, "tables", lambda *_place: WORLD)


def parameters(app):
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def captions(app):
    return [caption.value for caption in app.caption]


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def test_layers_are_chosen_by_pills_and_the_url_holds_them_in_their_order():
    app = opened("map", lang="en", layer="third_places~nuts2")
    assert not app.exception
    assert parameters(app)["layer"] == "nuts2~third_places"
    assert "3 NUTS 2 regions hold some of them." in app.subheader[0].value
    assert "© EuroGeographics for the administrative boundaries." in captions(app)
    assert "EuroGeographics" in html(app)
    assert not any("come when the data are refreshed" in text for text in captions(app))


def test_a_table_says_what_a_hover_says_for_those_who_cannot_point():
    app = opened("map", lang="fr", layer="french_regions", kind="ptce")
    table = next(frame.value for frame in app.dataframe if "Code NUTS" in frame.value)
    assert table[["Région", "Code NUTS", "Nombre de pôles"]].values.tolist() == [
        ["Bretagne", "FRH", 1],
        ["Occitanie", "FRJ", 1],
        ["La Réunion", "FRY4", 0],
    ]


def test_the_detail_of_a_background_is_chosen_where_regions_publish_it():
    app = opened("map", lang="en")
    assert not [box for box in app.selectbox if box.key == "choice-grain"]
    app.selectbox(key="choice-background").select("unemployment_rate").run()
    app.selectbox(key="choice-grain").select("nuts2").run()
    assert not app.exception
    assert parameters(app)["grain"] == "nuts2"
    assert "from 7% (Bretagne, France) to 12% (Languedoc" in app.subheader[0].value.replace("\\", "")
    table = next(frame.value for frame in app.dataframe if "NUTS code" in frame.value)
    assert table.set_index("NUTS code").loc["FRY4", "Unemployment rate"] == "not published"


def test_without_a_refresh_a_sentence_says_how_the_layers_come(monkeypatch):
    monkeypatch.setattr(store, "tables", lambda *_place: SHIPPED)
    app = opened("map", lang="en", layer="nuts2")
    assert not app.exception
    assert any(text.endswith("NUTS 2 regions; French regions; Third places.") for text in captions(app))
    assert app.subheader[0].value.replace("\\", "").endswith("do not hold it: NUTS 2 regions.")
    assert "EuroGeographics" not in html(app)


def test_the_directory_is_filtered_by_region_and_says_so_in_a_chip():
    app = opened("clusters", lang="en", region="FRJ")
    assert not app.exception
    assert "**2 clusters** of 5 known" in [text.value for text in app.markdown]
    app.button(key="chip-regions-FRJ").click().run()
    assert "region" not in parameters(app)
    options = app.multiselect(key="filter-regions").options
    assert "Occitanie (FRJ) (2)" in options and "Midi-Pyrénées (FRJ2) (1)" in options
    assert not any("FRH0" in option for option in options)


def test_a_region_that_the_data_do_not_know_is_a_sentence(monkeypatch):
    app = opened("clusters", lang="en", region="FRX9")
    assert any("region=FRX9" in text.value.replace("\\", "") for text in app.info)
    monkeypatch.setattr(store, "tables", lambda *_place: SHIPPED)
    app = opened("clusters", lang="en", region="FRJ")
    assert any("region=FRJ" in text.value.replace("\\", "") for text in app.info)
    assert not [box for box in app.multiselect if box.key == "filter-regions"]


@pytest.mark.parametrize(
    ("cluster", "language", "line"),
    [
        ("fr-a", "en", "Ille-et-Vilaine (FRH03), Bretagne (FRH0)"),
        ("fr-c", "en", "nearest, Haute-Garonne (FRJ23), Midi-Pyrénées (FRJ2)"),
        ("fr-c", "fr", "la plus proche, Haute-Garonne (FRJ23), Midi-Pyrénées (FRJ2)"),
    ],
)
def test_a_sheet_names_the_regions_of_its_cluster_and_how_they_were_found(cluster, language, line):
    app = opened("clusters", lang=language, id=cluster)
    assert f"<dd>{line}</dd>" in html(app)
    assert any("2024" in text and "EuroGeographics" in text for text in captions(app))


def test_a_sheet_of_a_cluster_without_a_region_has_no_such_line():
    app = opened("clusters", lang="en", id="fr-b")
    assert "Region (NUTS)" not in html(app)


def test_where_they_settle_gains_the_regions(monkeypatch):
    app = opened("model", lang="en", part="territories")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3
    monkeypatch.setattr(store, "tables", lambda *_place: SHIPPED)
    assert len(opened("model", lang="en", part="territories").get("plotly_chart")) == 2
