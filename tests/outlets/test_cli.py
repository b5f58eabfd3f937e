"""The command line writes files, and says in one sentence what it cannot do."""

import json
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from atlas import store
from atlas.outlets.briefing.document import from_json, to_json
from atlas.outlets.cli import app


def run(*words: object) -> tuple[int, str, str]:
    """Exit code, output and errors of the command line."""
    result = CliRunner().invoke(app, list(map(str, words)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_template_is_written_as_a_saved_briefing(tmp_path):
    file = tmp_path / "note.json"
    code, said, _errors = run("briefing", "country-note", "--country", "MD", "--lang", "fr", "-o", file)
    briefing = from_json(file.read_bytes())
    assert code == 0
    assert str(file) in said
    assert briefing.title.startswith("Moldavie")
    assert briefing.version == store.version()
    assert all(block.kind == "text" or block.seen.digest for block in briefing.blocks)


def test_a_saved_briefing_is_refreshed_and_says_what_changed(tmp_path):
    file = tmp_path / "note.json"
    run("briefing", "country-note", "--country", "MD", "-o", file)
    saved = from_json(file.read_bytes())
    blocks = [
        block.model_copy(update={"seen": block.seen.model_copy(update={"digest": "older"})})
        if block.kind == "key_figures"
        else block
        for block in saved.blocks
    ]
    file.write_bytes(to_json(saved.but(blocks=tuple(blocks), made="2026-03-01")))
    code, said, _errors = run("briefing", file, "-o", tmp_path / "again.json")
    assert code == 0
    assert "1 figure changed since March 2026." in said
    assert "Key figures" in said
    assert from_json((tmp_path / "again.json").read_bytes()).blocks == saved.blocks


def test_a_briefing_is_written_as_markdown_and_images(tmp_path):
    code, _said, _errors = run("briefing", "country-note", "--country", "MD", "-o", tmp_path / "note.zip")
    assert code == 0
    with ZipFile(tmp_path / "note.zip") as archive:
        assert archive.testzip() is None
        assert any(name.endswith(".md") for name in archive.namelist())


def test_the_rows_of_a_chart_are_written(tmp_path):
    assert run("chart", "clusters_by_kind", "--format", "csv", "--country", "ES", "-o", tmp_path / "a.csv")[0] == 0
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("kind,clusters")
    assert (
        run("chart", "clusters_by_kind", "--format", "json", "--with", "kind=ptce", "-o", tmp_path / "a.json")[0] == 0
    )
    told = json.loads((tmp_path / "a.json").read_bytes())
    assert [row["kind"] for row in told["rows"]] == ["ptce"]


def test_a_chart_is_drawn(tmp_path):
    assert run("chart", "clusters_by_kind", "--lang", "fr", "--country", "MD", "-o", tmp_path / "a.svg")[0] == 0
    assert (tmp_path / "a.svg").read_bytes().lstrip().startswith(b"<svg")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chart", "jobs_by_country"], "jobs_by_cluster"),
        (["chart", "clusters_by_kind", "--country", "ZZ"], "country=ZZ"),
        (["chart", "clusters_by_kind", "--format", "exe"], "--format"),
        (["chart", "clusters_by_kind", "--lang", "de"], "--lang"),
        (["chart", "clusters_by_kind", "--preset", "huge"], "--preset"),
        (["chart", "clusters_by_kind", "--with", "kind"], "--with"),
        (["chart", "clusters_by_kind", "--format", "csv", "-o", "/nowhere/a.csv"], "/nowhere/a.csv"),
        (["briefing", "country-note", "-o", "note.json"], "one country"),
        (["briefing", "country-note", "--country", "FR", "-o", "note.odt"], "note.odt"),
        (["briefing", "nope", "-o", "note.json"], "country-note"),
        (["briefing", "nope.json", "-o", "note.json"], "nope.json"),
        (["briefing", "{bad}", "-o", "note.json"], "bad.json"),
        (["briefing", "cluster-portrait", "--id", "nowhere", "-o", "note.json"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text('{"blocks": 3}')
    code, said, errors = run(*[word.replace("{bad}", "bad.json") for word in words])
    assert code == 2
    assert sentence in errors
    assert len(errors.strip().splitlines()) == 1
    assert "Traceback" not in said + errors
    assert [file.name for file in tmp_path.iterdir()] == ["bad.json"]
