"""The whole way: from a folder of facts to tables, and the real tables as committed."""

from datetime import date

import pandas as pd
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.build import build
from etl.changes import CHANGES
from etl.columns import columns
from etl.publish import contents
from etl.schema import TABLES
from etl.sources import declared, used
from etl.version import named
from tests.etl.conftest import ROOT

RUNNER = CliRunner()


@pytest.fixture
def without_land(monkeypatch):
    """The small world has no facts to check polygons or totals with: findings about them are not its subject."""
    found = pd.DataFrame(columns=["severity", "table", "row", "column", "value", "rule"])
    monkeypatch.setattr("etl.check.run", lambda tables, ledger: found)


def invoke(folders, name):
    options = [
        option
        for folder in ("facts", "vocabulary", "raw", "tables", "review")
        for option in (f"--{folder}", str(getattr(folders, folder)))
    ]
    return RUNNER.invoke(app, [name, *options])


def test_building_twice_gives_the_same_files_and_says_so(write, without_land):
    folders = write({})
    first = invoke(folders, "build")
    assert first.exit_code == 0, first.output
    files = {path.name: path.read_bytes() for path in folders.tables.iterdir()}
    assert sorted(files) == sorted([f"{table}.parquet" for table in TABLES] + ["datapackage.json"])
    assert "No file changed" in invoke(folders, "build").output
    assert {path.name: path.read_bytes() for path in folders.tables.iterdir()} == files


def test_the_order_of_rows_and_spaces_does_not_change_the_tables(write, rows, without_land):
    one = contents(build(write({})).tables, used(ROOT / "data" / "raw"))
    shuffled = {
        path: [{name: f" {cell} " for name, cell in row.items()} for row in lines[::-1]]
        for path, lines in rows.items()
        if "clusters" not in path and "programmes.csv" not in path and "indicators" not in path
    }
    assert contents(build(write(shuffled)).tables, used(ROOT / "data" / "raw")) == one


def test_the_report_tells_rows_suggestions_and_seconds(write, without_land):
    said = invoke(write({}), "build").output
    for words in (
        "Reading the facts",
        "Merging what is one thing",
        "rows in",
        "rows merged",
        "clusters",
        "merged, 0 rejected",
        "changed in",
    ):
        assert words in said


def test_check_writes_nothing(write, without_land):
    folders = write({})
    result = invoke(folders, "check")
    assert (result.exit_code, folders.tables.exists()) == (0, False)
    assert "Nothing written" in result.output


def test_tables_that_cannot_be_written_are_said(write, without_land, tmp_path):
    folders = write({})
    folders.tables.write_text("a file where the folder should be")
    result = invoke(folders, "build")
    assert result.exit_code == 1
    assert "The last good version is kept." in result.output


def test_every_source_declares_itself():
    found = declared()
    assert {source.source_id for source in found} >= {"curated-facts", "world-atlas", "eurostat", "gisco"}
    assert all(source.title and source.licence and source.citation for source in found)


def test_only_what_was_fetched_is_a_source_of_the_tables(real):
    assert [source.source_id for source in real.sources] == ["curated-facts", "world-atlas"]


def test_the_committed_tables_are_those_a_fresh_build_gives(real):
    folder = ROOT / "data" / "tables"
    files = named(contents(real.tables, real.sources), folder, date(2026, 1, 1))
    committed = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != CHANGES}
    different = sorted(name for name in files.keys() | committed.keys() if files.get(name) != committed.get(name))
    assert different == [], "run `python -m etl build` and commit data/tables"


def test_the_real_facts_pass_every_check(real):
    assert real.errors.to_dict("records") == []


def test_no_row_of_the_real_facts_is_lost(real):
    counted = real.ledger.set_index("table")
    assert list(counted.index) == list(TABLES)
    assert (counted["rows_in"] == counted["rows_out"] + counted["rows_merged"] + counted["rows_rejected"]).all()
    assert counted.loc["clusters", ["rows_in", "rows_out"]].tolist() == [274, 270]
    assert counted.loc["programmes", ["rows_in", "rows_merged"]].tolist() == [366, 48]


def test_tables_have_exactly_the_declared_columns(real):
    assert {name: list(table.columns) for name, table in real.tables.items()} == {
        name: list(columns(name)) for name in TABLES
    }


def test_what_stands_both_as_cluster_and_programme_is_linked(real):
    linked = real.tables["clusters"].set_index("cluster_id")["programme_ids"]
    for cluster, programme in {
        "eu-medcoop": "medcoop-2013",
        "es-si-park-bilbao": "es-si-park-bilbao-2010",
        "fr-bigre": "fr-bigre",
        "eu-eser": "eu-eser-2018",
        "eu-socialtech4eu": "socialtech4eu",
        "fr-alter-incub": "fr-alter-incub",
    }.items():
        assert linked[cluster] == [programme]


def test_budgets_in_other_currencies_have_euros_only_where_the_source_gives_them(real):
    foreign = real.tables["programmes"].query("budget_currency.notna() and budget_eur.notna()")
    quotes = real.tables["sources"].set_index("source_id")["quote"]
    for row in foreign.itertuples():
        assert any("€" in quotes[source] or "EUR" in quotes[source] for source in row.source_ids), row.programme_id
