"""Where a correction goes: only the web or a mail address, whatever the environment holds."""

from urllib.parse import parse_qs, urlsplit

import pytest

from atlas.corrections import destination, prefilled


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/issues/new", "https://example.org/issues/new"),
        (" data@example.org ", "mailto:data@example.org"),
        ("mailto:data@example.org", "mailto:data@example.org"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("https://[bad", ""),
        ('https://example.org/"><script>', ""),
        ("not an address", ""),
        ("mailto:a@example.org?bcc=b@example.org", ""),
    ],
)
def test_only_the_web_and_mail_are_taken(text, address):
    assert destination({"CORRECTIONS": text}) == address


def test_nothing_is_set_by_default():
    assert destination({}) == ""


@pytest.mark.parametrize(
    ("to", "title", "body"),
    [
        ("https://example.org/new?labels=facts#form", "title", "body"),
        ("mailto:data@example.org", "subject", "body"),
        (
            "https://example.org/new?issue[title]={title}&issue[description]={body}",
            "issue[title]",
            "issue[description]",
        ),
    ],
)
def test_title_and_body_arrive_whole(to, title, body):
    words = ("A & B {body}?", "line 1\nid=é#")
    given = parse_qs(urlsplit(prefilled(to, *words)).query)
    assert (given[title], given[body]) == ([words[0]], [words[1]])
    assert not given.get("labels") or given["labels"] == ["facts"]
