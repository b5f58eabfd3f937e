"""The dashboard as readers meet it: real server, real Chromium."""

import gzip
import re
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import CHARTS_DRAWN, PAGES

ERROR_BOXES = '[data-testid="stException"], [data-testid="stAlertContentError"]'


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def parameters(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", PAGES)
def test_page_opens_cleanly(visit, path, language):
    page = visit.open(with_language(path, language))
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.wait_for_function(CHARTS_DRAWN)
    assert page.locator(ERROR_BOXES).count() == 0
    assert visit.outside == []
    assert visit.errors == []


def test_the_language_of_the_browser_is_the_default(chromium, server, visit):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(server)
    expect(page.locator("h1")).to_contain_text("innovation sociale", timeout=60_000)
    context.close()


def test_the_switch_changes_words_and_url_and_keeps_the_filters(visit):
    page = visit.open("map?lang=en&country=ES")
    page.get_by_text("FR", exact=True).first.click()
    page.wait_for_url("**lang=fr**")
    expect(page.locator("h1")).to_have_text("Carte")
    assert parameters(page.url)["country"] == ["ES"]


def test_the_map_shows_clusters(visit):
    """The canvas holds pixels in the colours of the kinds, not only land."""
    page = visit.open("map?lang=en")
    canvas = page.locator("[data-testid='stDeckGlJsonChart'] canvas").last
    expect(canvas).to_be_visible()
    page.wait_for_function(
        """() => {
            const canvases = [...document.querySelectorAll("[data-testid='stDeckGlJsonChart'] canvas")];
            return canvases.length > 0 && canvases.every(canvas => canvas.width > 100);
        }"""
    )
    for _attempt in range(100):
        if coloured(canvas.screenshot()) > 300:
            break
        page.wait_for_timeout(500)
    assert coloured(canvas.screenshot()) > 300


def coloured(png: bytes) -> int:
    """How many pixels are far from grey: land and sea are, clusters are not."""
    from io import BytesIO

    import numpy as np
    from PIL import Image

    pixels = np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)
    return int(((pixels.max(axis=2) - pixels.min(axis=2)) > 60).sum())


def test_a_filter_changes_the_url_and_the_chart_and_the_link_opens_the_same_rows(visit, chromium, server):
    page = visit.open("countries?lang=en")
    before = page.locator(".st-key-chart-clusters_by_country h3").inner_text()
    page.locator(".st-key-menu-kinds button").first.click()
    page.get_by_role("combobox").last.click()
    page.get_by_role("option", name=re.compile(r"^PTCE \(\d+\)$")).click()
    page.wait_for_url("**kind=ptce**")
    heading = page.locator(".st-key-chart-clusters_by_country h3")
    expect(heading).not_to_have_text(before)
    after = heading.inner_text()
    other = chromium.new_context()
    reader = other.new_page()
    reader.goto(page.url)
    expect(reader.locator(".st-key-chart-clusters_by_country h3")).to_have_text(after, timeout=60_000)
    other.close()


def test_the_menu_keeps_language_and_filters(visit):
    page = visit.open("map?lang=fr&country=FR")
    page.get_by_role("link", name="Emplois").first.click()
    page.wait_for_url("**/jobs**")
    visit.settle()
    page.wait_for_url("**country=FR**")
    assert parameters(page.url)["lang"] == ["fr"]


def test_search_finds_pole_sud_aquitain(visit):
    page = visit.open("clusters?lang=fr")
    box = page.get_by_role("searchbox").first
    box.fill("Pole sud aquitain")
    box.press("Enter")
    page.wait_for_url("**q=Pole**")
    link = page.get_by_role("link", name="Sud Aquitain").first
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**id=fr-ptce-sud-aquitaine**")
    expect(page.locator("h1")).to_contain_text("Sud Aquitain")


def test_a_figure_opens_its_source(visit):
    page = visit.open("clusters?id=fr-darwin-bordeaux&lang=en")
    figure = page.locator("details.figure").first
    expect(figure.locator("blockquote").first).to_be_hidden()
    figure.locator("summary").click()
    expect(figure.locator("blockquote").first).to_be_visible()
    assert figure.locator("a").first.get_attribute("href").startswith("http")


def test_the_sources_of_a_chart_open(visit):
    page = visit.open("countries?lang=en")
    page.locator(".st-key-sources-clusters_by_country button").click()
    expect(page.get_by_role("dialog").locator("blockquote").first).to_be_visible()


def test_rows_download_as_csv(visit):
    page = visit.open("countries?lang=en&country=FR~ES")
    page.locator(".st-key-share-clusters_by_country button").click()
    page.get_by_role("dialog").get_by_role("tab", name="Data").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="CSV", exact=False).first.click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("country,clusters,source_ids")
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize(
    "path",
    [
        "",
        "map",
        "jobs",
        "funding",
        "countries",
        "clusters",
        "clusters?id=fr-darwin-bordeaux",
        "model",
        "briefing",
        "data",
        "data?part=sources",
        "data?part=quality",
        "changes",
    ],
)
def test_nothing_is_wider_than_a_small_phone(visit, path):
    visit.page.set_viewport_size({"width": 320, "height": 700})
    page = visit.open(with_language(path, "fr"))
    main = page.locator("[data-testid='stMain']")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 1


def test_a_hostile_link_runs_nothing(visit):
    page = visit.open("clusters?lang=en&id=%3Cimg%20src%3Dx%20onerror%3D%22window.pwned%3D1%22%3E&kind=%3Cscript%3E")
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src=x]").count() == 0


def fetched(url: str, **headers: str):
    """Headers and body of an answer, as sent."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.headers, answer.read()


def test_scripts_are_sent_compressed_and_whole(visit, server):
    scripts = []
    visit.page.on("response", lambda answer: scripts.append(answer.url) if answer.url.endswith(".js") else None)
    visit.open("clusters?lang=en")
    assert scripts
    headers, body = fetched(scripts[0], **{"Accept-Encoding": "gzip"})
    plain_headers, plain = fetched(scripts[0])
    assert headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain_headers
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain)


def test_a_page_that_does_not_exist_leads_home_and_says_so(visit):
    page = visit.open("no-such-page?lang=fr")
    expect(page.get_by_text("page=no-such-page")).to_be_visible()
    assert visit.errors == []
    expect(page.get_by_role("link", name="Carte").first).to_be_visible()
    expect(page.locator("h1")).to_contain_text("innovation sociale")


def test_the_keyboard_reaches_a_figure_and_opens_its_source(visit):
    page = visit.open("clusters?id=fr-darwin-bordeaux&lang=en")
    summary = page.locator("details.figure summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.figure blockquote").first).to_be_visible()


def test_the_back_button_goes_back(visit):
    page = visit.open("clusters?lang=en&q=darwin")
    page.get_by_role("link", name="DARWIN").first.click()
    page.wait_for_url("**id=fr-darwin-bordeaux**")
    expect(page.locator("h1")).to_contain_text("DARWIN")
    page.go_back()
    page.wait_for_url("**q=darwin**")
    expect(page.locator("h1")).to_have_text("Clusters")


def test_a_sheet_leads_back_to_the_list_with_its_filters(visit):
    page = visit.open("clusters?lang=en&country=IT")
    page.locator(".st-key-list-clusters a").first.click()
    page.wait_for_url("**id=it-**")
    page.get_by_role("link", name="All clusters").click()
    page.wait_for_url("**country=IT**")
    expect(page.locator("h1")).to_have_text("Clusters")
