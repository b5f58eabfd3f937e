"""Names of versions: one content has one name, whatever the clock says; a version that is kept can be published again."""

import json
from datetime import date

import pytest

from atlas import store
from etl.archive import DESCRIPTOR
from etl.publish import publish
from etl.version import NoVersion, find, following, named, rollback, versions
from tests.etl import tiny

DAY = date(2026, 11, 26)


def stated(folder):
    package = json.loads((folder / DESCRIPTOR).read_bytes())
    return package["version"], package.get("hash")


@pytest.fixture
def folder(tmp_path):
    """A folder with a version that is named by its hash, as they all were once."""
    publish(tiny.version("aaaa"), tmp_path / "tables")
    return tmp_path / "tables"


def put(mark, folder, day=DAY):
    publish(named(tiny.version(mark), folder, day), folder)
    return stated(folder)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], "2026.11.26"),
        (["0e3733aecc2f"], "2026.11.26"),
        (["2026.11.25.7"], "2026.11.26"),
        (["2026.11.26"], "2026.11.26.2"),
        (["2026.11.26.9", "2026.11.26.10"], "2026.11.26.11"),
        (["2027.01.01"], "2027.01.01.2"),
    ],
)
def test_a_new_name_comes_after_all_others_even_when_the_clock_is_behind(names, expected):
    assert following(names, DAY) == expected


def test_the_same_content_keeps_the_name_that_is_its_hash(folder):
    assert named(tiny.version("aaaa"), folder, DAY) == tiny.version("aaaa")


def test_new_content_is_named_by_its_day_and_keeps_its_hash(folder):
    assert put("bbbb", folder) == ("2026.11.26", "bbbb")
    assert list(json.loads((folder / DESCRIPTOR).read_bytes()))[:2] == ["version", "hash"]
    before = (folder / DESCRIPTOR).read_bytes()
    assert put("bbbb", folder, date(2026, 12, 24)) == ("2026.11.26", "bbbb")
    assert (folder / DESCRIPTOR).read_bytes() == before
    assert put("cccc", folder, date(1999, 1, 1)) == ("2026.11.26.2", "cccc")


def test_content_that_comes_back_has_its_first_name(folder):
    put("bbbb", folder)
    assert put("aaaa", folder) == ("aaaa", None)
    assert put("bbbb", folder, date(2027, 1, 1)) == ("2026.11.26", "bbbb")


def test_a_version_that_is_kept_is_published_again_and_the_other_kept(folder):
    put("bbbb", folder)
    put("cccc", folder)
    assert [version.name for version in versions(folder)] == ["2026.11.26.2", "2026.11.26", "aaaa"]
    rollback("2026.11.26", folder)
    assert stated(folder) == ("2026.11.26", "bbbb")
    assert store.tables(folder).awards["mark"].item() == "bbbb"
    assert [version.name for version in versions(folder)] == ["2026.11.26", "2026.11.26.2", "aaaa"]
    assert rollback("2026.11.26", folder) == []
    assert put("dddd", folder) == ("2026.11.26.3", "dddd")


def test_tables_that_were_harmed_are_brought_back(folder):
    put("bbbb", folder)
    (folder / DESCRIPTOR).write_text("torn")
    rollback("aaaa", folder)
    assert tiny.marks(store.tables(folder)) == {"aaaa"}


def test_a_kept_version_that_is_harmed_is_not_published(folder):
    put("bbbb", folder)
    kept = find("aaaa", folder).folder / "awards.parquet"
    kept.unlink()
    kept.write_bytes(b"torn")
    with pytest.raises(NoVersion, match="aaaa in .* is harmed"):
        rollback("aaaa", folder)
    assert stated(folder) == ("2026.11.26", "bbbb")


def test_a_version_that_is_not_kept_is_refused_with_those_that_are(folder):
    with pytest.raises(NoVersion, match=r"Version \.\./x of the data is not kept beside .*Kept: aaaa\."):
        find("../x", folder)
