"""The workbook, as openpyxl reads it."""

import io
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from atlas import store
from atlas.outlets.about import chart_xlsx, of_table
from atlas.outlets.data.filtered import FIELDS
from atlas.outlets.drawing import Drawing
from atlas.outlets.workbook import About, xlsx
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world


def opened(
    table: str, tables: Tables, language: str = "en", given: tuple[str, ...] = (), **chosen
) -> openpyxl.Workbook:
    view = View.of(tables, Selection(language=language, **chosen))
    rows = tables.rows(table)
    about = of_table(table, len(rows), given, view, "https://example.org/data")
    return openpyxl.load_workbook(io.BytesIO(xlsx(rows, about, view)))


def column(sheet, name: str) -> list:
    place = [cell.value for cell in sheet[1]].index(name)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_columns_are_typed_and_missing_cells_are_empty():
    sheet = opened("observations", small_world())["observations"]
    assert column(sheet, "value") == [100, 150, 40, 12, 900]
    assert column(sheet, "is_latest") == [False, True, True, True, False]
    assert column(sheet, "as_of_date")[0] == datetime(2015, 1, 1)
    assert column(sheet, "as_of")[0] == "2015"
    assert column(sheet, "note_en") == [None] * 5


def test_the_header_stays_and_filters():
    sheet = opened("observations", small_world())["observations"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:N6"


def test_the_sources_of_the_rows_stand_beside_them():
    sheet = opened("awards", small_world())["Sources"]
    assert [cell.value for cell in sheet[1]] == ["source_id", "title", "publisher", "url", "published", "quote"]
    assert column(sheet, "source_id") == ["s1"]
    assert column(sheet, "quote") == ["Quote s1"]


@pytest.mark.parametrize(
    ("language", "sheets", "selection"),
    [
        ("en", ["clusters", "Sources", "Codes", "Read me"], "Countries: France"),
        ("fr", ["clusters", "Sources", "Codes", "Lisez-moi"], "Pays : France"),
    ],
)
def test_what_to_know_is_told_in_the_language(language, sheets, selection):
    book = opened("clusters", small_world(), language, ("countries",), countries=("FR",))
    assert book.sheetnames == sheets
    told = [str(row[1]) for row in book[sheets[-1]].iter_rows(values_only=True)]
    assert selection in [text.replace("\xa0", " ") for text in told]
    assert any("creativecommons.org/licenses/by/4.0" in text for text in told) and "small" in told


def test_codes_are_explained():
    sheet = opened("clusters", small_world(), "fr")["Codes"]
    assert ("kind", "ptce", "PTCE") in list(sheet.iter_rows(values_only=True))


def test_no_cell_is_a_formula_and_only_web_addresses_are_links():
    texts = ["=1+1", "+33", "@x", "\t=1", "javascript:alert(1)", "external:c:\\x", "https://example.org/a#b"]
    rows = pd.DataFrame({"text": texts, "change": [-2.0] * len(texts)})
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx(rows, About("rows", "Rows", []), View.of(small_world(), Selection())))
    )
    cells = [row[0] for row in book["rows"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.hyperlink] == ["https://example.org/a#b"]
    assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False] * 3
    assert set(column(book["rows"], "change")) == {-2}


@pytest.mark.parametrize("table", FIELDS)
def test_every_table_opens_with_all_its_rows_and_no_formula(table):
    rows = store.tables().rows(table)
    book = opened(table, store.tables())
    assert book[table].max_row == len(rows) + 1
    assert column(book[table], rows.columns[0]) == list(rows.iloc[:, 0])
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_rows_are_the_same_bytes():
    world = small_world()
    view = View.of(world, Selection())
    about = of_table("awards", 2, (), view, "https://example.org/data")
    assert xlsx(world.awards, about, view) == xlsx(world.awards, about, view)


def test_a_chart_is_a_workbook_with_its_sentence_and_sources():
    drawing = Drawing.of("jobs_by_cluster", Selection(language="fr"), small_world())
    book = openpyxl.load_workbook(io.BytesIO(chart_xlsx(drawing, "https://example.org/embed/jobs_by_cluster")))
    assert book["jobs_by_cluster"].max_row == len(drawing.rows) + 1 > 1
    assert column(book["Sources"], "source_id") == list(
        dict.fromkeys(s for ids in drawing.rows["source_ids"] for s in ids)
    )
    assert ("Constat", drawing.sentence) in list(book["Lisez-moi"].iter_rows(values_only=True))
