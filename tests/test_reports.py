"""Reports as the ETL writes them, read again: nothing personal in them, ages counted today, sentences in the language."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from atlas import build_words, reports, source_states, store
from atlas.reports import SourceState
from atlas.selection import Selection
from atlas.view import View
from etl import reports as written
from etl.build import Built
from etl.check import totals
from etl.faults import BadCell, Fault
from etl.inbox import moments, values
from etl.inbox.amounts import currency_of
from etl.inbox.decode import decode
from etl.inbox.mapping import Dates
from etl.inbox.report import Count, Refusal, Report
from etl.sources import declared
from etl.status import statuses

TODAY = date(2026, 11, 26)
MAIL = Fault(
    "x.csv", 2, "nom", "Jean <jean.dupont@example.org>", "holds an e-mail address, which is personal", "Leave it out"
)
EMPTY = Fault("x.csv", 3, "nom", "", "is empty", "Write it")
IMPORT = Report(
    "hubs",
    (Count("clusters", 4, 2, 0, 0, 2),),
    (Refusal("clusters", MAIL, True), Refusal("clusters", EMPTY, True)),
    ("Columns about persons, left out: mail.",),
    (),
)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The folder of the reports, beside tables that are read from a folder of their own."""
    monkeypatch.setenv("TABLES_URL", str(tmp_path / "tables"))
    return tmp_path / "reports"


def built() -> Built:
    ledger = pd.DataFrame(
        [("clusters", 5, 4, 1, 0)], columns=["table", "rows_in", "rows_out", "rows_merged", "rows_rejected"]
    )
    findings = pd.DataFrame([("warning", "clusters", "fr-a", "latitude", None, "12 km outside FR")], columns=["severity", "table", "row", "column", "value", "rule"])  # fmt: skip
    pairs = pd.DataFrame([("clusters", 91.5, "a", "b", "A", "B")], columns=["table", "score", "id_a", "id_b", "name_a", "name_b"])  # fmt: skip
    return Built({}, ledger, findings, pairs, [IMPORT])


def view(language: str = "en") -> View:
    return View.of(store.tables(store.FOLDER), Selection(language=language))


def test_without_reports_there_is_none(beside):
    assert (reports.status(), reports.quality(), reports.watch(), reports.left_out("hubs")) == (None, None, None, None)


def test_what_a_build_reports_is_read_whole(beside):
    written.write_quality(built(), "2026.11.26", {"points.csv": 3}, beside)
    found = reports.quality()
    assert (found.version, found.waiting, found.ledger[0].rows_merged) == ("2026.11.26", {"points.csv": 3}, 1)
    assert (found.findings[0].rule, found.suggestions[0].score) == ("12 km outside FR", 91.5)
    [one] = found.imports
    assert (one.name, one.is_ready, one.counts[0].left_out, len(one.reasons)) == ("hubs", True, 2, 2)
    assert one.sentences == ("Columns about persons, left out: mail.",)


def test_no_address_of_a_person_leaves_a_report(beside):
    written.write_quality(built(), "2026.11.26", {}, beside)
    assert b"jean.dupont" not in (beside / "imports" / "hubs.csv").read_bytes()
    assert "jean.dupont" not in reports.quality().model_dump_json()
    assert b"jean.dupont" not in reports.left_out("hubs") and b"[e-mail]" in reports.left_out("hubs")


def test_only_imports_that_a_report_knows_can_be_asked_for(beside):
    written.write_quality(built(), "2026.11.26", {}, beside)
    (beside / "imports" / "other.csv").write_text("secret")
    assert [reports.left_out(name) for name in ("other", "../quality", "hubs.csv", "")] == [None] * 4


def test_a_report_that_is_none_is_no_report(beside):
    beside.mkdir()
    for name, content in (("status.json", "{"), ("quality.json", "[]"), ("watch.json", '{"datasets": [{"id": 1}]}')):
        (beside / name).write_text(content)
    assert (reports.status(), reports.quality(), reports.watch()) == (None, None, None)


def test_the_status_of_every_declared_source_is_read(beside, tmp_path):
    sources = declared()
    written.write_status(statuses(sources, tmp_path, TODAY), sources, "2026.11.26", beside)
    found = reports.status().sources
    assert [one.source_id for one in found] == [source.source_id for source in sources]
    assert {source_states.state(one, TODAY) for one in found} == {"by_hand", "absent"}


def test_every_source_that_may_be_fetched_says_what_it_would_bring():
    asked = {source.source_id for source in declared() if source.every_days is not None}
    assert len(asked) > 4
    assert asked <= set(source_states.BRINGS)


@pytest.mark.parametrize(
    ("given", "state", "age"),
    [
        ({}, "by_hand", ""),
        ({"files": 1, "fetched_on": "2026-11-25"}, "pinned", "1 day ago"),
        ({"every_days": 7}, "absent", ""),
        ({"every_days": 7, "files": 1, "fetched_on": "2026-11-19", "checked_on": "2026-11-26"}, "good", "today"),
        ({"every_days": 7, "files": 1, "fetched_on": "2026-11-18"}, "late", "8 days ago"),
        ({"every_days": 7, "files": 1, "fetched_on": "2026-11-18", "next_due": "2026-11-26"}, "good", "8 days ago"),
        ({"every_days": 7, "files": 1, "fetched_on": "2026-12-18"}, "good", "a day to come: look at the clock"),
        ({"every_days": 7, "files": 1, "fetched_on": "long ago"}, "late", ""),
    ],
)
def test_ages_are_counted_today(given, state, age):
    source = SourceState(source_id="s", title="S", **given)
    assert source_states.state(source, TODAY) == state
    assert source_states.age_told(source, TODAY, view()) == age


