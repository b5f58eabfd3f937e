"""The map under a reader's hands: moved, clicked, played. Software rendering may miss a hand: it is tried again."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, TimeoutError, expect

CANVAS = ".st-key-where [data-testid='stDeckGlJsonChart'] canvas"
STANDS = f"""() => {{
    const canvas = document.querySelector("{CANVAS}");
    let fiber = canvas && canvas[Object.keys(canvas).find(name => name.startsWith("__reactFiber$"))];
    while (fiber && !fiber.memoizedProps?.viewState) fiber = fiber.return;
    const view = fiber?.memoizedProps.viewState;
    return view && [view.latitude, view.longitude, view.zoom];
}}"""
"""JavaScript: latitude, longitude and zoom of the map as it is drawn; nothing before it is."""
TOLD = f"""() => {{
    const told = new URLSearchParams(location.search).get("view"), stands = ({STANDS})();
    return told && told.split("~").every((part, at) => Math.abs(part - stands[at]) < 0.006);
}}"""
"""JavaScript: whether the address tells where the map stands."""
FOUNDED_BY = (
    """Number(document.querySelector(".st-key-where [data-testid='stCaptionContainer']").innerText.slice(11, 15))"""
)
"""JavaScript: the year that the line under the slider speaks of."""
TRIES, PATIENCE_MS = 20, 4_000


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def middle(page: Page) -> tuple[float, float]:
    """The middle of the map on the screen, in pixels."""
    canvas = page.locator(CANVAS).last
    canvas.scroll_into_view_if_needed()
    page.wait_for_function(STANDS)
    box = canvas.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def until(page: Page, act: Callable[[], None], condition: str, arg: str = "") -> None:
    """Act until the page shows it."""
    for _attempt in range(TRIES):
        act()
        with suppress(TimeoutError):
            page.wait_for_function(condition, arg=arg, timeout=PATIENCE_MS)
            return
    raise AssertionError(condition)


def drag(page: Page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y + 60, steps=4)
    page.mouse.up()


def test_where_the_map_is_put_stays_when_filters_change_and_in_a_link(visit, chromium):
    page = visit.open("map?lang=en")
    x, y = middle(page)
    before = page.evaluate(STANDS)
    until(page, lambda: drag(page, x, y), TOLD)
    put = page.evaluate(STANDS)
    assert put != before
    view = asked(page)["view"]

    page.get_by_text("PTCE", exact=True).first.click()
    page.wait_for_url("**definition=ptce**")
    visit.settle()
    assert asked(page)["view"] == view
    assert page.evaluate(STANDS) == pytest.approx(put, abs=0.006)

    other = chromium.new_context(viewport={"width": 1366, "height": 900})
    page = other.new_page()
    page.goto(f"{visit.server}/map?lang=en&view={view}", timeout=60_000)
    page.wait_for_function(STANDS, timeout=60_000)
    assert page.evaluate(STANDS) == pytest.approx(put, abs=0.006)
    other.close()


def test_the_map_and_its_table_choose_the_same_cluster(visit):
    page = visit.open("map?lang=en&view=44.8412~-0.5805~10.0")
    table = page.locator("[data-testid='stDataFrame']").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 100, box["y"] + 50)
    page.wait_for_selector("[role='gridcell']:focus", state="attached")
    page.keyboard.press("Shift+Space")
    page.wait_for_function("location.search.includes('id=')")
    by_table = asked(page)["id"]
    visit.settle()
    expect(page.locator(".st-key-chosen a")).to_be_visible()

    x, y = middle(page)
    page.mouse.move(x, y)
    expect(page.locator(".deck-tooltip")).to_be_visible()
    until(page, lambda: page.mouse.click(x, y), "id => !location.search.includes(id)", by_table)
    visit.settle()
    assert asked(page).get("id", "") != by_table
    assert asked(page)["view"] == "44.8412~-0.5805~10.0"


def test_the_years_play_by_themselves_on_the_same_map_until_paused(visit):
    page = visit.open("map?lang=en&until=1990")
    middle(page)
    page.evaluate(f"""() => {{ document.querySelector("{CANVAS}").seen = true }}""")
    play = page.locator(".st-key-play button")
    play.click()
    page.wait_for_function(f"{FOUNDED_BY} > 1995")
    play.click()
    page.wait_for_url(lambda url: "until=1990" not in url)
    expect(play).to_contain_text("Play")
    assert 1995 < int(asked(page)["until"]) < 2024
    assert page.evaluate(f"""document.querySelector("{CANVAS}").seen""")
    assert visit.errors == []
