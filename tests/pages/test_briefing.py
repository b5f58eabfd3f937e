"""The page Briefing on the real tables: drafts fill the editor, each change is kept, and what is saved opens again."""

from base64 import b64decode
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from atlas import store
from atlas.outlets.briefing.document import (
    Briefing,
    Figure,
    KeyFigures,
    Seen,
    Text,
    from_json,
    from_link,
    to_json,
    to_link,
)
from pages.parts.briefing.desk import shortest
from pages.parts.briefing.outlet import filename
from tests.test_pages import opened

THREE = Briefing(
    title="Three parts",
    lead="A lead.",
    blocks=(
        Text(markdown="First"),
        Figure(chart="ptce_calls"),
        Text(markdown="Last"),
    ),
)


def editor(briefing: Briefing = THREE, language: str = "en") -> AppTest:
    app = opened("briefing", lang=language, b=to_link(briefing))
    assert not app.exception
    return app


def kept(app: AppTest) -> Briefing:
    """The briefing as the page holds it."""
    return app.session_state["briefing"]


def told(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.warning, *app.caption, *app.markdown])


def kinds(app: AppTest) -> list[str]:
    """The blocks in order: what is written, or which chart."""
    return [getattr(block, "markdown", "") or getattr(block, "chart", "") for block in kept(app).blocks]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def noise(seed: str) -> str:
    """Letters that do not compress."""
    return sha256(seed.encode()).hexdigest()


def named(app: AppTest, position: int) -> int:
    """The name that the block at `position` keeps."""
    return app.session_state["briefing-names"][position][0]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("template", ["country-note", "ptce-note", "comparison"])
def test_one_click_makes_a_draft_in_the_language(template, language):
    app = press(opened("briefing", lang=language), f"draft-{template}")
    draft = kept(app)
    assert draft.language == language
    assert draft.title and draft.lead
    assert sum(block.kind == "figure" for block in draft.blocks) >= 3
    assert draft.version == store.tables().version
    assert len(app.text_area) == 2 + sum(block.kind == "text" for block in draft.blocks)


def test_a_cluster_portrait_asks_for_its_cluster():
    app = opened("briefing", lang="en")
    assert app.button(key="draft-cluster-portrait").disabled
    app.selectbox(key="cluster-cluster-portrait").select("fr-darwin-bordeaux").run()
    draft = kept(press(app, "draft-cluster-portrait"))
    assert "DARWIN" in draft.title


def test_what_is_written_is_kept_and_stays_with_its_block_when_it_moves():
    app = editor()
    first = named(app, 0)
    app.text_area(key=f"text-{first}").set_value("Written").run()
    press(app, f"down-{first}")
    assert kinds(app) == ["ptce_calls", "Written", "Last"]
    assert app.text_area(key=f"text-{first}").value == "Written"
    press(app, f"down-{first}")
    assert kinds(app) == ["ptce_calls", "Last", "Written"]
    assert app.button(key=f"down-{first}").disabled
    press(app, f"top-{first}")
    assert kinds(app) == ["Written", "ptce_calls", "Last"]


def test_title_and_lead_are_kept_and_a_title_is_one_line():
    app = editor()
    app.text_area[0].set_value("Two\nlines").run()
    app.text_area[1].set_value("Another lead").run()
    assert (kept(app).title, kept(app).lead) == ("Two lines", "Another lead")
    assert [area.value for area in app.text_area][:2] == ["Two lines", "Another lead"]
    press(app, "undo")
    assert app.text_area[1].value == "A lead."


def test_blocks_are_doubled_removed_written_between_and_every_step_is_taken_back():
    app = editor()
    press(app, f"double-{named(app, 1)}")
    assert kinds(app) == ["First", "ptce_calls", "ptce_calls", "Last"]
    press(app, f"remove-{named(app, 0)}")
    press(app, "write-None")
    press(app, f"write-{named(app, 1)}")
    assert kinds(app) == ["", "ptce_calls", "", "ptce_calls", "Last"]
    for _step in range(4):
        press(app, "undo")
    assert kinds(app) == ["First", "ptce_calls", "Last"]
    assert app.button(key="undo").disabled


