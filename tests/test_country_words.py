"""The five sentences, in both languages, and the cases that could make one of them untrue."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas import store
from atlas.country_words import country_words
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world

SMALL = small_world()
RATE = {"unit": "percent", "qualifier": "exact", "source_ids": ["s3"]}
FIGURES = [
    {"geo": "FR", "indicator": "population", "unit": "persons", "year": 2024, "value": 2e6, "source_ids": ["s3"]},
    RATE | {"geo": "FR", "indicator": "unemployment_rate", "year": 2023, "value": 7.3},
    RATE | {"geo": "EU27", "indicator": "unemployment_rate", "year": 2023, "value": 6.1},
    RATE | {"geo": "EU27", "indicator": "unemployment_rate", "year": 2024, "value": 5.9},
    RATE | {"geo": "FR", "indicator": "arope_rate", "year": 2022, "value": 21.0},
    {"geo": "FR", "indicator": "gdp_per_capita_pps", "unit": "PPS per inhabitant", "year": 2023, "value": 37_838.0},
]


def world(*figures: dict) -> Tables:
    like = SMALL.indicators.iloc[0].to_dict()
    more = pd.DataFrame([like | figure for figure in figures])
    return replace(SMALL, indicators=pd.concat([SMALL.indicators, more], ignore_index=True))


def said(tables: Tables, item: str, language: str = "en", **chosen: object) -> list[str]:
    view = View.of(tables, Selection(language=language, **chosen))
    texts = [sentence.text for sentence in country_words(tables, item, view)]
    return [text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") for text in texts]


def test_five_sentences_in_english():
    assert said(world(*FIGURES), "FR") == [
        "France: 3 clusters known to this observatory (wide list), that is 1.5 per million inhabitants (population of "
        "2024); most frequent kinds: PTCE (2), Shared site (1).",
        "On jobs, 2 of the 3 clusters publish those on their sites, at least about 190 jobs together (2020–2021); the "
        "silence of the others does not mean zero.",
        "The social economy holds 2,500,000 paid jobs, 10.1% of all paid jobs (2021, Commission study).",
        "On laws and money, this observatory knows 1 law and 2 calls for projects; the latest law or strategy is “Law” "
        "(2014).",
        "Around the clusters, the unemployment rate is 7.3% in 2023 (EU27: 6.1%), GDP per inhabitant 37,838 PPS in 2023, "
        "and the share of people at risk of poverty or social exclusion 21% in 2022.",
    ]


def test_five_sentences_in_french():
    assert said(world(*FIGURES), "FR", "fr") == [
        "France : 3 pôles recensés par cet observatoire (liste large), soit 1,5 par million d’habitants (population de "
        "2024) ; types les plus fréquents : PTCE (2), Site partagé (1).",
        "Sur les emplois, 2 des 3 pôles publient ceux de leur site, soit au moins environ 190 emplois réunis "
        "(2020–2021) ; le silence des autres ne veut pas dire zéro.",
        "L’économie sociale y compte 2 500 000 emplois salariés, soit 10,1 % de l’emploi salarié (2021, étude de la "
        "Commission).",
        "Côté lois et financements, cet observatoire connaît 1 loi et 2 appels à projets ; le texte le plus récent est "
        "« Loi » (2014).",
        "Autour des pôles, le taux de chômage est de 7,3 % en 2023 (UE27 : 6,1 %), le PIB par habitant de 37 838 SPA en "
        "2023, et la part des personnes menacées de pauvreté ou d’exclusion sociale de 21 % en 2022.",
    ]


def test_planned_jobs_are_no_jobs_and_what_is_not_published_is_said():
    sentences = said(SMALL, "ES")
    assert (
        sentences[0] == "Spain: 1 cluster known to this observatory (wide list); by kind: Social innovation park (1)."
    )
    assert sentences[1].startswith("On jobs, this cluster does not publish")
    assert sentences[2].endswith("its share of employment is not published.")
    assert sentences[3].startswith("No law, strategy, call or fund")
    assert sentences[4] == "Unemployment, income and poverty are not published in the sources of this observatory."


def test_a_group_is_never_averaged():
    sentences = said(world(*FIGURES), "eu14")
    assert sentences[0].startswith("EU14 (members before 2004): 4 clusters known to this observatory (wide list); most")
    assert sentences[2] == "No study gives the social economy of this group as such, and no average is made here."
    assert sentences[4].endswith("not published for this group as such; no average is made here.")


def test_two_studies_are_told_apart_and_disagreeing_sources_both_written():
    share = {
        "geo": "IT",
        "indicator": "social_economy_share_of_employment",
        "unit": "percent",
        "year": 2015,
        "value": 8.8,
    }
    jobs = {
        "geo": "IT",
        "indicator": "social_economy_paid_employment",
        "unit": "persons",
        "year": 2021,
        "value": 1_534_828,
    }
    sentence = said(world(share, jobs, jobs | {"value": 1.5e6, "qualifier": "at_least"}), "IT")[2]
    assert sentence == (
        "The social economy holds 1,534,828 (another source: at least 1,500,000) paid jobs (2021, Commission study); another "
        "study, by another method, gives it 8.8% of all paid jobs (2014–15, CIRIEC study)."
    )


def test_only_the_list_counted_by_applies():
    chosen = {"kinds": ("hub",), "themes": ("digital",), "time": (1990, 1991), "countries": ("ES",)}
    assert said(SMALL, "FR", **chosen) == said(SMALL, "FR")
    assert said(SMALL, "FR", definition="ptce")[0].startswith("France: 2 clusters known to this observatory (PTCE)")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_of_the_real_world_is_whole_and_has_its_sources(language):
    tables = store.tables()
    known = set(tables.sources["source_id"])
    view = View.of(tables, Selection(language=language))
    for item in [*tables.codes.codes("countries")[::6], *tables.codes.codes("country_groups")[::3], "EU28"]:
        sentences = country_words(tables, item, view)
        assert len(sentences) == 5
        for sentence in sentences:
            assert sentence.text.endswith(".")
            assert "{" not in sentence.text and "nan" not in sentence.text.lower().split(), sentence.text
            assert set(sentence.source_ids) <= known
            assert sentence.source_ids or not any(
                letter.isdigit() for letter in sentence.text.replace(view.country(item), "")
            )
