"""The Share menu as a reader meets it: by keyboard, with real files, and on to the briefing."""

from io import BytesIO
from zipfile import ZipFile

from PIL import Image
from playwright.sync_api import Locator, Page, expect

CHART = "clusters_by_country"


def menu(page: Page) -> Locator:
    """The open menu of the chart."""
    page.locator(f".st-key-share-{CHART} button").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("tab").first).to_be_visible()
    return dialog


def downloaded(page: Page, dialog: Locator, name: str) -> bytes:
    with page.expect_download() as download:
        dialog.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def test_the_menu_is_walked_by_keyboard_and_shows_the_embed(visit):
    page = visit.open("countries?lang=en&country=FR~ES")
    dialog = menu(page)
    code = dialog.get_by_test_id("stCode")
    expect(code).to_have_count(2)
    dialog.get_by_role("tab", name="Link").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('[data-testid=stCode]')?.innerText")
    assert focused == page.url
    assert page.evaluate("document.activeElement.tagName") == "BUTTON", "the button that copies is reached"
    dialog.get_by_role("tab", name="Link").focus()
    page.keyboard.press("ArrowRight")
    expect(code).to_have_count(1)
    expect(code).to_contain_text(f'<iframe src="{visit.server}/embed/{CHART}?lang=en&amp;country=FR~ES"')
    sentence = dialog.get_by_test_id("stCaptionContainer").first.inner_text()
    expect(dialog.frame_locator("iframe").locator("h1")).to_have_text(sentence)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(f".st-key-share-{CHART} button")).to_be_focused()
    assert not visit.outside and not visit.errors


def test_pictures_rows_and_the_kit_are_saved_in_french(visit):
    page = visit.open("countries?lang=fr&country=FR~ES")
    dialog = menu(page)
    dialog.get_by_role("tab", name="Données").click()
    rows = downloaded(page, dialog, "CSV pour Excel en français").decode("utf-8-sig").splitlines()
    assert rows[0].startswith("country;clusters;source_ids") and len(rows) == 3
    dialog.get_by_role("tab", name="Image").click()
    dialog.get_by_role("radio", name="Carré").click()
    expect(dialog.locator("img")).to_have_js_property("naturalWidth", 1080)
    assert Image.open(BytesIO(downloaded(page, dialog, "PNG"))).size == (1080, 1080)
    assert downloaded(page, dialog, "SVG").startswith(b"<svg")
    with ZipFile(BytesIO(downloaded(page, dialog, "Tout en un ZIP"))) as kit:
        assert {"LISEZMOI.txt", "clusters-by-country.png", "clusters-by-country.pdf"} <= set(kit.namelist())


def test_a_chart_goes_to_the_briefing(visit):
    page = visit.open("countries?lang=fr&country=FR~ES")
    menu(page).get_by_role("button", name="Ajouter à la note").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Ajouté à votre note. Elle compte 1 élément.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    visit.settle()
    sentence = page.locator(f".st-key-chart-{CHART} h3").inner_text()
    page.get_by_role("link", name="Note (1)").first.click()
    page.wait_for_url("**/briefing**")
    expect(page.get_by_text(sentence).first).to_be_visible()
