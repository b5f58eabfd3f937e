"""Files as they are met: encodings, quotes, headers, sheets, records; each read whole, or refused in one sentence."""

import datetime
import io
import json
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Point

from etl.faults import BadInput
from etl.inbox.descriptor import Descriptor
from etl.inbox.read import read

SAYS = {"name": "n", "title": "T", "publisher": "P", "licence": "L", "path": "p"}
SAYS |= {"tables": [{"table": "sources", "fields": {"title": "t"}}]}


@pytest.fixture
def table(tmp_path):
    """A function that writes bytes and reads them as `said`."""

    def read_as(content, name="f.csv", **said):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, Descriptor.model_validate(SAYS | said))

    return read_as


def rows(text):
    return text.rows.to_numpy().tolist()


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("utf-8-sig", "utf-8"), ("utf-8", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-8"), ("utf-8-sig", "cp1252"),
        ("utf-16", ["utf-8", "cp1252"]),
    ],
)  # fmt: skip
def test_text_is_read_in_its_encoding_and_a_mark_decides(table, encoded, encoding):
    text = table("Nom,Ville\nPôle,Évreux\n".encode(encoded), encoding=encoding)
    assert list(text.rows.columns) == ["Nom", "Ville"]
    assert rows(text) == [["Pôle", "Évreux"]]
    assert text.notes == ()


def test_polish_in_cp1250(table):
    assert rows(table("N\nSpółdzielnia w Łodzi\n".encode("cp1250"), encoding="cp1250")) == [["Spółdzielnia w Łodzi"]]


def test_encodings_mixed_in_one_file_are_read_line_by_line_and_told(table):
    content = "N\nPôle\n".encode() + "Évreux\nŒuvre\n".encode("cp1252") + b"plain\n"
    text = table(content, encoding=["utf-8", "cp1252"])
    assert rows(text) == [["Pôle"], ["Évreux"], ["Œuvre"], ["plain"]]
    assert text.notes == ("The lines are not all written in one encoding: 2 in cp1252, 1 in utf-8.",)


def test_another_encoding_is_refused_with_its_line(table):
    with pytest.raises(BadInput, match=r"line 3: “Évreux” is not utf-8. Correct encoding .* write \[utf-8, cp1252\]"):
        table("N\nPôle\n".encode() + "Évreux\n".encode("cp1252"))
    with pytest.raises(BadInput, match="line 2: .* is in none of utf-8, cp1252. Add its encoding"):
        table(b"N\n\x81\x8d\n", encoding=["utf-8", "cp1252"])


def test_what_was_destroyed_before_is_told_and_left_as_it_is(table):
    text = table(b"N,M\nP\xef\xbf\xbdle,a\x00b\n\xc3\x83\xc2\xa9t\xc3\x83\xc2\xa9,c\n")
    assert rows(text)[0] == ["P\ufffdle", "ab"]
    assert text.notes == (
        "1 NUL bytes were left out.",
        "Letters were destroyed (\ufffd) before the file reached us, in line 2.",
        "UTF-8 seems to have been read as another encoding, in line 3: see encoding.",
    )


def test_line_breaks_in_cells_and_headers(table):
    text = table('"Nom du\r\nlieu";Ville\r\n"Le\nFil";Nantes\r\nB;Brest\r\n', dialect={"delimiter": ";"})
    assert list(text.rows.columns) == ["Nom du lieu", "Ville"]
    assert rows(text) == [["Le\nFil", "Nantes"], ["B", "Brest"]]
    assert [line for _, line in text.rows.index] == [3, 5]


def test_two_header_rows_are_joined_below_a_title_and_above_a_row_of_units(table):
    content = "Titre,,,\nLieu,,Emplois,\nNom,Ville,2020,2021\n,,ETP,ETP\nA,Nantes,1,2\nTotal,,1,2\n"
    text = table(content, dialect={"headerRows": ["2", "3"], "skipRows": ["4", "Total"]})
    assert list(text.rows.columns) == ["Lieu Nom", "Lieu Ville", "Emplois 2020", "Emplois 2021"]
    assert rows(text) == [["A", "Nantes", "1", "2"]]


def test_repeated_and_missing_names_and_an_empty_last_column(table):
    text = table("Nom\t\tNom\t\nA\tx\tB\t\n", "f.tsv")
    assert list(text.rows.columns) == ["Nom", "column 2", "Nom (2)"]
    assert text.notes == ("The column “Nom” stands 2 times; this one is called “Nom (2)”.",)


def test_quotes_that_are_letters(table):
    content = 'N\tM\n"Зора-ЕС" ЕООД\t1\n'
    with pytest.raises(BadInput, match="line 2: has a record that is not CSV .* write quoteChar: ''"):
        table(content, "f.tsv")
    assert rows(table(content, "f.tsv", dialect={"quoteChar": ""})) == [['"Зора-ЕС" ЕООД', "1"]]


