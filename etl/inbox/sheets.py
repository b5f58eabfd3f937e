"""XLSX, XLS and ODS: the cells of one sheet as text, merged cells filled, whole numbers without their “.0”."""

from datetime import date, datetime, time
from math import isnan
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from etl.cells import closest
from etl.inbox.descriptor import Descriptor
from etl.inbox.grid import Grid
from etl.read import bad_file

SAVE = "Open and save it anew with a spreadsheet, or export the sheet as CSV"


def read_sheet(path: Path, descriptor: Descriptor) -> Grid:
    """The rows of the sheet the descriptor names, or of the first one that is not hidden."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            name, notes = chosen(path, book, descriptor.dialect.sheet)
            return Grid(rows(book.get_sheet_by_name(name)), notes)
    except PasswordError as error:
        raise bad_file(path, "is locked with a password", "Ask its publisher for an open copy") from error
    except CalamineError as error:
        raise bad_file(path, f"is not a spreadsheet we can read ({error})", SAVE) from error


def chosen(path: Path, book: CalamineWorkbook, wanted: str) -> tuple[str, tuple[str, ...]]:
    """The name of the sheet to read, and a note on those that are not."""
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    if wanted and wanted not in book.sheet_names:
        remedy = closest(wanted, book.sheet_names, f"Its sheets are: {', '.join(book.sheet_names)}")
        raise bad_file(path, f"has no sheet “{wanted}”", remedy)
    name = wanted or (visible or book.sheet_names)[0]
    others = [sheet for sheet in book.sheet_names if sheet != name]
    note = f"The sheet “{name}” is read; not read: {', '.join(others)}."
    return name, (note,) if others and not wanted else ()


def rows(sheet: CalamineSheet) -> list[tuple[int, list[str]]]:
    """Row numbers and cells as text."""
    cells = [list(map(as_text, row)) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])
    return [(number, row) for number, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]


def as_text(cell: object) -> str:
    """A cell as a person would type it: 84200 not 84200.0, days as YYYY-MM-DD."""
    if cell is None or (isinstance(cell, float) and isnan(cell)):
        return ""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
    return str(cell)
