"""The Share menu: what is shared is what is seen, nothing is made before it is asked for, and pinning tells what it did."""

import pytest

from atlas import store
from atlas.outlets.briefing.document import Figure, KeyFigures, Portrait, Rows
from atlas.outlets.chromium import NoPicture
from pages.parts import pins, share
from tests.test_pages import opened

BASE = "https://observatory.example"


@pytest.fixture(autouse=True)
def public(monkeypatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", f"{BASE}/")


@pytest.fixture
def no_picture(monkeypatch) -> None:
    def refuse(*_arguments: object) -> bytes:
        raise NoPicture("Too many pictures are being drawn: ask again in a few seconds.")

    monkeypatch.setattr(share, "framed", refuse)


def shared(page: str, chart: str, tab: str = "", **parameters: str):
    """The page with the Share menu of `chart` open at `tab`."""
    app = opened(page, **parameters)
    if tab:
        app.session_state["share-part"] = tab
    app.button(key=f"share-{chart}").click().run()
    assert not app.exception
    return app


def pressed(app, key: str) -> None:
    """Press a button of the open menu, which this test keeps open by pressing Share with it."""
    app.button(key="share-clusters_by_country").click()
    app.button(key=key).click().run()


def copied(app) -> list[str]:
    return [element.value for element in app.code]


def files(app) -> list[str]:
    return [element.proto.label for element in app.get("download_button")]


def toasts(app) -> list[str]:
    return [element.value for element in app.toast]


def test_links_are_for_what_the_page_shows():
    app = shared("countries", "clusters_by_country", lang="en", country="FR~ES")
    page, alone = copied(app)
    assert page.startswith(BASE) and "country=FR~ES" in page
    assert alone == f"{BASE}/embed/clusters_by_country?lang=en&country=FR~ES"


def test_a_choice_of_the_page_alone_is_shared_with_its_chart():
    """The overview shows jobs by scope whatever was chosen on the page of jobs."""
    app = shared("overview", "jobs_by_scope", lang="en", metric="members", country="ES")
    assert copied(app)[1] == f"{BASE}/embed/jobs_by_scope?lang=en"


def test_a_frozen_version_is_in_the_link_of_the_chart_and_never_in_that_of_the_page():
    app = shared("countries", "clusters_by_country", lang="en")
    app.session_state["share-choice-version"] = "frozen"
    app.button(key="share-clusters_by_country").click().run()
    page, alone = copied(app)
    assert alone.endswith(f"&v={store.version()}") and "v=" not in page


def test_the_code_to_embed_and_what_it_shows():
    app = shared("countries", "clusters_by_country", "Embed", lang="en")
    (code,) = copied(app)
    assert code.startswith(f'<iframe src="{BASE}/embed/clusters_by_country?lang=en"')
    (frame,) = app.get("iframe")
    assert "/embed/clusters_by_country?lang=en" in frame.proto.src


@pytest.mark.parametrize(("language", "tab"), [("en", "Data"), ("fr", "Données")])
def test_the_rows_are_files_and_an_address(language, tab):
    app = shared("jobs", "jobs_by_cluster", tab, lang=language)
    assert {"CSV", "Excel (XLSX)"} <= set(files(app))
    assert copied(app) == [f"{BASE}/embed/jobs_by_cluster.csv?lang={language}"]


def test_the_chart_is_cited_in_four_formats():
    app = shared("countries", "clusters_by_country", "Cite", lang="en")
    formats = app.session_state["share-choice-format"]
    assert formats == "APA" and f"{BASE}/embed/clusters_by_country" in copied(app)[0]
    app.session_state["share-choice-format"] = "BibTeX"
    app.button(key="share-clusters_by_country").click().run()
    assert copied(app)[0].startswith("@misc{")


def test_nothing_is_made_before_the_menu_is_opened(monkeypatch):
    made = []
    monkeypatch.setattr(share, "framed", lambda *arguments: made.append(arguments))
    monkeypatch.setattr(share, "kit", lambda *arguments: made.append(arguments))
    app = opened("jobs", lang="en")
    assert not made and not app.get("download_button") and not copied(app)
    app.button(key="share-jobs_by_cluster").click().run()
    assert not made


@pytest.mark.parametrize(
    ("language", "tab", "words"), [("en", "Picture", "cannot be drawn"), ("fr", "Image", "dessinée")]
)
def test_a_picture_that_fails_is_a_sentence_and_the_rest_stays(no_picture, monkeypatch, language, tab, words):
    monkeypatch.setattr(share, "is_available", lambda: True)
    app = shared("countries", "clusters_by_country", tab, lang=language)
    assert words in app.warning[0].value
    assert not app.exception and not {"PNG", "SVG", "PDF"} & set(files(app))


@pytest.mark.parametrize("has_browser", [True, False])
def test_without_a_browser_no_picture_is_offered(monkeypatch, has_browser):
    monkeypatch.setattr(share, "is_available", lambda: has_browser)
    app = shared("countries", "clusters_by_country", lang="en")
    labels = [tab.label for tab in app.tabs]
    assert labels == ["Link", "Embed", *(["Picture"] if has_browser else []), "Data", "Cite"]


def test_a_map_to_move_is_shared_as_its_twin_on_paper():
    app = shared("map", "cluster_map", lang="en", country="FR")
    assert copied(app)[1] == f"{BASE}/embed/cluster_map_print?lang=en&country=FR"
    assert any("on paper" in caption.value for caption in app.caption)


def test_a_chart_and_its_table_are_pinned_once_with_what_they_say():
    app = shared("countries", "clusters_by_country", lang="en", country="FR~ES")
    said = [heading.value.replace("\\", "") for heading in app.subheader]
    pressed(app, "pin-chart")
    assert toasts(app) == ["Added to your briefing. It holds 1 item."]
    (block,) = app.session_state[pins.KEY].blocks
    assert isinstance(block, Figure) and block.parameters == {"country": "FR~ES"}
    assert block.seen and block.seen.sentence in said and block.seen.digest
    app.button(key="share-clusters_by_country").click().run()
    pressed(app, "pin-chart")
    assert toasts(app) == ["This is in your briefing already. It holds 1 item."]
    pressed(app, "pin-table")
    assert [type(block) for block in app.session_state[pins.KEY].blocks] == [Figure, Rows]
    assert app.session_state[pins.KEY].version == store.version()


def test_key_figures_and_sheets_are_pinned_where_they_stand():
    app = opened("overview", lang="fr", definition="ptce")
    app.button(key="pin-key-figures").click().run()
    assert toasts(app) == ["Ajouté à votre note. Elle compte 1 élément."]
    (block,) = app.session_state[pins.KEY].blocks
    assert isinstance(block, KeyFigures) and block.parameters == {"definition": "ptce"} and block.seen
    app = opened("clusters", lang="en", id="fr-darwin-bordeaux")
    app.button(key="pin-sheet").click().run()
    (block,) = app.session_state[pins.KEY].blocks
    assert isinstance(block, Portrait) and block.parameters == {"id": "fr-darwin-bordeaux"}
    assert block.seen and "Bordeaux" in block.seen.sentence


def test_a_full_briefing_says_so(monkeypatch):
    monkeypatch.setattr(pins, "MOST", 0)
    app = opened("overview", lang="en")
    app.button(key="pin-key-figures").click().run()
    assert "full" in toasts(app)[0]
    assert pins.KEY not in app.session_state
