"""The page of changes: a step in words, its rows and their cells, what a link asks for, and what is not there."""

import pytest

from atlas import store
from tests.history import DARWIN, HOSTILE, SECOND, remembered
from tests.test_pages import opened


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The folder that the small history stands in."""
    monkeypatch.setenv("TABLES_URL", str(remembered(tmp_path)))
    return tmp_path


def markdown(app) -> str:
    return "\n".join(element.value for element in app.markdown)


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def links(app) -> dict[str, str]:
    return {link.proto.label: link.proto.url for link in app.get("link_button")}


def test_the_last_step_is_told_and_its_rows_are_shown(beside):
    app = opened("changes", lang="en")
    assert not app.exception
    assert f"7 rows differ from version {SECOND}: 2 added, 4 changed, 1 removed" in markdown(app).replace("\\", "")
    assert [heading.value for heading in app.subheader] == ["Clusters", "Programmes", "Countries", "Other tables"]
    assert "<del>1,350</del> <i>→</i> <ins>1,420.5</ins>" in html(app)
    assert {"Everything"} == set(links(app))


def test_totals_and_coverage_stand_before_and_after(beside):
    shown = html(opened("changes", lang="en"))
    assert ">Clusters in Italy</th>" in shown and ">−1</td>" in shown
    assert ">Total: Surface · Land area (m²)</th>" in shown and ">no figure</td>" in shown
    assert "Clusters: rows<" not in shown, "what has not moved is on demand"
    assert "Website" not in shown


def test_every_count_is_shown_on_demand(beside):
    app = opened("changes", lang="en")
    app.session_state["measures-every"] = True
    app.run()
    assert not app.exception
    assert ">Clusters: rows</th>" in html(app) and "Website" in html(app)


def test_names_from_the_data_are_no_markup(beside):
    app = opened("changes", lang="fr")
    assert "<img" not in html(app) and "&lt;img src=x onerror=alert(1)&gt;" in html(app)
    assert "<img src" not in markdown(app).replace("\\<img", "") and "[x](javascript" not in markdown(app)
    labels = [link.proto.label for link in app.get("page_link")]
    assert all(HOSTILE not in label for label in labels)


def test_a_cluster_and_a_programme_lead_to_their_sheets_one_that_has_gone_does_not(beside):
    found = {link.proto.label: link.proto for link in opened("changes", lang="en").get("page_link")}
    assert {"DARWIN Eco\\-Système", "Austria"} <= set(found)
    assert not any("Parco" in label for label in found)
    assert f"id={DARWIN}" in found["DARWIN Eco\\-Système"].query_string


def test_filters_of_the_link_choose_rows_and_feeds(beside):
    app = opened("changes", lang="en", country="FR", cluster=DARWIN)
    assert [heading.value for heading in app.subheader] == ["Clusters"]
    assert "2 rows of 7" in [caption.value for caption in app.caption]
    assert links(app) == {
        "Everything": "changes.atom?lang=en",
        "France": "changes/country/FR.atom?lang=en",
        "DARWIN Eco\\-Système": f"changes/cluster/{DARWIN}.atom?lang=en",
    }


def test_a_group_of_countries_filters_as_one(beside):
    app = opened("changes", lang="en", country="benelux~AT")
    assert [heading.value for heading in app.subheader] == ["Countries"]


def test_a_choice_without_rows_offers_the_steps_that_have_some(beside):
    app = opened("changes", lang="en", version=SECOND, cluster=DARWIN)
    assert "Nothing that is chosen above differs" in app.info[0].value
    other = next(button for button in app.button if button.key == "other-version-0")
    other.click().run()
    assert app.query_params["version"] == store.version()
    assert [heading.value for heading in app.subheader] == ["Clusters"]


def test_a_wrong_version_is_a_sentence_with_the_nearest(beside):
    app = opened("changes", lang="en", version="2026.11.24.7")
    assert "2026.11.24.7" in app.warning[0].value
    near = next(button for button in app.button if button.key == "near-version")
    near.click().run()
    assert not app.warning
    assert app.query_params["version"] == SECOND


def test_a_wrong_cluster_is_a_sentence_with_those_nearest(beside):
    app = opened("changes", lang="en", cluster="fr-darwin-bordeau")
    assert "fr\\-darwin\\-bordeau" in app.warning[0].value
    next(button for button in app.button if button.label.startswith("DARWIN")).click().run()
    assert app.query_params["cluster"] == DARWIN


def test_the_last_version_is_no_choice_of_the_link(beside):
    app = opened("changes", lang="en", version=SECOND)
    app.selectbox(key="pick-version").select(store.version()).run()
    assert "version" not in app.query_params


@pytest.mark.parametrize(("language", "words"), [("en", "No change is recorded here yet"), ("fr", "Aucun changement")])
def test_without_a_history_the_page_says_so_with_the_version(beside, language, words):
    for path in (beside / "changes").glob("*.json"):
        path.unlink()
    app = opened("changes", lang=language)
    assert not app.exception
    assert words in app.info[0].value and store.version() in app.info[0].value
    assert len(links(app)) == 1


def test_the_overview_leads_to_the_page():
    pages = [link.proto.page for link in opened("overview", lang="en").get("page_link")]
    assert "changes" in pages
