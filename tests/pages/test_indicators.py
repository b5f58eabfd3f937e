"""The block "Any indicator" of the countries page: what the URL asks for, or a sentence and the nearest that can be shown."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_pages import opened


def block():
    from pages.parts import session
    from pages.parts.comparison import any_indicator
    from pages.parts.frame import head

    session.start()
    head("Countries", "", "indicator_rank")
    any_indicator()


def asked_for(**parameters):
    """The block alone, opened with these URL parameters."""
    app = AppTest.from_function(block, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def boxes(app):
    return {box.key: box for box in app.selectbox}


def said(app):
    return " ".join(element.value for element in [*app.info, *app.warning])


def test_the_choices_come_from_the_url_and_go_back_to_it():
    app = asked_for(lang="en", indicator="unemployment_rate", against="gdp_per_capita_pps")
    assert boxes(app)["choice-indicator"].value == "unemployment_rate"
    assert boxes(app)["choice-against"].value == "gdp_per_capita_pps"
    assert "Unemployment rate (35)" in boxes(app)["choice-indicator"].options
    boxes(app)["choice-indicator"].set_value("arope_rate").run()
    assert not app.exception
    assert app.query_params["indicator"] == "arope_rate"


@pytest.mark.parametrize(
    ("asked", "words", "shown"),
    [
        ("nonsense", "indicator=nonsense", "social_economy_share_of_employment"),
        (
            "social_economy_share_of_private_employment",
            "fewer than five countries",
            "social_economy_share_of_employment",
        ),
        ("social_economy_revenue_national_currency", "fewer than five countries", "social_economy_entities"),
        ("ptce_published_count", "fewer than five countries", "social_economy_share_of_employment"),
    ],
)
def test_an_indicator_that_cannot_be_compared_is_a_sentence_and_the_nearest_one(asked, words, shown):
    app = asked_for(lang="en", indicator=asked)
    assert not app.exception
    assert words in said(app)
    assert boxes(app)["choice-indicator"].value == shown


def test_an_indicator_is_never_offered_against_itself():
    app = asked_for(lang="fr", indicator="unemployment_rate", against="unemployment_rate")
    assert not app.exception
    assert boxes(app)["choice-against"].value != "unemployment_rate"
    assert "Taux de chômage (35)" not in boxes(app)["choice-against"].options


def test_three_hundred_countries_are_a_sentence():
    app = asked_for(lang="en", country="~".join(["eu27", *(f"Z{number}" for number in range(300))]))
    assert not app.exception
    assert "country=Z0" in said(app)


def test_the_block_stands_on_the_countries_page():
    app = opened("countries", lang="fr", part="indicator")
    assert not app.exception
    assert "choice-indicator" in boxes(app)
