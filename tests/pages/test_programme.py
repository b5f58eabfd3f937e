"""The card of one programme, and the second half of the funding page, on the real tables."""

import pytest

from atlas import store
from pages.parts.programme import OFFICIAL
from tests.test_pages import opened


def html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def said(app) -> str:
    return "\n".join(element.value for element in [*app.caption, *app.subheader])


def linked(app) -> set[str]:
    return {element.proto.query_string for element in app.get("page_link") if "id=" in element.proto.query_string}


def test_a_call_says_how_many_laureates_are_named_and_computes_its_rate_and_average():
    app = opened("funding", lang="en", id="fr-prog-ptce-aap-2013")
    assert not app.exception
    assert "21 laureates named here, of 23 announced; 0 amounts published" in said(app)
    assert "In sums, this budget is added to the other envelopes of its year." in said(app)
    text = html(app)
    assert "12.6% (computed: laureates / applications)" in text
    assert "€130,435 (computed: envelope / laureates)" in text
    assert "Laureate in 2014 · amount not published" in text


def test_each_laureate_links_to_its_sheet():
    app = opened("funding", lang="en", id="fr-ptce-ami-2021-phase2")
    awards = store.tables().awards.query("programme_id == 'fr-ptce-ami-2021-phase2'")
    assert {f"id={code}" for code in awards["cluster_id"]} <= {part.split("&")[-1] for part in linked(app)}
    assert html(app).count("Laureate in 2021 · €100,000") == len(awards) == 15


def test_a_round_of_services_has_no_average():
    app = opened("funding", lang="en", id="fr-ptce-ami-2021-phase1")
    assert "envelope / laureates" not in html(app)


def test_partners_stand_by_country_with_their_number():
    app = opened("funding", lang="fr", id="interreg-atlantic-social-lab")
    assert "9 partenaires nommés, dans 5 pays\u202f; 9 montants publiés" in said(app)
    text = html(app)
    assert "<b>Royaume-Uni</b> · 2" in text and "<b>Irlande</b> · 1" in text
    assert "Hors des totaux" in said(app)
    assert "Lauréats annoncés" not in text


def test_another_currency_is_not_converted_and_parts_are_listed():
    app = opened("funding", lang="en", id="gb-life-chances-fund")
    assert "£80,000,000 (Budget envelope)" in html(app)
    assert "Not in sums: another currency, not converted." in said(app)
    assert "Its money holds" in said(app)
    assert "£28,000,000" in said(app) and "£48,000,000" in said(app)
    assert 'href="https://www.gov.uk' in html(app)


def test_a_part_names_the_budget_that_holds_it():
    app = opened("funding", lang="en", id="gb-life-chances-fund-round2")
    assert "Its money is part of" in said(app)
    assert any("id=gb-life-chances-fund" in query for query in linked(app))


def test_a_law_has_no_budget_and_no_laureates():
    app = opened("funding", lang="en", id="fr-loi-ess-2014")
    facts = html(app).split('<dl class="facts">')[1].split("</dl>")[0]
    assert "<dt>Theme</dt>" in facts
    assert not any(f"<dt>{name}</dt>" in facts for name in ("Budget", "Applications", "Laureates"))


@pytest.mark.parametrize(
    ("host", "is_official"),
    [
        ("ec.europa.eu", True), ("www.legifrance.gouv.fr", True), ("www.gov.uk", True), ("mites.gob.es", True),
        ("europa.formez.it", False), ("eupublicdata.pages.dev", False), ("gouv.fr.example.org", False),
    ],
)  # fmt: skip
def test_official_pages_are_those_of_hosts_only_authorities_hold(host, is_official):
    assert bool(OFFICIAL.search(host)) == is_official


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Partners by country", "Awards by country and theme", "National money per inhabitant", "Openings around laws and calls"]),
        ("fr", ["Partenaires par pays", "Lauréats par pays et par thème", "Financements nationaux par habitant", "Créations autour des lois et des appels"]),
    ],
)  # fmt: skip
def test_the_funding_page_shows_who_works_with_whom_and_what_came_first(language, titles):
    captions = ""
    for part in ("money", "ties"):
        app = opened("funding", lang=language, country="FR", part=part)
        assert not app.exception
        captions += said(app)
    assert all(f"**{title}**" in captions for title in titles)
