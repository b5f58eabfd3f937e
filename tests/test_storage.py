"""The dashboard with its tables on object storage: a real S3 server on this machine, and what happens when it is not
there."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256

import pandas as pd
import pytest

from atlas import storage, store
from atlas.outlets import archive
from etl import arrow, mirror
from etl.publish import publish
from etl.version import named
from tests.etl import tiny
from tests.test_pages import opened

ROWS = 60_000


@pytest.fixture
def looks_every_time(monkeypatch):
    """Readers look at a store at every request."""
    monkeypatch.setattr(storage, "AGAIN", 0)
    monkeypatch.setattr(storage, "AWAY", 0)


@pytest.fixture
def copied(bucket):
    """The folder of the data copied to the bucket as it is, by whatever tool copies folders."""
    for name in ("tables", "archive"):
        shutil.copytree(store.FOLDER.parent / name, bucket.place / name)
    return bucket


def put(mark, tables, bucket, number=1, **changed):
    """Publish a version, with some files changed, and send it to the bucket."""
    files = named(with_files(tiny.version(mark), changed), tables, date(2026, 11, number))
    publish(files, tables)
    mirror.push(tables, bucket.url)
    return tables


def with_files(files, changed):
    """A version with other tables, stated as the ETL states them."""
    files = {**files, **{f"{name}.parquet": content for name, content in changed.items()}}
    stated = json.loads(files[store.DESCRIPTOR])
    for one in stated["resources"]:
        content = files[one["path"]]
        one |= {"hash": f"sha256:{sha256(content).hexdigest()}", "bytes": len(content)}
    return files | {store.DESCRIPTOR: json.dumps(stated).encode()}


def projects() -> bytes:
    """As many projects as a whole programme has."""
    names = [f"{number} {sha256(str(number).encode()).hexdigest()}" for number in range(ROWS)]
    rows = pd.DataFrame(
        {"project_id": names, "name_en": names, "url": names, "country": ["FR", "ES", "PL"] * (ROWS // 3)}
    )
    table = store.LargeTable.of("projects", rows)._source
    return arrow.to_bytes(table)


def test_pages_and_files_are_those_of_the_tables_on_the_store(copied, monkeypatch):
    here = store.tables()
    monkeypatch.setenv("TABLES_URL", copied.url)
    there = store.tables()
    assert there is not here and there.version == here.version
    for name in ("clusters", "observations", "countries"):
        pd.testing.assert_frame_equal(pd.DataFrame(there.rows(name)), pd.DataFrame(here.rows(name)))
    assert store.file("clusters") == (store.FOLDER / "clusters.parquet").read_bytes()
    assert store.changes() == json.loads((store.FOLDER / "changes.json").read_bytes())
    page = opened("clusters", lang="en", country="FR")
    assert not page.exception
    assert store.tables() is there


def test_a_version_that_is_kept_on_the_store_is_read(bucket, tmp_path, monkeypatch):
    tables = put("one", tmp_path / "here" / "tables", bucket)
    put("two", tables, bucket, 2)
    monkeypatch.setenv("TABLES_URL", bucket.url)
    assert archive.versions() == ["2026.11.01"]
    assert tiny.marks(archive.tables_of("2026.11.01")) == {"one", "2026.11.01"}
    assert tiny.marks(archive.tables_of("")) == {"two", "2026.11.02"}


def test_of_a_large_table_only_the_parts_asked_for_are_read(bucket, tmp_path):
    content = projects()
    put("one", tmp_path / "here" / "tables", bucket, projects=content)
    table = store.tables(bucket.url).projects
    assert [one.part for one in bucket.asked_for("projects.parquet") if one.method == "GET"] == []
    found = table.scan(["country"], [("country", "=", "FR")])
    assert len(found) == ROWS / 3
    parts = [one.part.removeprefix("bytes=").split("-") for one in bucket.asked_for("projects.parquet") if one.part]
    read = sum(int(last) - int(first) + 1 for first, last in parts)
    assert 0 < read < len(content) / 10
    asked = len(bucket.asked)
    assert table.scan(["country"], [("country", "=", "FR")]) is found
    assert len(bucket.asked) == asked


def test_many_readers_ask_the_store_once(bucket, tmp_path, monkeypatch):
    put("one", tmp_path / "here" / "tables", bucket)
    monkeypatch.setattr(storage, "AGAIN", 600)
    del bucket.asked[:]
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _number: store.tables(bucket.url), range(200)))
    assert len({id(tables) for tables in found}) == 1 and tiny.marks(found[0]) == {"one", "2026.11.01"}
    assert len([one for one in bucket.asked_for("tables/datapackage.json") if one.method == "GET"]) == 1
    assert len([one for one in bucket.asked_for("awards.parquet") if one.method == "GET"]) == 1


def test_a_new_version_is_seen_whole_while_others_read(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "AGAIN", 0.02)
    tables, seen, is_over = put("one", tmp_path / "here" / "tables", bucket), [], threading.Event()

    def read():
        while not is_over.is_set():
            seen.append(frozenset(tiny.marks(store.tables(bucket.url))))

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for number, mark in enumerate(("two", "one", "three"), 2):
                put(mark, tables, bucket, number)
                assert any(mark in tiny.marks(store.tables(bucket.url)) for _ in range(100_000))
        finally:
            is_over.set()
        assert [reader.result() for reader in readers] == [None] * 2
    assert {frozenset({"one", "2026.11.01"}), frozenset({"three", "2026.11.04"})} <= set(seen)
    assert all(len(marks) == 2 for marks in seen)


def test_what_was_read_is_shown_while_the_store_is_away(bucket, tmp_path, looks_every_time):
    (tmp_path / "here" / "reports").mkdir(parents=True)
    (tmp_path / "here" / "reports" / "status.json").write_text("{}")
    tables = put("one", tmp_path / "here" / "tables", bucket)
    before = store.tables(bucket.url)
    assert store.beside("reports/status.json", bucket.url) == b"{}"
    assert store.names_beside("reports", bucket.url) == ["status.json"]
    bucket.is_away = True
    assert store.tables(bucket.url) is before
    assert store.version(bucket.url) == "2026.11.01"
    assert store.beside("reports/status.json", bucket.url) == b"{}"
    assert store.names_beside("reports", bucket.url) == ["status.json"]
    assert store.beside("changes/CHANGES.md", bucket.url) is None and store.names_beside("changes", bucket.url) == []
    with pytest.raises(store.TablesMissing, match=r"projects\.parquet cannot be read"):
        before.projects.scan(["mark"], [("mark", "=", bucket.name)])
    bucket.is_away = False
    put("two", tables, bucket, 2)
    assert tiny.marks(store.tables(bucket.url)) == {"two", "2026.11.02"}


def test_a_version_that_cannot_be_read_to_its_end_leaves_the_one_before(bucket, tmp_path, looks_every_time):
    tables = put("one", tmp_path / "here" / "tables", bucket)
    before = store.tables(bucket.url)
    put("two", tables, bucket, 2)
    harmed = bucket.place / "archive" / "2026.11.02" / "awards.parquet"
    content = harmed.read_bytes()
    harmed.write_bytes(content[:-1])
    assert store.tables(bucket.url) is before
    harmed.write_bytes(content)
    assert tiny.marks(store.tables(bucket.url)) == {"two", "2026.11.02"}


def test_a_large_table_that_another_took_the_place_of_is_not_read(copied):
    content = store.file("projects", copied.url)
    (copied.place / "tables" / "projects.parquet").write_bytes(content + b"x")
    with pytest.raises(
        store.TablesMissing, match=r"projects\.parquet is not there as its descriptor states it: publish"
    ):
        store.tables(copied.url)


@pytest.mark.parametrize(
    ("url", "variables", "said"),
    [
        ("s3://no-such-bucket/tables", {}, r"no-such-bucket/tables holds no readable .*: publish the tables there"),
        ("s3://{name}", {}, r"name a folder in the bucket, such as s3://.*/tables\."),
        ("s3://me:secret@{name}/tables", {}, r"where no tables can be: .*belongs in the variables AWS_\*"),
        ("s3://{name}/tables?region=x", {}, r"where no tables can be: .*belongs in the variables AWS_\*"),
        ("ftp://host/tables", {}, r"TABLES_URL is ftp://host/tables, where no tables can be"),
        ("s3://", {}, r"where no tables can be: an address begins with s3:// or file:///"),
        ("s3:bucket/tables", {}, r"where no tables can be: an address begins with s3:// or file:///"),
        ("file://host/tables", {}, r"TABLES_URL is file://host/tables, where no tables can be"),
        ("{url}", {"AWS_ACCESS_KEY_ID": "unknown"}, r"cannot be read: .*ACCESS_DENIED.*the variables AWS_"),
        ("{url}", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, r"cannot be read: .*NETWORK_CONNECTION.*TABLES_URL"),
        ("nowhere/tables", {}, r"/nowhere/tables holds no readable datapackage\.json: run `python -m etl build`"),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_one_sentence(bucket, tmp_path, monkeypatch, url, variables, said):
    put("one", tmp_path / "here" / "tables", bucket)
    for name, value in {**variables, "TABLES_URL": url.format(name=bucket.name, url=bucket.url)}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(store.TablesMissing, match=said) as missing:
        store.tables()
    assert "\n" not in str(missing.value) and "secret" not in str(missing.value)


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_another_folder_may_hold_the_tables(tmp_path, monkeypatch, scheme):
    publish(tiny.version("one"), tmp_path / "a b" / "tables")
    monkeypatch.setenv("TABLES_URL", f"{scheme}{tmp_path}/a{'%20' if scheme else ' '}b/tables/")
    assert tiny.marks(store.tables()) == {"one"}
    assert store.folder_of().is_local
