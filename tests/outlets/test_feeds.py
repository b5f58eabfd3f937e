"""Atom feeds over HTTP, from a real server: those the ETL wrote, and empty ones for what has not changed yet."""

from xml.etree import ElementTree

import pytest

from atlas.outlets import feeds
from etl import feed
from tests.history import DARWIN, GONE, remembered
from tests.outlets.answers import ask, serving

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLES_URL", str(remembered(tmp_path_factory.mktemp("history"))))
        patch.delenv("PUBLIC_URL", raising=False)
        with serving(feeds.ROUTES) as address:
            yield address


def entries(answer):
    return ElementTree.fromstring(answer.body).findall(f"{ATOM}entry")


def links(answer) -> dict[str, str]:
    found = ElementTree.fromstring(answer.body).findall(f"{ATOM}link")
    return {link.get("rel"): link.get("href") for link in found}


@pytest.mark.parametrize(
    ("path", "told", "count"),
    [("changes.atom", "Version", 2), ("changes/country/ES.atom", "added 1", 1), (f"changes/cluster/{DARWIN}.atom", "changed 2", 1)],
)  # fmt: skip
def test_a_feed_tells_its_changes(server, path, told, count):
    answer = ask(f"{server}/{path}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = entries(answer)
    assert len(found) == count
    assert told in found[0].findtext(f"{ATOM}title")


def test_addresses_are_whole_and_a_feed_knows_its_own(server):
    answer = ask(f"{server}/changes/country/ES.atom?lang=fr")
    assert links(answer) == {
        "self": f"{server}/changes/country/ES.atom?lang=fr",
        "alternate": f"{server}/changes?country=ES&lang=fr",
    }
    entry = entries(answer)[0].find(f"{ATOM}link").get("href")
    assert entry.startswith(f"{server}/changes?version=") and entry.endswith("&country=ES&lang=fr")
    assert "ajout 1" in answer.body.decode()


def test_the_public_address_of_the_site_is_used(server, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://example.org/atlas/")
    assert links(ask(f"{server}/changes.atom"))["self"] == "https://example.org/atlas/changes.atom?lang=en"


def test_a_text_that_looks_like_a_link_stays_a_text():
    told = b'<feed><title>&lt;link href="/x"/&gt;</title><link rel="alternate" href="/y" /></feed>'
    whole = feeds.whole(told, "https://example.org", "changes", "en")
    assert b'&lt;link href="/x"/&gt;' in whole and b'href="https://example.org/y"' in whole


def test_what_the_asker_has_is_not_sent_again(server):
    first = ask(f"{server}/changes.atom")
    again = ask(f"{server}/changes.atom", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = ask(f"{server}/changes.atom", "HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", first.headers["etag"])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["country/DE", "cluster/es-bloc4bcn"])
def test_what_has_not_changed_has_an_empty_feed_under_its_later_name(server, path, language):
    kind, code = path.split("/")
    answer = ask(f"{server}/changes/{path}.atom?lang={language}")
    later = ElementTree.fromstring(feed.atom([], language, **{kind: code}))
    assert answer.status == 200
    found = ElementTree.fromstring(answer.body)
    assert found.findall(f"{ATOM}entry") == []
    assert found.findtext(f"{ATOM}id") == later.findtext(f"{ATOM}id")
    assert (
        all(found.findtext(f"{ATOM}{name}") for name in ("title", "updated"))
        and found.find(f"{ATOM}author") is not None
    )


def test_a_cluster_that_has_gone_keeps_its_feed(server):
    assert len(entries(ask(f"{server}/changes/cluster/{GONE}.atom"))) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("changes/country/XX.atom", "no feed of XX"),
        ("changes/cluster/fr-darwin-bordeau.atom", "Did you mean fr-darwin-bordeaux?"),
        ("changes/cluster/..%2f..%2ftables%2fx.atom", ""),
        ("changes/country/..atom", "no feed of"),
    ],
)
def test_what_nobody_knows_is_not_found(server, path, words):
    answer = ask(f"{server}/{path}")
    assert answer.status == 404
    assert words in answer.body.decode()


def test_a_parameter_that_means_nothing_is_refused(server):
    assert ask(f"{server}/changes.atom?country=FR").status == 400


def test_the_head_of_a_page_names_the_feeds_of_what_it_shows(server):
    from starlette.requests import Request

    def head(query: str) -> str:
        return feeds.head(Request({"type": "http", "query_string": query.encode(), "headers": []}))

    assert head("country=FR&lang=fr").count("<link") == 2
    assert f'href="changes/cluster/{DARWIN}.atom?lang=en"' in head(f"id={DARWIN}")
    for wrong in ("country=FR~ES", 'country="><script>', "id=<script>"):
        assert head(wrong).count("<link") == 1 and "script" not in head(wrong)
