"""A briefing in Word: read back by python-docx, and opened by LibreOffice."""

import re
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from PIL import Image

from atlas.outlets.briefing import docx_pictures
from atlas.outlets.briefing.docx import write
from atlas.outlets.chromium import NoPicture
from tests import programs
from tests.outlets import pdf_text
from tests.outlets.briefings import SOURCES, briefing, drawing, grid, picture

LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs suppressAutoHyphens spacing ind jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color kern sz szCs u vertAlign lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "w:tcPr": "tcW tcBorders shd vAlign",
}
"""The order in which Word accepts the children of an element."""


@lru_cache
def made(language: str) -> bytes:
    return write(briefing(language))


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def document(language) -> Document:
    return docx.Document(BytesIO(made(language)))


def styled(document: Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def fields(document: Document) -> list[str]:
    """The instructions of the fields of the body."""
    return [code.text.strip() for code in document.element.iter(qn("w:instrText"))]


def test_headings_follow_each_other_one_level_at_a_time(document, language):
    found = [(int(one.style.name[-1]), one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    method, sources = ("Method", "Sources") if language == "en" else ("Méthode", "Sources")
    assert [level for level, _text in found] == [1, 2, 2, 1, 1]
    assert [text for _level, text in found if "Pôle" not in text] == ["First part", "Below", method, sources]


def test_the_document_says_its_language_title_author_and_subject(document, language):
    properties = document.core_properties
    assert properties.language == LANGUAGES[language]
    assert properties.title.startswith("A note <b>&Pôle")
    assert properties.subject == "What it says."
    assert properties.author.startswith("Observato")
    assert properties.keywords == "France, clusters"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == LANGUAGES[language]


def test_contents_lead_to_the_headings_and_can_be_made_anew(document):
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    frame = next(document.element.iter(qn("w:sdt")))
    anchors = [link.get(qn("w:anchor")) for link in frame.iter(qn("w:hyperlink"))]
    assert any(code.startswith(r'TOC \o "1-2"') for code in fields(document))
    assert len(anchors) == 5
    assert set(anchors) <= names
    marks = [mark.get(qn("w:fldCharType")) for mark in frame.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_captions_are_counted_by_word(document, language):
    table = "Table" if language == "en" else "Tableau"
    assert [code for code in fields(document) if code.startswith("SEQ")] == [
        r"SEQ Figure \* ARABIC",
        rf"SEQ {table} \* ARABIC",
    ]
    figure, listed = styled(document, "Caption")
    assert figure == f"Figure\u00a01\u00a0– {drawing(language).sentence}"
    assert listed == f"{table}\u00a01\u00a0– Jobs by cluster"
    assert set(re.findall(r"w:instrText [^>]*>([^<]*)<", footers(language))) == {" PAGE ", " NUMPAGES "}


def footers(language: str) -> str:
    with ZipFile(BytesIO(made(language))) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if "footer" in name)


def test_every_picture_says_what_it_shows_and_is_drawn_as_lines(document, language):
    logo, chart = document.element.iter(qn("wp:docPr"))
    assert logo.get("descr") == "Logo"
    assert chart.get("descr").startswith(drawing(language).sentence)
    lines = [blip.get(qn("r:embed")) for blip in document.element.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")]  # fmt: skip
    svg = [document.part.related_parts[identifier] for identifier in lines]
    assert [part.content_type for part in svg] == ["image/svg+xml"]
    assert b"<text" not in svg[0].blob
    assert b"<path" in svg[0].blob
    assert b"<image" not in svg[0].blob


def test_the_picture_beside_the_lines_has_300_dots_per_inch(document):
    shape = document.inline_shapes[-1]
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    width, height = Image.open(BytesIO(image.blob)).size
    assert width / shape.width.inches >= 300
    assert width / height == pytest.approx(shape.width / shape.height, rel=0.01)


def test_links_leave_only_for_the_web(document):
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert set(links) == {
        "https://example.org/a%20b?%C3%A9=%5B1%5D&x=%25zz",
        "http://example.org/4",
        "https://example.org/here",
        "https://example.org/embed?x=1&y=2",
    }


def test_numbers_of_sources_lead_to_the_list(document):
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))} - {None}
    assert {f"source_{source.number}" for source in SOURCES} <= anchors
    assert anchors <= names
    assert [line.split("\t")[0] for line in styled(document, "Bibliography")] == ["1.", "2.", "3.", "4."]


def test_tables_are_real_tables(document, language):
    key, listed = document.tables
    assert key.style.name == "Key Figures"
    assert [cell.paragraphs[1].text for cell in key.rows[0].cells] == ["2 000", "3 000", "4 000"]
    assert listed.style.name == "Atlas Table"
    assert listed.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in listed.rows)
    assert [cell.paragraphs[0].style.name for cell in listed.rows[1].cells] == [
        "Table Text",
        "Table Number",
        "Table Text",
    ]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in listed.rows]
    assert kept == [True, True, None]
    missing = listed.rows[2].cells[1].paragraphs[0].runs[0]
    assert (missing.text, missing.style.name) == (grid(language).rows[1][1], "Missing")
    assert "3" in styled(document, "Source")[-2]


