"""Answers as the web expects, from a real server."""

import gzip
import json

import brotli
import pytest

from atlas.outlets.chromium import NoPicture
from atlas.outlets.http import Problem, answered, route
from atlas.store import TablesMissing
from tests.outlets.answers import ask, serving

BODY = b"clusters & co " * 500
FAULTS = {
    "problem": Problem(400, "No country is called <ZZ>."),
    "busy": NoPicture("Too many pictures."),
    "lacking": NoPicture("No Chromium.", is_lasting=True),
    "missing": TablesMissing("/secret/path cannot be read"),
    "fault": ValueError("a traceback with /secret/path"),
}


def page(request):
    if fault := FAULTS.get(request.query_params.get("fault", "")):
        raise fault
    return answered(request, BODY, "text/csv; charset=utf-8", is_frozen="v" in request.query_params, filename="é.csv")


@pytest.fixture(scope="module")
def server():
    with serving([route("/page", page)]) as address:
        yield f"{address}/page"


def test_what_the_asker_has_is_not_sent_again(server):
    first = ask(server)
    again = ask(server, if_none_match=f'"other", {first.headers["etag"]}')
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_head_has_the_headers_and_no_body(server):
    head, get = ask(server, "HEAD"), ask(server)
    assert head.body == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == str(len(BODY))


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"), [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_texts_are_sent_short(server, accepted, encoding, read):
    answer = ask(server, accept_encoding=accepted)
    assert answer.headers["content-encoding"] == encoding
    assert read(answer.body) == BODY
    assert answer.headers["vary"] == "Accept-Encoding"


def test_only_a_frozen_view_is_kept_for_ever(server):
    assert "immutable" in ask(f"{server}?v=1").headers["cache-control"]
    assert "max-age=300" in ask(server).headers["cache-control"]


def test_other_methods_are_refused_with_those_that_are_not(server):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = ask(server, method)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_a_file_keeps_its_name(server):
    assert ask(server).headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%A9.csv"


@pytest.mark.parametrize(
    ("fault", "status"), [("problem", 400), ("busy", 503), ("lacking", 503), ("missing", 503), ("fault", 500)]
)
def test_every_fault_is_one_sentence_and_no_secret(server, fault, status):
    answer = ask(f"{server}?fault={fault}")
    said = json.loads(answer.body)
    assert answer.status == said["status"] == status
    assert said["error"].endswith(".")
    assert b"secret" not in answer.body
    assert answer.headers["cache-control"] == "no-store"


def test_a_busy_server_says_when_to_come_back_and_a_lacking_one_does_not(server):
    assert "retry-after" in ask(f"{server}?fault=busy").headers
    assert "retry-after" not in ask(f"{server}?fault=lacking").headers


def test_a_reader_gets_a_page_with_nothing_to_run(server):
    answer = ask(f"{server}?fault=problem", accept="text/html")
    assert answer.headers["content-type"].startswith("text/html")
    assert b"&lt;ZZ&gt;" in answer.body


def test_every_answer_forbids_guessing_its_type_and_sets_no_cookie(server):
    for answer in (ask(server), ask(f"{server}?fault=problem"), ask(server, "POST")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
