"""Pictures in Word: drawn as lines (SVG) where Word can, with a picture of 300 dots per inch beside them where it cannot."""

import io
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shape import InlineShape
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from PIL import Image

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import Picture
from atlas.outlets.briefing.docx_tables import add_grid, add_label
from atlas.outlets.briefing.docx_text import add_link, add_paragraph, add_references, add_text
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.paging import Piece, Sheet, fit
from atlas.outlets.briefing.prose import clean
from atlas.outlets.chromium import NoPicture
from atlas.outlets.image import bare, outlined
from atlas.view import View

SCALE = 3
"""Pixels of the picture per unit of the drawing: more than 300 dots per inch across the text."""
GAP = 4
"""Points between the line of what is drawn and the picture."""
EXTENSIONS = """
<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <a:ext uri="{{28A0092B-C50C-407E-A947-70E740481C1C}}">
    <a14:useLocalDpi xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" val="0"/>
  </a:ext>
  <a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
    <asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{identifier}"/>
  </a:ext>
</a:extLst>"""


class Shown(NamedTuple):
    """A piece of a picture as it stands on a page: both forms of it, and its size in points."""

    svg: str
    png: bytes
    width: float
    height: float


def add_picture(document: Document, picture: Picture, view: View, sheet: Sheet) -> None:
    """A figure with its caption above and its notes and sources below. One that cannot be drawn is a sentence and its table."""
    add_caption(document, picture, view)
    try:
        shown = list(_pieces(picture, sheet))
    except NoPicture:
        shown = []
        add_text(add_paragraph(document, "Figure"), wording.drawn(picture))
        add_text(add_paragraph(document, "Box"), view.gettext(wording.NO_PICTURE))
    for index, piece in enumerate(shown):
        paragraph = add_paragraph(document, "Figure")
        _add_piece(paragraph, piece, picture, index)
        paragraph.paragraph_format.keep_with_next = None if piece is shown[-1] else False
    add_notes(document, picture, view)
    if picture.is_table_shown or not shown:
        add_grid(document, picture.table, view, sheet.text_width)


def add_caption(document: Document, picture: Picture, view: View) -> None:
    """'Figure 2 – what it says'."""
    paragraph = add_paragraph(document, "Caption")
    add_label(paragraph, wording.figure_label(picture.number, view), picture.number)
    add_text(paragraph, picture.drawing.sentence)


def add_notes(document: Document, picture: Picture, view: View) -> None:
    """How to read it, how much is in it and where it stands on the web, and who published it."""
    paragraph = None
    for note in wording.notes(picture):
        paragraph = add_paragraph(document, "Source")
        add_text(paragraph, note)
        paragraph.paragraph_format.keep_with_next = True
    if paragraph is not None and (url := target(picture.address)):
        add_text(paragraph, " · ")
        add_link(paragraph, view.gettext(wording.ONLINE), url=url)
    paragraph = add_paragraph(document, "Source")
    add_text(paragraph, wording.sources_line(picture))
    add_references(paragraph, wording.references(picture.cited))
    paragraph.paragraph_format.space_after = Pt(14)


def set_picture(paragraph: Paragraph, content: bytes) -> InlineShape:
    """A picture in the line of text, without room around it. Raises UnrecognizedImageError."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")
    return shape


def _pieces(picture: Picture, sheet: Sheet) -> Iterator[Shown]:
    """The picture, in as many pieces as pages need. Raises NoPicture."""
    size = fit(picture.drawing, sheet, _words(picture, sheet))
    svg, png = outlined(picture.drawing, size.width), bare(picture.drawing, "png", size.width, SCALE)
    unit = size.width / sheet.text_width
    for piece in size.pieces:
        if len(size.pieces) == 1:
            yield Shown(svg, png, sheet.text_width, piece.height)
        else:
            yield Shown(_window(svg, piece, unit), _cut(png, piece, unit * SCALE), sheet.text_width, piece.height)


def _cut(png: bytes, piece: Piece, unit: float) -> bytes:
    picture, file = Image.open(io.BytesIO(png)), io.BytesIO()
    box = (0, round(piece.top * unit), picture.width, round((piece.top + piece.height) * unit))
    picture.crop(box).save(file, "PNG")
    return file.getvalue()


def _window(svg: str, piece: Piece, unit: float) -> str:
    """The part of a drawing between two heights; what is outside is clipped, not only out of sight."""
    top, high, width = piece.top * unit, piece.height * unit, float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
    head = f'viewBox="0 {top:.2f} {width:g} {high:.2f}" width="{width:g}pt" height="{high:.2f}pt"'
    svg = re.sub(r'viewBox="[^"]+" width="[^"]+" height="[^"]+"', head, svg, count=1)
    clip = f'<defs><clipPath id="piece"><rect x="0" y="{top:.2f}" width="{width:g}" height="{high:.2f}"/></clipPath></defs>'
    svg = re.sub(r"</desc>", f'</desc>{clip}<g clip-path="url(#piece)">', svg, count=1)
    return re.sub(r"</svg>\s*$", "</g></svg>", svg)


def _add_piece(paragraph: Paragraph, piece: Shown, picture: Picture, index: int) -> None:
    """The quiet line of what is drawn and, in one paragraph with it so that no page comes between them, the picture."""
    drawing, number = picture.drawing, picture.number
    continued = wording.continued(number, drawing.view)
    add_text(paragraph, continued if index else wording.drawn(picture)).add_break()
    gap = paragraph.add_run()
    gap.font.size = Pt(GAP)
    gap.add_break()
    shape = set_picture(paragraph, piece.png)
    shape.width, shape.height = Pt(piece.width), Pt(piece.height)
    words = shape._inline.docPr
    words.set("name", f"Figure {number}" + (f".{index + 1}" if index else ""))
    words.set("descr", clean(continued if index else wording.alternative(picture)))
    words.set("title", clean(drawing.words.title))
    part = paragraph.part
    name = PackURI(f"/word/media/figure{number}-{index + 1}.svg")
    lines = Part(name, "image/svg+xml", piece.svg.encode("utf-8"), part.package)
    identifier = part.relate_to(lines, RELATIONSHIP_TYPE.IMAGE)
    shape._inline.graphic.graphicData.pic.blipFill.blip.append(parse_xml(EXTENSIONS.format(identifier=identifier)))


def _words(picture: Picture, sheet: Sheet) -> float:
    """Points that the caption and the lines under a picture may take."""
    drawing = picture.drawing
    caption = 40 + _lines(drawing.sentence, 11, sheet) * 15 + _lines(wording.drawn(picture), 9, sheet) * 12
    small = [*wording.notes(picture), wording.sources_line(picture) + 30 * " "]
    return caption + sum(_lines(line, 8, sheet) * 10.5 + 2 for line in small)


def _lines(text: str, size: float, sheet: Sheet) -> int:
    return math.ceil(len(text) * 0.52 * size / sheet.text_width)
