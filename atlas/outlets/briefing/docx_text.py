"""Text in Word: runs, links out and within, fields with the value they show, bookmarks. Every text loses what XML forbids."""

from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from atlas.outlets.briefing import composed
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.prose import clean
from atlas.outlets.briefing.wording import Part, run_parts


def source_anchor(number: int) -> str:
    """The bookmark of a source in the list."""
    return f"source_{number}"


def add_paragraph(place: Document | _Cell, style: str = "") -> Paragraph:
    """An empty paragraph at the end of `place`, in a style of `word/styles.xml`."""
    return set_style(place.add_paragraph(), style)


def set_style(paragraph: Paragraph, style: str) -> Paragraph:
    """Give a paragraph a style by its name. A style is written as its name without spaces: no need to look it up."""
    paragraph._p.style = style.replace(" ", "") or None
    return paragraph


def add_text(paragraph: Paragraph, text: str, style: str = "") -> Run:
    """A run of plain text in a character style."""
    return _styled(paragraph.add_run(clean(text)), style)


def add_runs(paragraph: Paragraph, runs: Iterable[composed.Run]) -> Paragraph:
    """Stretches of text as they were written: bold, italic, linked; numbers of sources between brackets lead to them."""
    for run in runs:
        url = target(run.href)
        written = [add_link(paragraph, run.text, url=url)] if url else add_parts(paragraph, run_parts(run.text))
        for one in written:
            one.bold, one.italic = run.is_bold or None, run.is_italic or None
    return paragraph


def add_parts(paragraph: Paragraph, parts: Iterable[Part]) -> list[Run]:
    """A text in which each number leads to its source."""
    return [
        add_link(paragraph, part.text, anchor=source_anchor(part.source), style="Reference")
        if part.source
        else add_text(paragraph, part.text)
        for part in parts
    ]


def add_references(paragraph: Paragraph, parts: list[Part]) -> None:
    """' [1–3, 7]', each number leading to its source; nothing without numbers."""
    if parts:
        add_parts(paragraph, [Part(" ["), *parts, Part("]")])


def add_link(paragraph: Paragraph, text: str, url: str = "", anchor: str = "", style: str = "Hyperlink") -> Run:
    """A link to `url` (of `links.target`), or to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    if url:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    run = Run(OxmlElement("w:r"), paragraph)
    link.append(run._r)
    paragraph._p.append(link)
    run.text = clean(text)
    return _styled(run, style)


def add_field(paragraph: Paragraph, instruction: str, shown: str, style: str = "") -> None:
    """A field with the value it shows until Word computes it."""
    open_field(paragraph, instruction, style)
    add_text(paragraph, shown, style)
    close_field(paragraph, style)


def open_field(paragraph: Paragraph, instruction: str, style: str = "") -> None:
    """The start of a field, up to what it shows."""
    _mark(paragraph, "begin", style)
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    _styled(paragraph.add_run(), style)._r.append(code)
    _mark(paragraph, "separate", style)


def close_field(paragraph: Paragraph, style: str = "") -> None:
    """The end of a field."""
    _mark(paragraph, "end", style)


def bookmark(paragraph: Paragraph, name: str, identifier: int) -> None:
    """Give what stands in the paragraph a name to lead to; `identifier` is its own in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(identifier))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def _mark(paragraph: Paragraph, kind: str, style: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    _styled(paragraph.add_run(), style)._r.append(mark)


def _styled(run: Run, style: str) -> Run:
    if style:
        run._r.style = style.replace(" ", "")
    return run
