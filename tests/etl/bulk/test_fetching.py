"""The bulk sources ask a real server, in the documented shapes, with everything that goes wrong at publishers."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from etl.download import NotFetched, client, lock_of
from etl.sources import cordis, ess_companies, kohesio
from tests.etl.bulk.shaped import rows, write
from tests.etl.bulk.zipped import organisation, zipped
from tests.etl.publisher import Publisher, Said

KOHESIO = b"<a href='data/projects-2021-2027/2025-11-10/FR-pp21-27-20251110.csv'>"
COMPANIES = json.dumps({"resources": [{"id": "r0", "url": "https://example.org/entreprisesess.csv"}]}).encode()


class Asked(NamedTuple):
    """A source whose files a publisher gives: what brings them in, the path of the bulk file, and that file whole."""

    fetch: Callable[[Path, httpx.Client], list]
    path: str
    body: bytes


@pytest.fixture(params=["kohesio", "cordis", "ess-companies"])
def asked(request, publisher: Publisher, tmp_path, monkeypatch) -> Asked:
    """Each source, asking the publisher, who gives it all it asks for."""
    monkeypatch.setattr(kohesio, "HOST", publisher.address)
    monkeypatch.setattr(kohesio, "PAUSE", 0)
    monkeypatch.setattr(cordis, "ZIP", f"{publisher.address}/{{}}.zip")
    monkeypatch.setattr(cordis, "PAUSE", 0)
    monkeypatch.setattr(cordis, "PROGRAMMES", ("h2020projects",))
    monkeypatch.setattr(ess_companies, "ADDRESS", publisher.address)
    publisher.says("/en/data", Said(KOHESIO))
    publisher.says(f"/{ess_companies.SLUG}/", Said(COMPANIES))
    projects, archive = write(tmp_path / "made.csv", rows(100)), zipped(tmp_path / "made.zip", [organisation(1)])
    source = {
        "kohesio": Asked(kohesio.fetch, "/api/data/object", projects.read_bytes()),
        "cordis": Asked(cordis.fetch, "/h2020projects.zip", archive.read_bytes()),
        "ess-companies": Asked(ess_companies.fetch, "/r/r0", b"SIREN,NOM\n" + b"123456789,A\n" * 100),
    }[request.param]
    publisher.says(source.path, Said(source.body))
    return source


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (Said(b"<!DOCTYPE html>" + b" " * 20_000, headers={"Content-Type": "text/html"}), "web page"),
        (Said(b"<html>" + b" " * 20_000), "page|separated by commas"),
        (Said(b""), "empty"),
        (Said(b'{"error": 1}'), "less than 10,000 bytes|not a zip|no column SIREN"),
        (Said(status=404), "no longer there"),
        (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
        (Said(status=503), "answers 503"),
        (Said(b"a" * 20_000, sent=9_000), "does not answer"),
    ],
    ids=["page", "page by another name", "empty", "error with 200", "gone", "429", "503", "reset"],
)
def test_a_failure_is_told_in_a_sentence_and_the_last_copy_serves(asked, publisher, http, tmp_path, trouble, told):
    last = asked.fetch(tmp_path, http)[-1]
    publisher.says(asked.path, trouble)
    with pytest.raises(NotFetched, match=told) as failure:
        asked.fetch(tmp_path, http)
    assert str(failure.value).endswith(".")
    assert last.path.read_bytes() == asked.body
    assert lock_of(last.path) == last.lock


@pytest.mark.parametrize("trouble", [Said(status=429, headers={"Retry-After": "0"}), Said(status=503)])
def test_trouble_that_passes_is_waited_out(asked, publisher, http, tmp_path, trouble):
    publisher.says(asked.path, trouble, Said(asked.body))
    assert asked.fetch(tmp_path, http)[-1].path.read_bytes() == asked.body


def test_a_file_that_has_moved_is_followed_and_one_cut_short_comes_whole(asked, publisher, http, tmp_path):
    whole = Said(asked.body, headers={"ETag": '"one"'})
    new = publisher.says("/moved", whole._replace(sent=len(asked.body) // 2), whole)
    publisher.says(asked.path, Said(status=301, headers={"Location": "/moved"}))
    fetched = asked.fetch(tmp_path, http)[-1]
    assert fetched.path.read_bytes() == asked.body
    assert fetched.lock.moved_to == new


def test_what_has_not_changed_is_not_sent_again(asked, publisher, http, tmp_path):
    publisher.says(asked.path, Said(asked.body, headers={"ETag": '"one"'}))
    assert [asked.fetch(tmp_path, http)[-1].is_new for _ in range(2)] == [True, False]


def test_a_slow_publisher_is_given_up_within_the_timeout(asked, publisher, hurry, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as deaf, client(timeout=0.2) as hurried:
        away = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        publisher.says(asked.path, Said(status=302, headers={"Location": away}))
        with pytest.raises(NotFetched, match="does not answer"):
            asked.fetch(tmp_path, hurried)


@pytest.mark.parametrize(
    ("source", "path"),
    [(kohesio, "/en/data"), (ess_companies, f"/{ess_companies.SLUG}/")],
    ids=["kohesio", "companies"],
)
def test_a_page_that_names_no_file_any_more_is_told(publisher, http, tmp_path, monkeypatch, source, path):
    monkeypatch.setattr(kohesio, "HOST", publisher.address)
    monkeypatch.setattr(ess_companies, "ADDRESS", publisher.address)
    publisher.says(path, Said(b'{"resources": []}'))
    with pytest.raises(NotFetched, match="no file of projects|no CSV file any more"):
        source.fetch(tmp_path, http)