def test_numbered_lists_start_anew(document):
    numbered = [one for one in document.paragraphs if one.style.name == "List Number"]
    lists = [one._p.pPr.numPr.numId.val for one in numbered]
    assert lists[0] == lists[1] != lists[2]
    assert len(styled(document, "List Bullet")) == 1


def test_what_word_is_strict_about_is_in_order(language):
    with ZipFile(BytesIO(made(language))) as package:
        roots = [docx.oxml.parse_xml(package.read(name)) for name in ("word/document.xml", "word/styles.xml")]
        assert len(package.namelist()) == len(set(package.namelist()))
    checked = 0
    for parent, names in ORDER.items():
        order = [qn(f"w:{name}") for name in names.split()]
        for element in (found for root in roots for found in root.iter(qn(parent))):
            places = [order.index(child.tag) for child in element]
            assert places == sorted(set(places)), parent
            checked += 1
    assert checked > 100


def test_every_style_that_is_used_is_one_of_ours(document):
    known = {style.style_id for style in document.styles}
    used = {
        element.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for element in document.element.iter(qn(tag))
    }
    assert (
        {"Title", "Heading1", "Caption", "CaptionLabel", "Missing", "Reference", "TOC1", "AtlasTable"} <= used <= known
    )


def test_identifiers_are_used_once(document):
    for tag, name in (("wp:docPr", "id"), ("w:bookmarkStart", qn("w:id"))):
        found = [element.get(name) for element in document.element.iter(qn(tag))]
        assert found
        assert len(found) == len(set(found))


def test_a_figure_that_cannot_be_drawn_is_a_sentence_and_its_table(monkeypatch):
    def refuse(*_args: object) -> None:
        raise NoPicture("no browser")

    monkeypatch.setattr(docx_pictures, "outlined", refuse)
    document = docx.Document(BytesIO(write(briefing("en", logo=b""))))
    assert len(document.inline_shapes) == 0
    assert styled(document, "Box") == [
        "This figure could not be drawn; its table stands in its place.",
        "This part could not be made.",
    ]
    assert len(document.tables) == 3


def test_a_picture_taller_than_the_page_is_cut_between_its_lines():
    tall = briefing("en", elements=(picture("en", "funding_timeline"),), logo=b"")
    document = docx.Document(BytesIO(write(tall)))
    shapes = document.inline_shapes
    assert len(shapes) > 1
    section = document.sections[0]
    room = section.page_height - section.top_margin - section.bottom_margin
    assert all(shape.height < room for shape in shapes)
    assert [shape._inline.docPr.get("descr") for shape in shapes][1] == "Figure 1, continued"


@pytest.mark.parametrize(("page", "width"), [("a4", 21.0), ("letter", 21.59)])
def test_a_cover_stands_on_its_own_page(page, width):
    document = docx.Document(BytesIO(write(briefing("en", elements=(), page=page, has_cover=True))))
    section = document.sections[0]
    assert section.page_width.cm == pytest.approx(width, abs=0.01)
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_footer.paragraphs] == [""]
    assert "PAGE" in section.footer._element.xml
    title = next(document.element.iter(qn("w:sdt"))).find(f".//{qn('w:pageBreakBefore')}")
    assert title is not None


def test_libreoffice_opens_it_with_its_pages_headings_and_captions(tmp_path):
    path = tmp_path / "note.docx"
    path.write_bytes(made("fr"))
    pdf = programs.as_pdf(path)
    texts = pdf_text.pages(pdf)
    assert 2 <= len(texts) <= 4
    whole = "".join(texts)
    for text in (f"Figure 1 – {drawing('fr').sentence}", "Tableau 1 – Jobs by cluster", "Missing is not zero."):
        assert "".join(text.split()) in whole
    assert f"1/{len(texts)}" in texts[0]
    caption, notes = ("".join(text.split()) for text in (drawing("fr").sentence, drawing("fr").coverage))
    assert [page for page in texts if caption in page] == [page for page in texts if notes in page]
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        assert next(item.title for item in outline.root) == "First part"
