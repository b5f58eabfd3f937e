"""A briefing as PDF: read by machines and by who cannot see it, the same each time, and never held up by one figure."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from atlas.outlets.briefing import paging, pdf
from atlas.outlets.briefing.composed import Heading, Paragraph, Run
from atlas.outlets.chromium import NoPicture
from atlas.outlets.citation import PUBLISHER
from tests.outlets.briefings import HOSTILE, SOURCES, briefing, drawing, picture
from tests.outlets.pdf_text import pages

SHOWN = HOSTILE.removesuffix("\x07")
SHOWN_TITLE = f"A note {SHOWN}"


@pytest.fixture(scope="module", params=["en", "fr"])
def written(request) -> tuple:
    """A briefing in each language, and its PDF."""
    composed = briefing(request.param)
    return composed, pdf.write(composed)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def text(content: bytes) -> str:
    """The words of a PDF, without spaces."""
    return "".join(pages(BytesIO(content)))


def closed(words: str) -> str:
    """Words as `text` gives them."""
    return "".join(words.split())


def structure(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node.K)


def fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def headings(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        return [title for entry in outline.root for title in (entry.title, *(child.title for child in entry.children))]


def test_it_is_tagged_named_and_in_its_language(written):
    composed, content = written
    with opened(content) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).lower().startswith(composed.language)
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == SHOWN_TITLE
        assert str(document.docinfo.Keywords) == "France, clusters"
        assert str(document.docinfo.Author) == composed.view.gettext(PUBLISHER)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_every_heading_is_a_bookmark_and_none_skips_a_level(written):
    _composed, content = written
    with opened(content) as document:
        assert headings(document)[:3] == ["First part", SHOWN, "Below"]
        levels = {str(node.S) for node in structure(document.Root.StructTreeRoot.K)}
    assert {"/H1", "/H2"} <= levels and "/H3" not in levels


def test_figures_say_what_they_show_and_tables_have_headers(written):
    composed, content = written
    with opened(content) as document:
        nodes = list(structure(document.Root.StructTreeRoot.K))
        said = {str(node.Alt) for node in nodes if node.S == "/Figure"}
        headers = [str(node.S) for node in nodes].count("/TH")
    shown = drawing(composed.language)
    assert said == {f"{shown.sentence} {shown.words.drawn}", "Logo"}
    assert headers == 3


def test_every_font_is_ours_and_inside(written):
    _composed, content = written
    with opened(content) as document:
        found = list(fonts(document))
        assert {str(font.FontName).split("+")[-1].split("-")[0] for font in found} == {"AtlasSans"}
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in found)


def test_all_is_said_and_hostile_texts_stay_texts(written):
    composed, content = written
    said, shown = text(content), drawing(composed.language)
    more = "3 autres lignes" if composed.language == "fr" else "3 more rows"
    label = "Figure 1"
    for words in (
        label,
        shown.sentence,
        shown.words.drawn,
        shown.coverage,
        more,
        composed.view.missing,
        composed.credit,
    ):
        assert closed(words) in said
    assert said.count(closed(SHOWN)) >= 6
    assert all(closed(paragraph) in said for paragraph in (*composed.method, "This part could not be made."))


def test_pages_are_few_and_numbered(written):
    _composed, content = written
    found = pages(BytesIO(content))
    assert 2 <= len(found) <= 4
    assert [page.count(f"{number}/{len(found)}") for number, page in enumerate(found, 1)] == [1] * len(found)


def test_links_lead_to_sources_and_to_the_web_alone(written):
    _composed, content = written
    with opened(content) as document:
        links = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
        inside = [link for link in links if "/Dest" in link]
        assert not [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/JS" in item]
    assert addresses == {
        "https://example.org/a%20b?%C3%A9=%5B1%5D&x=%25zz",
        "http://example.org/4",
        "https://example.org/here",
        "https://example.org/embed?x=1&y=2",
    }
    assert len(inside) > len(SOURCES)


def test_the_same_briefing_is_the_same_bytes(written):
    composed, content = written
    assert pdf.write(composed) == content


def test_a_cover_stands_alone_with_the_logo_on_the_page_asked_for():
    composed = briefing("en", elements=(Heading("Only"),), has_cover=True, page="letter")
    with opened(pdf.write(composed)) as document:
        assert [float(side) for side in document.pages[0].mediabox] == [0, 0, 612, 792]
        assert len(document.pages) == 2
        assert len(document.pages[0].get_images()) == 1 and not document.pages[1].get_images()


def test_without_an_appendix_nothing_is_cited_and_figures_keep_their_sources():
    bare = replace(picture("en"), cited=())
    composed = briefing("en", elements=(Paragraph((Run("See"), Run(" [1–3]"))), bare), sources=(), method=())
    said = text(pdf.write(composed))
    assert "See[1–3]" in said and closed(f"data version {composed.view.tables.version}") in said


def test_a_figure_that_cannot_be_drawn_leaves_its_table(monkeypatch):
    def fail(*_asked):
        raise NoPicture("No Chrome or Chromium is installed.", True)

    monkeypatch.setattr(pdf, "svg", fail)
    composed = briefing("fr", elements=(Heading("Before"), picture("fr"), Heading("After")))
    content = pdf.write(composed)
    said = text(content)
    for words in ("Before", "son tableau en tient lieu", "Darwin", "non publié", "After"):
        assert closed(words) in said
    with opened(content) as document:
        assert document.Root.MarkInfo.Marked


def test_letters_that_the_font_lacks_do_not_stop_it(caplog):
    content = pdf.write(briefing("en", title="社会 🌍", elements=(Heading("א"),)))
    assert content.startswith(b"%PDF") and "Not PDF/UA" in caplog.text


def test_a_picture_taller_than_a_page_is_cut_where_it_is_empty(monkeypatch):
    file = BytesIO()
    tall = Image.new("L", (680, 2000), 255)
    for top in range(0, 2000, 40):
        tall.paste(0, (0, top, 680, top + 28))
    tall.save(file, "PNG")
    monkeypatch.setattr(paging, "height", lambda _drawing: 2000)
    monkeypatch.setattr(paging, "bare", lambda *_asked, **_how: file.getvalue())
    sheet = paging.SHEETS["a4"]
    fit = paging.fit(drawing("en"), sheet, 120)
    pixels = sheet.text_width / fit.width
    tops = [round(piece.top / pixels) for piece in fit.pieces]
    assert len(tops) > 1 and all(28 < top % 40 < 40 for top in tops[1:])
    assert sum(piece.height for piece in fit.pieces) == pytest.approx(2000 * pixels)
    assert max(piece.height for piece in fit.pieces) <= sheet.text_height - 120 + 1
