"""The Map page: what the reader chooses on it is in the URL, and a link that cannot be followed is a sentence."""

import pytest

from atlas import store, towns
from atlas.charts import cluster_map
from atlas.selection import Selection
from tests.test_pages import opened
from tests.test_towns import few_towns  # noqa: F401

CLUSTERS = store.tables().clusters
YEARS = sorted(CLUSTERS["founded_year"].dropna().unique())
BORDEAUX = "44.8412~-0.5805"


def selectbox(app, key):
    return app.selectbox(key=key)


def parameters(app):
    """The URL: a value as one string, however the test runner holds it."""
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def captions(app):
    return [caption.value for caption in app.caption]


def said(app):
    return [element.value for element in [*app.info, *app.warning]]


def heading(app):
    return app.subheader[0].value


def test_marks_are_sized_coloured_and_set_on_a_background_and_the_url_says_so():
    app = opened("map", lang="en")
    assert not [box for box in app.selectbox if box.key == "pick-scope"]
    selectbox(app, "choice-size").select("jobs").run()
    selectbox(app, "pick-scope").select("created").run()
    selectbox(app, "choice-colour").select("theme").run()
    selectbox(app, "choice-background").select("unemployment_rate").run()
    assert not app.exception
    assert parameters(app) == {
        "lang": "en", "size": "jobs", "scope": "created", "colour": "theme", "background": "unemployment_rate",
    }  # fmt: skip
    assert "Unemployment rate" in heading(app)


def test_only_rates_colour_the_land():
    codes = store.tables().codes
    options = [code for code in _codes(opened("map", lang="en"), "choice-background") if code not in {"", "density"}]
    assert options
    assert {codes.property("indicators", code, "unit_kind") for code in options} == {"rate"}


def _codes(app, key):
    """Options of a select box as codes: the labels it shows, looked up."""
    codes = store.tables().codes
    labels = {codes.label("indicators", code, "en"): code for code in codes.codes("indicators")}
    return [labels.get(label, "") for label in selectbox(app, key).options]


def test_a_year_in_the_link_says_how_many_were_founded_and_how_many_are_undated():
    founded = CLUSTERS["founded_year"]
    line = f"Founded by 2010: {(founded <= 2010).sum()} of {len(CLUSTERS)} clusters. Undated, always shown: {founded.isna().sum()}."
    app = opened("map", lang="en", until="2010")
    assert line in captions(app)
    assert app.slider(key="until").value == 2010


def test_a_year_moved_by_hand_is_in_the_url_and_the_last_one_is_no_restriction():
    app = opened("map", lang="en")
    app.slider(key="until").set_value(2012).run()
    assert parameters(app)["until"] == "2012"
    app.slider(key="until").set_value(int(YEARS[-1])).run()
    assert "until" not in parameters(app)


def test_the_years_are_played_one_by_one_and_stop_at_the_end():
    app = opened("map", lang="en")
    app.button(key="play").click().run()
    assert app.button(key="play").label == "Pause"
    assert app.slider(key="until").value in YEARS[:2]
    for _step in range(len(YEARS) + 1):
        app.run()
    assert not app.exception
    assert app.button(key="play").label == "Play"
    assert "until" not in parameters(app)


def test_a_pause_keeps_the_year_in_the_url():
    app = opened("map", lang="fr", until="2012")
    app.button(key="play").click().run()
    shown = app.slider(key="until").value
    assert shown > 2012
    app.button(key="play").click().run()
    assert app.button(key="play").label == "Lecture"
    assert int(parameters(app)["until"]) >= shown
    assert "playing" not in app.session_state


def test_the_years_do_not_play_on_when_the_reader_comes_back():
    app = opened("map", lang="en")
    app.button(key="play").click().run()
    app.switch_page("data.py").run()
    app.switch_page("map.py").run()
    assert app.button(key="play").label == "Play"


def test_a_selection_without_two_founding_years_has_no_slider():
    app = opened("map", lang="en", country="SM")
    assert not app.exception
    assert not app.slider or all(slider.key != "until" for slider in app.slider)


