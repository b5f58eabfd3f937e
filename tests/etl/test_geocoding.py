"""Points proposed for rows without one, and the file in which they are accepted."""

import json
import socket
from pathlib import Path

import pandas as pd
import pytest

from etl.download import NotFetched, client
from etl.faults import BadInput
from etl.review import POINTS
from etl.sources import geocoding
from etl.sources.geocoding import OUTSIDE, SEVERAL, fetch, proposals, questions
from tests.etl.publisher import Said, quiet

PATH = "/geocodage/search"


def feature(
    label: str, kind: str, score: float, context: str = "30, Gard, Occitanie", point=(4.089242, 44.125356)
) -> dict:
    properties = {"label": label, "score": score, "type": kind, "context": context, "x": 787169.06, "y": 6336862.47}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(point)}, "properties": properties}


def said(*features: dict, **how) -> Said:
    return Said(json.dumps({"type": "FeatureCollection", "features": list(features), "query": "q"}).encode(), **how)


ALES = said(feature("Alès", "municipality", 0.9529118181818181))


def clusters(*rows: dict) -> pd.DataFrame:
    blank = {"name": "A cluster", "place": None, "region": None, "country": "FR", "latitude": None, "longitude": None}
    return pd.DataFrame([{"cluster_id": f"c{at}"} | blank | row for at, row in enumerate(rows)])


@pytest.fixture
def publisher(publisher, monkeypatch):
    monkeypatch.setattr(geocoding, "ADDRESS", publisher.address + PATH)
    monkeypatch.setattr(geocoding, "PAUSE", 0)
    return publisher


def found(publisher, http, raw: Path, rows: pd.DataFrame, *answers: Said) -> pd.DataFrame:
    publisher.says(PATH, *answers)
    fetch(raw, http, quiet, rows)
    return proposals(raw, rows)


def test_only_rows_without_a_point_that_name_a_place_are_asked_about():
    rows = clusters({"place": "Alès"}, {"place": "Alès", "latitude": 44.1, "longitude": 4.1}, {"region": "Occitanie"})
    assert [one.cluster_id for one in questions(rows)] == ["c0"]


