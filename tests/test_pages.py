"""Every page runs in both languages, on the real tables, with no error."""

import pytest
from streamlit.testing.v1 import AppTest

from atlas import store

PAGES = ["overview", "map", "jobs", "funding", "countries", "clusters", "model", "briefing", "data", "changes"]


def opened(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file("../pages/shell.py", default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"{page}.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
    return app


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_page_runs(page, language):
    app = opened(page, lang=language)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize("page", ["overview", "map", "jobs", "funding", "countries", "clusters", "model"])
def test_an_empty_selection_says_so_and_still_draws(page):
    app = opened(
        page,
        lang="en",
        country="SM",
        kind="social_innovation_park",
        time="1990..1991",
        level="network",
        programme="label",
    )
    assert not app.exception


@pytest.mark.parametrize(
    ("page", "parameters", "words"),
    [
        ("map", {"country": "ATLANTIS"}, "country=ATLANTIS"),
        ("jobs", {"time": "2024..2010"}, "time=2024"),
        ("clusters", {"id": "fr-darwin-bordeau"}, "fr\\-darwin\\-bordeau"),
        ("funding", {"id": "no-such-law"}, "no\\-such\\-law"),
    ],
)
def test_a_wrong_link_is_a_sentence(page, parameters, words):
    app = opened(page, lang="en", **parameters)
    assert not app.exception
    said = [element.value for element in [*app.info, *app.warning]]
    assert any(words in text for text in said), said


@pytest.mark.parametrize(
    ("page", "table", "column"), [("clusters", "clusters", "cluster_id"), ("funding", "programmes", "programme_id")]
)
def test_every_sheet_opens(page, table, column):
    """Each cluster and each programme, whatever is known of it, has a page: one in twenty here, others with each data version."""
    tables = store.tables()
    identifiers = getattr(tables, table)[column].iloc[sum(map(ord, tables.version)) % 20 :: 20]
    app = opened(page, lang="fr")
    for identifier in identifiers:
        app.query_params["id"] = identifier
        app.run()
        assert not app.exception and not app.error, identifier
        assert app.title[0].value


def test_a_filter_that_a_page_does_not_offer_filters_nothing_on_it():
    """The overview offers only the list counted by: a country kept from another page must not thin its charts unseen."""
    sentences = [
        [heading.value for heading in opened("overview", lang="en", **parameters).subheader]
        for parameters in ({}, {"country": "ES"}, {"definition": "ptce"})
    ]
    assert sentences[0] == sentences[1] != sentences[2]
