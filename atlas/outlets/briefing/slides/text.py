"""Runs of text on slides: cleaned, linked to http(s) only, in the language of the briefing."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from atlas.outlets.briefing.composed import Run

LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file may hold."""
Runs = Sequence[Run]


def clean(text: str) -> str:
    """The text as a file of Office may hold it."""
    return FORBIDDEN.sub("", text)


def words(runs: Runs) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)


def colour(code: str) -> RGBColor:
    """'#0b5d6b' as Office wants it."""
    return RGBColor.from_string(code.lstrip("#").upper())


def write(
    frame: TextFrame, paragraphs: Sequence[Runs | str], size: float | None = None, gap: float = 0, **style: Any
) -> None:
    """Fill a frame, one paragraph per item, `gap` points apart."""
    for i, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        add(paragraph, [Run(runs)] if isinstance(runs, str) else runs, size, **style)
        if gap and i:
            paragraph.space_before = Pt(gap)


def add(
    paragraph: _Paragraph, runs: Runs, size: float | None = None, tone: str = "", is_bold: bool | None = None
) -> None:
    """Append runs to a paragraph, at `size` points in the colour `tone`."""
    for run in runs:
        part = paragraph.add_run()
        part.text = clean(run.text)
        part.font.bold = True if run.is_bold else is_bold
        part.font.italic = True if run.is_italic else None
        if size:
            part.font.size = Pt(size)
        if is_web(run.href):
            part.hyperlink.address = clean(run.href)
        elif tone:
            part.font.color.rgb = colour(tone)


def is_web(address: str) -> bool:
    """Whether an address may be a link: http or https, with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"[\s\x00-\x1f]", address)


def speak(roots: Iterable[Any], language: str) -> None:
    """Tell spelling checkers and screen readers the language of every run below `roots` (XML elements)."""
    for root in roots:
        for run in root.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr() if hasattr(run, "get_or_add_rPr") else None
        for properties in root.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            properties.set("lang", LANGUAGES[language])
