"""A briefing travels as JSON and as a link, and a bad one is one fault, never a crash."""

import json
import zlib
from base64 import urlsafe_b64encode

import pytest

from atlas.outlets.briefing.document import (
    BYTES_LIMIT,
    LINK_LIMIT,
    Briefing,
    Figure,
    KeyFigures,
    Portrait,
    Rows,
    Seen,
    Sentences,
    Text,
    from_json,
    from_link,
    to_json,
    to_link,
)
from atlas.outlets.briefing.faults import BadBriefing

BRIEFING = Briefing(
    title="Une note « é »",
    language="fr",
    version="0e37",
    made="2026-11-26",
    blocks=(
        Text(markdown="# A\n\n*b*"),
        KeyFigures(parameters={"country": "FR"}),
        Figure(
            chart="clusters_by_kind",
            parameters={"country": "FR~ES"},
            with_table=True,
            seen=Seen(sentence="x", digest="y"),
        ),
        Rows(chart="ptce_calls"),
        Portrait(parameters={"id": "fr-a"}),
        Sentences(about="jobs", parameters={"country": "FR"}),
    ),
)


def packed(content: bytes) -> str:
    """What a link would hold of `content`."""
    return urlsafe_b64encode(zlib.compress(content, 9)).decode("ascii")


def test_json_and_link_bring_back_the_same():
    assert from_json(to_json(BRIEFING)) == BRIEFING
    assert from_link(to_link(BRIEFING)) == BRIEFING


def test_a_link_leaves_out_what_was_said_before_it_is_too_long():
    said = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(3000))
    blocks = (Rows(chart="ptce_calls", seen=Seen(sentence=said, digest="d1")), *BRIEFING.blocks)
    link = to_link(BRIEFING.but(blocks=blocks, logo="aGVsbG8="))
    assert 0 < len(link) <= LINK_LIMIT
    assert from_link(link).blocks[0] == Rows(chart="ptce_calls", seen=Seen(digest="d1"))


def test_a_briefing_too_long_for_a_link_has_none():
    long = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(8000))
    assert to_link(BRIEFING.but(blocks=(Text(markdown=long),))) == ""


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"blocks": [{"kind": "figure"}]}, "blocks.0.figure.chart"),
        ({"blocks": [{"kind": "script"}]}, "blocks.0"),
        ({"language": "xx"}, "language"),
        ({"surprise": 1}, "surprise"),
        ({"title": "x" * 301}, "title"),
        ({"blocks": [{"kind": "text", "markdown": ""}] * 61}, "blocks"),
        ({"blocks": [{"kind": "table", "chart": "a", "parameters": {"id": ["x"]}}]}, "blocks.0.table.parameters.id"),
    ],
)
def test_a_bad_file_says_where(content, place):
    with pytest.raises(BadBriefing) as fault:
        from_json(json.dumps(content).encode())
    assert (fault.value.reason, fault.value.place) == ("invalid", place)
    assert fault.value.problem


@pytest.mark.parametrize("content", [b"", b"null", b"[1]", b"{", b"\xff\xfe", b'"' + b"[" * 5000, b"[" * 100_000])
def test_what_is_no_briefing_is_one_fault(content):
    with pytest.raises(BadBriefing):
        from_json(content)
    with pytest.raises(BadBriefing):
        from_link(packed(content))


def test_a_file_too_large_is_one_fault():
    with pytest.raises(BadBriefing, match="too_large"):
        from_json(b" " * (BYTES_LIMIT + 1))


@pytest.mark.parametrize(
    "link",
    ["", "!", "é", "abc", "=" * 50, packed(b"{}")[:-6], packed(b" " * 300 * 2**20), "A" * 100_000],
    ids=["empty", "marks", "accent", "short", "padding", "cut", "bomb", "long"],
)
def test_a_hostile_link_is_one_fault(link):
    with pytest.raises(BadBriefing):
        from_link(link)