def test_rows_with_other_cells_than_the_header_are_faults_and_the_others_stay(table):
    text = table("a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert rows(text) == [["1", "2"], ["7", "8"]]
    assert [fault.line for fault in text.faults] == [3, 4]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "f.csv", "is empty"),
        (b"<!DOCTYPE html>", "f.csv", "is not a CSV but a web page"),
        (b"not a sheet", "f.xlsx", "is not a spreadsheet we can read"),
        (b"{", "f.json", "is not JSON"),
        (b'{"results": [{"a": 1}], "n": 1}', "f.json", "holds no list of records. Write dialect.property: results"),
        (b"no", "f.parquet", "is not a Parquet file"),
        (b"a\n", "f.doc", "does not say its format by its name. Write format: one of csv"),
    ],
)
def test_what_cannot_be_read_is_refused(table, content, name, sentence):
    with pytest.raises(BadInput, match=sentence):
        table(content, name)


def book(fill):
    opened = openpyxl.Workbook()
    fill(opened)
    content = io.BytesIO()
    opened.save(content)
    return content.getvalue()


def test_a_sheet_with_merged_cells_dates_and_numbers(table):
    def fill(opened):
        hidden, sheet = opened.active, opened.create_sheet("Lieux")
        hidden.title, hidden.sheet_state = "Notes", "hidden"
        for row in (["Lieu", None, "Chiffres", None], ["Nom", "CP", "Depuis", "Taux"]):
            sheet.append(row)
        sheet.append(["A", 84200.0, datetime.datetime(2014, 3, 1), 12.5])
        sheet.append([None, "01000", None, True])
        sheet.append([])
        sheet.append(["C", None, None, None])
        for cells in ("A1:B1", "C1:D1", "A3:A4"):
            sheet.merge_cells(cells)

    content = book(fill)
    text = table(content, "f.xlsx", dialect={"headerRows": ["1", "2"]})
    assert list(text.rows.columns) == ["Lieu Nom", "Lieu CP", "Chiffres Depuis", "Chiffres Taux"]
    assert rows(text) == [["A", "84200", "2014-03-01", "12.5"], ["A", "01000", "", "true"], ["C", "", "", ""]]
    assert [line for _, line in text.rows.index] == [3, 4, 6]
    assert text.notes == ("The sheet “Lieux” is read; not read: Notes.",)
    with pytest.raises(BadInput, match="has no sheet “Lieu”. The closest are: Lieux"):
        table(content, "f.xlsx", dialect={"sheet": "Lieu"})


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="T">
<table:table-row><table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Effectif</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Élan</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def test_an_open_document_sheet(table):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.replace("\n<", "<"))
    assert rows(table(content.getvalue(), "f.ods")) == [["Élan", "12"]]


def test_json_keeps_numbers_as_they_are_written_and_flattens(table):
    content = {
        "n": 1,
        "results": [{"nom": "A", "siege": {"lat": 1.50, "x": None}, "t": ["a", "b"]}, {"id": 7, "ok": True}],
    }
    text = table(json.dumps(content).replace("1.5", "1.50"), "f.json", dialect={"property": "results"})
    assert list(text.rows.columns) == ["nom", "siege.lat", "siege.x", "t", "id", "ok"]
    assert rows(text) == [["A", "1.50", "", "a;b", "", ""], ["", "", "", "", "7", "true"]]


def test_json_lines(table):
    assert rows(table('{"a": 1}\n\n{"a": 2}\n', "f.jsonl")) == [["1"], ["2"]]


def test_geojson_gives_the_points_as_they_stand_in_it(table):
    features = [
        {
            "type": "Feature",
            "properties": {"n": "A"},
            "geometry": {"type": "Point", "coordinates": [652469.02, 6862035.26]},
        },
        {"type": "Feature", "properties": {"n": "B"}, "geometry": None},
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    text = table(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), "f.geojson")
    assert rows(text) == [["A", "652469.02", "6862035.26"], ["B", "", ""]]
    assert text.notes == ("The file says that its coordinates are in urn:ogc:def:crs:EPSG::2154.",)


def test_parquet_and_geoparquet(table, tmp_path):
    frame = pd.DataFrame({"n": ["A", None], "cp": [84200.0, None], "day": pd.to_datetime(["2014-03-01", None])})
    frame.to_parquet(tmp_path / "a.parquet")
    assert rows(table((tmp_path / "a.parquet").read_bytes(), "f.parquet")) == [["A", "84200", "2014-03-01"]]
    gpd.GeoDataFrame({"n": ["A"]}, geometry=[Point(2.5, 48.5)], crs=4326).to_parquet(tmp_path / "b.parquet")
    assert rows(table((tmp_path / "b.parquet").read_bytes(), "g.parquet")) == [["A", "2.5", "48.5"]]
