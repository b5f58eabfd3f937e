"""Tables in Word: the rows of a chart, and key figures side by side."""

import re
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import Grid, KeyFigures
from atlas.outlets.briefing.docx_text import add_field, add_paragraph, add_parts, add_references, add_text, set_style
from atlas.outlets.briefing.prose import clean
from atlas.view import View

LETTER = 0.53
"""Width of a letter of a table, in its size."""
SIZE, SMALL = 8.5, 7.5
"""Points of its letters; the smaller where columns are many."""
PADDING = 10
"""Points between two columns."""
WIDEST = 60
"""Letters beyond which a column may break its lines."""
TOGETHER = 10
"""Rows of a table that no page parts."""
CROWDED = 6
"""Columns beyond which letters are smaller."""


def add_grid(document: Document, grid: Grid, view: View, width: float) -> None:
    """A table with its caption above and what it leaves out below, `width` points wide."""
    add_table_caption(document, grid, view)
    table = _table(document, len(grid.rows) + 1, len(grid.columns), "Atlas Table")
    _set_widths(table, columns_widths(grid, width))
    _describe(table, grid.caption)
    is_crowded = len(grid.columns) > CROWDED
    for row, texts in zip(table.rows, (grid.columns, *grid.rows), strict=True):
        _mark_row(row, "w:cantSplit")
        for cell, text, column, is_number in zip(row.cells, texts, grid.columns, grid.is_number, strict=True):
            paragraph = cell.paragraphs[0]
            set_style(paragraph, "Table Number" if is_number else "Table Text")
            _fill(paragraph, text, column if texts is not grid.columns else "", view, is_crowded)
    _mark_row(table.rows[0], "w:tblHeader")
    _keep_together(table)
    left_out = wording.rows_left_out(grid, view)
    add_text(add_paragraph(document, "Source" if left_out else "Gap"), left_out)


def add_table_caption(document: Document, grid: Grid, view: View) -> None:
    """'Table 2 – Clusters by country'; without a number for the table of a figure."""
    paragraph = add_paragraph(document, "Caption")
    if grid.number:
        add_label(paragraph, wording.table_label(grid.number, view), grid.number)
    add_text(paragraph, grid.caption)


def add_label(paragraph: Paragraph, label: str, number: int) -> None:
    """'Figure 2 – ', the number as the field that Word counts captions by."""
    word = label.replace(str(number), "").strip()
    add_text(paragraph, f"{word}\u00a0", "Caption Label")
    add_field(paragraph, rf"SEQ {word} \* ARABIC", str(number), "Caption Label")
    add_text(paragraph, "\u00a0– ", "Caption Label")


def add_key_figures(document: Document, block: KeyFigures, width: float) -> None:
    """Numbers side by side, each over the line that makes it honest."""
    table = _table(document, 1, len(block.figures), "Key Figures")
    _set_widths(table, [width / len(block.figures)] * len(block.figures))
    _mark_row(table.rows[0], "w:cantSplit")
    for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
        set_style(cell.paragraphs[0], "Key Label")
        add_text(cell.paragraphs[0], figure.label)
        value = add_text(add_paragraph(cell, "Key Value"), figure.value)
        if len(figure.value) * len(block.figures) > 32:
            value.font.size = Pt(17)
        line = add_paragraph(cell, "Key Line")
        add_text(line, figure.line)
        add_references(line, wording.references(figure.cited))
    add_paragraph(document, "Gap")


def columns_widths(grid: Grid, width: float) -> list[float]:
    """Points of each column: at least its longest word, then by how much it has to say."""
    columns = list(zip(grid.columns, *grid.rows, strict=True))
    bodies = list(zip(*grid.rows, strict=True)) or columns
    letter = LETTER * (SMALL if len(columns) > CROWDED else SIZE)
    least = [letter * max(map(_longest_word, column)) + PADDING for column in columns]
    liked = [letter * min(max(map(len, column)), WIDEST) + PADDING for column in bodies]
    liked = [max(pair) for pair in zip(least, liked, strict=True)]
    room = width - sum(least)
    if room <= 0:
        return [width * one / sum(least) for one in least]
    more = [most - few for most, few in zip(liked, least, strict=True)]
    share = room / sum(more) if sum(more) > room else 1
    widths = [few + share * extra for few, extra in zip(least, more, strict=True)]
    return [width * one / sum(widths) for one in widths]


def _longest_word(text: str) -> int:
    return max(map(len, re.split(r"[ \-/–,]", text)), default=0)


def _fill(paragraph: Paragraph, text: str, column: str, view: View, is_crowded: bool) -> None:
    """A text of a table; numbers of sources lead to them, what is not published is quiet."""
    if column == view.gettext(wording.SOURCES):
        add_parts(paragraph, wording.leading(text))
    else:
        add_text(paragraph, text, "Missing" if text == view.missing else "")
    if is_crowded:
        for run in paragraph._p.iter(qn("w:r")):
            run.get_or_add_rPr().sz_val = Pt(SMALL)


def _table(document: Document, rows: int, columns: int, style: str) -> Table:
    table = document.add_table(rows, columns, style)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    table._tbl.tblPr.append(_element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1", noVBand="1"))  # fmt: skip
    return table


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fixed widths, said thrice: Word reads those of the cells, others those of the grid."""
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:w"), str(round(20 * sum(widths))))
    width.set(qn("w:type"), "dxa")
    for column, points in zip(table.columns, widths, strict=True):
        column.width = Pt(points)
    for row in table.rows:
        for cell, points in zip(row.cells, widths, strict=True):
            cell.width = Pt(points)


def _keep_together(table: Table) -> None:
    """No page parts a short table, nor the head of a long one from its first row."""
    rows = list(table.rows)
    for row in rows[:-1] if len(rows) <= TOGETHER else rows[:1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _describe(table: Table, caption: str) -> None:
    """What the table holds, for who cannot see it."""
    table._tbl.tblPr.append(_element("w:tblCaption", val=clean(caption)))


def _mark_row(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
