"""Readers see the last version or the new one, never a mix, whatever happens to whoever publishes."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

import pytest

from atlas import store
from etl import archive, publish
from tests.etl import tiny
from tests.etl.publishing import publish_once, publish_until_killed

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.etl.publishing"])
NOBODY = 65534
KILLS = 100


@pytest.fixture
def folder():
    """A folder of tables with the version `one` in it; in memory where there is such a place, for nobody waits for a disk there."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder inside is made anew
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        publish.publish(tiny.version("one"), Path(place, "tables"))
        yield Path(place, "tables")


@pytest.fixture
def open_folder():
    """A folder of tables that every user may enter."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        publish.publish(tiny.version("one"), Path(place, "tables"))
        yield Path(place, "tables")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB and the most bytes a file may have: where none can be mounted, it is files that are bounded."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount") if os.geteuid() == 0 else None
    if mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False).returncode == 0:
        yield place, -1
        subprocess.run(["umount", place], check=True)
    else:
        yield place, 2**19


@pytest.fixture
def parsed_once(monkeypatch):
    """Every file is read anew at every look, and the same bytes parsed only at the first."""
    monkeypatch.setattr(store, "_table", cache(store._table))


def outcome(files, folder, uid=-1, most_bytes=-1):
    """What a process says that publishes `files`: the names that changed, or the fault."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=publish_once, args=(files, folder, uid, most_bytes, there))
    process.start()
    there.close()
    said = here.recv()
    process.join()
    return said


@contextmanager
def publishers(folder, can_exchange):
    """Gives a function that starts a publisher and returns its number, and one that kills it."""
    orders, there = PROCESSES.Pipe()
    versions = [tiny.version("two"), tiny.version("one")]
    process = PROCESSES.Process(target=publish_until_killed, args=(versions, folder, can_exchange, there))
    process.start()
    there.close()

    def start():
        orders.send("start")
        return orders.recv()

    def kill(number):
        os.kill(number, signal.SIGKILL)
        orders.send("wait")
        orders.recv()

    yield start, kill
    orders.send("")
    process.join()


def look(folder):
    """The marks that a reader sees who has read nothing before."""
    store._read.cache_clear()
    return frozenset(tiny.marks(store.tables(folder)))


@pytest.mark.parametrize("can_exchange", [True, False])
def test_killed_at_any_moment_a_whole_version_is_read(folder, can_exchange, parsed_once):
    moments, looks = Random(5), []  # noqa: S311 - the same moments at every run
    with publishers(folder, can_exchange) as (start, kill):
        for _ in range(KILLS):
            number, end = start(), time.monotonic() + moments.uniform(0, 0.03)
            while time.monotonic() < end:
                looks.append(look(folder))
            kill(number)
            looks.append(look(folder))
            if can_exchange:
                assert on_disk(folder) in (tiny.version("one"), tiny.version("two"))
    assert set(looks) == {frozenset({"one"}), frozenset({"two"})}
    publish.publish(tiny.version("three"), folder)
    assert on_disk(folder) == tiny.version("three")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["archive", "tables"]
    kept = {entry["version"] for entry in archive.replaced(folder.parent / "archive")}
    assert {path.name for path in (folder.parent / "archive").iterdir() if path.is_dir()} == kept == {"one", "two"}


def on_disk(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_full_disk_leaves_the_last_version(small_disk):
    place, most_bytes = small_disk
    folder = place / "tables"
    publish.publish(tiny.version("one"), folder)
    said = outcome(tiny.version("two", noise=2**20), folder, most_bytes=most_bytes)
    assert said in ("No space left on device", "File too large")
    assert on_disk(folder) == tiny.version("one")
    assert tiny.marks(store.tables(folder)) == {"one"}
    assert "zz.parquet" in outcome(tiny.version("two", noise=2**10), folder, most_bytes=most_bytes)


def test_a_folder_that_is_a_disk_of_its_own_is_published_in(small_disk):
    place, _most_bytes = small_disk
    for mark in ("one", "two"):
        publish.publish(tiny.version(mark), place)
        assert on_disk(place) == tiny.version(mark)
    assert tiny.marks(store.tables(place.parent / "archive" / "one")) == {"one"}
    with pytest.raises(OSError, match="."):
        publish.publish({"a.parquet": b"", "b/c.parquet": b"", **tiny.version("three")}, place)
    assert on_disk(place) == tiny.version("two")


def test_a_folder_that_is_read_only_keeps_its_version(open_folder):
    before = on_disk(open_folder)
    open_folder.parent.chmod(0o555)
    said = outcome(tiny.version("two"), open_folder, uid=NOBODY if os.geteuid() == 0 else -1)
    assert said == "Permission denied"
    assert on_disk(open_folder) == before


def test_a_reader_never_takes_a_file_of_another_version_than_the_descriptor_says(folder):
    """As a folder is while files are moved one by one, or while git writes them."""
    publish.publish(tiny.version("two"), folder)
    (folder / "awards.parquet").write_bytes(tiny.version("one")["awards.parquet"])
    with pytest.raises(store.TablesMissing, match=r"awards\.parquet is not there as its descriptor states"):
        store.tables(folder)
    (folder / archive.DESCRIPTOR).write_bytes(tiny.version("one")[archive.DESCRIPTOR])
    assert tiny.marks(store.tables(folder)) == {"one"}


def test_a_clock_that_goes_backwards_changes_nothing_that_is_read(folder, monkeypatch):
    class Yesterday(publish.date):
        @classmethod
        def today(cls):
            return cls(1999, 1, 1)

    publish.publish(tiny.version("two"), folder)
    monkeypatch.setattr(publish, "date", Yesterday)
    publish.publish(tiny.version("three"), folder)
    assert tiny.marks(store.tables(folder)) == {"three"}
    listed = json.loads((folder.parent / "archive" / archive.LIST).read_text(encoding="utf-8"))
    assert [entry["version"] for entry in listed] == ["one", "two"]
    assert tiny.marks(store.tables(folder.parent / "archive" / "two")) == {"two"}
