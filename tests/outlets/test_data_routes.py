"""The data as asked for over HTTP."""

import io
import json
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlencode
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas import store
from atlas.outlets.data.files import FILES, files_of
from atlas.outlets.data.filtered import FIELDS, WITHHELD
from atlas.outlets.data_routes import ROUTES
from atlas.parameters import PARAMETERS
from tests.outlets.answers import Answer, ask, serving


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(ROUTES) as base:
        yield f"{base}/data/"


def error(answer: Answer) -> str:
    return json.loads(answer.body)["error"]


@pytest.mark.parametrize(
    ("table", "extension"), [(table, form) for table in ("clusters", "awards") for form in files_of(table)]
)
def test_every_format_comes_as_a_file_with_its_type(address, table, extension):
    answer = ask(f"{address}{table}.{extension}")
    assert answer.status == 200 and len(answer.body) > 500
    assert answer.headers["content-type"].startswith(FILES[extension].media_type)
    assert f"{table}.{extension}" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_table_is_filtered_by_the_parameters_of_the_pages(address):
    answer = ask(f"{address}clusters.csv?country=FR&kind=ptce")
    rows = pd.read_csv(io.BytesIO(answer.body), encoding="utf-8-sig")
    known = store.tables().clusters
    assert list(rows["cluster_id"]) == list(known[(known["country"] == "FR") & (known["kind"] == "ptce")]["cluster_id"])
    assert "clusters-selection.csv" in answer.headers["content-disposition"]


def test_the_dialect_of_a_french_excel(address):
    answer = ask(f"{address}observations.csv?dialect=semicolon")
    found = pd.read_csv(io.BytesIO(answer.body), encoding="utf-8-sig", sep=";", decimal=",")
    assert list(found["value"]) == list(store.tables().observations["value"])


def test_the_dictionary_describes_the_files_that_are_served(address):
    for resource in json.loads(ask(f"{address}datapackage.json").body)["resources"]:
        body = ask(address + resource["path"]).body
        assert resource["hash"] == f"sha256:{sha256(body).hexdigest()}", resource["name"]
        assert [field["name"] for field in resource["schema"]["fields"]] == pq.read_schema(io.BytesIO(body)).names


def test_a_whole_table_as_parquet_is_the_published_file(address):
    assert ask(f"{address}countries.parquet").body == (store.FOLDER / "countries.parquet").read_bytes()


def test_a_workbook_speaks_the_language(address):
    answer = ask(f"{address}awards.xlsx?lang=fr&country=FR")
    assert openpyxl.load_workbook(io.BytesIO(answer.body)).sheetnames == ["awards", "Sources", "Lisez-moi"]


