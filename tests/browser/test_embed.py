"""Embeds in a real browser: alone, and inside the page of someone else."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from atlas import store
from atlas.outlets.drawing import Drawing
from atlas.outlets.embed_routes import routes
from atlas.outlets.snippet import resizing
from atlas.selection import Selection
from pages import SHOWN
from tests.outlets.answers import serving

CHART = "jobs_by_scope"


@pytest.fixture(scope="module")
def embeds() -> Iterator[str]:
    """The embeds alone, served; yields their address."""
    with serving(routes(SHOWN)) as address:
        yield address


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A page on another origin; yields its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode("utf-8"))

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def reader(chromium: Browser, **how) -> Iterator[Page]:
    """A page of a fresh reader; at its end, nothing was complained of and no cookie was left."""
    context = chromium.new_context(**how)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []
    assert context.cookies() == []
    context.close()


def test_it_reads_without_javascript_on_a_phone_in_the_dark(chromium, embeds):
    with reader(
        chromium, java_script_enabled=False, color_scheme="dark", viewport={"width": 360, "height": 700}
    ) as page:
        page.goto(f"{embeds}/embed/{CHART}?lang=fr")
        expect(page.get_by_role("img")).to_have_count(1)
        sentence = Drawing.of(CHART, Selection(language="fr"), store.tables()).sentence
        expect(page.get_by_role("img", name=sentence)).to_be_visible()
        box = page.get_by_role("img").bounding_box()
        assert 300 < box["width"] <= 360
        page.get_by_text("Les mêmes chiffres en tableau").click()
        expect(page.get_by_role("cell", name="DARWIN Eco-Système")).to_be_visible()
        expect(page.locator("svg rect").first).to_be_attached()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(chromium, embeds, scheme):
    with reader(chromium, color_scheme=scheme, viewport={"width": 720, "height": 900}) as page:
        page.goto(f"{embeds}/embed/{CHART}?lang=fr")
        for summary in page.locator("summary").all():
            summary.click()
        page.wait_for_selector("#chart.is-live")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_in_the_page_of_another_site_it_takes_its_height_and_comes_to_life(chromium, embeds):
    drawing = Drawing.of(CHART, Selection(), store.tables())
    html = f"<!doctype html><html lang=en><title>Host</title><h1>Host</h1>{resizing(drawing, embeds)}</html>"
    with another_site(html) as address, reader(chromium, viewport={"width": 700, "height": 900}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(page.locator("iframe")).to_have_attribute("style", re.compile(r"height: \d+px"))
        assert not any("plotly" in url for url in asked)
        tall = page.locator("iframe").bounding_box()["height"]
        assert abs(tall - frame.locator("body").bounding_box()["height"]) <= 1
        frame.locator("summary").last.click()
        page.wait_for_function("before => document.querySelector('iframe').offsetHeight > before + 50", arg=tall)
        expect(frame.locator("#chart.is-live .main-svg").first).to_be_visible()
        expect(frame.locator("#chart .wide")).to_be_hidden()
        assert {url.split("/")[2] for url in asked if not url.endswith("favicon.ico")} == {
            address.split("/")[2],
            embeds.split("/")[2],
        }
