"""A file nobody has seen, from `describe` to the tables, by the command line alone."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from etl.__main__ import app

RUNNER = CliRunner()
FILE = "Nom;Ville;Pays;Année de création\nPôle des Deux Rives;Rouen;FR;2015\nLa Fabrique;Lens;FR;inconnue\n"
DECIDED = {
    'publisher: "?"': 'publisher: "Region"',
    'licence: "?"': 'licence: "CC BY 4.0"',
    'homepage: "?"': 'homepage: "https://region.example/poles"',
    'kind: {constant: "?"}': "kind: {constant: ptce}",
}


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "poles.csv").write_bytes(FILE.encode("cp1252"))
    assert RUNNER.invoke(app, ["describe", str(folder / "poles.csv"), "-o", str(folder / "poles.yaml")]).exit_code == 0
    return folder


@pytest.fixture
def folders(write):
    return write({})


def decide(inbox):
    """The edits that a human makes."""
    text = (inbox / "poles.yaml").read_text(encoding="utf-8")
    for doubt, answer in DECIDED.items():
        assert doubt in text
        text = text.replace(doubt, answer)
    (inbox / "poles.yaml").write_text(text, encoding="utf-8")


def build(folders, inbox):
    named = ("facts", "vocabulary", "raw", "tables")
    options = [option for name in named for option in (f"--{name}", str(getattr(folders, name)))]
    return RUNNER.invoke(app, ["build", *options, "--inbox", str(inbox)])


def test_a_descriptor_that_leaves_a_question_open_is_refused_with_its_questions(inbox):
    result = RUNNER.invoke(app, ["check", "--descriptor", str(inbox / "poles.yaml")])
    assert result.exit_code == 1
    assert "is not decided yet" in result.output


def test_what_is_not_decided_adds_nothing_to_the_tables(folders, inbox):
    result = build(folders, inbox)
    assert result.exit_code == 0, result.output
    assert "is not decided yet" in result.output
    assert not pd.read_parquet(folders.tables / "clusters.parquet")["cluster_id"].str.contains("rives").any()


def test_a_decided_file_is_in_the_tables_with_its_source(folders, inbox):
    decide(inbox)
    result = build(folders, inbox)
    assert result.exit_code == 0, result.output
    clusters = pd.read_parquet(folders.tables / "clusters.parquet").set_index("name")
    added = clusters.loc["Pôle des Deux Rives"]
    assert (added["place"], added["founded_year"], added["kind"]) == ("Rouen", 2015, "ptce")
    sources = pd.read_parquet(folders.tables / "sources.parquet").set_index("source_id")
    assert sources.loc[next(iter(added["source_ids"])), "url"] == "https://region.example/poles"


def test_a_cell_that_cannot_be_read_is_left_empty_and_told(folders, inbox):
    decide(inbox)
    assert "inconnue" in build(folders, inbox).output
    clusters = pd.read_parquet(folders.tables / "clusters.parquet").set_index("name")
    assert pd.isna(clusters.loc["La Fabrique", "founded_year"])


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    result = RUNNER.invoke(app, ["describe", str(tmp_path / "nothing.csv")])
    assert result.exit_code == 1
    assert "nothing.csv is missing" in result.output
    assert "Traceback" not in result.output
