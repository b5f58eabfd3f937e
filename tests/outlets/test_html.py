"""A briefing as one file of HTML, without a browser: the same each time, identified once, never held up by one figure."""

import re
from dataclasses import replace

import pytest

from atlas.outlets import image
from atlas.outlets.briefing.composed import Heading
from atlas.outlets.briefing.html import write
from atlas.outlets.chromium import NoPicture
from tests.outlets.briefings import briefing, picture


def test_identifiers_are_used_once():
    second = replace(picture("en"), number=2)
    content = write(briefing("en", elements=(picture("en"), second))).decode()
    found = re.findall(r'\bid="([^"]+)"', content)
    assert {name[:3] for name in found if re.match(r"f\d[wn]", name)} == {"f1w", "f1n", "f2w", "f2n"}
    assert len(found) == len(set(found))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_same_briefing_is_the_same_bytes(language):
    assert write(briefing(language)) == write(briefing(language))


def test_a_figure_that_cannot_be_drawn_leaves_its_table(monkeypatch):
    def fail(*_asked):
        raise NoPicture("No Chrome or Chromium is installed.", True)

    monkeypatch.setattr(image, "svg", fail)
    content = write(briefing("fr", elements=(picture("fr"), Heading("After")))).decode()
    assert "son tableau en tient lieu" in content and "After" in content and "<svg" not in content
    assert "<table" in content and "<details" not in content


def test_without_an_appendix_nothing_is_cited():
    content = write(briefing("en", sources=(), method=())).decode()
    assert "#source-" not in content and 'id="sources"' not in content
