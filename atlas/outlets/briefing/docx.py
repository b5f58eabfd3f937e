"""A briefing as a Word document: real styles and headings, captions that Word counts, alternative texts, links to its sources."""

import io
from collections.abc import Iterable

from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Element,
    Grid,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Source,
)
from atlas.outlets.briefing.docx_page import blank, sheet
from atlas.outlets.briefing.docx_pictures import add_picture, set_picture
from atlas.outlets.briefing.docx_tables import add_grid, add_key_figures
from atlas.outlets.briefing.docx_text import (
    add_link,
    add_paragraph,
    add_runs,
    add_text,
    bookmark,
    close_field,
    open_field,
    source_anchor,
)
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.pdf_blocks import stepwise
from atlas.outlets.citation import PUBLISHER

HEADINGS = 3
"""From so many headings on, a briefing without a cover has a table of contents."""
LISTED = 2
"""Levels of headings in the table of contents."""
FIRST_SOURCE = 10_000
"""Identifiers of bookmarks: below it those of headings, above it those of sources."""
LOGO = (150, 44)
"""Points that a logo may be wide and high."""


def write(composed: Composed) -> bytes:
    """The briefing as DOCX."""
    document = blank(composed)
    elements = list(stepwise(composed.elements))
    headings = [element for element in elements if isinstance(element, Heading)] + _appendix(composed)
    _open(document, composed)
    if composed.has_cover or len(headings) >= HEADINGS:
        _add_contents(document, headings, composed)
    for element in elements:
        _add(document, element, composed)
    _close(document, composed)
    _name(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _appendix(composed: Composed) -> list[Heading]:
    """The headings of the parts after the last element."""
    parts = ((composed.method, wording.METHOD), (composed.sources, wording.SOURCES))
    return [Heading(composed.view.gettext(name)) for content, name in parts if content]


def _open(document: Document, composed: Composed) -> None:
    """Publisher, title, lead and dateline: on a page of their own when there is a cover."""
    if composed.logo:
        _add_logo(document, composed)
    add_text(add_paragraph(document, "Publisher"), composed.view.gettext(PUBLISHER))
    add_text(add_paragraph(document, "Cover Title" if composed.has_cover else "Title"), composed.title)
    if composed.lead:
        add_runs(add_paragraph(document, "Subtitle"), composed.lead)
    add_text(add_paragraph(document, "Dateline"), composed.dateline)


def _add_logo(document: Document, composed: Composed) -> None:
    paragraph = add_paragraph(document, "Figure")
    try:
        shape = set_picture(paragraph, composed.logo)
    except UnrecognizedImageError:
        return
    scale = min(Pt(LOGO[0]) / shape.width, Pt(LOGO[1]) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape._inline.docPr.set("descr", composed.view.gettext(wording.LOGO))
    paragraph.paragraph_format.space_after = Pt(16)


def _add_contents(document: Document, headings: list[Heading], composed: Composed) -> None:
    """A table of contents that is right as it stands and that Word can make anew. It says no pages: only Word knows them."""
    title = add_paragraph(document, "TOC Heading")
    add_text(title, composed.view.gettext(wording.CONTENTS))
    title.paragraph_format.page_break_before = composed.has_cover or None
    listed = [(index, one) for index, one in enumerate(headings, 1) if one.level <= LISTED]
    lines = [add_paragraph(document, f"TOC {heading.level}") for _index, heading in listed]
    end = add_paragraph(document, "Gap")
    open_field(lines[0] if lines else end, rf'TOC \o "1-{LISTED}" \n \h \z \u')
    for line, (index, heading) in zip(lines, listed, strict=True):
        add_link(line, heading.text, anchor=_anchor(index), style="")
    close_field(end)
    _enclose([title, *lines, end])


def _enclose(paragraphs: list[WordParagraph]) -> None:
    """Set the table of contents in the frame by which Word offers to update it."""
    frame = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    paragraphs[0]._p.addprevious(frame)
    for paragraph in paragraphs:
        frame.find(qn("w:sdtContent")).append(paragraph._p)


def _anchor(index: int) -> str:
    return f"_Toc{index:08d}"


def _add(document: Document, element: Element, composed: Composed) -> None:
    view, paper = composed.view, sheet(composed)
    match element:
        case Heading():
            add_text(add_paragraph(document, f"Heading {element.level}"), element.text)
        case Paragraph():
            add_runs(add_paragraph(document), element.runs)
        case Bullets():
            _add_bullets(document, element)
        case Grid():
            add_grid(document, element, view, paper.text_width)
        case Picture():
            add_picture(document, element, view, paper)
        case KeyFigures():
            add_key_figures(document, element, paper.text_width)
        case Boxed():
            add_text(add_paragraph(document, "Box"), element.sentence)


def _add_bullets(document: Document, bullets: Bullets) -> None:
    """A list; one that is numbered starts at 1 whatever stood before it."""
    paragraphs = [
        add_runs(add_paragraph(document, "List Number" if bullets.is_ordered else "List Bullet"), item)
        for item in bullets.items
    ]
    if bullets.is_ordered and paragraphs:
        numbering = document.part.numbering_part.element
        abstract = numbering.num_having_numId(2).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(0).add_startOverride(1)
        for paragraph in paragraphs:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId


def _close(document: Document, composed: Composed) -> None:
    """Method, sources and credit."""
    for heading in _appendix(composed):
        add_text(add_paragraph(document, "Heading 1"), heading.text)
        if heading.text == composed.view.gettext(wording.METHOD):
            for text in composed.method:
                add_text(add_paragraph(document), text)
        else:
            _add_sources(document, composed.sources)
    if composed.credit:
        paragraph = add_paragraph(document, "Source")
        add_text(paragraph, composed.credit)
        paragraph.paragraph_format.space_before = Pt(18)


def _add_sources(document: Document, sources: Iterable[Source]) -> None:
    """The list of sources; each can be led to by its number and leads to its page."""
    for source in sources:
        paragraph, url = add_paragraph(document, "Bibliography"), target(source.url)
        add_text(paragraph, f"{source.number}.\t")
        if url:
            add_link(paragraph, source.title, url=url)
        else:
            add_text(paragraph, source.title)
        add_text(paragraph, f"{wording.stop(source.title)} {wording.imprint(source)} {wording.host(source)}", "Quiet")
        bookmark(paragraph, source_anchor(source.number), FIRST_SOURCE + source.number)


def _name(document: Document) -> None:
    """Give every heading the bookmark that the table of contents leads to."""
    headings = [one for one in document.paragraphs if (one._p.style or "").startswith("Heading")]
    for index, paragraph in enumerate(headings, 1):
        bookmark(paragraph, _anchor(index), index)
