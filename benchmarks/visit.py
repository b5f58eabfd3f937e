"""A first visit in real Chromium: bytes over the wire and seconds until the page is drawn."""

import time
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.browser.server import CHARTS_DRAWN

DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"] .js-plotly-plot, [data-testid="stApp"][data-test-script-state="notRunning"] footer'


class Cost(NamedTuple):
    """Bytes received and seconds until every chart is drawn."""

    bytes: float
    seconds: float


def first_visit(browser: Browser, url: str) -> Cost:
    """Open `url` in a context with an empty cache and count until the page is drawn."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    received = [0.0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived", lambda event: received.append(len(event["response"]["payloadData"]) * 3 / 4)
    )
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(DRAWN, state="attached", timeout=120_000)
    page.wait_for_function(CHARTS_DRAWN, timeout=120_000)
    seconds = time.perf_counter() - start
    context.close()
    return Cost(sum(received), seconds)
