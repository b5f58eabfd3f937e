"""Rows as an Excel workbook: typed columns, and beside them the sources, what the codes mean, and what to know first."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from atlas.charts import union
from atlas.outlets.dataset import RUNS, joined, plain
from atlas.view import View

SOURCES = ("source_id", "title", "publisher", "url", "published", "quote")
NARROW, WIDE, TEXT_WIDTH, LINE_HEIGHT = 8, 48, 100, 15
"""Widths of columns in characters, height of a line in points."""
LONGEST_URL, FIRST_YEAR = 2000, 1900
"""Excel knows no longer link and no earlier date."""
YEARS = ("year", "order", "rank")
TEXT_MOST, NAME_MOST = 32_767, 31
"""Characters an Excel cell, and the name of a sheet, can hold."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {},
    "general": {},
    "whole": {"num_format": "#,##0"},
    "year": {"num_format": "0"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "quoted": {"quote_prefix": True},
    "link": {"font_color": "#0b5d6b", "underline": 1},
    "header": {"bold": True, "bottom": 1, "bg_color": "#f1efe9"},
    "title": {"bold": True, "font_size": 14},
    "label": {"bold": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}
MADE = date(2000, 1, 1)
"""Stands in the file where its day is not known: the same data give the same bytes."""


@dataclass(frozen=True)
class About:
    """What a workbook says of its rows: `name` of the sheet (a code), title, then lines of a label and a text, rules, and for
    each column its meaning and the vocabularies of its codes. `made` is the day of the data."""

    name: str
    title: str
    lines: Sequence[tuple[str, str]]
    rules: Sequence[str] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    made: date | None = None


def xlsx(rows: pd.DataFrame, about: About, view: View) -> bytes:
    """`rows` as a workbook with the sheets: rows, Sources, Codes and Read me, in the language of the view."""
    _, buffer = view.gettext, io.BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        made = datetime.combine(about.made or MADE, datetime.min.time())
        book.set_properties({"title": about.title, "created": made})
        formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        _grid(book, about.name, rows.drop(columns="geometry", errors="ignore"), formats)
        for name, more in ((_("Sources"), _cited(rows, view)), (_("Codes"), _codes(rows, about, view))):
            if not more.empty:
                _grid(book, name, more, formats)
        _read_me(book, about, view, formats)
    return buffer.getvalue()


def _grid(book: Workbook, name: str, rows: pd.DataFrame, formats: Mapping[str, Format]) -> None:
    """A sheet of rows: header that stays, filters, and each column as wide as most of its cells."""
    sheet = book.add_worksheet(name[:NAME_MOST])
    for place, column in enumerate(rows):
        sheet.write_string(0, place, str(column), formats["header"])
        shown = {**formats, "number": formats[_number_format(str(column), rows[column])]}
        cells = list(rows[column])
        for row, cell in enumerate(cells, start=1):
            _write(sheet, (row, place), cell, shown)
        sheet.set_column(place, place, _width(str(column), cells))
    _printable(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(rows.columns) - 1)


def _printable(sheet: Worksheet) -> None:
    """On A4, all columns on one page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Worksheet, at: tuple[int, int], cell: Any, formats: Mapping[str, Format]) -> None:
    """One cell by its type; text is always text, never a formula; what is missing stays empty."""
    value = joined(cell) if pd.api.types.is_list_like(cell) else cell
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(*at, pd.Timestamp(value).to_pydatetime(), formats["date"])
        return
    value = plain(value)
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, formats["number"])
    elif value.startswith(("https://", "http://")) and len(value) < LONGEST_URL and " " not in value:
        sheet.write_url(*at, value, formats["link"], string=value)
    elif value:
        sheet.write_string(*at, value[:TEXT_MOST], formats["quoted" if RUNS.match(value) else "text"])


def _cited(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The sources of the rows, in order of first use; none when the rows name none, or are the sources themselves."""
    known = view.tables.source_of
    used = [code for code in union(rows["source_ids"]) if code in known.index] if "source_ids" in rows else []
    return known.loc[used].reset_index()[list(SOURCES)]


def _codes(rows: pd.DataFrame, about: About, view: View) -> pd.DataFrame:
    """Every code of the rows with what it means."""
    _ = view.gettext
    entries = [
        {_("Column"): column, _("Code"): code, _("Meaning"): view.label(vocabulary, code)}
        for column, vocabularies in about.vocabularies.items()
        if column in rows
        for code in sorted({*_flat(rows[column])})
        if (vocabulary := next((name for name in vocabularies if code in view.vocabulary.codes(name)), ""))
    ]
    return pd.DataFrame(entries)


def _flat(cells: Iterable[Any]) -> Iterable[str]:
    for cell in cells:
        if pd.api.types.is_list_like(cell):
            yield from map(str, cell)
        elif pd.notna(cell):
            yield str(cell)


def _read_me(book: Workbook, about: About, view: View, formats: Mapping[str, Format]) -> None:
    """What the rows are, their version, licence and rules, and what each column means."""
    _ = view.gettext
    sheet = book.add_worksheet(_("Read me"))
    sheet.hide_gridlines(2)
    _printable(sheet)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, TEXT_WIDTH)
    sheet.write_string(0, 0, about.title, formats["title"])
    rules = [(_("How figures are treated") if i == 0 else "", rule) for i, rule in enumerate(about.rules)]
    columns = list(about.meanings.items())
    place = 2
    for block in (about.lines, rules, [(_("Column"), _("Meaning")), *columns] if columns else []):
        for label, text in block:
            sheet.set_row(place, LINE_HEIGHT * _lines(text))
            sheet.write_string(place, 0, label, formats["label"])
            sheet.write_string(place, 1, text, formats["wrapped"])
            place += 1
        place += 1


def _number_format(name: str, cells: pd.Series) -> str:
    """Whole numbers with thousands, years and ranks without; other numbers as they are."""
    if not pd.api.types.is_numeric_dtype(cells) or name.endswith(YEARS):
        return "year" if name.endswith(YEARS) else "general"
    known = cells.dropna()
    return "whole" if bool((known % 1 == 0).all()) else "general"


def _width(name: str, cells: list[Any]) -> float:
    """As wide as the longest cell, within reason."""
    longest = max((len(str(joined(cell) if pd.api.types.is_list_like(cell) else cell)) for cell in cells), default=0)
    return min(max(longest, len(name) + 3, NARROW), WIDE) + 1


def _lines(text: str) -> int:
    """Lines that a text of the Read me sheet takes: letters are narrower than the figures that widths are told in."""
    return sum(max(1, -(-len(line) // (TEXT_WIDTH + 10))) for line in text.split("\n"))
