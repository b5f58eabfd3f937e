"""A briefing in Markdown: read by a Markdown reader, nothing of it is a mark that nobody wrote."""

import re
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from atlas.outlets.briefing import markdown
from atlas.outlets.briefing.markdown import escaped, write
from atlas.outlets.chromium import NoPicture
from atlas.outlets.dataset import csv
from tests.outlets.briefings import HOSTILE, PIXEL, briefing, drawing, grid


@lru_cache
def files(language: str) -> dict[str, bytes]:
    return read(write(briefing(language)))


def read(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tokens(text: str) -> list[Token]:
    """Every token of a text, those inside of others too."""
    found = MarkdownIt("commonmark").enable("table").parse(text)
    return [each for token in found for each in (token, *(token.children or []))]


@pytest.fixture(params=["en", "fr"])
def language(request) -> str:
    return request.param


@pytest.fixture
def document(language) -> str:
    return files(language)["briefing.md"].decode("utf-8")


def test_pictures_drawings_and_rows_stand_beside_the_document(language, document):
    found = files(language)
    assert list(found) == [
        "briefing.md",
        "images/logo.png",
        "images/figure-1.png",
        "images/figure-1.svg",
        "data/figure-1.csv",
    ]
    assert found["images/logo.png"] == PIXEL
    assert found["data/figure-1.csv"] == csv(drawing(language).rows)
    assert Image.open(BytesIO(found["images/figure-1.png"])).width > 1000
    places = [token.attrs["src"] for token in tokens(document) if token.type == "image"]
    places += [str(token.attrs["href"]) for token in tokens(document) if token.type == "link_open"]
    assert {place for place in places if not place.startswith(("http", "#"))} == {*found} - {"briefing.md"}


def test_every_picture_says_what_it_shows(language, document):
    logo, chart = (token.content for token in tokens(document) if token.type == "image")
    assert logo == "Logo"
    assert chart.startswith(drawing(language).sentence)


def test_headings_follow_each_other_one_level_at_a_time(document):
    assert [token.tag for token in tokens(document) if token.type == "heading_open"] == [
        "h1",
        "h2",
        "h3",
        "h3",
        "h2",
        "h2",
    ]


def test_what_anyone_wrote_is_text(document):
    found = tokens(document)
    links = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
    assert all(link.startswith(("https://", "http://", "#source-", "data/", "images/")) for link in links)
    html = {token.content for token in found if token.type.startswith("html")}
    assert all(re.fullmatch(r'<a id="source-\d">|</a>', tag) for tag in html)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", document)
    written = "".join(token.content for token in found if token.type in {"text", "text_special"})
    assert written.count("<b>&Pôle*_[x](javascript:alert(1))|`") == 6


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE, "1. a list", "12) a list", "- a list", "# a title", "+ a", "> a quote", "=== ", "a\n\n# b", "![a](b)", "**a**",
        "https://example.org/<a>", "&lt;b&gt;", "\\", "$x$", "~~a~~", "| a | b |",
    ],
)  # fmt: skip
def test_escaped_text_reads_as_it_was(text):
    found = tokens(escaped(text))
    assert {token.type for token in found} <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}
    shown = "".join(token.content for token in found if token.type.startswith("text"))
    assert shown.split() == re.sub(r"[\x00-\x08\x0b]", "", text).split()


def test_tables_are_real_tables_with_numbers_at_the_right(language, document):
    found = tokens(document)
    assert sum(token.type == "table_open" for token in found) == 2
    cells = [token.attrs.get("style", "") for token in found if token.type == "th_open"][3:]
    assert cells == ["text-align:left", "text-align:right", "text-align:left"]
    assert grid(language).rows[1][1] in document


def test_numbers_lead_to_sources_that_are_there(document):
    names = set(re.findall(r'id="(source-\d)"', document))
    leads = {str(token.attrs["href"])[1:] for token in tokens(document) if token.type == "link_open" and str(token.attrs["href"])[0] == "#"}  # fmt: skip
    assert leads == names == {"source-1", "source-2", "source-3", "source-4"}


def test_the_same_briefing_is_the_same_bytes():
    assert write(briefing("en")) == write(briefing("en"))


def test_a_figure_that_cannot_be_drawn_is_a_sentence_and_its_table(monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise NoPicture("no browser")

    monkeypatch.setattr(markdown, "bare", refuse)
    found = read(write(briefing("en", logo=b"")))
    assert list(found) == ["briefing.md", "data/figure-1.csv"]
    text = found["briefing.md"].decode("utf-8")
    assert "> This figure could not be drawn; its table stands in its place." in text
    assert sum(token.type == "table_open" for token in tokens(text)) == 3
    assert "images/" not in text