@pytest.mark.usefixtures("few_towns")
class TestNear:
    def around(self, radius):
        near = Selection(near=(44.8412, -0.5805), radius=radius)
        return cluster_map.table(store.tables(), near)

    def test_a_link_names_the_town_and_counts_what_is_around(self):
        rows = self.around(200)
        app = opened("map", lang="en", near=BORDEAUX, radius="200")
        words = f"{len(rows)} clusters within 200 km of Bordeaux, France; the nearest is less than 0.1 km away."
        assert words in [text.value.replace("\\", "") for text in app.markdown]
        table = app.dataframe[0].value
        assert list(table["Distance (km)"]) == list(rows["distance_km"]) == sorted(rows["distance_km"])

    def test_in_french_too(self):
        app = opened("map", lang="fr", near=BORDEAUX)
        words = [text.value.replace("\\", "").replace("\xa0", " ") for text in app.markdown]
        assert "Bordeaux, France : 2 pôles dans un rayon de 50 km, le plus proche à moins de 0,1 km." in words

    def test_an_odd_radius_is_kept_and_offered(self):
        app = opened("map", lang="en", near=BORDEAUX, radius="37")
        assert app.selectbox(key="choice-radius").value == 37
        app.selectbox(key="choice-radius").select(100).run()
        assert parameters(app)["radius"] == "100"

    def test_nothing_around_offers_the_next_radius_that_holds_something(self):
        app = opened("map", lang="en", near="46.1~-4.0", radius="10")
        assert any("No cluster with a known point within 10 km of latitude 46.1" in text.value.replace("\\", "") for text in app.markdown)  # fmt: skip
        app.button(key="wider").click().run()
        assert int(parameters(app)["radius"]) > 10
        assert len(app.dataframe[0].value)

    def test_a_town_typed_is_offered_and_chosen(self):
        app = opened("map", lang="en", view="40.0~0.0~5.0")
        app.text_input(key="town").set_value("bord").run()
        labels = [button.label.replace("\\", "") for button in app.button if button.key.startswith("town-")]
        assert labels == [
            "Bords, France · 1,200 inhabitants",
            "Bordeaux, France · 260,000 inhabitants",
            "Bordj Bou Arreridj, Algeria · 158,000 inhabitants",
        ]
        app.button(key="town-1").click().run()
        assert parameters(app)["near"] == BORDEAUX
        assert "view" not in parameters(app)
        assert app.text_input(key="town").value == ""
        app.button(key="everywhere").click().run()
        assert "near" not in parameters(app)

    def test_a_town_nobody_knows_is_said(self):
        app = opened("map", lang="en")
        app.text_input(key="town").set_value("nothing of the kind").run()
        assert "No town of 500 inhabitants or more by this name." in captions(app)


def test_the_gazetteer_is_not_read_before_it_is_needed(monkeypatch):
    monkeypatch.setattr(towns, "_records", lambda: pytest.fail("read"))
    towns.gazetteer.cache_clear()
    assert not opened("map", lang="en").exception


def test_the_cluster_of_a_link_is_marked_named_and_let_go():
    app = opened("map", lang="en", id="fr-darwin-bordeaux", country="FR")
    assert any("fr-darwin-bordeaux" in str(link.proto.query_string) for link in app.get("page_link"))
    assert app.session_state["map-table"]["selection"]["rows"]
    app.button(key="let-go").click().run()
    assert "id" not in parameters(app)
    assert parameters(app)["country"] == "FR"
    assert not app.session_state["map-table"]["selection"]["rows"]


def test_a_cluster_that_the_filters_leave_out_is_said_to_be_so():
    app = opened("map", lang="en", id="fr-darwin-bordeaux", country="ES")
    assert "Not on the map: the filters, the year or the radius leave it out." in captions(app)


def test_an_id_on_the_map_does_not_hide_the_filters_from_other_pages():
    app = opened("map", lang="en", id="fr-darwin-bordeaux", country="FR")
    assert app.session_state["selection"].countries == ("FR",)
    assert app.session_state["selection"].id == ""


def test_an_unknown_cluster_is_a_sentence_with_the_nearest_names():
    app = opened("map", lang="en", id="fr-darwin-bordeau")
    assert any("fr-darwin-bordeau" in text.replace("\\", "") for text in said(app))
    assert len(app.title) == 1
    app.button(key="meant-fr-darwin-bordeaux").click().run()
    assert parameters(app)["id"] == "fr-darwin-bordeaux"
    assert not said(app)


@pytest.mark.parametrize(
    ("parameter", "value", "shown"),
    [
        ("radius", "-1", "radius=1"),
        ("near", "999~0", "was left out"),
        ("until", "abc", "was left out"),
        ("background", "nonsense", "was left out"),
        ("view", "1~2", "was left out"),
    ],
)
def test_a_wrong_link_is_a_sentence_and_the_map_is_drawn(parameter, value, shown):
    app = opened("map", lang="en", **{parameter: value})
    assert not app.exception
    texts = [text.replace("\\", "") for text in said(app)]
    assert any(f"{parameter}={value}" in text and shown in text for text in texts)
    assert heading(app)


def test_where_the_map_stands_stays_in_the_url_whatever_is_chosen():
    app = opened("map", lang="en", view="48.1~2.3~5.5")
    app.selectbox(key="choice-colour").select("theme").run()
    app.slider(key="until").set_value(2012).run()
    assert parameters(app)["view"] == "48.1~2.3~5.5"
