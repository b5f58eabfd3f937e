"""A briefing as one file of HTML: opened in a real browser, it asks for nothing, runs nothing and serves every reader."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from atlas.outlets.briefing.html import write
from tests.outlets.briefings import HOSTILE, briefing, drawing, grid

SHOWN = HOSTILE.removesuffix("\x07")


@lru_cache
def made(language: str) -> bytes:
    return write(briefing(language))


@pytest.fixture(params=["en", "fr"])
def language(request) -> str:
    return request.param


def visited(browser: Browser, content: bytes, folder: Path, width: int = 1100) -> Page:
    """The file as a reader opens it; what it asks of others is in `page.asked`."""
    (folder / "note.html").write_bytes(content)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.asked.append(message.text))
    page.goto((folder / "note.html").as_uri())
    return page


@pytest.fixture
def page(chromium, language, tmp_path) -> Iterator[Page]:
    opened = visited(chromium, made(language), tmp_path)
    yield opened
    opened.close()


def test_nothing_is_asked_of_anyone_and_nothing_runs(page):
    page.evaluate("document.fonts.ready")
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.locator("script, iframe, object, embed, link, form").count() == 0
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
        )
        == []
    )
    assert "default-src 'none'" in page.locator("meta[http-equiv]").get_attribute("content")


def test_our_fonts_are_inside(page):
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(font => font.status == 'loaded').length") >= 2


def test_it_breaks_no_rule_of_accessibility(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page)
    assert len(found.response["passes"]) > 20
    assert found.response["violations"] == []


@pytest.mark.parametrize("width", [360, 1100])
def test_it_fits_its_width_and_one_drawing_of_each_figure_is_seen(chromium, language, tmp_path, width):
    page = visited(chromium, made(language), tmp_path, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    drawings = page.locator("figure .drawing svg")
    assert [drawings.nth(place).is_visible() for place in range(2)] == [width > 500, width < 500]
    page.close()


def test_it_is_in_its_language_and_says_what_it_is(page, language):
    assert page.evaluate("document.documentElement.lang") == language
    assert page.title() == f"A note {SHOWN}"
    assert page.locator("h1").inner_text() == f"A note {SHOWN}"
    assert page.locator("main h2, main h3").all_inner_texts() == ["First part", SHOWN, "Below", *appendix(language)]


def appendix(language: str) -> list[str]:
    return ["Méthode", "Sources"] if language == "fr" else ["Method", "Sources"]


def test_every_link_inside_leads_somewhere_and_every_other_to_the_web(page):
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    inside = [link[1:] for link in links if link.startswith("#")]
    assert {"source-1", "source-4", "section-1", "method", "content"} <= set(inside)
    assert page.evaluate("names => names.filter(name => !document.getElementById(name))", inside) == []
    assert {link for link in links if not link.startswith("#")} == {
        "https://example.org/a%20b?%C3%A9=%5B1%5D&x=%25zz",
        "http://example.org/4",
        "https://example.org/here",
        "https://example.org/embed?x=1&y=2",
    }


def test_hostile_texts_stay_texts(page):
    assert page.locator("b").count() == 0
    assert page.evaluate("document.body.innerText").count(SHOWN) >= 6


def test_figures_have_captions_names_and_data(page, language):
    shown = drawing(language)
    caption = page.locator("figure figcaption").inner_text()
    assert caption.startswith("Figure 1") and shown.sentence in caption and shown.words.drawn in caption
    assert page.locator("figure svg[role=img] > title").first.text_content() == shown.sentence
    assert shown.coverage in page.locator("figure").inner_text()
    assert page.locator("figure details table").count() == 1


def test_tables_are_tables(page, language):
    table = page.locator("main > .table table")
    assert table.locator("caption").inner_text().split("\n") == [
        f"{'Tableau' if language == 'fr' else 'Table'} 1",
        "Jobs by cluster",
    ]
    assert table.locator("thead th[scope=col]").count() == 3
    assert table.locator("tbody th[scope=row]").all_inner_texts() == [SHOWN, "Darwin"]
    assert table.locator("td.missing").inner_text() == grid(language).rows[1][1]
    assert table.locator("td.number").first.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
