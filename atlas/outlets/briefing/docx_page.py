"""An empty Word document as every briefing starts from: our styles, its page, running lines, language and properties."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Template
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.section import Section
from docx.text.paragraph import Paragraph

from atlas.outlets.briefing.composed import Composed
from atlas.outlets.briefing.docx_text import add_field, add_text
from atlas.outlets.briefing.paging import SHEETS, Sheet
from atlas.outlets.briefing.prose import clean
from atlas.outlets.citation import PUBLISHER
from atlas.theme import PAPER

FOLDER = Path(__file__).with_name("word")
PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "relationships.xml",
    "word/_rels/document.xml.rels": "document-relationships.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fonts.xml",
    "word/theme/theme1.xml": "theme.xml",
}
"""Part of the package -> the file it is made from."""
LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
DECIMAL = {"en": ".", "fr": ","}
COLOURS = ("text", "quiet", "line", "surface", "primary", "muted", "land")
TWIPS = 20
"""Twentieths of a point, in which Word measures pages."""
TOP, BOTTOM = 68, 58
"""Points of margin over and under the text."""
LONGEST = 255
"""Characters of a property."""


def sheet(composed: Composed) -> Sheet:
    """The sheet of paper of a briefing, with the margins that Word's running lines need."""
    return SHEETS[composed.page]._replace(top=TOP, bottom=BOTTOM)


def blank(composed: Composed) -> Document:
    """A document without a word in its body."""
    document = docx.Document(_package(composed))
    _describe(document, composed)
    section = document.sections[0]
    _running(section, composed)
    return document


def _package(composed: Composed) -> BytesIO:
    file, names = BytesIO(), _names(composed)
    with ZipFile(file, "w") as package:
        for part, template in PARTS.items():
            text = (FOLDER / template).read_text(encoding="utf-8")
            package.writestr(part, Template(text).substitute(names))
    file.seek(0)
    return file


def _names(composed: Composed) -> dict[str, str]:
    """What the $names of the templates stand for."""
    paper = sheet(composed)
    lengths = {
        "page_width": paper.width,
        "page_height": paper.height,
        "side": paper.side,
        "top": paper.top,
        "bottom": paper.bottom,
        "width": paper.text_width,
    }
    return {
        **{role: getattr(PAPER, role).removeprefix("#") for role in COLOURS},
        **{name: str(round(points * TWIPS)) for name, points in lengths.items()},
        "language": LANGUAGES[composed.language],
        "decimal": DECIMAL[composed.language],
    }


def _describe(document: Document, composed: Composed) -> None:
    properties, author = document.core_properties, composed.view.gettext(PUBLISHER)
    properties.title = _short(composed.title)
    properties.subject = _short("".join(run.text for run in composed.lead))
    properties.author = properties.last_modified_by = _short(author)
    properties.keywords = _short(", ".join(composed.keywords))
    properties.comments = _short(composed.dateline)
    properties.language = LANGUAGES[composed.language]
    properties.created = properties.modified = datetime.now(UTC)


def _short(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _running(section: Section, composed: Composed) -> None:
    """The title over every page but the first; the publisher and the page under every one but a cover."""
    add_text(section.header.paragraphs[0], " ".join(composed.title.split()))
    section.first_page_header.paragraphs[0].style = "Normal"
    _foot(section.footer.paragraphs[0], composed)
    if composed.has_cover:
        section.first_page_footer.is_linked_to_previous = False
    else:
        _foot(section.first_page_footer.paragraphs[0], composed)


def _foot(paragraph: Paragraph, composed: Composed) -> None:
    add_text(paragraph, f"{composed.view.gettext(PUBLISHER)}\t")
    add_field(paragraph, "PAGE", "1")
    add_text(paragraph, " / ")
    add_field(paragraph, "NUMPAGES", "1")
