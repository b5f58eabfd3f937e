"""Lead organisations looked for in the register of legal units, and those that a human has said yes to."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from etl.build import build
from etl.download import NotFetched
from etl.faults import BadInput
from etl.review import ORGANISATIONS
from etl.sources import business_register
from etl.sources.business_register import fetch, proposals, read
from etl.sources.business_register_answer import BANDS, legal_form
from etl.sources.business_register_match import CLOSED, ELSEWHERE, ONE_OF_MANY, SEVERAL
from etl.sources.business_register_question import FOLDER, questions
from tests.etl.conftest import ROOT
from tests.etl.publisher import Said, quiet

PATH = "/search"
LYON = {"libelle_commune": "LYON 7", "departement": "69", "region": "84", "latitude": "45.74", "longitude": "4.84"}
NANTES = {"libelle_commune": "NANTES", "departement": "44", "region": "52", "latitude": "47.21", "longitude": "-1.55"}


def unit(
    name: str = "GRAP", siren: str = "752483000", *, seat: dict = LYON, ess: bool | None = True, **changes
) -> dict:
    """One result in the documented shape."""
    return {
        "siren": siren,
        "nom_complet": f"{name} (GROUPEMENT)",
        "nom_raison_sociale": name,
        "sigle": None,
        "nombre_etablissements": 3,
        "nombre_etablissements_ouverts": 1,
        "siege": {"siret": f"{siren}00018", "code_postal": "69007", **seat},
        "date_creation": "2012-06-01",
        "etat_administratif": "A",
        "nature_juridique": "5499",
        "tranche_effectif_salarie": "22",
        "annee_tranche_effectif_salarie": "2023",
        "statut_diffusion": "O",
        "complements": {"est_ess": ess, "est_entrepreneur_individuel": False, "collectivite_territoriale": None},
    } | changes


def said(*found: dict, **how) -> Said:
    whole = {"results": list(found), "total_results": len(found), "page": 1, "per_page": 25, "total_pages": 1}
    return Said(json.dumps(whole).encode(), **how)


GRAP = said(unit())
SOLE_TRADER = unit(
    "DUPONT JEANNE", "111111111", nom_raison_sociale=None, nom_complet="JEANNE DUPONT (GRAP)", nature_juridique="1000"
)


def clusters(*rows: dict) -> pd.DataFrame:
    blank = {
        "name": "A cluster",
        "country": "FR",
        "lead_organisation": "SCIC Grap",
        "place": "Lyon",
        "region": "Auvergne-Rhône-Alpes",
    }
    point = {"latitude": 45.75, "longitude": 4.85}
    return pd.DataFrame([{"cluster_id": f"c{at}"} | blank | point | row for at, row in enumerate(rows or [{}])])  # fmt: skip


@pytest.fixture
def publisher(publisher, monkeypatch):
    monkeypatch.setattr(business_register, "ADDRESS", publisher.address + PATH)
    monkeypatch.setattr(business_register, "PAUSE", 0)
    return publisher


def found(publisher, http, raw: Path, rows: pd.DataFrame, *answers: Said) -> pd.DataFrame:
    publisher.says(PATH, *answers)
    fetch(raw, http, quiet, rows)
    return proposals(raw, rows)


def accept(proposed: pd.DataFrame, folder: Path, *sirens: str) -> Path:
    """Say yes to these in the review file; returns its folder."""
    ORGANISATIONS.write(proposed, folder)
    path = folder / ORGANISATIONS.file
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.assign(decision=rows["siren"].isin(sirens).map({True: "yes", False: "no"})).to_csv(path, index=False)
    return folder


@pytest.fixture
def accepted(publisher, http, tmp_path):
    """A function that takes one result through question, proposal and yes, and returns what is read."""

    def take(result: dict) -> dict[str, pd.DataFrame]:
        proposed = found(publisher, http, tmp_path / "raw", clusters(), said(result))
        return read(tmp_path / "raw", accept(proposed, tmp_path / "review", result["siren"]))

    return take


def test_only_the_named_lead_of_a_french_cluster_is_asked_about():
    rows = clusters({}, {"country": "ES"}, {"lead_organisation": None})
    assert [one.cluster_id for one in questions(rows)] == ["c0"]


def test_a_question_asks_for_legal_persons_in_the_region_and_not_for_those_who_run_them(publisher, http, tmp_path):
    found(publisher, http, tmp_path, clusters({}, {"region": "La Réunion"}, {"region": None}), GRAP)
    shape = {
        "minimal": "true",
        "include": "siege,complements",
        "page": "1",
        "per_page": "25",
        "est_entrepreneur_individuel": "false",
    }
    assert publisher.questions == [
        {"q": "Grap", "region": "84"} | shape,
        {"q": "Grap", "region": "04"} | shape,
        {"q": "Grap"} | shape,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        ("Association La Ruche", "La Ruche"),
        ("SCIC Clus’Ter Jura (initiée par la Scop Juratri)", "Clus'Ter Jura"),
        ("Culture & Coopération (SCIC)", "Culture & Coopération"),
        ("SCIC SA Station A", "Station A"),
        ("Oxalis SCOP", "Oxalis"),
        ("Union régionale des Scop Occitanie", "Union régionale des Scop Occitanie"),
        ("Aurore; Plateau Urbain; Yes We Camp", "Aurore"),
        ("VALO’ / association VALO’LAB", "VALO'"),
        ("Anima (Ateliers de la citoyenneté", "Anima"),
    ],
)
def test_what_is_looked_for_is_the_first_name_without_asides_and_legal_words(lead, text):
    assert [one.text for one in questions(clusters({"lead_organisation": lead}))] == [text]


@pytest.mark.parametrize("lead", ["752483000", "752 483 000", "75248300000018", "Association", "SA EI", "(SCIC)"])
def test_a_number_that_would_void_the_filters_or_hardly_a_name_is_not_asked(lead):
    assert questions(clusters({"lead_organisation": lead})) == []


def test_one_question_serves_all_clusters_that_ask_it_and_is_not_asked_again(publisher, http, tmp_path):
    rows = clusters({}, {"lead_organisation": "Grap (SCIC)"}, {"lead_organisation": "Nobody"})
    told = found(publisher, http, tmp_path, rows, GRAP, said())
    assert told["cluster_id"].tolist() == ["c0", "c1"]
    assert fetch(tmp_path, http, quiet, rows) == []
    assert len(publisher.asked) == 2


def test_an_old_answer_is_asked_for_again(publisher, http, tmp_path):
    found(publisher, http, tmp_path, clusters(), GRAP)
    (lock,) = tmp_path.rglob("*.lock")
    lock.write_text(json.dumps(json.loads(lock.read_text()) | {"fetched_on": "2020-01-01", "checked_on": "2020-01-01"}))
    assert len(fetch(tmp_path, http, quiet, clusters().head(0))) == 1
    assert publisher.questions[0] == publisher.questions[1]


def test_a_proposal_says_all_that_a_human_needs(publisher, http, tmp_path):
    told = found(publisher, http, tmp_path, clusters(), GRAP)
    assert told.to_dict("records") == [
        {"cluster_id": "c0", "cluster": "A cluster", "lead_organisation": "SCIC Grap", "place": "Lyon", "region": "Auvergne-Rhône-Alpes"}
        | {"siren": "752483000", "found": "GRAP (GROUPEMENT)", "legal_form": "Société à responsabilité limitée (sans autre indication)"}
        | {"commune": "LYON 7", "department": "69", "score": 1.0, "doubt": ""}
    ]  # fmt: skip


def test_near_ones_come_first_then_the_most_alike_and_what_is_hardly_alike_is_left_out(publisher, http, tmp_path):
    answer = said(
        unit("GRAP", "1" * 9, seat=NANTES),
        unit("GRAPPE", "2" * 9),
        unit("COMPAGNIE GENERALE", "3" * 9),
        unit("SCIC GRAP", "4" * 9, etat_administratif="C"),
        unit("GROUPEMENT REGIONAL ALIMENTAIRE DE PROXIMITE", "5" * 9, sigle="GRAP", nom_complet="GROUPEMENT REGIONAL"),
    )
    told = found(publisher, http, tmp_path, clusters(), answer)
    assert told[["siren", "score", "doubt"]].to_numpy().tolist() == [
        ["5" * 9, 1.0, SEVERAL],
        ["4" * 9, 1.0, f"{SEVERAL}; {CLOSED}"],
        ["2" * 9, 0.8, SEVERAL],
        ["1" * 9, 1.0, f"{ELSEWHERE}; {SEVERAL}"],
    ]


@pytest.mark.parametrize(
    ("row", "seat", "doubt"),
    [
        ({}, LYON, ""),
        ({"place": "Villeurbanne"}, LYON, ""),
        ({}, NANTES, ELSEWHERE),
        ({"latitude": None, "longitude": None}, LYON | {"latitude": None}, ""),
        ({"latitude": None, "longitude": None}, NANTES, ELSEWHERE),
        ({"place": None, "region": None, "latitude": None, "longitude": None}, NANTES, ""),
        ({"lead_organisation": "Grap; Oxalis"}, LYON, ONE_OF_MANY),
    ],
)
def test_a_seat_away_from_the_cluster_is_a_doubt_and_one_nobody_knows_is_none(
    publisher, http, tmp_path, row, seat, doubt
):
    assert found(publisher, http, tmp_path, clusters(row), said(unit(seat=seat)))["doubt"].tolist() == [doubt]


def test_natural_persons_are_neither_proposed_nor_read(publisher, http, tmp_path):
    nameless = unit("GRAP", "222222222", nature_juridique=None)
    flagged = unit("GRAP", "333333333")
    flagged["complements"]["est_entrepreneur_individuel"] = True
    shared = unit("GRAP", "444444444", nature_juridique="2110")
    proposed = found(publisher, http, tmp_path, clusters(), said(SOLE_TRADER, nameless, flagged, shared, unit()))
    assert proposed["siren"].tolist() == ["752483000"]
    forced = proposed.assign(siren="111111111")
    assert read(tmp_path, accept(forced, tmp_path / "review", "111111111"))["organisations"].empty


def test_nothing_is_read_before_a_human_has_said_yes(publisher, http, tmp_path):
    proposed = found(publisher, http, tmp_path, clusters(), GRAP)
    for folder in (tmp_path / "no-file", accept(proposed, tmp_path / "review")):
        assert all(rows.empty for rows in read(tmp_path, folder).values())
    yes = accept(proposed, tmp_path / "yes", "752483000")
    assert all(rows.empty for rows in read(tmp_path / "nothing-fetched", yes).values())


def test_what_was_said_yes_to_is_read_as_the_register_has_it(accepted, tmp_path):
    tables = accepted(unit())
    (lock,) = (tmp_path / "raw").rglob("*.lock")
    assert tables["organisations"].to_dict("records") == [
        {"cluster_id": "c0", "siren": "752483000", "name": "GRAP"}
        | {"legal_form": "Société à responsabilité limitée (sans autre indication)", "headcount_min": 100, "headcount_max": 199}
        | {"headcount_year": 2023, "social_economy": "yes", "created": "2012-06-01", "register_status": "active"}
        | {"source_ids": ["recherche-entreprises-752483000"]}
    ]  # fmt: skip
    assert tables["sources"].to_dict("records") == [
        {"source_id": "recherche-entreprises-752483000", "title": "Annuaire des Entreprises, GRAP (752483000)"}
        | {"publisher": business_register.SOURCE.publisher, "url": "https://annuaire-entreprises.data.gouv.fr/entreprise/752483000"}
        | {"published": json.loads(lock.read_text())["fetched_on"], "quote": "GRAP (GROUPEMENT)", "language": "fr"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"nature_juridique": "9220"}, "legal_form", "Association déclarée"),
        ({"nature_juridique": "5720"}, "legal_form", "catégorie juridique 5720"),
        ({"tranche_effectif_salarie": "00"}, "headcount_min", 0),
        ({"tranche_effectif_salarie": "00"}, "headcount_max", 0),
        ({"tranche_effectif_salarie": "NN"}, "headcount_min", None),
        ({"tranche_effectif_salarie": "NN"}, "headcount_year", None),
        ({"tranche_effectif_salarie": None}, "headcount_max", None),
        ({"tranche_effectif_salarie": "53"}, "headcount_min", 10_000),
        ({"tranche_effectif_salarie": "53"}, "headcount_max", None),
        ({"annee_tranche_effectif_salarie": None}, "headcount_year", None),
        ({"ess": False}, "social_economy", "no"),
        ({"ess": None}, "social_economy", None),
        ({"date_creation": None}, "created", None),
        ({"date_creation": "1900-01-01"}, "created", None),
        ({"etat_administratif": "C"}, "register_status", "closed"),
    ],
)
def test_what_the_register_does_not_know_stays_unknown(accepted, changes, column, value):
    (read_value,) = accepted(unit(**changes))["organisations"].astype("object")[column]
    assert (None if pd.isna(read_value) else read_value) == value


def test_the_bands_of_headcount_leave_no_gap():
    bands = [band for band in BANDS.values() if band[0] is not None]
    assert bands[0] == (0, 0)
    assert bands[-1] == (10_000, None)
    assert [most + 1 for _, most in bands[:-1]] == [least for least, _ in bands[1:]]


def test_the_newest_answer_of_several_that_know_an_organisation_is_read(publisher, http, tmp_path):
    rows = clusters({}, {"region": None})
    proposed = found(publisher, http, tmp_path, rows, GRAP, said(unit(tranche_effectif_salarie="12")))
    older = tmp_path / questions(rows)[0].path
    lock = older.with_name(older.name + ".lock")
    lock.write_text(json.dumps(json.loads(lock.read_text()) | {"fetched_on": "2020-01-01"}))
    tables = read(tmp_path, accept(proposed, tmp_path / "review", "752483000"))
    assert tables["organisations"]["headcount_min"].tolist() == [20, 20]
    assert len(tables["sources"]) == 1


BARE = {name: value for name, value in unit().items() if name != "nature_juridique"}
FAILURES = [
    (Said(b'{"erreur": "Veuillez indiquer au moins un parametre de recherche."}'), "refuses the question: Veuillez"),
    (Said(b'{"erreur": "Veuillez indiquer"}', 400), "answers 400"),
    (said(BARE), "nature_juridique no longer there"),
    (said(unit(complements={})), "est_ess no longer there"),
    (said(unit(siege={"commune": "69387"})), "libelle_commune, departement, latitude, longitude no longer there"),
    (said(unit(siege=None)), "is not written as it was"),
    (said(unit(tranche_effectif_salarie="60")), "the code '60' is not known"),
    (said(unit(etat_administratif="F")), "the code 'F' is not known"),
    (said(unit(siren="75248300")), "is not a SIREN"),
    (said(unit(siren=752483000)), "is not written as it was"),
    (said(unit(date_creation="01/06/2012")), "is not written as it was"),
    (said(unit(seat=LYON | {"latitude": "45,74"})), "is not written as it was"),
    (Said(b'{"resultats": []}'), "“results” is no longer there"),
    (Said(b"[]"), "“results” is no longer there"),
    (Said(GRAP.body[:-20]), "cut short"),
    (Said(b"<!doctype html><title>Maintenance</title>"), "a web page came"),
    (Said(GRAP.body, headers={"Content-Type": "text/html"}), "a web page came"),
    (Said(b""), "empty"),
    (Said(status=404), "no longer there"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (Said(status=500), "answers 500"),
    (GRAP._replace(sent=10), "does not answer"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), FAILURES, ids=[told for _, told in FAILURES])
def test_a_failure_is_told_in_a_sentence_and_nothing_is_proposed_from_it(publisher, http, tmp_path, answer, told):
    publisher.says(PATH, answer)
    with pytest.raises(NotFetched) as failure:
        fetch(tmp_path, http, quiet, clusters())
    assert told in str(failure.value)
    assert str(failure.value).endswith(".")
    assert len(str(failure.value).splitlines()) == 1
    assert proposals(tmp_path, clusters()).empty


@pytest.mark.parametrize(
    "trouble", [Said(status=429, headers={"Retry-After": "0"}), Said(status=500), GRAP._replace(sent=10)]
)
def test_trouble_that_passes_is_waited_out(publisher, http, tmp_path, trouble):
    assert len(found(publisher, http, tmp_path, clusters(), trouble, GRAP)) == 1


def test_a_register_that_has_moved_is_followed(publisher, http, tmp_path):
    publisher.says("/new", GRAP)
    assert len(found(publisher, http, tmp_path, clusters(), Said(status=301, headers={"Location": "/new"}))) == 1


def test_a_refused_question_does_not_stop_the_others_and_a_silent_register_is_left_alone(publisher, http, tmp_path):
    rows = clusters(
        {"lead_organisation": "Refused"}, {}, {"lead_organisation": "Oxalis"}, {"lead_organisation": "Cocagne"}
    )
    publisher.says(PATH, Said(status=400), GRAP, Said(status=503))
    with pytest.raises(NotFetched) as failure:
        fetch(tmp_path, http, quiet, rows)
    assert len(str(failure.value).splitlines()) == 2
    assert "Cocagne" not in [one["q"] for one in publisher.questions]
    assert proposals(tmp_path, rows)["cluster_id"].tolist() == ["c1"]


def test_an_answer_altered_by_hand_is_refused_until_it_is_fetched_again(publisher, http, tmp_path):
    review = accept(found(publisher, http, tmp_path, clusters(), GRAP), tmp_path / "review", "752483000")
    path = tmp_path / questions(clusters())[0].path
    path.write_bytes(path.read_bytes().replace(b'"22"', b'"53"'))
    for use in (lambda: proposals(tmp_path, clusters()), lambda: read(tmp_path, review)):
        with pytest.raises(BadInput, match=r"is not the file that was downloaded.*Fetch it again"):
            use()
    fetch(tmp_path, http, quiet, clusters())
    assert read(tmp_path, review)["organisations"]["headcount_min"].tolist() == [100]


def test_the_words_of_the_legal_forms_are_clean():
    assert legal_form("5458") == "SARL coopérative de production (SCOP)"
    assert all(label == " ".join(label.split()) for label in map(legal_form, ("7344", "5415", "9223", "5599")))


def test_a_build_holds_the_accepted_organisation_of_its_cluster_with_its_source(publisher, http, tmp_path, rows, write):
    named = [row | {"lead_organisation": "Grap"} for row in rows["ptce/clusters.csv"]]
    folders = write({"ptce/clusters.csv": named})
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "world-atlas", raw / "world-atlas")
    folders = replace(folders, raw=raw, inbox=tmp_path / "inbox", review=tmp_path / "review")
    proposed = found(publisher, http, raw, build(folders).tables["clusters"], GRAP)
    accept(proposed, folders.review, "752483000")
    built = build(folders)
    assert built.errors.empty
    assert built.tables["organisations"][["cluster_id", "siren", "headcount_max"]].to_numpy().tolist() == [
        ["fr-ptce-a", "752483000", 199]
    ]
    assert "recherche-entreprises-752483000" in set(built.tables["sources"]["source_id"])
    assert [source.source_id for source in built.sources if source.source_id == str(FOLDER)] == [str(FOLDER)]
