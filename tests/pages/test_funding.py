"""The funding page: what groups the timeline, who won the calls, and the card that a mark opens."""

from tests.test_pages import opened


def test_the_timeline_is_grouped_as_the_link_says_and_the_choice_writes_the_link():
    app = opened("funding", lang="en", by="country", country="FR")
    grouped = app.selectbox(key="choice-by")
    assert grouped.value == "country"
    grouped.select("level").run()
    assert not app.exception
    assert "by" not in app.query_params


def test_a_call_opens_on_its_laureates_with_amounts_and_sources():
    app = opened("funding", lang="en", country="FR", part="calls")
    assert not app.exception
    titles = [box.label for box in app.expander if "named" in box.label]
    assert any(title.startswith("**2013** · ") and "21 laureates named, of 23 announced" in title for title in titles)
    app.session_state["laureates-fr-ptce-call-2015"] = True
    app.run()
    html = "".join(element.value for element in app.get("html"))
    assert "Amount not published" in html
    links = [element for element in app.get("page_link") if element.page == "clusters"]
    assert len(links) >= 7
