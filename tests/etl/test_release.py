"""From built tables to what readers see, and the commands about versions."""

import json
from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from atlas import store
from etl import commands_publish, diff, release
from etl.build import build
from etl.once import one_at_a_time
from etl.release import Released
from etl.sources import declared
from etl.status import failed
from tests.etl.conftest import ROOT

RUNNER = CliRunner()
FIRST, SECOND = date(2026, 11, 25), date(2026, 11, 26)
PATH = "europe/clusters.csv"


@pytest.fixture
def app():
    """The commands alone."""
    made = typer.Typer()
    commands_publish.register(made)
    return made


@pytest.fixture
def twice(write, rows) -> tuple[Released, Released, object]:
    """A small world published, then again with one place written otherwise."""
    folders = write({})
    first = release.release(built(folders, "first"), declared(), folders.tables, FIRST)
    moved = [row | ({"city": "Bilbo"} if row["cluster_id"] == "es-b" else {}) for row in rows[PATH]]
    second = release.release(built(write({PATH: moved}), "moved"), declared(), folders.tables, SECOND)
    return first, second, folders


BUILT: dict[str, object] = {}


def built(folders, name):
    """The tables of the facts called `name` here, built once: no test changes them."""
    if name not in BUILT:
        BUILT[name] = build(folders).tables
    return BUILT[name]


def run(app, folders, *arguments):
    result = RUNNER.invoke(app, [*arguments, "--tables", str(folders.tables)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_release_is_named_compared_published_and_told(twice):
    first, second, folders = twice
    assert (first.version, first.found, second.version) == ("2026.11.25", None, "2026.11.26")
    assert [(change.key, change.columns) for change in second.found.changes] == [
        ("es-b", {"place": ("Bilbao", "Bilbo")})
    ]
    assert store.changes(folders.tables)["tables"]["clusters"]["rows"]["changed"] == ["es-b"]
    assert store.version(folders.tables) == "2026.11.26"
    told = folders.tables.parent / "changes"
    assert "(place: Bilbao → Bilbo)" in (told / "CHANGES.md").read_text(encoding="utf-8")
    assert (told / "feeds" / "cluster" / "es-b.fr.atom").is_file()
    assert (told / "feeds" / "country" / "ES.en.atom").is_file()


def test_the_same_content_is_not_a_release(twice):
    _first, second, folders = twice
    files = {
        path: path.stat().st_mtime_ns
        for path in folders.tables.parent.rglob("*")
        if path.suffix in {".atom", ".parquet"}
    }
    again = release.release(built(folders, "moved"), declared(), folders.tables, date(2027, 1, 1))
    assert (again.version, again.changed, again.found) == (second.version, [], None)
    assert {path: path.stat().st_mtime_ns for path in files} == files


def test_a_change_that_could_not_be_told_is_told_by_the_next_run(twice):
    _first, _second, folders = twice
    told = folders.tables.parent / "changes"
    before = {path.name: path.read_bytes() for path in told.iterdir() if path.is_file()}
    assert sorted(before) == ["2026.11.26_after_2026.11.25.json", "CHANGES.md"]
    for name in before:
        (told / name).unlink()
    release.release(built(folders, "moved"), declared(), folders.tables, date(2027, 1, 1))
    assert {path.name: path.read_bytes() for path in told.iterdir() if path.is_file()} == before


def test_a_loss_stops_before_anything_is_written_until_it_is_accepted(twice, write, rows):
    _first, second, folders = twice
    without = {PATH: [row | {"country": "FR"} for row in rows[PATH]]}
    tables = built(write(without), "without")
    with pytest.raises(diff.Loss, match=r"clusters in ES: 1 -> 0.*--accept-loss"):
        release.release(tables, declared(), folders.tables, SECOND)
    assert store.version(folders.tables) == second.version
    done = release.release(tables, declared(), folders.tables, SECOND, accept_loss=True)
    assert done.version == "2026.11.26.2" == store.version(folders.tables)


def test_the_committed_tables_are_not_renamed(real, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for path in (ROOT / "data" / "tables").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    done = release.release(real.tables, real.sources, folder, SECOND)
    assert (done.changed, done.found) == ([], None)
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_versions_are_listed_and_told_apart(twice, app):
    _first, _second, folders = twice
    listed = run(app, folders, "versions")
    assert "2026.11.26" in listed.output and "2026.11.25" in listed.output and "in use" in listed.output
    told = run(app, folders, "diff")
    assert told.exit_code == 0
    assert "place: Bilbao → Bilbo" in told.output
    back = json.loads(run(app, folders, "diff", "2026.11.26", "2026.11.25", "--format", "json").output)
    assert back["changes"][0]["columns"] == {"place": ["Bilbo", "Bilbao"]}


def test_a_rollback_brings_back_what_was_and_tells_it(twice, app):
    _first, _second, folders = twice
    said = run(app, folders, "rollback", "2026.11.25")
    assert said.exit_code == 0, said.output
    assert store.version(folders.tables) == "2026.11.25"
    assert "Bilbao" in set(store.tables(folders.tables).clusters["place"])
    assert "(place: Bilbo → Bilbao)" in (folders.tables.parent / "changes" / "CHANGES.md").read_text(encoding="utf-8")


def test_commands_that_cannot_say_why_in_a_sentence(twice, app):
    _first, _second, folders = twice
    unknown = run(app, folders, "rollback", "1999.01.01")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (1, 1)
    assert "Kept: 2026.11.26, 2026.11.25." in unknown.stderr
    with one_at_a_time(folders.tables, "refresh"):
        busy = run(app, folders, "rollback", "2026.11.25")
    assert busy.exit_code == 1
    assert "is being written by refresh (process " in busy.stderr
    assert store.version(folders.tables) == "2026.11.26"


def test_a_loss_between_versions_makes_diff_fail(twice, write, rows, app):
    _first, _second, folders = twice
    tables = built(write({PATH: [row | {"country": "FR"} for row in rows[PATH]]}), "without")
    release.release(tables, declared(), folders.tables, SECOND, accept_loss=True)
    lost = run(app, folders, "diff")
    assert lost.exit_code == 1
    assert "--accept-loss" in lost.stderr
    assert run(app, folders, "diff", "--accept-loss").exit_code == 0


def test_status_tells_sources_version_and_exit_code(twice, app, tmp_path):
    _first, _second, folders = twice
    failed(tmp_path / "raw", "eurostat", "It does not answer.")
    late = run(app, folders, "status", "--raw", str(tmp_path / "raw"))
    assert late.exit_code == 1
    assert "world-atlas" in late.output and "now (late)" in late.output and "1: It does not answer." in late.output
    told = json.loads(run(app, folders, "status", "--json", "--raw", str(ROOT / "data" / "raw")).output)
    assert told["version"] == "2026.11.26"
    assert {source["source_id"] for source in told["sources"]} >= {"world-atlas", "curated-facts"}
    nothing = RUNNER.invoke(app, ["status", "--tables", str(tmp_path / "none")])
    assert nothing.exit_code == 2
    assert "none that is whole" in nothing.output
