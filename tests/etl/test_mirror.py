"""Tables on a store: whole before they are in use, whatever happens to whoever sends them; brought to a machine that
has none."""

import json
import multiprocessing
import os
import shutil
import signal
from datetime import date

import pytest

from atlas import storage, store
from etl import archive, history, mirror
from etl.publish import publish
from etl.send import send_versions
from etl.storage import NotMirrored, Store
from etl.version import named, rollback
from tests.etl import tiny
from tests.etl.publishing import push_with

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.etl.publishing"])
DAYS = {mark: date(2026, 11, number) for number, mark in enumerate(("one", "two", "three", "four"), 1)}


@pytest.fixture(autouse=True)
def looks_every_time(monkeypatch):
    """Readers look at a store at every request."""
    monkeypatch.setattr(storage, "AGAIN", 0)
    monkeypatch.setattr(storage, "AWAY", 0)


@pytest.fixture
def tables(tmp_path):
    """A local folder with one version, and what is told of it."""
    return put("one", tmp_path / "here" / "tables")


def put(mark, tables):
    """Publish a version as a run does: named, told."""
    publish(named(tiny.version(mark), tables, DAYS[mark]), tables)
    told = tables.parent / "changes"
    told.mkdir(exist_ok=True)
    history.put(told / "CHANGES.md", f"# {mark}".encode())
    history.put(told / f"{mark}.json", mark.encode())
    return tables


def marks(bucket):
    """What a reader sees who has read nothing before."""
    store._read.cache_clear()
    store._LAST.clear()
    return tiny.marks(store.tables(bucket.url)) - {store.version(bucket.url)}


def names(tables):
    return [one["version"] for one in archive.replaced(tables.parent / "archive")]


def test_what_is_sent_is_read(bucket, tables):
    sent = mirror.push(tables, bucket.url)
    assert marks(bucket) == {"one"}
    assert sent[-1] == "uploaded.json" and "tables/datapackage.json" in sent
    assert store.beside("changes/CHANGES.md", bucket.url) == b"# one"
    assert store.names_beside("changes", bucket.url) == ["CHANGES.md", "one.json"]
    assert mirror.push(tables, bucket.url) == []


def test_only_what_is_new_is_sent(bucket, tables):
    mirror.push(tables, bucket.url)
    sent = mirror.push(put("two", tables), bucket.url)
    assert marks(bucket) == {"two"}
    beside = [path for path in sent if path.startswith("changes/")]
    assert beside == ["changes/CHANGES.md", "changes/two.json"]
    assert not [path for path in sent if "2026.11.01/" in path]
    assert tiny.marks(store.tables(f"{bucket.url.removesuffix('tables')}archive/2026.11.01")) == {"one", "2026.11.01"}


def test_the_descriptor_in_use_is_put_after_all_that_it_states(bucket, tables):
    mirror.push(tables, bucket.url)
    mirror.push(put("two", tables), bucket.url)
    written = [one.address.split("?")[0] for one in bucket.asked if one.method == "PUT"]
    switched = [number for number, address in enumerate(written) if address.endswith("tables/datapackage.json")]
    assert len(switched) == 2
    files = [number for number, address in enumerate(written) if "/archive/2026.11.02/" in address]
    assert len(files) == len(tiny.version("two")) and max(files) < switched[1]
    assert written[max(files)].endswith("datapackage.json")