def test_a_chart_takes_its_table_along():
    app = editor()
    app.toggle(key=f"with-table-{named(app, 1)}").set_value(True).run()
    assert kept(app).blocks[1].with_table


def test_a_briefing_is_full_at_sixty_blocks_and_says_so():
    app = editor(Briefing(title="Full", blocks=tuple(Text(markdown=str(number)) for number in range(60))))
    assert "at most 60 blocks" in told(app)
    assert app.button(key=f"double-{named(app, 0)}").disabled
    assert app.button(key="write-None").disabled


def test_the_settings_are_those_of_the_briefing():
    app = editor()
    app.toggle(key="briefing-has_cover").set_value(True).run()
    app.toggle(key="briefing-has_appendix").set_value(False).run()
    assert kept(app).has_cover and not kept(app).has_appendix
    assert kept(app).blocks == kept(editor()).blocks


def test_a_chart_is_told_in_the_language_of_the_briefing():
    english, french = editor(), editor(THREE.but(language="fr"))
    assert "Calls for PTCE" in told(english)
    assert "Appels à PTCE" in told(french)


def test_a_saved_file_opens_the_same_briefing():
    first = editor()
    content = to_json(kept(first))
    app = opened("briefing", lang="en")
    app.file_uploader(key="briefing-file").upload("note.json", content, "application/json").run()
    assert kept(app) == kept(first) == from_json(content)
    assert [area.value for area in app.text_area] == ["Three parts", "A lead.", "First", "Last"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "not a briefing saved here"),
        (b'{"blocks": [{"kind": "figure"}]}', "blocks"),
        (b'{"title": "' + b"x" * (2 * 2**20) + b'"}', "at most 2 MB"),
    ],
)
def test_a_bad_file_is_one_sentence(content, said):
    app = opened("briefing", lang="en")
    app.file_uploader(key="briefing-file").upload("note.json", content, "application/json").run()
    assert not app.exception
    assert said in told(app)
    assert len(app.warning) == 1
    assert app.button(key="draft-ptce-note")


def test_a_logo_in_a_file_that_is_no_picture_is_left_out():
    app = opened("briefing", lang="en")
    content = to_json(THREE.but(logo="PHNjcmlwdD4="))
    app.file_uploader(key="briefing-file").upload("note.json", content, "application/json").run()
    assert kept(app).logo == ""
    assert kept(app).title == "Three parts"


def test_a_logo_is_checked_kept_and_taken_off():
    picture = BytesIO()
    Image.new("RGB", (30, 10), "#0b5d6b").save(picture, "PNG")
    app = editor()
    app.file_uploader(key="logo-file").upload("logo.png", b"<svg/>", "image/png").run()
    assert kept(app).logo == "" and "not a picture" in told(app)
    app.file_uploader(key="logo-file").upload("logo.png", picture.getvalue(), "image/png").run()
    assert b64decode(kept(app).logo).startswith(b"\x89PNG")
    press(app, "logo-off")
    assert kept(app).logo == ""


def test_the_link_holds_the_briefing_as_it_is_edited():
    app = editor()
    app.text_area[0].set_value("Renamed").run()
    link = app.query_params["b"]
    assert from_link(link) == kept(app)
    assert kept(editor(from_link(link))) == kept(app)


def test_a_link_too_long_first_forgets_what_was_said_then_is_none():
    long = [
        Figure(
            chart="ptce_calls",
            parameters={"q": f"{number}"},
            seen=Seen(sentence=noise(f"a{number}") + noise(f"b{number}"), digest=noise(f"c{number}")[:12]),
        )
        for number in range(40)
    ]
    link = shortest(Briefing(blocks=tuple(long)))
    opened_again = from_link(link)
    assert [block.chart for block in opened_again.blocks] == ["ptce_calls"] * 40
    assert [block.seen.digest for block in opened_again.blocks] == [block.seen.digest for block in long]
    assert not any(block.seen.sentence for block in opened_again.blocks)


