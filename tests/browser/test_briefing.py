"""The briefing in a real browser: from a draft to files on the reader's disk, and back from its link."""

import re

import pytest
from playwright.sync_api import Page, expect

PATIENCE_MS = 180_000
"""The first figures of a document start a second Chromium."""


def saved(page: Page, form: str) -> tuple[str, bytes]:
    """Name and content of the file that one click on the button of a form saves."""
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.locator(f".st-key-form-{form} button").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_a_draft_is_edited_saved_as_word_and_pdf_and_opened_again_from_its_link(visit, chromium):
    page = visit.open("briefing?lang=fr")
    page.locator(".st-key-draft-ptce-note button").click()
    expect(page.get_by_role("link", name=re.compile(r"Note \(\d+\)")).first).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_url("**b=**")
    lead = page.locator("[class*='st-key-briefing-lead'] textarea")
    lead.fill("Trois phrases à retenir.")
    first = page.locator("[class*='st-key-block-']").first
    expect(first).to_contain_text("Chiffres clés")
    page.locator("[class*='st-key-down-'] button").first.click()
    expect(first).not_to_contain_text("Chiffres clés")
    expect(lead).to_have_value("Trois phrases à retenir.")

    visit.settle()
    name, content = saved(page, "docx")
    assert name.endswith(".docx") and content.startswith(b"PK")
    name, content = saved(page, "pdf")
    assert name.endswith(".pdf") and content.startswith(b"%PDF")

    other = chromium.new_context()
    reader = other.new_page()
    reader.goto(page.url)
    again = reader.locator("[class*='st-key-briefing-lead'] textarea")
    expect(again).to_have_value("Trois phrases à retenir.", timeout=PATIENCE_MS)
    blocks = page.locator("[class*='st-key-block-']").count()
    expect(reader.locator("[class*='st-key-block-']")).to_have_count(blocks, timeout=PATIENCE_MS)
    other.close()
    assert visit.outside == []
    assert visit.errors == []


def test_the_preview_shows_the_document_and_reaches_nothing_of_the_page(visit):
    page = visit.open("briefing?lang=en")
    page.locator(".st-key-draft-ptce-note button").click()
    page.get_by_text("Preview", exact=True).first.click()
    frame = page.locator("iframe[title='Preview of the briefing']")
    expect(frame).to_be_visible(timeout=PATIENCE_MS)
    expect(frame.content_frame.locator("h1").first).to_contain_text("PTCE", timeout=PATIENCE_MS)
    assert frame.content_frame.locator("body").evaluate("() => window.origin") == "null"
    assert visit.outside == []


@pytest.mark.parametrize("path", ["briefing?b=%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E", "briefing?b=AAAA"])
def test_a_hostile_link_is_one_sentence(visit, path):
    page = visit.open(f"{path}&lang=en")
    expect(page.get_by_text("This link holds no briefing")).to_be_visible()
    expect(page.locator(".st-key-draft-ptce-note button")).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert visit.errors == []
