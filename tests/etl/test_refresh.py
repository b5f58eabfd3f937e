"""A whole refresh by the command line, against a publisher on this machine that answers well, badly, or not at all."""

import json
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box
from typer.testing import CliRunner

from etl.__main__ import app
from etl.archive import version_of
from etl.download import NotFetched
from etl.once import one_at_a_time
from etl.refresh import ask, chosen, official
from etl.sources import eurostat, gisco
from tests.etl.conftest import ROOT
from tests.etl.publisher import Said
from tests.etl.test_gisco import COUNTRIES, COUNTRIES_PATH, NUTS_PATH, region, said

RUNNER = CliRunner()
LOIRE, BISCAY = box(-2, 47, -1, 48), box(-3, 43, -2, 44)
REGIONS = said(region("FRG", LOIRE), region("FRG01", LOIRE), region("ES213", BISCAY))
DESCRIPTOR = """
name: hubs
title: Hubs
url: {url}
publisher: Somebody
licence: CC BY 4.0
homepage: https://example.org/hubs
quote: Our hubs
naturalKey: [Name]
tables:
  - table: clusters
    fields:
      name: {{from: Name}}
      country: {{from: Country}}
      kind: {{constant: hub}}
      status: {{constant: active}}
"""


@pytest.fixture
def folders(write, tmp_path, monkeypatch):
    """The small world with a raw folder of its own; findings about its few facts are not the subject."""
    found = pd.DataFrame(columns=["severity", "table", "row", "column", "value", "rule"])
    monkeypatch.setattr("etl.check.run", lambda tables, ledger: found)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "world-atlas").symlink_to(ROOT / "data" / "raw" / "world-atlas")
    return replace(write({}), raw=raw)


@pytest.fixture
def publisher(publisher, monkeypatch, hurry):
    monkeypatch.setattr(gisco, "ADDRESS", publisher.address)
    publisher.says(NUTS_PATH, REGIONS)
    publisher.says(COUNTRIES_PATH, COUNTRIES)
    return publisher


def run(folders, *more, command="refresh"):
    named = ("facts", "vocabulary", "raw", "tables", "inbox", "review")
    known = named if command != "fetch" else ("raw", "tables", "inbox")
    options = [option for name in known for option in (f"--{name}", str(getattr(folders, name)))]
    return RUNNER.invoke(app, [command, *options, *more])


def reported(folders, name):
    return json.loads((folders.tables.parent / "reports" / name).read_text(encoding="utf-8"))


def state_of(folders, source_id):
    return next(one for one in reported(folders, "status.json")["sources"] if one["source_id"] == source_id)


def test_what_a_source_brings_is_in_the_tables_and_its_state_is_told(folders, publisher):
    done = run(folders, "--only", "gisco")
    assert done.exit_code == 0, done.output
    clusters = gpd.read_parquet(folders.tables / "clusters.parquet").set_index("cluster_id")
    assert clusters["nuts_id"].to_dict() == {"fr-ptce-a": "FRG01", "es-b": "ES213"}
    assert set(gpd.read_parquet(folders.tables / "regions.parquet")["nuts_id"]) == {"FRG", "FRG01", "ES213"}
    package = json.loads((folders.tables / "datapackage.json").read_text(encoding="utf-8"))
    assert "gisco" in {source["name"] for source in package["sources"]}
    assert (state_of(folders, "gisco")["files"], state_of(folders, "gisco")["failures"]) == (2, 0)
    assert reported(folders, "quality.json")["version"] == version_of(folders.tables)


def test_a_source_that_fails_is_told_and_its_last_copy_serves(folders, publisher):
    assert run(folders, "--only", "gisco").exit_code == 0
    before = {path.name: path.read_bytes() for path in folders.tables.iterdir()}
    publisher.says(NUTS_PATH, Said(status=503))
    again = run(folders, "--only", "gisco")
    assert again.exit_code == 1
    assert "answers 503" in again.output and "The last copy is kept" in again.output
    assert {path.name: path.read_bytes() for path in folders.tables.iterdir()} == before
    assert state_of(folders, "gisco")["failures"] == 1
    assert "answers 503" in state_of(folders, "gisco")["why"]


def test_offline_asks_nobody_and_builds_from_what_is_there(folders, publisher):
    assert run(folders, "--only", "gisco", command="fetch").exit_code == 0
    asked = len(publisher.asked)
    done = run(folders, "--offline")
    assert done.exit_code == 0, done.output
    assert len(publisher.asked) == asked > 0
    assert gpd.read_parquet(folders.tables / "clusters.parquet")["nuts_id"].notna().all()


def test_a_drop_in_dataset_with_an_address_is_fetched_and_taken(folders, publisher):
    address = publisher.says("/hubs.csv", Said(b"Name,Country\nAlpha,FR\nBeta,Spain\n"))
    folders.inbox.mkdir()
    (folders.inbox / "hubs.yaml").write_text(DESCRIPTOR.format(url=address), encoding="utf-8")
    done = run(folders, "--only", "inbox/hubs")
    assert done.exit_code == 0, done.output
    names = set(pd.read_parquet(folders.tables / "clusters.parquet")["name"])
    assert {"Alpha", "Beta"} <= names
    assert reported(folders, "quality.json")["imports"][0]["counts"][0]["taken"] == 2
    assert (state_of(folders, "inbox/hubs")["rows"], state_of(folders, "inbox/hubs")["age_days"]) == (2, 0)
    publisher.says("/hubs.csv", Said(b"<!DOCTYPE html><title>Moved</title>"))
    again = run(folders, "--only", "inbox/hubs")
    assert again.exit_code == 1
    assert "a web page came instead of the data" in again.output
    assert {"Alpha", "Beta"} <= set(pd.read_parquet(folders.tables / "clusters.parquet")["name"])
    assert state_of(folders, "inbox/hubs")["failures"] == 1


def test_a_second_refresh_waits_for_nobody_and_says_who_runs(folders, publisher):
    with one_at_a_time(folders.tables, "refresh"):
        busy = run(folders, "--only", "gisco")
    assert busy.exit_code == 1
    assert "is being written by refresh" in busy.output
    assert publisher.asked == []


def test_a_name_that_no_source_has_is_refused_with_those_there_are(folders):
    refused = run(folders, "--only", "eurostats")
    assert refused.exit_code == 1
    assert "No source is called eurostats: there are " in refused.output


def test_pinned_sources_are_asked_only_while_they_are_not_there(tmp_path):
    listed = official(2024, "10M")
    everything = [source.source_id for source, _ in chosen(listed, tmp_path, [], [])]
    assert "world-atlas" in everything
    kept = [source.source_id for source, _ in chosen(listed, ROOT / "data" / "raw", [], ["gisco"])]
    assert set(everything) - set(kept) == {"world-atlas", "gisco"}


def test_an_answer_nobody_foresaw_harms_neither_the_others_nor_the_state(tmp_path, http, caplog):
    def odd(raw, http, tell):
        return {"features": []}["regions"]

    told = ask(eurostat.SOURCE, odd, tmp_path, http, lambda done, whole: None)
    assert "the answer is not as expected (KeyError('regions'))" in told.why
    assert json.loads((tmp_path / "state.json").read_text(encoding="utf-8"))["eurostat"]["failures"] == 1


def test_several_sentences_of_one_source_are_kept(tmp_path, http):
    def refused(raw, http, tell):
        raise NotFetched("One file did not come.\nAnother neither.")

    told = ask(eurostat.SOURCE, refused, tmp_path, http, lambda done, whole: None)
    assert told.why.splitlines() == ["One file did not come.", "Another neither."]
