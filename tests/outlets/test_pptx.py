"""A briefing as a deck: read back by python-pptx, and opened by LibreOffice."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from atlas import store
from atlas.outlets.briefing import pptx
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Grid,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Run,
    Source,
)
from atlas.outlets.briefing.slides import pictures
from atlas.outlets.briefing.slides.master import TALL
from atlas.outlets.chromium import NoPicture
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.theme import PAPER
from atlas.view import View
from tests import programs

LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
HOSTILE = '<script>&"\' \x07 \ud800 =HYPERLINK("x") ]]> ' + "long" * 60
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}


def view(language: str) -> View:
    return View.of(store.tables(), Selection(language=language), PAPER)


def picture(name: str, number: int, language: str, **changes: object) -> Picture:
    drawing = Drawing.of(name, Selection(language=language, countries=("FR", "ES")), store.tables(), PAPER)
    address = drawing.address("https://atlas.example")
    return replace(Picture(number, drawing, (1,), grid(language, 2), address), **changes)


def grid(language: str, rows: int) -> Grid:
    shown = tuple((f"Pôle {i}", view(language).missing if i % 2 else f"{i}") for i in range(rows))
    return Grid(1, "Table of clusters", ("Name", "Jobs"), (False, True), shown, (1,), left_out=7)


def briefing(language: str = "en", **changes: object) -> Composed:
    """Every kind of element: three charts (two of them native), a long table, a hostile paragraph."""
    elements = (
        KeyFigures((KeyFigure("Clusters", "124", "a list that grows", (1,)), KeyFigure("Jobs", "1,350", "2 of 124", (2,)))),
        Heading("Where they are"),
        Paragraph((Run("France has "), Run("many", is_bold=True), Run(" [1]"))),
        Bullets(((Run("one", href="https://example.org/a"),), (Run("two", href="javascript:alert(1)"),)), True),
        picture("clusters_by_kind", 1, language),
        Heading("An empty section"),
        Heading("Jobs"),
        picture("jobs_by_scope", 2, language, is_table_shown=True),
        picture("country_profile", 3, language),
        grid(language, 60),
        Boxed("This part could not be made."),
        Heading(HOSTILE, 2),
        Paragraph((Run(HOSTILE),)),
        Paragraph((Run("A very long paragraph. " * 400),)),
    )  # fmt: skip
    sources = tuple(
        Source(i, f"Source {i} {'with a long title ' * 6}", "Publisher", "2020", "https://example.org/s" if i else "")
        for i in range(1, 61)
    )
    shown = {"elements": elements, "sources": sources, "method": ("Scopes are never added.",), **changes}
    return Composed(
        "Notes on clusters", (Run("What is known."),), view(language), "a4", True, logo(), "Data 2026.", **shown
    )  # type: ignore[arg-type]


def logo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (90, 30), "#0b5d6b").save(file, "PNG")
    return file.getvalue()


@lru_cache
def made(language: str) -> bytes:
    return pptx.write(briefing(language))


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def slides(language) -> list:
    return list(Presentation(BytesIO(made(language))).slides)


def read(composed: Composed) -> list:
    return list(Presentation(BytesIO(pptx.write(composed))).slides)


def written(slide) -> str:
    """All the words of a slide."""
    shapes = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(shapes + cells)


def title(slide) -> str:
    return slide.shapes.title.text_frame.text


def slide_of(slides, text: str):
    return next(slide for slide in slides if text in title(slide))


def test_every_slide_has_a_title_and_a_number_and_no_empty_placeholder(slides):
    assert all(title(slide) for slide in slides) and len(slides) > 12
    for slide in slides:
        kinds = [place.placeholder_format.type for place in slide.placeholders]
        assert len(TITLES.intersection(kinds)) == 1 and PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        assert all(place.text_frame.text for place in slide.placeholders)


def test_shapes_are_read_title_first_and_foot_last(slides, language):
    slide = slide_of(slides, picture("clusters_by_kind", 1, language).drawing.sentence)
    kinds = ["chart" if shape.has_chart else shape.placeholder_format.idx for shape in slide.shapes]
    assert kinds == [0, 13, 14, "chart", 15, 12]


def test_slides_are_wide_and_keep_everything_inside(slides):
    deck = slides[0].part.package.presentation_part.presentation
    wide, high = deck.slide_width, deck.slide_height
    assert round(wide / high, 2) == 1.78
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= wide and shape.top + shape.height <= high, shape.name


def test_the_finding_is_the_title_and_the_quiet_line_says_what_is_drawn(slides, language):
    drawing = picture("clusters_by_kind", 1, language).drawing
    text = written(slide_of(slides, drawing.sentence))
    assert f"{drawing.words.title} · {drawing.words.drawn}" in text and drawing.coverage in text
    assert drawing.source_line in text and "Where they are" in text


def test_bars_are_office_charts_and_others_pictures_with_vector_and_words(slides, language):
    bars = slide_of(slides, picture("clusters_by_kind", 1, language).drawing.sentence)
    assert [shape.has_chart for shape in bars.shapes].count(True) == 1
    drawing = picture("jobs_by_scope", 2, language).drawing
    drawn = next(shape for shape in slide_of(slides, drawing.sentence).shapes if shape.shape_type == 13)
    assert drawn.image.content_type == "image/png"
    vector = drawn._element.xpath(".//*[local-name()='svgBlip']")[0]
    part = drawn.part.related_part(vector.values()[0])
    assert part.content_type == "image/svg+xml" and etree.fromstring(part.blob).get("role") == "img"


def test_pictures_charts_and_tables_say_what_they_show(slides):
    shown = [
        shape
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]
    assert len(shown) > 5 and all(shape._element.xpath("*/p:cNvPr")[0].get("descr") for shape in shown)


def test_notes_hold_all_that_is_behind_a_chart(slides, language):
    drawing = picture("clusters_by_kind", 1, language).drawing
    notes = slide_of(slides, drawing.sentence).notes_slide.notes_text_frame.text
    assert drawing.sentence in notes and drawing.coverage in notes and drawing.words.note in notes
    assert "https://atlas.example/embed/clusters_by_kind?" in notes and store.tables().version in notes
    assert len(drawing.sources) > 10 and all(url in notes for url in drawing.sources["url"])


def test_links_lead_to_the_web_only(language):
    with ZipFile(BytesIO(made(language))) as package:
        texts = [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]
    links = [
        node.get("Target")
        for text in texts
        for node in etree.fromstring(text.encode())
        if node.get("TargetMode") == "External"
    ]
    assert "https://example.org/a" in links and all(link.startswith("https://") for link in links)


def test_every_run_is_in_the_language(slides, language):
    codes = {run.get("lang") for slide in slides for run in slide._element.xpath(".//a:rPr")}
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    codes |= {run.get("lang") for chart in charts for run in chart._chartSpace.xpath(".//a:rPr | .//a:defRPr")}
    assert codes == {LANGUAGES[language]} and all(
        run.find("{*}rPr") is not None for run in slides[2]._element.iter("{*}r")
    )


def test_a_long_table_goes_on_with_its_header_and_says_what_is_left_out(slides, language):
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 2 and all([cell.text for cell in table.rows[0].cells] == ["Name", "Jobs"] for table in tables)
    assert all(table.first_row for table in tables)
    names = [table.cell(row, 0).text for table in tables[1:] for row in range(1, len(table.rows))]
    assert names == [f"Pôle {i}" for i in range(60)]
    assert any("7 " in written(slide) and "Pôle 59" in written(slide) for slide in slides)


def test_a_section_without_slides_of_its_own_is_not_lost(slides):
    assert [title(slide) for slide in slides].count("An empty section") == 1


def test_a_block_that_failed_is_a_sentence_and_the_rest_is_there(slides):
    assert any("This part could not be made." in written(slide) and title(slide) == "Jobs" for slide in slides)


def test_hostile_words_are_words(slides):
    text = written(slide_of(slides, "<script>"))
    assert "<script>&\"'" in text and "\x07" not in text


def test_prose_that_is_too_long_goes_on(slides):
    parts = [written(slide) for slide in slides if "A very long paragraph." in written(slide)]
    assert len(parts) > 1 and sum(part.count("paragraph.") for part in parts) == 400


def test_the_last_slides_list_every_source_once(slides, language):
    listed = "\n".join(written(slide) for slide in slides if title(slide).startswith("Sources"))
    assert all(listed.count(f"[{number}]") == 1 for number in range(1, 61))
    assert title(slides[-1]).startswith("Sources (")


def test_core_properties_say_what_it_is(language):
    core = Presentation(BytesIO(made(language))).core_properties
    assert (core.title, core.subject, core.language) == ("Notes on clusters", "What is known.", LANGUAGES[language])


def test_without_appendix_there_are_no_sources_but_the_foot_names_them():
    slides = read(briefing(sources=(), method=()))
    assert not [slide for slide in slides if title(slide).startswith(("Sources", "Method"))]
    drawing = picture("clusters_by_kind", 1, "en").drawing
    assert drawing.source_line in written(slide_of(slides, drawing.sentence))


def test_a_picture_that_cannot_be_drawn_is_its_table(monkeypatch):
    def fails(*_args: object) -> bytes:
        raise NoPicture("no browser")

    monkeypatch.setattr(pictures, "bare", fails)
    monkeypatch.setattr(pictures, "outlined", fails)
    slides = read(briefing(elements=(picture("jobs_by_scope", 1, "en"),)))
    sentence = picture("jobs_by_scope", 1, "en").drawing.sentence
    assert "its table stands in its place" in written(slide_of(slides, sentence))
    assert any(shape.has_table for slide in slides for shape in slide.shapes)


def test_an_empty_selection_is_a_sentence_in_a_box():
    drawing = Drawing.of("clusters_by_kind", Selection(countries=("VA",)), store.tables(), PAPER)
    empty = Picture(1, drawing, (), grid("en", 1), "")
    slides = read(briefing(elements=(empty,)))
    assert drawing.rows.empty and drawing.sentence in written(slides[1])


def test_libreoffice_opens_it(tmp_path):
    file = tmp_path / "deck.pptx"
    file.write_bytes(made("fr"))
    with pikepdf.open(programs.as_pdf(file)) as pdf:
        assert len(pdf.pages) == len(Presentation(BytesIO(made("fr"))).slides)


@pytest.mark.parametrize(("name", "count"), [("budget_totals", 2), ("ptce_over_time", 1), ("cluster_map_print", 1)])
def test_a_tall_picture_is_cut_between_its_rows_and_a_map_or_a_scale_is_not(name, count):
    drawing = Drawing.of(name, Selection(), store.tables(), PAPER)
    cut = pictures.pieces(drawing, TALL)
    assert len(cut) == count and (cut[0].top, cut[-1].bottom) == (0, 1)
    assert [piece.top for piece in cut[1:]] == [piece.bottom for piece in cut[:-1]]
