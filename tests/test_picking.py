import pydeck as pdk

from pages.parts.picking import renamed


def test_only_layers_that_can_be_clicked_are_renamed_and_the_shared_map_is_left_alone():
    layers = [pdk.Layer("ScatterplotLayer", [], id=name, pickable=name == "clusters") for name in ("land", "clusters")]
    deck = pdk.Deck(layers, map_style="/app/static/style.json")
    assert [layer.id for layer in renamed(deck, 3).layers] == ["land", "clusters-3"]
    assert [layer.id for layer in deck.layers] == ["land", "clusters"]
    assert "clusters-3" in renamed(deck, 3).to_json()
