"""The door to the tables: what older versions lack, and large tables of which a part is read."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import Point

from atlas import later, store
from atlas.large import LargeTable
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from etl import arrow
from etl.columns import columns
from etl.schema import TABLES
from tests.small_world import small_world

PROJECTS = pd.DataFrame(
    {
        "project_id": ["a", "b", "c"],
        "country": ["FR", "ES", None],
        "start_date": pd.to_datetime(["2015-01-01", None, "2020-06-30"]),
        "topics": [["x", "y"], [], ["z"]],
        "eu_amount_eur": [10.0, None, 0.0],
    }
)
FRENCH = (("country", "in", ("FR", "BE")),)


@pytest.fixture
def old(tmp_path):
    """The tables as they were before there were regions, organisations, projects, third places."""
    descriptor = json.loads(json.dumps(store.package()))
    known = [one for one in descriptor["resources"] if one["name"] not in later.TABLES]
    for one in known:
        table = pq.read_table(store.FOLDER / one["path"])
        added = later.COLUMNS.get(one["name"], pa.schema([])).names
        content = arrow.to_bytes(table.drop_columns([name for name in added if name in table.column_names]))
        one |= {"hash": f"sha256:{sha256(content).hexdigest()}", "bytes": len(content)}
        (tmp_path / one["path"]).write_bytes(content)
    (tmp_path / store.DESCRIPTOR).write_text(json.dumps({**descriptor, "resources": known}))
    return tmp_path


@pytest.fixture
def file(tmp_path):
    """A large table of a Parquet file that lies on the disk."""
    path = tmp_path / "projects.parquet"
    path.write_bytes(written())
    return LargeTable("projects", "hash", lambda: pa.OSFile(str(path)))


def written() -> bytes:
    """The projects as a Parquet file that an earlier version wrote, with fewer columns."""
    schema = pa.schema([field for field in later.TABLES["projects"] if field.name in PROJECTS])
    return arrow.to_bytes(pa.Table.from_pandas(PROJECTS, schema, preserve_index=False))


def test_what_came_later_is_declared_as_the_etl_writes_it():
    for name, declared in later.TABLES.items():
        assert declared == pa.schema([(column, arrow.TYPES[found.kind]) for column, found in columns(name).items()])
    for name, declared in later.COLUMNS.items():
        assert {one.name: one.type for one in declared}.items() <= {
            column: arrow.TYPES[found.kind] for column, found in columns(name).items()
        }.items()
    assert set(TABLES) == {name for name in store.Tables.__dataclass_fields__ if name != "version"}


def test_a_version_from_before_is_read_with_what_it_lacks_empty(old):
    then, now = store.tables(old), store.tables()
    for name in later.TABLES:
        rows = then.rows(name)
        assert len(rows) == 0
        assert list(rows.columns) == list(columns(name))
        assert dict(rows.dtypes) == dict(now.rows(name).dtypes)
    assert then.clusters["nuts_id"].isna().all()
    assert dict(then.clusters.dtypes) == dict(now.clusters.dtypes)
    assert then.regions.crs == then.third_places.whole().crs == 4326
    assert Drawing.of("clusters_by_country", Selection(), then).sentence


def test_only_a_table_that_came_later_may_be_lacking(old):
    stated = json.loads((old / store.DESCRIPTOR).read_bytes())
    stated["resources"] = [one for one in stated["resources"] if one["name"] != "awards"]
    (old / store.DESCRIPTOR).write_text(json.dumps(stated))
    (old / "awards.parquet").unlink()
    with pytest.raises(store.TablesMissing, match=r"awards\.parquet is not there"):
        store.tables(old)


def test_a_table_that_is_stated_and_not_there_is_missing_even_when_it_came_later(old):
    stated = json.loads((old / store.DESCRIPTOR).read_bytes())
    stated["resources"].append({"name": "projects", "path": "projects.parquet", "hash": "sha256:0", "bytes": 9})
    (old / store.DESCRIPTOR).write_text(json.dumps(stated))
    with pytest.raises(store.TablesMissing, match=r"projects\.parquet is not there as its descriptor states"):
        store.tables(old)


@pytest.mark.parametrize("kind", ["file", "rows"])
def test_a_part_of_a_large_table_is_read(file, kind):
    table = file if kind == "file" else LargeTable.of("projects", PROJECTS)
    found = table.scan(["country", "project_id"], FRENCH)
    assert found.to_dict("records") == [{"country": "FR", "project_id": "a"}]
    assert table.scan(["country", "project_id"], FRENCH) is found
    assert list(table.scan(["project_id"], [("start_date", ">=", date(2020, 1, 1))])["project_id"]) == ["c"]
    assert list(table.scan(["project_id"], [("country", "!=", None)])["project_id"]) == ["a", "b"]
    assert list(table.scan(["project_id"], [("eu_amount_eur", "<", 5), ("country", "=", None)])["project_id"]) == ["c"]
    assert len(table.scan(["project_id"], [("country", "in", [])])) == 0
    assert len(table.scan(["project_id"], [("country", "not in", [])])) == 3
    assert len(table) == 3
    whole = table.whole()
    assert set(whole) == set(columns("projects")) == set(table.columns)
    assert whole["start_date"].dtype == "datetime64[s]" and whole["start_date"].isna().sum() == 1
    assert list(map(list, whole["topics"])) == [["x", "y"], [], ["z"]]
    assert whole["name_en"].isna().all()


def test_a_column_that_is_not_declared_is_a_mistake(file):
    with pytest.raises(ValueError, match="colour"):
        file.scan(["colour"])


def test_points_of_a_large_table_are_points():
    rows = gpd.GeoDataFrame({"place_id": ["a", "b"]}, geometry=[Point(1, 47), None], crs=4326)
    found = LargeTable.of("third_places", rows).scan(["place_id", "geometry"])
    assert isinstance(found, gpd.GeoDataFrame) and found.crs == 4326
    assert found.geometry.iloc[0] == Point(1, 47) and found.geometry.iloc[1] is None
    assert not isinstance(LargeTable.of("third_places", rows).scan(["place_id"]), gpd.GeoDataFrame)


def test_the_same_content_is_read_once_wherever_it_lies(file):
    opened = []
    other = LargeTable("projects", "hash", lambda: opened.append(1))
    found = file.scan(["fund"])
    assert other.scan(["fund"]) is found and opened == []
    assert LargeTable("projects", "other hash", file._source).scan(["fund"]) is not found


def test_a_world_may_have_projects():
    world = replace(small_world(), projects=LargeTable.of("projects", PROJECTS))
    assert len(world.rows("projects")) == 3
    assert list(world.projects.scan(["project_id"], FRENCH)["project_id"]) == ["a"]


def test_a_large_file_that_is_harmed_is_one_sentence(tmp_path):
    path, content = tmp_path / "projects.parquet", written()
    path.write_bytes(content[:4] + bytes(200) + content[204:])
    table = LargeTable("projects", object(), lambda: pa.OSFile(str(path)))
    with pytest.raises(store.TablesMissing, match=r"projects\.parquet cannot be read"):
        table.whole()
    with pytest.raises(store.TablesMissing, match=r"projects\.parquet cannot be read"):
        LargeTable("projects", object(), lambda: pa.OSFile(str(path / "gone"))).whole()


@pytest.mark.parametrize(
    "path", ["../facts/sources.csv", "/etc/hostname", "changes/../../facts/sources.csv", "\x00", "changes/none.md"]
)
def test_nothing_is_read_but_what_lies_beside_the_tables(path):
    assert store.beside(path) is None


def test_a_file_beside_the_tables_is_read():
    assert json.loads(store.beside("tables/datapackage.json")) == store.package()
    assert "datapackage.json" in store.names_beside("tables")
    assert store.names_beside("nowhere") == []
