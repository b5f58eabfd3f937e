"""Versions that were replaced are kept, and a frozen link goes on saying what it said."""

import json
from datetime import date

import pytest

from atlas import store
from atlas.outlets import archive
from atlas.outlets.http import Problem
from etl import archive as kept
from etl.publish import publish
from tests.etl.test_changes import built

DAY = date(2026, 11, 25)


@pytest.fixture
def twice(write, rows):
    """A folder of tables published, then published anew with one cluster less; yields the folder and both versions."""
    folders = write({})
    first = built(folders)[1]
    publish(first, folders.tables)
    path = "europe/clusters.csv"
    second = built(write({path: [row | {"city": "Bilbo"} for row in rows[path]]}))[1]
    publish(second, folders.tables)
    versions = [json.loads(files["datapackage.json"])["version"] for files in (first, second)]
    return folders.tables, *versions


def test_a_version_that_is_replaced_is_read_as_it_was(twice):
    folder, old, new = twice
    then = archive.tables_of(old, place=folder)
    now = store.tables(folder)
    assert (then.version, now.version) == (old, new)
    assert "Bilbo" not in set(then.clusters["place"])
    assert "Bilbo" in set(now.clusters["place"])
    assert archive.versions(folder) == [old]


def test_a_version_published_again_is_kept_once(twice):
    folder, _old, new = twice
    same = {path.name: path.read_bytes() for path in folder.iterdir()}
    publish(same, folder)
    assert new not in archive.versions(folder)


@pytest.mark.parametrize("version", ["ffff", "../tables", ".", "versions.json", "\x00", "a" * 4000])
def test_a_version_that_is_not_kept_is_refused_with_those_that_are(twice, version):
    folder, old, _new = twice
    with pytest.raises(Problem) as refused:
        archive.tables_of(version, "fr", folder)
    assert refused.value.status == 404
    assert old in refused.value.sentence
    assert "conservée" in refused.value.sentence


def test_only_the_last_versions_are_kept(tmp_path):
    folder, archived = tmp_path / "tables", tmp_path / "archive"
    folder.mkdir()
    for number in range(kept.KEPT + 3):
        (folder / kept.DESCRIPTOR).write_text(json.dumps({"version": f"v{number}"}))
        kept.keep(folder, {}, archived, DAY)
        (folder / kept.DESCRIPTOR).unlink()
    kept.prune(archived)
    listed = [entry["version"] for entry in kept.replaced(archived)]
    assert listed == [f"v{number}" for number in range(3, kept.KEPT + 3)]
    assert sorted(path.name for path in archived.iterdir() if path.is_dir()) == sorted(listed)


def test_without_a_list_that_can_be_read_nothing_is_removed(tmp_path):
    (tmp_path / "v1").mkdir()
    (tmp_path / kept.LIST).write_text("torn")
    kept.prune(tmp_path)
    assert (tmp_path / "v1").is_dir()


def test_an_archive_that_cannot_be_written_leaves_the_last_good_tables(twice, monkeypatch):
    folder, _old, new = twice

    def full_disk(*_arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr("etl.archive._link", full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish({"datapackage.json": b'{"version": "third"}'}, folder)
    assert store.version(folder) == new
    assert sorted(path.name for path in folder.parent.glob("archive/.*")) == []
