"""Downloads from a real server, with everything that goes wrong at publishers."""

import json
from pathlib import Path

import pytest

from etl.download import NotFetched, Remote, client, download, lock_of, lock_path
from tests.etl.publisher import Publisher, Said

DATA = b"geo,value\n" + b"FR,1\n" * 50_000
GOOD = Said(DATA, headers={"ETag": '"one"', "Content-Type": "text/csv"})


def remote(publisher: Publisher, *answers: Said, **how) -> Remote:
    return Remote(publisher.says("/data.csv", *answers), Path("source", "data.csv"), **how)


def test_the_exact_bytes_come_with_their_lock(publisher, http, tmp_path):
    fetched = download(remote(publisher, GOOD), tmp_path, http)
    assert fetched.path.read_bytes() == DATA
    assert fetched.is_new
    written = json.loads(lock_path(fetched.path).read_text())
    assert written["bytes"] == len(DATA)
    assert written["etag"] == '"one"'
    assert lock_of(fetched.path) == fetched.lock
    assert sorted(path.name for path in fetched.path.parent.iterdir()) == ["data.csv", "data.csv.lock"]


def test_what_has_not_changed_is_not_sent_again(publisher, http, tmp_path):
    asked = remote(publisher, GOOD)
    download(asked, tmp_path, http)
    again = download(asked, tmp_path, http)
    assert not again.is_new
    assert publisher.asked[-1].headers["if-none-match"] == '"one"'


def test_another_question_is_not_answered_by_the_last_copy(publisher, http, tmp_path):
    download(remote(publisher, GOOD, parameters={"unit": "PC"}), tmp_path, http)
    other = download(remote(publisher, GOOD, parameters={"unit": "THS"}), tmp_path, http)
    assert "if-none-match" not in publisher.asked[-1].headers
    assert other.lock.url.endswith("?unit=THS")


def test_a_file_that_was_altered_by_hand_is_fetched_anew(publisher, http, tmp_path):
    asked = remote(publisher, GOOD)
    path = download(asked, tmp_path, http).path
    path.write_bytes(b"edited")
    assert download(asked, tmp_path, http).path.read_bytes() == DATA


def test_a_line_cut_in_mid_body_is_taken_up_where_it_ended(publisher, http, tmp_path):
    cut = GOOD._replace(sent=100_000)
    fetched = download(remote(publisher, cut, GOOD), tmp_path, http)
    assert fetched.path.read_bytes() == DATA
    assert publisher.asked[-1].headers["range"].startswith("bytes=")
    assert publisher.asked[-1].headers["range"] != "bytes=0-"


def test_what_was_begun_is_begun_anew_when_the_file_has_changed_since(publisher, http, tmp_path):
    cut, other = GOOD._replace(sent=100_000), Said(DATA[::-1], headers={"ETag": '"two"'})
    assert download(remote(publisher, cut, other), tmp_path, http).path.read_bytes() == DATA[::-1]


def test_an_interrupted_run_is_taken_up_by_the_next(publisher, http, tmp_path):
    cut = GOOD._replace(sent=100_000)
    with pytest.raises(NotFetched, match="does not answer"):
        download(remote(publisher, cut), tmp_path, http)
    assert download(remote(publisher, GOOD), tmp_path, http).path.read_bytes() == DATA


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_publisher_that_is_busy_is_asked_again_when_it_says(publisher, http, tmp_path, status):
    busy = Said(status=status, headers={"Retry-After": "0"})
    assert download(remote(publisher, busy, busy, GOOD), tmp_path, http).is_new
    assert len(publisher.asked) == 3


@pytest.mark.parametrize(
    ("answer", "told", "tries"),
    [
        (Said(status=404), "no longer there", 1),
        (Said(status=410), "no longer there", 1),
        (Said(status=403), "answers 403", 1),
        (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait", 1),
        (Said(status=429), "asks us to wait", 3),
        (Said(status=503), "answers 503", 3),
        (Said(b"\xef\xbb\xbf\n<!DOCTYPE html><title>Sorry</title>"), "a web page came", 1),
        (Said(b"<p>Sorry", headers={"Content-Type": "text/html; charset=utf-8"}), "a web page came", 1),
        (Said(b""), "empty", 1),
        (Said(b'{"warning": {"status": 413}}'), "too large", 1),
    ],
)  # fmt: skip
def test_what_is_not_the_data_is_told_in_a_sentence_and_the_last_copy_kept(
    publisher, http, tmp_path, answer, told, tries
):
    def check(path: Path) -> str:
        return "the answer is a warning: too large." if b"warning" in path.read_bytes() else ""

    last = download(remote(publisher, GOOD), tmp_path, http)
    publisher.asked.clear()
    with pytest.raises(NotFetched, match=told) as failure:
        download(remote(publisher, answer, check=check), tmp_path, http)
    assert str(failure.value).endswith(".")
    assert len(publisher.asked) == tries
    assert last.path.read_bytes() == DATA
    assert lock_of(last.path) == last.lock
    assert sorted(path.name for path in last.path.parent.iterdir()) == ["data.csv", "data.csv.lock"]


def test_a_host_that_is_not_there_is_told_in_a_sentence(http, tmp_path):
    with pytest.raises(NotFetched, match="does not answer"):
        download(Remote("http://127.0.0.1:9/data.csv", Path("data.csv")), tmp_path, http)


def test_a_file_that_has_moved_for_good_is_fetched_and_its_new_address_noted(publisher, http, tmp_path):
    new = publisher.says("/new.csv", GOOD)
    moved = Said(status=301, headers={"Location": "/new.csv"})
    assert download(remote(publisher, moved), tmp_path, http).lock.moved_to == new


def test_a_slow_publisher_is_waited_for_within_the_timeout(hurry, tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf, client(timeout=0.2) as hurried, pytest.raises(NotFetched):
        download(Remote(f"http://127.0.0.1:{deaf.getsockname()[1]}/x", Path("x")), tmp_path, hurried)


def test_progress_is_told_in_bytes(publisher, http, tmp_path):
    told = []
    download(remote(publisher, GOOD), tmp_path, http, lambda done, whole: told.append((done, whole)))
    assert told[-1] == (len(DATA), len(DATA))


def test_a_form_is_posted(publisher, http, tmp_path):
    download(remote(publisher, GOOD, body={"q": "[out:json]"}), tmp_path, http)
    assert publisher.asked[0].method == "POST"
    assert publisher.asked[0].body == b"q=%5Bout%3Ajson%5D"


def test_we_say_who_asks(publisher, http, tmp_path, monkeypatch):
    monkeypatch.setenv("CONTACT", "data@example.org")
    with client() as named:
        download(remote(publisher, GOOD), tmp_path, named)
    assert "data@example.org" in publisher.asked[0].headers["user-agent"]