def test_a_town_is_looked_for_among_communes_and_an_address_anywhere(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"}, {"place": "Toulouse", "address": "13 rue Einstein", "postcode": "31100"})
    found(publisher, http, tmp_path, rows, ALES)
    assert publisher.questions == [
        {"q": "Alès", "limit": "5", "type": "municipality"},
        {"q": "13 rue Einstein, Toulouse", "limit": "5", "postcode": "31100"},
    ]


def test_score_and_precision_are_kept_and_the_point_is_longitude_latitude(publisher, http, tmp_path):
    only = found(publisher, http, tmp_path, clusters({"place": "Alès"}), ALES).iloc[0].to_dict()
    assert only["score"] == 0.9529118181818181
    assert (only["longitude"], only["latitude"]) == (4.089242, 44.125356)
    assert (only["found"], only["coordinate_precision"], only["coordinate_origin"], only["doubt"]) == (
        "Alès",
        "commune",
        "ban",
        "",
    )


@pytest.mark.parametrize(
    ("kind", "score", "precision"),
    [
        ("housenumber", 0.6, ["site"]),
        ("street", 0.9, ["site"]),
        ("locality", 0.9, ["commune"]),
        ("municipality", 0.9, ["commune"]),
        ("municipality", 0.5999, []),
        ("poi", 0.99, []),
    ],
)
def test_what_is_unsure_or_of_an_unknown_type_is_not_proposed(publisher, http, tmp_path, kind, score, precision):
    rows = found(
        publisher, http, tmp_path, clusters({"place": "Alès", "address": "1 rue"}), said(feature("x", kind, score))
    )
    assert rows["coordinate_precision"].tolist() == precision


def test_homonyms_are_all_proposed_those_of_the_region_first(publisher, http, tmp_path):
    north = feature("Saint-Denis", "municipality", 0.95, "93, Seine-Saint-Denis, Île-de-France")
    island = feature("Saint-Denis", "municipality", 0.9, "974, La Réunion", (55.45, -20.88))
    rows = clusters({"place": "Saint-Denis", "region": "La Reunion"}, {"place": "Saint-Denis"})
    told = found(publisher, http, tmp_path, rows, said(north, island))
    assert told[["cluster_id", "score", "doubt"]].to_numpy().tolist() == [
        ["c0", 0.9, ""],
        ["c0", 0.95, OUTSIDE],
        ["c1", 0.95, SEVERAL],
        ["c1", 0.9, SEVERAL],
    ]
    assert len(publisher.asked) == 1


def test_what_was_answered_is_not_asked_again_even_when_nothing_was_found(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"}, {"place": "Hvgv"})
    assert len(found(publisher, http, tmp_path, rows, ALES, said())) == 1
    assert fetch(tmp_path, http, quiet, rows) == []
    assert len(publisher.asked) == 2


def age(raw: Path, day: str) -> None:
    """Let all that was fetched have been looked at last on `day`."""
    for path in raw.rglob("*.lock"):
        path.write_text(json.dumps(json.loads(path.read_text()) | {"fetched_on": day, "checked_on": day}))


def test_an_old_answer_is_asked_for_again_even_when_its_row_has_a_point_by_now(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"})
    found(publisher, http, tmp_path, rows, ALES)
    age(tmp_path, "2020-01-01")
    placed = rows.assign(latitude=44.1, longitude=4.1)
    assert [one.lock.fetched_on > "2020" for one in fetch(tmp_path, http, quiet, placed)] == [True]
    assert publisher.questions[0] == publisher.questions[1]
    assert fetch(tmp_path, http, quiet, placed) == []


def test_an_old_answer_serves_while_no_new_one_comes(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"})
    found(publisher, http, tmp_path, rows, ALES, Said(status=503))
    age(tmp_path, "2020-01-01")
    with pytest.raises(NotFetched, match="answers 503"):
        fetch(tmp_path, http, quiet, rows)
    assert len(proposals(tmp_path, rows)) == 1


def test_an_interrupted_run_goes_on_where_it_ended(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"}, {"place": "Nîmes"}, {"place": "Uzès"})
    publisher.says(PATH, ALES, Said(status=503))
    with pytest.raises(NotFetched, match="answers 503"):
        fetch(tmp_path, http, quiet, rows)
    assert proposals(tmp_path, rows)["cluster_id"].tolist() == ["c0"]
    publisher.asked.clear()
    assert len(found(publisher, http, tmp_path, rows, ALES)) == 3
    assert [one["q"] for one in publisher.questions] == ["Nîmes", "Uzès"]


def test_elsewhere_the_gazetteer_proposes_and_nobody_is_asked(publisher, http, tmp_path):
    told = found(
        publisher, http, tmp_path, clusters({"place": "Bilbao", "country": "ES"}, {"place": "Nowhere", "country": "ES"})
    )
    assert told["found"].tolist() == ["Bilbao"]
    assert told["score"].isna().all()
    assert set(told["coordinate_origin"]) == {"geonames"}
    assert publisher.asked == []


FAILURES = [
    (Said(b'{"code": 500, "message": "Index unavailable."}'), "error (Index unavailable)"),
    (said({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"label": "x"}}), "shape"),
    (said({"type": "Feature", "geometry": None, "properties": {}}), "shape has changed"),
    (Said(ALES.body[:-20]), "cut short"),
    (Said(b"[]"), "shape has changed"),
    (Said(b"<!doctype html>"), "a web page came"),
    (Said(b""), "empty"),
    (Said(status=400), "answers 400"),
    (Said(status=404), "no longer there"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (Said(status=503), "answers 503"),
    (ALES._replace(sent=10), "does not answer"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), FAILURES, ids=[told for _, told in FAILURES])
def test_a_failure_is_told_and_nothing_is_proposed_from_it(publisher, http, tmp_path, answer, told):
    publisher.says(PATH, answer)
    rows = clusters({"place": "Alès"})
    with pytest.raises(NotFetched) as failure:
        fetch(tmp_path, http, quiet, rows)
    assert told in str(failure.value)
    assert str(failure.value).endswith(".")
    assert proposals(tmp_path, rows).empty


def test_one_bad_question_does_not_stop_the_others(publisher, http, tmp_path):
    rows = clusters({"place": "Y"}, {"place": "Alès"})
    publisher.says(PATH, Said(status=400), ALES)
    with pytest.raises(NotFetched, match="answers 400"):
        fetch(tmp_path, http, quiet, rows)
    assert proposals(tmp_path, rows)["cluster_id"].tolist() == ["c1"]


@pytest.mark.parametrize(
    "trouble", [Said(status=429, headers={"Retry-After": "0"}), Said(status=503), ALES._replace(sent=10)]
)
def test_trouble_that_passes_is_waited_out(publisher, http, tmp_path, trouble):
    assert len(found(publisher, http, tmp_path, clusters({"place": "Alès"}), trouble, ALES)) == 1


def test_a_service_that_has_moved_is_followed(publisher, http, tmp_path):
    publisher.says("/new", ALES)
    moved = Said(status=301, headers={"Location": "/new"})
    assert len(found(publisher, http, tmp_path, clusters({"place": "Alès"}), moved)) == 1


def test_a_slow_service_is_given_up_within_the_timeout(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as deaf, client(timeout=0.1) as hurried:
        monkeypatch.setattr(geocoding, "ADDRESS", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(NotFetched, match="does not answer"):
            fetch(tmp_path, hurried, quiet, clusters({"place": "Alès"}))


def test_an_answer_altered_by_hand_is_refused(publisher, http, tmp_path):
    rows = clusters({"place": "Alès"})
    found(publisher, http, tmp_path, rows, ALES)
    path = tmp_path / questions(rows)[0].path
    path.write_bytes(path.read_bytes().replace(b"44.1", b"45.1"))
    with pytest.raises(BadInput, match="is not the file that was downloaded"):
        proposals(tmp_path, rows)
    fetch(tmp_path, http, quiet, rows)
    assert len(proposals(tmp_path, rows)) == 1


def test_a_proposed_point_can_be_accepted(publisher, http, tmp_path):
    proposed = found(publisher, http, tmp_path, clusters({"place": "Alès"}), ALES)
    assert POINTS.write(proposed, tmp_path) == 1
    path = tmp_path / POINTS.file
    path.write_text(path.read_text().replace("ban,,,\n", "ban,,yes,I know it.\n"))
    assert POINTS.accepted(tmp_path).to_dict("records") == [
        {"cluster_id": "c0", "latitude": 44.125356, "longitude": 4.089242, "coordinate_precision": "commune", "coordinate_origin": "ban"}
    ]  # fmt: skip
