"""A page that is open while another version of the data is published, and while the tables are away."""

import io
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, expect

from atlas import storage
from etl.publish import publish
from pages.parts import live
from tests.browser.conftest import Visit, visiting
from tests.browser.server import serve
from tests.browser.test_dashboard import ERROR_BOXES
from tests.history import TABLES

COUNT_TICKS = """() => {
    window.ticks = 0; window.drawn = 0;
    const app = document.querySelector('[data-testid="stApp"]');
    new MutationObserver(() => { window.ticks += app.dataset.testScriptState === "running" })
        .observe(app, {attributeFilter: ["data-test-script-state"]});
    new MutationObserver(seen => { window.drawn += seen.length })
        .observe(document.querySelector('[data-testid="stMain"]'), {childList: true, subtree: true, characterData: true});
}"""
"""JavaScript: count the looks at the version from now on, and what is drawn meanwhile."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables, to be published anew."""
    return shutil.copytree(TABLES, tmp_path_factory.mktemp("live") / "tables")


@pytest.fixture(scope="module")
def moving(tables: Path) -> Iterator[str]:
    """The dashboard over that copy; yields its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLES_URL", str(tables))
        with serve("dashboard.py") as address:
            yield address


@pytest.fixture
def reader(moving: str, chromium: Browser) -> Iterator[Visit]:
    with visiting(moving, chromium) as seen:
        yield seen


def publish_without(cluster: str, version: str, tables: Path) -> None:
    """Publish `version`: what is there, without one cluster."""
    files = {path.name: path.read_bytes() for path in tables.iterdir()}
    rows = pq.read_table(io.BytesIO(files["clusters.parquet"]))
    buffer = io.BytesIO()
    pq.write_table(rows.filter(pc.not_equal(rows["cluster_id"], cluster)), buffer)
    files["clusters.parquet"] = buffer.getvalue()
    package = json.loads(files["datapackage.json"]) | {"version": version}
    for resource in package["resources"]:
        resource["hash"] = f"sha256:{sha256(files[resource['path']]).hexdigest()}"
    publish(files | {"datapackage.json": json.dumps(package).encode()}, tables)


def count(visit: Visit) -> int:
    """How many clusters the directory says it lists."""
    text = visit.page.get_by_text("clusters", exact=False).filter(has_text="clusters").all_inner_texts()
    return next(int(words[0]) for line in text if (words := line.split()) and words[0].isdecimal() and len(words) == 2)


def test_a_page_that_is_open_takes_a_new_version_and_keeps_what_was_chosen(reader, tables):
    page = reader.open("clusters?lang=en&country=FR&kind=ptce&sort=founded")
    before, address = count(reader), page.url
    publish_without("fr-ptce-sud-aquitaine", "2030.01.01", tables)
    notice = page.locator(".st-key-updated").get_by_role("status").filter(has_text="2030.01.01")
    expect(notice).to_be_visible()
    expect(page.locator("footer")).to_contain_text("2030.01.01")
    reader.settle()
    assert (count(reader), page.url) == (before - 1, address)
    assert reader.errors == [] and page.locator(ERROR_BOXES).count() == 0
    page.get_by_role("link", name="See what changed").click()
    page.wait_for_url("**/changes**")
    expect(page.locator("h1")).to_have_text("What changed")
    expect(notice).to_have_count(0)


def test_an_open_sheet_stays_and_the_notice_can_be_closed_in_french(reader, tables):
    page = reader.open("clusters?id=fr-darwin-bordeaux&lang=fr")
    publish_without("fr-ptce-sud-aquitaine", "2030.01.02", tables)
    notice = (
        page.locator(".st-key-updated")
        .get_by_role("status")
        .filter(has_text="Les données sont passées à la version 2030.01.02")
    )
    expect(notice).to_be_visible()
    expect(page.locator("h1")).to_contain_text("DARWIN")
    page.get_by_role("button", name="Fermer").click()
    expect(notice).to_have_count(0)


def test_a_dialog_that_is_open_stays_and_the_new_version_comes_when_it_is_closed(reader, tables):
    page = reader.open("jobs?lang=en")
    page.get_by_role("button", name="Share").first.click()
    dialog, notice = page.get_by_role("dialog"), page.locator(".st-key-updated").get_by_role("status")
    dialog.get_by_role("tab", name="Cite").click()
    page.evaluate(COUNT_TICKS)
    publish_without("fr-ptce-sud-aquitaine", "2030.01.03", tables)
    page.wait_for_function("window.ticks >= 2")
    expect(dialog.get_by_role("tab", name="Cite")).to_have_attribute("aria-selected", "true")
    expect(notice).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(notice.filter(has_text="2030.01.03")).to_be_visible()
    assert reader.errors == []


def test_nothing_is_drawn_while_nothing_changes(reader):
    page = reader.open("data?part=method&lang=en")
    page.evaluate(COUNT_TICKS)
    page.wait_for_function("window.ticks >= 2")
    assert page.evaluate("window.drawn") == 0
    assert reader.errors == []


def test_what_is_shown_stays_while_the_tables_are_away(reader, tables):
    page = reader.open("clusters?lang=en&country=IT")
    page.evaluate(COUNT_TICKS)
    aside = tables.rename(tables.with_name("aside"))
    try:
        page.wait_for_function("window.ticks >= 2")
        page.get_by_text("FR", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("Pôles")
        reader.settle()
        assert page.locator(ERROR_BOXES).count() == 0
    finally:
        aside.rename(tables)
    publish_without("it-none", "2030.01.04", tables)
    expect(page.locator(".st-key-updated").filter(has_text="2030.01.04")).to_be_visible()


def test_a_page_is_at_most_five_seconds_late():
    assert live.SECONDS + storage.AGAIN <= 5