def test_a_step_back_in_the_browser_opens_the_earlier_briefing_and_undo_brings_the_later_back():
    app = editor()
    earlier = app.query_params["b"]
    app.text_area[0].set_value("Renamed").run()
    app.query_params["b"] = earlier
    app.run()
    assert kept(app).title == "Three parts"
    press(app, "undo")
    assert kept(app).title == "Renamed"


def test_a_link_older_than_what_was_just_typed_takes_nothing_away():
    app = editor()
    earlier = app.query_params["b"]
    app.text_area[0].set_value("Renamed").run()
    app.query_params["b"] = earlier
    app.text_area[1].set_value("And a lead").run()
    assert (kept(app).title, kept(app).lead) == ("Renamed", "And a lead")


def test_what_is_pinned_on_another_page_joins_the_end_and_can_be_taken_back():
    app = editor()
    pinned = KeyFigures(parameters={"country": "FR"})
    app.session_state["briefing"] = kept(app).but(blocks=(*kept(app).blocks, pinned))
    app.run()
    assert [block.kind for block in kept(app).blocks] == ["text", "figure", "text", "key_figures"]
    assert kept(app).blocks[3].seen.digest
    press(app, "undo")
    assert [block.kind for block in kept(app).blocks] == ["text", "figure", "text"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_briefing_too_long_for_a_link_says_so(language):
    words = " ".join(str(number**5) for number in range(3000))
    app = opened("briefing", lang=language)
    content = to_json(THREE.but(lead=words[:20_000]))
    app.file_uploader(key="briefing-file").upload("note.json", content, "application/json").run()
    assert {"en": "too long for a link", "fr": "trop longue pour un lien"}[language] in told(app)
    assert "b" not in app.query_params


@pytest.mark.parametrize("link", ["x", "%00", "eNqrVkrLz1eyUkpKLFKqBQAfLgRs", "<script>alert(1)</script>", "A" * 3000])
@pytest.mark.parametrize(("language", "said"), [("en", "This "), ("fr", "Ce ")])
def test_a_link_that_holds_no_briefing_is_one_sentence_and_the_empty_page(link, language, said):
    app = opened("briefing", lang=language, b=link)
    assert not app.exception
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith(said)
    assert app.button(key="draft-ptce-note")
    assert "b" not in app.query_params


def test_a_chart_that_we_do_not_know_is_a_sentence_in_its_place():
    app = editor(
        Briefing(title="Old", blocks=(Figure(chart="no_such_chart"), KeyFigures(parameters={"country": "XX"})))
    )
    assert "No chart is called" in told(app)
    assert "country\\=XX" in told(app) or "country=XX" in told(app)


def test_what_changed_since_the_briefing_was_made_is_told_until_it_is_taken_as_seen():
    app = editor()
    old = kept(app)
    figure = old.blocks[1].model_copy(update={"seen": Seen(sentence="It was otherwise.", digest="0" * 12)})
    before = old.but(version="older", made="2026-08-01", blocks=(old.blocks[0], figure, old.blocks[2]))
    app = editor(before)
    assert "1 figure changed since August 2026" in told(app)
    assert "It was otherwise" in told(app)
    press(app, "take-news")
    assert "changed since" not in told(app)
    assert kept(app).blocks[1].seen == old.blocks[1].seen
    assert kept(app).version == store.tables().version


def test_beginning_anew_can_be_taken_back():
    app = press(editor(), "anew")
    assert kept(app).blocks == ()
    assert app.button(key="draft-ptce-note")


def test_a_file_is_named_by_its_title_in_plain_letters():
    name = filename(THREE.but(title="PTCE : « où en est-on ? » ../../etc"), "docx")
    assert name.startswith("ptce-ou-en-est-on-etc-")
    assert name.endswith(".docx")
