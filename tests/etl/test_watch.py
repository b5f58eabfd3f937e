"""The watch on catalogues against portals on this machine: what is new, what has changed, and every way to fail."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from etl import reports
from etl.download import NotFetched
from etl.faults import BadInput
from etl.sources import is_fetched, watch, watch_portals, watch_round
from etl.sources.watch import COLUMNS, SEEN, SOURCE, fetch, news, remarks
from etl.sources.watch_portals import PORTALS, TERMS, Portal
from tests.etl.publisher import Said

GOUV, ODS, OTHER = (
    "/gouv/api/1/datasets/",
    "/ods/api/explore/v2.1/catalog/datasets",
    "/other/api/explore/v2.1/catalog/datasets",
)
TODAY, LAST_WEEK = f"{datetime.now(UTC):%Y-%m-%d}", "2020-01-06"


def udata(*rows: dict, total: int | None = None, **how) -> Said:
    """An answer of data.gouv.fr."""
    page = {
        "data": list(rows),
        "page": 1,
        "page_size": 100,
        "total": len(rows) if total is None else total,
        "next_page": None,
    }
    return Said(json.dumps(page | {"previous_page": None}).encode(), **how)


def dataset(identifier: str = "d1", **more) -> dict:
    return {
        "id": identifier, "title": "Les PTCE en France", "description": "Liste &amp; <b>carte</b>.", "tags": ["ess"], "license": "lov2",
        "organization": {"name": "Ministère"}, "page": f"https://www.data.gouv.fr/datasets/{identifier}/",
        "last_update": "2026-01-02T03:04:05.6+00:00",
    } | more  # fmt: skip


def ods(*rows: dict, total: int | None = None, **how) -> Said:
    """An answer of Opendatasoft Explore v2.1."""
    return Said(
        json.dumps({"total_count": len(rows) if total is None else total, "results": list(rows)}).encode(), **how
    )


def record(identifier: str = "o1", **more) -> dict:
    about = {
        "title": "Tiers-lieux",
        "description": "<p>Les tiers&#8209;lieux.</p>",
        "keyword": ["PTCE"],
        "license": "Licence Ouverte v2.0 (Etalab)",
    }
    about |= {
        "publisher": "Région",
        "modified": "2026-02-01T00:00:00+00:00",
        "data_processed": "2026-03-01T00:00:00+00:00",
    }
    return {"dataset_id": identifier, "dataset_uid": "da_1", "fields": [], "metas": {"default": about | more}}


@pytest.fixture
def publisher(publisher, monkeypatch):
    """Three portals with nothing to find; the last is on a host of its own."""
    at, elsewhere = publisher.address, publisher.address.replace("127.0.0.1", "localhost")
    portals = (Portal("gouv", f"{at}/gouv", "udata"), Portal("ods", f"{at}/ods"), Portal("other", f"{elsewhere}/other"))
    monkeypatch.setattr(watch, "PORTALS", portals)
    monkeypatch.setattr(watch_round, "PAUSE", 0)
    for path, answer in ((GOUV, udata()), (ODS, ods()), (OTHER, ods())):
        publisher.says(path, answer)
    return publisher


def asked(publisher, path: str) -> list[dict[str, str]]:
    """The questions put to one portal, in order."""
    found = [urlsplit(one.path) for one in publisher.asked]
    return [{name: value[0] for name, value in parse_qs(one.query).items()} for one in found if one.path == path]


def a_week_passes(raw: Path) -> None:
    """What was fetched and remembered today becomes what was last week."""
    for path in [raw / SEEN, *(raw / "watch").rglob("*.lock")]:
        path.write_text(path.read_text(encoding="utf-8").replace(TODAY, LAST_WEEK), encoding="utf-8")


def flags(raw: Path) -> list[tuple[str, bool, bool]]:
    """Identifier, new, changed, of every row."""
    return list(news(raw)[["id", "is_new", "is_changed"]].itertuples(index=False, name=None))


def test_each_portal_is_asked_about_every_term_in_its_own_words(publisher, http, tmp_path):
    assert len(fetch(tmp_path, http)) == 3 * len(TERMS)
    assert [one["q"] for one in asked(publisher, GOUV)] == [
        "PTCE",
        '"pôle territorial de coopération"',
        "tiers-lieux",
        '"économie sociale et solidaire"',
    ]
    assert {one["page"] for one in asked(publisher, GOUV)} == {"1"}
    assert [one["where"] for one in asked(publisher, ODS)] == [f'search("{term}")' for term in TERMS]
    assert {(one["limit"], one["offset"]) for one in asked(publisher, OTHER)} == {("100", "0")}


def test_answers_are_kept_exactly_below_the_source(publisher, http, tmp_path):
    answer = udata(dataset())
    publisher.says(GOUV, answer, udata())
    fetch(tmp_path, http)
    assert (tmp_path / "watch" / "gouv" / "ptce-1.json").read_bytes() == answer.body
    assert is_fetched(SOURCE, tmp_path)


def test_nothing_found_and_nothing_fetched_are_no_rows(publisher, http, tmp_path):
    assert (len(news(tmp_path)), list(news(tmp_path)), remarks(tmp_path)) == (0, COLUMNS, [])
    fetch(tmp_path, http)
    assert news(tmp_path).empty


def test_a_dataset_is_told_with_all_that_one_decides_by(publisher, http, tmp_path):
    publisher.says(GOUV, udata(dataset()), udata())
    publisher.says(ODS, ods(record()), ods(), ods(record()), ods())
    fetch(tmp_path, http)
    first, second = news(tmp_path).to_dict("records")
    assert first == {
        "portal": "gouv", "id": "d1", "title": "Les PTCE en France", "publisher": "Ministère", "licence": "lov2",
        "url": "https://www.data.gouv.fr/datasets/d1/", "modified": "2026-01-02", "terms": ["PTCE"], "stands_in": ["title"],
        "first_seen": TODAY, "is_new": True, "is_changed": False,
    }  # fmt: skip
    assert second["url"] == f"{publisher.address}/ods/explore/dataset/o1/"
    assert (second["terms"], second["stands_in"]) == (["PTCE", "tiers-lieux"], ["keywords", "title", "description"])
    assert (second["publisher"], second["licence"], second["modified"]) == (
        "Région",
        "Licence Ouverte v2.0 (Etalab)",
        "2026-02-01",
    )


@pytest.mark.parametrize(
    ("title", "term", "places"),
    [
        ("Pôles territoriaux de coopération économique", "pôle territorial de coopération", ["title"]),
        ("LES TIERS LIEUX", "tiers-lieux", ["title"]),
        ("Un tiers-lieu", "tiers-lieux", ["title"]),
        ("Économie  Sociale\net solidaire", "économie sociale et solidaire", ["title"]),
        ("Horaires (septce)", "PTCE", []),
    ],
)
def test_where_the_words_stand_is_found_whatever_their_form(title, term, places):
    found = watch_portals.of_udata(dataset(title=title, tags=None, description=None), PORTALS[0])
    assert found.stands_in(term) == places


def test_a_person_who_publishes_is_not_named_and_what_is_no_address_is_not_taken(publisher, http, tmp_path):
    person = {"first_name": "Jeanne", "last_name": "Durand"}
    publisher.says(
        GOUV,
        udata(dataset(organization=None, owner=person, page="javascript:alert(1)", license=None, last_update=None)),
        udata(),
    )
    fetch(tmp_path, http)
    only = news(tmp_path).iloc[0]
    assert only[["publisher", "licence", "modified"]].isna().all()
    assert only["url"] == f"{publisher.address}/gouv/datasets/d1/"
    assert "Durand" not in news(tmp_path).to_json()


def test_new_is_what_was_not_there_the_time_before(publisher, http, tmp_path):
    publisher.says(GOUV, udata(dataset("a")), udata())
    fetch(tmp_path, http)
    assert flags(tmp_path) == [("a", True, False)]
    a_week_passes(tmp_path)
    assert flags(tmp_path) == [("a", True, False)]
    for _ in range(2):
        publisher.says(GOUV, udata(dataset("a"), dataset("b")), udata())
        fetch(tmp_path, http)
        assert flags(tmp_path) == [("b", True, False), ("a", False, False)]
    assert news(tmp_path)["first_seen"].tolist() == [TODAY, LAST_WEEK]


def test_a_dataset_that_has_changed_is_told_once(publisher, http, tmp_path):
    publisher.says(GOUV, udata(dataset()), udata())
    fetch(tmp_path, http)
    a_week_passes(tmp_path)
    for _ in range(2):
        publisher.says(GOUV, udata(dataset(last_update="2026-05-05")), udata())
        fetch(tmp_path, http)
        assert flags(tmp_path) == [("d1", False, True)]
    a_week_passes(tmp_path)
    publisher.says(GOUV, udata(dataset(last_update="2026-05-05")), udata())
    (tmp_path / SEEN).write_text((tmp_path / SEEN).read_text().replace(LAST_WEEK, "2019-12-30"))
    fetch(tmp_path, http)
    assert flags(tmp_path) == [("d1", False, False)]


def test_what_went_away_and_comes_back_is_not_new(publisher, http, tmp_path):
    for answer in (udata(dataset()), udata(), udata(dataset())):
        publisher.says(GOUV, answer, udata())
        fetch(tmp_path, http)
        a_week_passes(tmp_path)
    publisher.says(GOUV, udata(dataset()), udata())
    fetch(tmp_path, http)
    assert flags(tmp_path) == [("d1", False, False)]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"gouv": {"d1": 3}}', b"\xff"])
def test_a_memory_that_cannot_be_read_makes_all_new(publisher, http, tmp_path, content):
    publisher.says(GOUV, udata(dataset()), udata())
    fetch(tmp_path, http)
    a_week_passes(tmp_path)
    (tmp_path / SEEN).write_bytes(content)
    publisher.says(GOUV, udata(dataset()), udata())
    fetch(tmp_path, http)
    assert flags(tmp_path) == [("d1", True, False)]
    assert json.loads((tmp_path / SEEN).read_bytes())["gouv"]["d1"]["first_seen"] == TODAY


def test_pages_are_followed_to_the_last_and_older_ones_dropped(publisher, http, tmp_path, monkeypatch):
    monkeypatch.setattr(watch_portals, "PAGE_SIZE", 2)
    many = [record(name) for name in "abcde"]
    publisher.says(ODS, ods(*many[:2], total=5), ods(*many[2:4], total=5), ods(*many[4:], total=5), ods())
    publisher.says(GOUV, udata(dataset("x"), dataset("y"), total=3), udata(dataset("z"), total=3), udata())
    fetch(tmp_path, http)
    assert [one["offset"] for one in asked(publisher, ODS)[:4]] == ["0", "2", "4", "0"]
    assert [one["page"] for one in asked(publisher, GOUV)[:3]] == ["1", "2", "1"]
    assert sorted(news(tmp_path)["id"]) == ["a", "b", "c", "d", "e", "x", "y", "z"]
    publisher.says(ODS, ods(many[0]), ods())
    fetch(tmp_path, http)
    assert sorted(path.name for path in (tmp_path / "watch" / "ods").glob("ptce-*")) == [
        "ptce-1.json",
        "ptce-1.json.lock",
    ]


def test_pages_are_followed_up_to_a_bound_which_is_said(publisher, http, tmp_path, monkeypatch):
    monkeypatch.setattr(watch_portals, "PAGE_SIZE", 1)
    monkeypatch.setattr(watch_portals, "MOST_PAGES", 2)
    publisher.says(ODS, ods(record("a"), total=9), ods(record("b"), total=9), ods())
    fetch(tmp_path, http)
    assert sorted(news(tmp_path)["id"]) == ["a", "b"]
    assert remarks(tmp_path) == ["ods finds 9 datasets for “PTCE”: the first 2 were looked at."]


FAILURES = [
    (Said(b"<!doctype html><p>x"), "a web page came", len(TERMS)),
    (Said(b""), "empty", len(TERMS)),
    (Said(ods(record()).body[:-20]), "cut short", len(TERMS)),
    (ods(record())._replace(sent=20), "does not answer", 3),
    (Said(b'{"total_count": 1, "datasets": []}'), "its shape has changed", len(TERMS)),
    (Said(b'{"total_count": 1, "results": [{"id": "x"}]}'), "its shape has changed", len(TERMS)),
    (Said(b"[]"), "its shape has changed", len(TERMS)),
    (Said(b'{"error_code": "ODSQLError", "message": "Unknown field."}'), "error (Unknown field)", len(TERMS)),
    (ods(total=7), "says that it has 7 datasets and shows none", len(TERMS)),
    (Said(status=400), "answers 400", len(TERMS)),
    (Said(status=404), "no longer there (404)", 1),
    (Said(status=410), "no longer there (410)", 1),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait", 1),
    (Said(status=429), "asks us to wait", 3),
    (Said(status=503), "answers 503", 3),
]


@pytest.mark.parametrize(("answer", "told", "questions"), FAILURES, ids=[told for _, told, _ in FAILURES])
def test_a_failure_is_told_its_last_answers_serve_and_the_other_portals_are_asked(
    publisher, http, tmp_path, answer, told, questions
):
    publisher.says(ODS, ods(record()), ods())
    fetch(tmp_path, http)
    a_week_passes(tmp_path)
    publisher.asked.clear()
    publisher.says(ODS, answer)
    publisher.says(OTHER, ods(record("new")), ods())
    with pytest.raises(NotFetched) as failure:
        fetch(tmp_path, http)
    assert told in str(failure.value)
    assert all(line.endswith(".") for line in str(failure.value).splitlines())
    assert len(asked(publisher, ODS)) == questions
    assert sorted(news(tmp_path)["id"]) == ["new", "o1"]
    assert remarks(tmp_path) == [f"ods last answered on {LAST_WEEK}: its datasets are those of then."]


def test_a_portal_that_has_closed_is_told_with_what_to_do(publisher, http, tmp_path):
    publisher.says(ODS, Said(status=410))
    with pytest.raises(
        NotFetched,
        match=r"no longer there \(410\).*last copy is kept\. If ods has closed for good, take it out of PORTALS",
    ):
        fetch(tmp_path, http)
    assert remarks(tmp_path) == ["ods has not answered yet."]


@pytest.mark.parametrize("status", [200, 429])
def test_a_portal_whose_allowance_is_spent_is_not_asked_on(publisher, http, tmp_path, status):
    spent = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-27 00:00:00Z"}
    publisher.says(ODS, ods(record(), status=status, headers=spent))
    publisher.says(OTHER, ods(record("new"), headers=spent | {"X-RateLimit-Remaining": "4000"}))
    with pytest.raises(
        NotFetched, match=r"^127\.0\.0\.1:\d+ allows no more questions until 2026-11-27 00:00:00Z\. .*later\.$"
    ):
        fetch(tmp_path, http)
    assert len(asked(publisher, ODS)) == 1
    assert len(asked(publisher, OTHER)) == len(TERMS)
    assert http.event_hooks["response"] == []


@pytest.mark.parametrize(
    "trouble", [Said(status=429, headers={"Retry-After": "0"}), Said(status=503), ods(record())._replace(sent=9)]
)
def test_trouble_that_passes_is_waited_out(publisher, http, tmp_path, trouble):
    publisher.says(ODS, trouble, ods(record()), ods())
    fetch(tmp_path, http)
    assert news(tmp_path)["id"].tolist() == ["o1"]


def test_a_portal_that_has_moved_is_followed(publisher, http, tmp_path):
    publisher.says(ODS, Said(status=301, headers={"Location": "/elsewhere"}))
    publisher.says("/elsewhere", ods(record()))
    fetch(tmp_path, http)
    assert news(tmp_path)["id"].tolist() == ["o1"]


def test_an_answer_altered_by_hand_is_refused_and_told_at_the_next_round(publisher, http, tmp_path):
    publisher.says(ODS, ods(record()), ods())
    fetch(tmp_path, http)
    path = tmp_path / "watch" / "ods" / "ptce-1.json"
    path.write_bytes(path.read_bytes().replace(b"o1", b"o2"))
    with pytest.raises(BadInput, match="is not the file that was downloaded"):
        news(tmp_path)
    publisher.says(ODS, Said(status=503))
    with pytest.raises(NotFetched, match=r"answers 503(.|\n)*is not the file that was downloaded"):
        fetch(tmp_path, http)


def test_two_answers_of_different_age_do_not_make_a_change(publisher, http, tmp_path):
    publisher.says(GOUV, udata(dataset()), udata(), udata(dataset()), udata())
    fetch(tmp_path, http)
    a_week_passes(tmp_path)
    newer = udata(dataset(last_update="2026-05-05"))
    publisher.says(GOUV, Said(status=400), udata(), newer, udata())
    for changed in (True, True):
        with pytest.raises(NotFetched, match="answers 400"):
            fetch(tmp_path, http)
        assert flags(tmp_path) == [("d1", False, changed)]
        publisher.says(GOUV, Said(status=400), udata(), newer, udata())
    assert news(tmp_path)["modified"].tolist() == ["2026-05-05"]


def test_the_report_is_json_in_utf_8_the_same_at_every_writing(publisher, http, tmp_path):
    publisher.says(GOUV, udata(dataset(title="Pôles", license=None)), udata())
    publisher.says(ODS, ods(record("b"), record("a")), ods())
    fetch(tmp_path, http)
    folder = tmp_path / "reports"
    reports.write_watch(news(tmp_path), folder, remarks(tmp_path))
    written = (folder / "watch.json").read_bytes()
    reports.write_watch(news(tmp_path), folder, remarks(tmp_path))
    assert (folder / "watch.json").read_bytes() == written
    told = json.loads(written.decode("utf-8"))
    assert [(one["portal"], one["id"]) for one in told["datasets"]] == [("gouv", "d1"), ("ods", "a"), ("ods", "b")]
    assert (told["datasets"][0]["title"], told["datasets"][0]["licence"], told["datasets"][0]["is_new"]) == (
        "Pôles",
        None,
        True,
    )
    assert "Pôles".encode() in written
    assert [path.name for path in folder.iterdir()] == ["watch.json"]


def test_an_empty_report_is_a_report(tmp_path):
    reports.write_watch(news(tmp_path), tmp_path)
    assert json.loads((tmp_path / "watch.json").read_bytes()) == {"remarks": [], "datasets": []}
    assert isinstance(news(tmp_path), pd.DataFrame)


def test_every_portal_has_a_folder_and_an_address_of_its_own():
    assert len({portal.name for portal in PORTALS}) == len({portal.address for portal in PORTALS}) == len(PORTALS) > 1
    assert all(portal.address.startswith("https://") and not portal.address.endswith("/") for portal in PORTALS)
