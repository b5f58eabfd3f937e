"""A real server and a real Chromium, started once for all browser tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import programs
from tests.browser.server import serve

PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The dashboard, served; yields its address."""
    with serve("dashboard.py") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=programs.ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page as one reader sees it, with what it asked of other hosts and what its console complained of."""

    page: Page
    server: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a path of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.server}/{path}")
        return self.settle()

    def settle(self) -> Page:
        """Wait until the script has run to its end: the footer is its last element."""
        self.page.wait_for_selector("footer", state="attached", timeout=PATIENCE_MS)
        self.page.wait_for_selector(READY, state="attached", timeout=PATIENCE_MS)
        return self.page


@pytest.fixture
def visit(server: str, chromium: Browser) -> Iterator[Visit]:
    with visiting(server, chromium) as seen:
        yield seen


@contextmanager
def visiting(server: str, chromium: Browser) -> Iterator[Visit]:
    """A reader of the dashboard at `server`."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    seen = Visit(page, server)
    host = urlsplit(server).netloc
    page.on(
        "request",
        lambda request: (
            seen.outside.append(request.url)
            if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"} and urlsplit(request.url).netloc != host
            else None
        ),
    )
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()
