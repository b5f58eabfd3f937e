"""What is written: exact types, described columns, one content for one input, all files or none."""

import json
from hashlib import sha256

import frictionless
import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl import publish
from etl.arrow import content_hash, to_arrow
from etl.columns import columns
from etl.publish import contents
from etl.schema import GEOMETRY, TABLES
from etl.sources import declared as declared_sources

FETCHED = ("regions", "organisations", "projects", "participants", "third_places")
"""Tables that only a refresh fills."""


@pytest.fixture(scope="module")
def files(real) -> dict[str, bytes]:
    return contents(real.tables, declared_sources())


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "tables"
    publish.publish(files, folder)
    return folder


def test_every_table_is_written_with_the_declared_types(folder):
    types = {
        "text": pa.string(),
        "date_text": pa.string(),
        "url": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "date": pa.date32(),
        "geometry": pa.binary(),
    }
    for table in TABLES:
        schema = pq.read_schema(folder / f"{table}.parquet")
        assert schema.names == list(columns(table))
        for column in columns(table).values():
            expected = pa.list_(pa.string()) if column.kind == "list" else types[column.kind]
            assert schema.field(column.name).type == expected, (table, column.name)


def test_every_column_is_described_in_both_languages(folder):
    for table in TABLES:
        schema = pq.read_schema(folder / f"{table}.parquet")
        assert {b"description_en", b"description_fr"} <= schema.metadata.keys()
        for field in schema:
            assert {b"description_en", b"description_fr"} <= field.metadata.keys()
    scope = pq.read_schema(folder / "observations.parquet").field("scope").metadata
    assert scope[b"vocabulary"] == b"scopes"
    assert pq.read_schema(folder / "awards.parquet").field("amount_eur").metadata[b"unit"] == b"EUR"


@pytest.mark.parametrize("table", GEOMETRY)
def test_tables_with_geometry_are_geoparquet(folder, table):
    frame = gpd.read_parquet(folder / f"{table}.parquet")
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.notna().any() or table in FETCHED


def test_the_version_follows_the_content_alone(real):
    arrow = {name: to_arrow(real.tables[name], name) for name in ("awards", "partners")}
    other = {name: to_arrow(real.tables[name].iloc[1:], name) for name in ("awards", "partners")}
    assert content_hash(arrow) == content_hash(dict(reversed(arrow.items()))) != content_hash(other)


def test_frictionless_finds_the_package_valid(folder):
    report = frictionless.validate(str(folder / publish.DESCRIPTOR))
    assert report.valid, report.flatten(["name", "type", "message"])


@pytest.mark.parametrize("table", [name for name in TABLES if name not in FETCHED])
def test_the_rows_meet_the_schema_the_package_gives(folder, table):
    package = json.loads((folder / publish.DESCRIPTOR).read_text(encoding="utf-8"))
    described = next(resource for resource in package["resources"] if resource["name"] == table)
    schema = {name: value for name, value in described["schema"].items() if name != "foreignKeys"}
    rows = pq.read_table(folder / f"{table}.parquet").to_pylist()
    assert described["row_count"] == len(rows)
    report = frictionless.Resource(data=rows, schema=frictionless.Schema.from_descriptor(schema)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_the_package_gives_hash_size_keys_and_licence(folder):
    package = json.loads((folder / publish.DESCRIPTOR).read_text(encoding="utf-8"))
    assert (package["licenses"][0]["name"], len(package["version"])) == ("CC-BY-4.0", 12)
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == list(TABLES)
    content = (folder / "awards.parquet").read_bytes()
    assert resources["awards"]["bytes"] == len(content)
    assert resources["awards"]["hash"] == f"sha256:{sha256(content).hexdigest()}"
    keys = {key["fields"]: key["reference"] for key in resources["awards"]["schema"]["foreignKeys"]}
    assert keys["cluster_id"] == {"resource": "clusters", "fields": "cluster_id"}
    assert resources["programmes"]["schema"]["foreignKeys"] == [
        {"fields": "part_of", "reference": {"resource": "", "fields": "programme_id"}}
    ]


def test_only_what_changed_is_touched_and_old_tables_go(tmp_path):
    folder = tmp_path / "tables"
    assert publish.publish({"a.parquet": b"1", "b.parquet": b"1", "datapackage.json": b"1"}, folder) == [
        "a.parquet",
        "b.parquet",
        "datapackage.json",
    ]
    before = (folder / "a.parquet").stat().st_mtime_ns
    assert publish.publish({"a.parquet": b"1", "datapackage.json": b"2"}, folder) == ["datapackage.json", "b.parquet"]
    assert (folder / "a.parquet").stat().st_mtime_ns == before
    assert sorted(path.name for path in folder.iterdir()) == ["a.parquet", "datapackage.json"]


def test_a_write_that_fails_leaves_every_table_as_it_was(tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    publish.publish({"a.parquet": b"1", "b.parquet": b"1"}, folder)
    write = publish.Path.write_bytes

    def full_disk(path, content):
        if path.name == "b.parquet":
            raise OSError("No space left on device")
        return write(path, content)

    monkeypatch.setattr(publish.Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish.publish({"a.parquet": b"2", "b.parquet": b"2"}, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.parquet": b"1", "b.parquet": b"1"}
    assert list(tmp_path.iterdir()) == [folder]
