"""Pictures of charts, drawn by a real Chromium."""

from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from atlas import store
from atlas.outlets import image
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.theme import DARK

SVG = "{http://www.w3.org/2000/svg}"


def drawing(name="clusters_by_kind", theme=None, **chosen) -> Drawing:
    selection = Selection(**chosen)
    return Drawing.of(name, selection, store.tables(), theme) if theme else Drawing.of(name, selection, store.tables())


def test_the_svg_names_itself_and_keeps_its_text():
    shown = drawing(language="fr")
    root = ElementTree.fromstring(image.svg(shown))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == shown.sentence
    texts = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert "PTCE" in texts


def test_outlined_letters_need_no_font():
    drawn = image.outlined(drawing())
    assert "<text" not in drawn
    assert 'role="img"' in drawn


@pytest.mark.parametrize(("preset", "size"), [("social", (1200, 628)), ("square", (1080, 1080))])
def test_presets_have_their_size(preset, size):
    assert Image.open(BytesIO(image.framed(drawing(), "png", preset))).size == size


def test_print_has_300_dots_per_inch_at_19_cm():
    width = Image.open(BytesIO(image.framed(drawing(), "png", "print"))).width
    assert width / (19 / 2.54) >= 300


def test_a_picture_follows_theme_language_and_selection():
    asked = [drawing(), drawing(language="fr"), drawing(theme=DARK), drawing(countries=("ES",))]
    assert len({image.framed(one, "png") for one in asked}) == len(asked)


def test_a_framed_pdf_says_what_it_shows_and_from_where():
    shown = drawing()
    with pikepdf.open(BytesIO(image.framed(shown, "pdf"))) as pdf:
        assert str(pdf.docinfo["/Title"]) == shown.sentence
        assert "/StructTreeRoot" in pdf.Root
    assert shown.tables.version in shown.source_line


def test_a_map_to_move_is_drawn_by_its_twin_on_paper():
    assert drawing("cluster_map", near=(48.85, 2.35)).name == "cluster_map_print"


def test_two_links_to_one_picture_are_one_drawing():
    assert drawing(sort="jobs", query="a") == drawing()


def test_buttons_and_strips_that_only_a_screen_can_use_are_left_out():
    figure = drawing("funding_timeline").figure
    assert not figure.layout.updatemenus
    assert not any(axis.rangeslider.visible for axis in figure.select_xaxes())
