"""The package, unzipped and validated as Frictionless reads it."""

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
import yaml
from frictionless import Package, validate

from atlas import store
from atlas.outlets.data.contents import Contents
from atlas.outlets.data.filtered import FIELDS, package
from atlas.outlets.data.package import package_zip
from atlas.outlets.data.query import Query
from atlas.selection import Selection

FRANCE = Query(Selection(countries=("FR",)), frozenset({"countries"}))


def made(form: str = "csv", dialect: str = "comma", query: Query = FRANCE) -> bytes:
    tables = store.tables()
    query = query._replace(options=(("form", form), ("dialect", dialect)))
    kept = package(tables, query.selection, query.given)
    return package_zip(Contents(kept, tables, query, "https://example.org/data"))


@pytest.fixture
def unzipped(request, tmp_path) -> Path:
    ZipFile(io.BytesIO(made(*request.param))).extractall(tmp_path)
    return tmp_path


@pytest.mark.parametrize("unzipped", [("csv", "comma"), ("csv", "semicolon"), ("parquet", "comma")], indirect=True)
def test_the_package_is_valid(unzipped):
    report = validate(str(unzipped / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    assert (
        report.stats["tasks"]
        == len(json.loads((unzipped / "datapackage.json").read_text())["resources"])
        == len(FIELDS)
    )


@pytest.mark.parametrize("unzipped", [("csv", "comma"), ("csv", "semicolon")], indirect=True)
def test_frictionless_reads_the_published_figures(unzipped):
    figures = Package(str(unzipped / "datapackage.json")).get_resource("observations").read_rows()
    expected = package(store.tables(), FRANCE.selection, FRANCE.given)["observations"]
    assert [float(row["value"]) for row in figures] == list(expected["value"])
    assert [row["source_ids"] for row in figures] == [list(ids) for ids in expected["source_ids"]]


def test_whole_parquet_files_are_the_published_ones():
    with ZipFile(io.BytesIO(made("parquet", query=Query(Selection(), frozenset())))) as archive:
        for name in ("clusters", "countries"):
            assert archive.read(f"data/{name}.parquet") == (store.FOLDER / f"{name}.parquet").read_bytes()


def test_the_same_rows_are_the_same_bytes():
    assert made() == made()


def test_readme_licence_and_citation_tell_version_selection_and_how_to_cite():
    version = store.version()
    with ZipFile(io.BytesIO(made())) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in ("README.md", "LICENCE.txt", "CITATION.cff")}
    assert "Countries: France" in texts["README.md"] and "Pays\xa0: France" in texts["README.md"]
    assert (
        "https://creativecommons.org/licenses/by/4.0/" in texts["LICENCE.txt"] and "Section 1" in texts["LICENCE.txt"]
    )
    cited = yaml.safe_load(texts["CITATION.cff"])
    assert (cited["cff-version"], cited["type"], cited["version"]) == ("1.2.0", "dataset", version)
    assert cited["authors"] and cited["license"] == "CC-BY-4.0" and cited["url"] == "https://example.org/data"


def test_a_french_excel_reads_the_semicolon_tables():
    with ZipFile(io.BytesIO(made("csv", "semicolon"))) as archive:
        content = archive.read("data/observations.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    values = pd.read_csv(io.BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")["value"]
    assert pd.api.types.is_float_dtype(values) and len(values) > 0
