"""The Countries page: what is compared, what is said of the rest, and the sheets in words."""

from tests.test_pages import opened


def said(app) -> str:
    return " ".join(element.value for element in [*app.info, *app.warning]).replace("\\", "")


def test_countries_and_a_group_stand_side_by_side():
    app = opened("countries", lang="fr", country="FR~ES~benelux")
    assert not app.exception
    assert any(title.value.startswith("Sur 3 territoires") for title in app.subheader)


def test_each_has_its_sheet_in_words():
    app = opened("countries", lang="fr", country="FR~ES~benelux", part="words")
    assert not app.exception
    assert [sheet.label for sheet in app.expander] == ["France", "Espagne", "Benelux"]


def test_eight_countries_are_six_and_it_is_said():
    app = opened("countries", lang="en", country="FR~ES~IT~DE~BE~NL~PT~AT", part="words")
    assert not app.exception
    assert len(app.expander) == 6
    assert "left out: Portugal, Austria" in said(app)


def test_an_unknown_country_is_a_sentence_and_the_only_other_has_its_sheet_open():
    app = opened("countries", lang="en", country="FR~Atlantis", part="words")
    assert not app.exception
    assert "country=Atlantis" in said(app)
    assert any(box.value.startswith("France: 1") for box in app.code)
