"""The directory in a real browser: search as one types."""

from playwright.sync_api import expect


def test_the_list_follows_what_is_typed_without_enter(visit):
    page = visit.open("clusters?lang=en")
    box = page.get_by_role("searchbox").first
    box.press_sequentially("pole ")
    page.wait_for_url("**q=pole**")
    visit.settle()
    box.press_sequentially("sud aquitian")
    page.wait_for_url("**aquitian**")
    visit.settle()
    expect(page.get_by_role("link", name="Sud Aquitain").first).to_be_visible()
    expect(box).to_have_value("pole sud aquitian")