def test_a_machine_that_has_nothing_gets_all_and_goes_on(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    mirror.push(put("two", tables), bucket.url)
    other = tmp_path / "there" / "tables"
    assert mirror.pull(bucket.url, other) == "2026.11.02"
    assert tiny.marks(store.tables(other)) == {"two", "2026.11.02"}
    assert names(other) == ["2026.11.01"]
    assert {path.name: path.read_bytes() for path in (other.parent / "changes").iterdir()} == {
        path.name: path.read_bytes() for path in (tables.parent / "changes").iterdir()
    }
    assert mirror.pull(bucket.url, other) == ""
    mirror.push(put("three", other), bucket.url)
    assert marks(bucket) == {"three"}
    assert mirror.pull(bucket.url, tables) == "2026.11.03"
    assert names(tables) == ["2026.11.01", "2026.11.02"]
    assert (tables.parent / "changes" / "CHANGES.md").read_bytes() == b"# three"


def test_a_folder_that_is_ahead_is_left(bucket, tables):
    mirror.push(tables, bucket.url)
    put("two", tables)
    assert mirror.pull(bucket.url, tables) == ""
    assert store.version(tables) == "2026.11.02"


def test_what_was_here_and_never_there_gives_way_and_is_kept(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    other = put("four", tmp_path / "there" / "tables")
    assert mirror.pull(bucket.url, other) == "2026.11.01"
    assert tiny.marks(store.tables(other)) == {"one", "2026.11.01"}
    assert names(other) == ["2026.11.04"]


def test_a_rollback_is_sent_and_brought(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    mirror.push(put("two", tables), bucket.url)
    other = tmp_path / "there" / "tables"
    mirror.pull(bucket.url, other)
    rollback("2026.11.01", tables)
    mirror.push(tables, bucket.url)
    assert marks(bucket) == {"one"}
    assert mirror.pull(bucket.url, other) == "2026.11.01"
    assert names(other) == names(tables) == ["2026.11.02"]


def test_two_machines_that_publish_do_not_undo_each_other(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    other = tmp_path / "there" / "tables"
    mirror.pull(bucket.url, other)
    mirror.push(put("two", tables), bucket.url)
    with pytest.raises(NotMirrored, match=r"holds a version 2026\.11\.02 that was never in .*run again"):
        mirror.push(put("three", other), bucket.url)
    assert marks(bucket) == {"two"}
    assert mirror.pull(bucket.url, other) == "2026.11.02"
    assert names(other) == ["2026.11.01", "2026.11.03"]


def test_one_who_publishes_at_the_same_moment_is_noticed(bucket, tables):
    mirror.push(tables, bucket.url)
    put("two", tables)
    descriptor = bucket.place / "tables" / "datapackage.json"

    def other(asked):
        if asked.method == "PUT" and asked.address.endswith("versions.json"):
            descriptor.write_bytes(descriptor.read_bytes().replace(b"2026.11.01", b"2026.11.09"))

    bucket.before = other
    with pytest.raises(NotMirrored, match="another machine meanwhile"):
        mirror.push(tables, bucket.url)
    assert b"2026.11.09" in descriptor.read_bytes()


def push_killed_at(bucket, tables, number):
    """A process that sends the tables, killed at the request of that number that writes; whether it came so far."""
    writes = []

    def kill(asked):
        writes.extend([asked] if asked.method in {"PUT", "POST"} else [])
        if len(writes) >= number:
            os.kill(process.pid, signal.SIGKILL)

    process = PROCESSES.Process(target=push_with, args=(tables, bucket.url, bucket.variables()))
    bucket.before = kill
    process.start()
    process.join()
    bucket.before = lambda asked: None
    return process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("number", [1, 9, 18, 19, 20, 21, 22])
def test_killed_while_it_sends_readers_go_on_and_the_next_push_ends_it(bucket, tables, tmp_path, number):
    mirror.push(tables, bucket.url)
    put("two", tables)
    assert push_killed_at(bucket, tables, number)
    seen = marks(bucket)
    assert seen in ({"one"}, {"two"})
    assert mirror.pull(bucket.url, tables) == ""
    mirror.push(tables, bucket.url)
    assert marks(bucket) == {"two"}
    whole = tmp_path / "there" / "tables"
    mirror.pull(bucket.url, whole)
    assert names(whole) == ["2026.11.01"]
    assert (whole.parent / "changes" / "CHANGES.md").read_bytes() == b"# two"


def test_what_was_cut_off_gives_way_to_another_version_of_that_name(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    other = tmp_path / "there" / "tables"
    mirror.pull(bucket.url, other)
    put("two", tables)
    send_versions(Store.at(bucket.url), tables, archive.descriptor(tables))
    publish(named(tiny.version("three"), other, DAYS["two"]), other)
    mirror.push(other, bucket.url)
    assert store.version(bucket.url) == "2026.11.02" and marks(bucket) == {"three"}
    assert mirror.pull(bucket.url, tables) == "2026.11.02"
    assert tiny.marks(store.tables(tables)) == {"three", "2026.11.02"}


def test_versions_beyond_those_kept_go(bucket, tables, monkeypatch):
    mirror.push(tables, bucket.url)
    monkeypatch.setattr(archive, "KEPT", 1)
    mirror.push(put("two", tables), bucket.url)
    mirror.push(put("three", tables), bucket.url)
    assert store.names_beside("archive", bucket.url) == ["2026.11.02", "2026.11.03", "versions.json"]
    assert marks(bucket) == {"three"}


def test_a_store_that_keeps_something_else_than_was_sent_changes_nothing(bucket, tables):
    mirror.push(tables, bucket.url)
    put("two", tables)

    def spoil(asked):
        if asked.method == "HEAD" and asked.address.endswith("2026.11.02/awards.parquet"):
            path = bucket.place / "archive" / "2026.11.02" / "awards.parquet"
            path.write_bytes(path.read_bytes() + b"x")

    bucket.before = spoil
    with pytest.raises(
        NotMirrored, match=r"awards\.parquet was sent with \d+ bytes .*AWS_REQUEST_CHECKSUM_CALCULATION"
    ):
        mirror.push(tables, bucket.url)
    assert marks(bucket) == {"one"}


def test_a_version_that_is_harmed_on_the_store_is_not_brought(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    (bucket.place / "archive" / "2026.11.01" / "awards.parquet").write_bytes(b"torn")
    with pytest.raises(NotMirrored, match=r"does not hold version 2026\.11\.01 as it states it"):
        mirror.pull(bucket.url, tmp_path / "there" / "tables")
    assert not (tmp_path / "there" / "tables").exists()


def test_a_kept_version_that_is_harmed_on_the_store_is_left(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    mirror.push(put("two", tables), bucket.url)
    (bucket.place / "archive" / "2026.11.01" / "awards.parquet").write_bytes(b"torn")
    other = tmp_path / "there" / "tables"
    assert mirror.pull(bucket.url, other) == "2026.11.02"
    assert names(other) == []


@pytest.mark.parametrize(
    ("url", "variables", "said"),
    [
        ("s3://no-such-bucket/tables", {}, r"There is no bucket no-such-bucket: make it, or correct TABLES_URL"),
        ("s3://{name}", {}, r"name a folder in the bucket, such as s3://.*/tables"),
        ("s3://me:secret@{name}/tables", {}, r"before @ belongs in the variables AWS_\*"),
        ("ftp://host/tables", {}, r"TABLES_URL is ftp://host/tables, where no tables can be"),
        ("s3://", {}, r"where no tables can be: an address begins with s3:// or file:///"),
        ("s3:bucket/tables", {}, r"where no tables can be: an address begins with s3:// or file:///"),
        ("{url}", {"AWS_ACCESS_KEY_ID": "unknown"}, r"ACCESS_DENIED.*variables AWS_\*"),
        ("{url}", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, r"NETWORK_CONNECTION.*AWS_\*"),
    ],
)
@pytest.mark.parametrize("way", ["pull", "push"])
def test_a_store_that_cannot_be_used_is_one_sentence(bucket, tables, monkeypatch, way, url, variables, said):
    monkeypatch.setattr("etl.storage.TRIES", 1)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    address = url.format(name=bucket.name, url=bucket.url)
    with pytest.raises(NotMirrored, match=said) as refused:
        mirror.pull(address, tables) if way == "pull" else mirror.push(tables, address)
    assert "\n" not in str(refused.value) and "secret" not in str(refused.value)
    assert tiny.marks(store.tables(tables)) == {"one", "2026.11.01"}


def test_no_whole_version_is_not_sent(bucket, tables):
    (tables / "awards.parquet").unlink()
    with pytest.raises(NotMirrored, match="holds no whole version: nothing was sent"):
        mirror.push(tables, bucket.url)
    assert bucket.files() == {}


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_another_folder_is_a_store_too(tables, tmp_path, scheme):
    there = tmp_path / "shared" / "tables"
    url = f"{scheme}{there}"
    mirror.push(tables, url)
    mirror.push(put("two", tables), url)
    assert tiny.marks(store.tables(url)) == {"two", "2026.11.02"}
    assert archive.is_whole(there) and names(there) == ["2026.11.01"]
    assert store.beside("changes/CHANGES.md", url) == b"# two"
    other = tmp_path / "there" / "tables"
    assert mirror.pull(url, other) == "2026.11.02"
    assert names(other) == ["2026.11.01"]


def test_the_local_folder_is_no_store(tables, monkeypatch):
    before = {path: path.stat().st_mtime_ns for path in tables.rglob("*")}
    for url in ("", str(tables), f"file://{tables}", os.path.relpath(tables)):
        monkeypatch.setenv("TABLES_URL", url)
        with mirror.mirrored(tables):
            pass
    assert {path: path.stat().st_mtime_ns for path in tables.rglob("*")} == before


def test_a_run_that_fails_sends_nothing(bucket, tables, monkeypatch):
    monkeypatch.setenv("TABLES_URL", bucket.url)
    with pytest.raises(ValueError, match="bad"), mirror.mirrored(tables):
        raise ValueError("bad")
    assert bucket.files() == {}
    steps = []
    with mirror.mirrored(tables, steps.append):
        put("two", tables)
    assert marks(bucket) == {"two"}
    assert steps == [f"Sending version 2026.11.02 to {bucket.url}"]
    shutil.rmtree(tables.parent)
    with mirror.mirrored(tables, steps.append):
        pass
    assert tiny.marks(store.tables(tables)) == {"two", "2026.11.02"}
    assert steps[1:] == [
        f"Bringing version 2026.11.02 from {bucket.url}",
        f"Sending version 2026.11.02 to {bucket.url}",
    ]


def test_names_on_a_store_make_no_path_out_of_the_folder(bucket, tables, tmp_path):
    mirror.push(tables, bucket.url)
    (bucket.place / "uploaded.json").write_text(
        json.dumps({"../evil": "", "changes/../../evil": "", "changes/CHANGES.md": ""})
    )
    (bucket.place / "archive" / "versions.json").write_text(json.dumps([{"version": "../evil", "replaced": ""}]))
    other = tmp_path / "there" / "tables"
    assert mirror.pull(bucket.url, other) == "2026.11.01"
    assert sorted(path.name for path in other.parent.iterdir()) == ["archive", "changes", "tables"]
    assert not list(tmp_path.rglob("evil"))