def test_the_package_holds_what_is_asked_for(address):
    answer = ask(f"{address}package.zip?country=FR&form=parquet")
    with ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        assert {f"data/{name}.parquet" for name in FIELDS} < set(archive.namelist())


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("clusers.csv", 404, "There is no table clusers. Did you mean clusters?"),
        ("qqqq.csv?lang=fr", 404, "Il n’y a pas de table qqqq\u202f; les tables sont clusters, "),
        ("observations.geojson", 404, "There is no observations.geojson; observations can be had as xlsx, csv, parquet, jsonl."),
        ("clusters.csv?contry=FR", 400, "contry is not a parameter of clusters.csv. Did you mean country?"),
        ("clusters.csv?country=Frnce", 400, "country=Frnce is not known here. Did you mean country=FR?"),
        ("clusters.csv?country=Frnce&lang=fr", 400, "country=Frnce n’est pas connu ici."),
        ("clusters.csv?country=FR&country=ES", 400, "country is given more than once; join its values with ~."),
        ("partners.csv?kind=ptce", 400, "kind does not filter partners.csv, which takes: country, level, programme, time."),
        ("vocabulary.csv?country=FR", 400, "country does not filter vocabulary.csv, which is always whole."),
        ("clusters.parquet?dialect=comma", 400, "dialect is not a parameter of clusters.parquet."),
        ("clusters.csv?dialect=tab", 400, "dialect=tab is not known; it can be comma, semicolon."),
        ("programmes.csv?time=2020..2010", 400, "The years run backwards in time=2020..2010. Did you mean time=2010..2020?"),
        ("catalog.jsonld?v=x", 400, "v is not a parameter of catalog.jsonld."),
        ("clusters.csv?v=0000", 404, "Version 0000 of the data is not kept."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_one_sentence(address, path, status, sentence):
    answer = ask(address + path)
    assert (answer.status, answer.headers["cache-control"]) == (status, "no-store")
    assert error(answer).startswith(sentence)


def test_only_get_and_head_are_answered(address):
    answer = ask(f"{address}clusters.csv", "POST")
    assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("name", ["clusters.csv", "awards.xlsx", "package.zip", "catalog.jsonld", "datapackage.json"])
def test_who_has_the_file_already_is_told_so(address, name):
    first = ask(address + name)
    head = ask(address + name, "HEAD")
    assert head.status == 200 and head.body == b"" and head.headers["etag"] == first.headers["etag"]
    again = ask(address + name, if_none_match=first.headers["etag"])
    assert again.status == 304 and again.body == b""


def test_texts_travel_compressed_and_a_frozen_file_never_changes(address):
    assert ask(f"{address}sources.csv", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert "immutable" in ask(f"{address}awards.csv?v={store.version()}").headers["cache-control"]
    assert "immutable" not in ask(f"{address}awards.csv").headers["cache-control"]


def test_the_catalogue_record_describes_every_table_with_addresses_that_answer(address):
    record = json.loads(ask(f"{address}catalog.jsonld").body)
    datasets = {dataset["dct:identifier"]: dataset for dataset in record["dcat:dataset"]}
    assert record["@type"] == "dcat:Catalog" and set(datasets) == {"package", *FIELDS}
    for dataset in datasets.values():
        assert {text["@language"] for text in dataset["dct:title"]} == {"en", "fr"}
        assert dataset["dcat:version"] == store.version() and dataset["dct:publisher"]["@type"] == "foaf:Agent"
        assert dataset["dct:license"]["@id"].endswith("/licence/CC_BY_4_0") and dataset["dcat:distribution"]
    awards = [one["dcat:downloadURL"]["@id"] for one in datasets["awards"]["dcat:distribution"]]
    assert [ask(url).status for url in awards] == [200] * 4
    sized = [one for table in datasets.values() for one in table["dcat:distribution"] if "dcat:byteSize" in one]
    assert len(sized) == len(FIELDS) - len(WITHHELD)
    for one in sized:
        assert int(one["dcat:byteSize"]["@value"]) == len(ask(one["dcat:downloadURL"]["@id"]).body)


def test_the_dictionary_points_to_files_beside_it(address):
    package = json.loads(ask(f"{address}datapackage.json").body)
    assert [resource["path"] for resource in package["resources"]] == [f"{name}.parquet" for name in FIELDS]


VALUES = [
    "",
    "FR",
    "=1+1",
    "<script>",
    "../../etc/passwd",
    "\x00",
    "é" * 300,
    "2020..",
    "1~2~3",
    "%",
    "ptce~",
    "NaN",
    "9" * 40,
]
NAMES = [*PARAMETERS.values(), "v", "dialect", "form", "x", "../x", "country[]"]
TABLES = [f"{table}.{form}" for table in FIELDS for form in ("csv", "geojson", "exe")]


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from([*TABLES, "package.zip", "..%2f.csv", ".csv", "a.b.csv"]),
    query=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20)), min_size=1, max_size=3
    ),
)
def test_bad_addresses_are_never_our_fault(address, name, query):
    encoded = urlencode([(key, value.encode("utf-8", "replace")) for key, value in query])
    assert ask(f"{address}{name}?{encoded}").status in {200, 400, 404}