def test_the_sources_in_sentences():
    late = SourceState(
        source_id="a", title="A", every_days=7, files=1, fetched_on="2026-09-23", failures=2, why="No answer."
    )
    absent = SourceState(source_id="b", title="B", every_days=7)
    assert source_states.summary((late, absent), TODAY, view()) == [
        "1 of 2 sources are here; not fetched: 1.",
        "1 source is late.",
        "1 source failed at its last try.",
        "The oldest copy in use was last checked 64 days ago.",
    ]
    assert source_states.failed(late, view("fr")) == "Les 2 dernières tentatives ont échoué."


def refused(read, cell: str) -> str:
    """What a reader of the ETL says of a cell."""
    with pytest.raises(BadCell) as caught:
        read(cell)
    return caught.value.problem


@pytest.mark.parametrize(
    ("read", "cell", "told"),
    [
        (values.text, "a@b.org", "contient une adresse électronique, donnée personnelle"),
        (values.refuse_broken, "\ufffd", "a des lettres détruites"),
        (values.refuse_broken, "#REF!", "est une erreur de tableur"),
        (values.number, "x", "n’est pas un nombre"),
        (values.number, "1,234", "peut être des milliers ou des décimales"),
        (lambda cell: values.integer(values.number, cell), "1.5", "n’est pas un nombre entier"),
        (lambda cell: values.digits(cell, 5), "x", "n’est pas un code de 5 chiffres"),
        (lambda cell: values.percentage(cell, is_percent=False), "5 %", "est un pourcentage"),
        (lambda cell: moments.moment(cell, Dates()), "2020-02-30", "n’est pas une date du calendrier"),
        (currency_of, "kr", "peut être dans l’une de ces monnaies\xa0: SEK, DKK, NOK, ISK"),
        (currency_of, "pommes", "est suivi de «\xa0pommes\xa0», qui n’est pas une monnaie connue"),
        (lambda cell: moments.moment(cell, Dates()), "3 brumaire 2020", "contient un mot qui n’est pas un mois connu"),
    ],
)
def test_what_the_etl_says_of_a_cell_is_told_in_the_language(read, cell, told):
    assert build_words.problem(f"nom: {refused(read, cell)}", view("fr")) == f"nom\xa0: {told}"


MIXED = "é\n".encode() * 3 + "é\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (MIXED, "Les lignes ne sont pas toutes dans le même encodage\xa0: utf-8 (3), cp1252 (1)."),
        ("a\nb\ufffd\n".encode(), "Des lettres étaient détruites (\ufffd) avant que le fichier nous parvienne\xa0: ligne 2."),
        ("\ufffd\n".encode() * 12, "Des lettres étaient détruites (\ufffd) avant que le fichier nous parvienne\xa0: 12 lignes (1, 2, 3, …)."),
    ],
    ids=["mixed encodings", "one line", "many lines"],
)  # fmt: skip
def test_what_is_to_be_known_of_a_file_is_told_in_the_language(content, told):
    [note] = decode(Path("x.csv"), content, ("utf-8", "cp1252"))[1]
    assert build_words.note(note, view("fr")) == told


def test_columns_that_are_not_taken_are_told_in_the_language():
    said = "Columns about persons, left out: E-mail, Téléphone."
    assert build_words.note(said, view("fr")) == "Colonnes sur des personnes, écartées\xa0: E-mail, Téléphone."


@pytest.mark.parametrize(
    ("published", "members", "told"),
    [
        ({"FR": 1.0, "ES": 2.0}, ["FR", "ES", "IT"], "UE27\xa0: la somme de 2 pays seulement, sans Italie"),
        ({"FR": 1.0, "ES": 2.0, "MT": 7.0}, ["FR", "ES", "MT"], "UE27\xa0: la somme de 2 pays, sans Malte\u202f; les 3 valeurs publiées donnent 10"),
    ],
)  # fmt: skip
def test_what_the_checks_say_is_told_in_the_language(published, members, told):
    severity, rule = totals.discrepancy(3.0, pd.Series(published), members)
    assert severity == "warning"
    assert build_words.check(f"EU27: {rule}", view("fr")) == told


def test_what_is_not_known_stays_as_it_is():
    assert build_words.check("something new", view("fr")) == "something new"
    assert build_words.problem("a: b: something new", view("fr")) == "a: b\xa0: something new"
    assert build_words.check("no row uses these codes", view("fr")) == "aucune ligne n’utilise ces codes"


def test_what_the_watch_found_is_read(beside):
    row = {
        "portal": "p",
        "id": "d",
        "title": None,
        "terms": ["PTCE"],
        "stands_in": ["title"],
        "is_new": True,
        "is_changed": False,
    }
    written.write_watch(pd.DataFrame([row]), beside, ["p has not answered yet."])
    found = reports.watch()
    assert (found.remarks, found.datasets[0].terms, found.datasets[0].title) == (
        ("p has not answered yet.",),
        ("PTCE",),
        None,
    )
    assert json.loads((beside / "watch.json").read_text())["datasets"][0]["is_new"] is found.datasets[0].is_new
