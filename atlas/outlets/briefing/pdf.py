"""A briefing as PDF: tagged for who cannot see it, bookmarked, its figures drawn as lines."""

import logging
from collections.abc import Mapping
from pathlib import Path

import typst

from atlas.outlets.briefing import pdf_blocks, wording
from atlas.outlets.briefing.composed import Composed, Heading, Picture
from atlas.outlets.briefing.filling import fill
from atlas.outlets.briefing.paging import DRAWN, SHEETS, Sheet
from atlas.outlets.briefing.pdf_blocks import Block, readable
from atlas.outlets.briefing.pdf_pages import sized, together, undrawn
from atlas.outlets.chromium import NoPicture
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.drawing import Drawing
from atlas.outlets.image import svg
from atlas.outlets.typesetting import drawable, typeset
from atlas.theme import PAPER

TEMPLATE = Path(__file__).with_name("briefing.typ")
STANDARD = "ua-1"
REGIONS = {"en": "gb", "fr": "fr"}
COLOURS = ("text", "quiet", "line", "surface", "primary")
HEADINGS = 3
"""From so many headings on, a briefing without a cover has a table of contents."""
log = logging.getLogger(__name__)


def write(composed: Composed) -> bytes:
    """The briefing as PDF/UA-1 (tagged, for screen readers); the same bytes for the same briefing."""
    template, sheet = TEMPLATE.read_text(encoding="utf-8"), SHEETS[composed.page]
    drawings = {number: part.drawing for number, part in enumerate(composed.elements) if isinstance(part, Picture)}
    written = map(readable, pdf_blocks.blocks(composed.elements, composed.view))
    blocks = list(together(sized(written, drawings, sheet), sheet))
    data = readable(_data(composed, sheet)) | {"logo": list(composed.logo), "elements": blocks}
    fill(template, data, sheet)
    data["elements"] = [_drawn(block, drawings) for block in blocks]
    try:
        return typeset(template, data, "pdf", pdf_standards=STANDARD)
    except typst.TypstError as error:
        log.warning("Not PDF/UA: %s", error)
        return typeset(template, data, "pdf")


def _drawn(block: Block, drawings: Mapping[int, Drawing]) -> Block:
    """A picture drawn at its last size: wider where it was made smaller, so that it still goes from side to side."""
    if block["kind"] != "picture":
        return block
    drawing, piece = drawings[block["block"]], block["pieces"][0]
    width = round(DRAWN * block["natural"] / piece["height"]) if len(block["pieces"]) == 1 else block["width"]
    try:
        return block | {"svg": drawable(svg(drawing, width))}
    except NoPicture as error:
        log.warning("%s: %s", block["label"], error)
        return undrawn(block)


def _data(composed: Composed, sheet: Sheet) -> Block:
    view, levels = composed.view, [part for part in composed.elements if isinstance(part, Heading)]
    return {
        "title": composed.title,
        "author": view.gettext(PUBLISHER),
        "description": "".join(run.text for run in composed.lead) or None,
        "keywords": list(composed.keywords),
        "language": composed.language,
        "region": REGIONS[composed.language],
        "page": sheet._asdict(),
        "colours": {role: getattr(PAPER, role) for role in COLOURS},
        "has_cover": composed.has_cover,
        "has_contents": composed.has_cover or len(levels) >= HEADINGS,
        "lead": pdf_blocks.runs(composed.lead),
        "dateline": composed.dateline,
        "method": list(composed.method),
        "sources": [pdf_blocks.source(source) for source in composed.sources],
        "credit": composed.credit,
        "words": {
            "contents": view.gettext(wording.CONTENTS),
            "sources": view.gettext(wording.SOURCES),
            "method": view.gettext(wording.METHOD),
            "logo": view.gettext(wording.LOGO),
        },
    }
