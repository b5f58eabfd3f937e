"""Every kind of bad input: the command says where, what and how to mend it, and leaves the tables as they were."""

import json

import pytest
from typer.testing import CliRunner

from etl.__main__ import app

RUNNER = CliRunner()


def run(folders, command="build"):
    """Run the command on a tables folder that holds a last good table; return what it says, and check that table."""
    folders.tables.mkdir()
    kept = folders.tables / "clusters.parquet"
    kept.write_bytes(b"last good table")
    options = [
        option
        for name in ("facts", "vocabulary", "raw", "tables", "review")
        for option in (f"--{name}", str(getattr(folders, name)))
    ]
    result = RUNNER.invoke(app, [command, *options])
    assert result.exit_code == 1, result.output
    assert [path.name for path in folders.tables.iterdir()] == [kept.name]
    assert kept.read_bytes() == b"last good table"
    assert [
        path.name for path in folders.tables.parent.iterdir() if path.name.startswith(f".{folders.tables.name}")
    ] == []
    assert "The tables were not touched." in result.output
    return result.output


CELLS = [
    ("europe/clusters.csv", 1, {"kind": "hubb"}, "line 3, column kind: “hubb” is not a code of kinds. The closest are: hub"),
    ("europe/clusters.csv", 1, {"themes": "digital;mobilty"}, "line 3, column themes: “digital;mobilty” is not a code of themes. The closest are: mobility"),
    ("europe/clusters.csv", 1, {"country": "Spainn"}, "line 3, column country: “Spainn” is not the code or the name of a country we know. The closest are: Spain"),
    ("europe/clusters.csv", 1, {"website": "www.b.example"}, "line 3, column website: “www.b.example” is not a web address. Write it whole"),
    ("europe/clusters.csv", 1, {"latitude": "43° N"}, "line 3, column latitude: “43° N” is not a number. Write digits only"),
    ("europe/clusters.csv", 1, {"founded_year": "c. 2010"}, "line 3, column founded_year: “c. 2010” is not a number. Write digits only"),
    ("europe/clusters.csv", 1, {"name": " "}, "line 3, column name: “ ” is empty. Write a value"),
    ("europe/clusters.csv", 1, {"source_id": ""}, "line 3, column source_id: is empty. Write a value"),
    ("europe/clusters.csv", 1, {"cluster_id": "Es B"}, "line 3, column cluster_id: “Es B” is not written as expected. Write it to match"),
    ("europe/clusters.csv", 1, {"cluster_id": "fr-a"}, "line 3, column cluster_id: “fr-a” stands already in line 2. Remove one of the two rows"),
    ("europe/clusters.csv", 1, {"source_id": "s2;s9"}, "line 3, column source_id: “s9” is not in sources. The closest are: s1, s2, s3"),
    ("europe/clusters.csv", 1, {"cluster_id": "fr-ptce-a"}, "line 3, column cluster_id: “fr-ptce-a” stands in another dataset too. Give it another identifier"),
    ("europe/observations.csv", 1, {"value": "1,250"}, "line 3, column value: “1,250” may be a thousand or a decimal. Write 1250 or 1.250"),
    ("europe/observations.csv", 1, {"as_of": "June 2020"}, "line 3, column as_of: “June 2020” is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD"),
    ("europe/observations.csv", 1, {"as_of": "2020-02-30"}, "line 3, column as_of: “2020-02-30” is not a date (day is out of range for month). Write a day that exists"),
    ("europe/observations.csv", 2, {"cluster_id": "es-bb"}, "line 4, column cluster_id: “es-bb” is not in clusters. The closest are: es-b"),
    ("funding/programmes.csv", 1, {"part_of": "the-law"}, "line 3, column part_of: “the-law” is not in programmes. The closest are: law"),
    ("europe/awards.csv", 0, {"amount_eur": "a lot"}, "line 2, column amount_eur: “a lot” is not a number. Write digits only"),
    ("ptce/field_sources.csv", 0, {"column": "town"}, "line 2, column column: “town” is not a column of clusters.csv"),
    ("ptce/field_sources.csv", 0, {"column": "website"}, "line 2, column column: “website” is empty in clusters.csv for this cluster. Fill that cell"),
    ("clusters_same_as.csv", 0, {"cluster_id": "fr-z"}, "line 2, column cluster_id: “fr-z” is not in any clusters.csv. Correct the identifier"),
    ("programmes_same_as.csv", 0, {"dataset": "countries"}, "line 2, column programme_id: “fr-call” is not in countries/programmes.csv. Correct the identifier or its dataset"),
    ("programmes_same_as.csv", 1, {"kept_programme_id": "lawn"}, "line 3, column kept_programme_id: “lawn” is not in funding/programmes.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "row", "cells", "sentence"), CELLS)
def test_a_bad_cell_is_named_with_its_remedy(write, rows, file, row, cells, sentence):
    changed = [dict(line) for line in rows[file]]
    changed[row] |= cells
    folders = write({file: changed})
    assert f"{folders.facts / file}, {sentence}" in run(folders)


BYTES = [
    (lambda good: None, " is missing. Restore it"),
    (lambda good: b"", " is empty. Restore its header and rows"),
    (lambda good: good.splitlines(keepends=True)[0], " has a header and no row. Restore its rows"),
    (lambda good: good.replace(b"Parque", "Pôle".encode("cp1252")), ", line 3: “"),
    (lambda good: good.replace(b"Parque", "Pôle".encode("cp1252")), " is not UTF-8. Save it as CSV (UTF-8, commas)"),
    (lambda good: good.decode().encode("utf-16"), " is in UTF-16, not UTF-8. Save it as CSV"),
    (lambda good: b"PK\x03\x04\x00", " is not a CSV but a binary file. Save it as CSV"),
    (lambda good: b"PAR1\x15\x04", " is not a CSV but a binary file. Save it as CSV"),
    (lambda good: b"<!DOCTYPE html><p>Not found", " is not a CSV but a web page (HTML or XML). Fetch or export the CSV itself"),
    (lambda good: json.dumps([{"cluster_id": "a"}]).encode(), " is not a CSV but JSON. Fetch or export the CSV itself"),
    (lambda good: good.replace(b",", b";"), ", line 1: is separated by semicolons, not by commas. Save it as CSV"),
    (lambda good: good.replace(b"cluster_id,name,kind", b"id,name,name"), ", line 1: missing columns: cluster_id, kind; columns not expected: id; columns repeated: name. The header must hold: cluster_id, name"),
    (lambda good: good.replace(b"Parque B", b"Parque, B"), ", line 3: “es-b” has 19 cells and the header 18. Put double quotes around text that holds a comma"),
    (lambda good: good.replace(b"Parque B", b'"Parque B'), ", line 3: has a record that is not CSV (unexpected end of data). Close its quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "sentence"), BYTES)
def test_a_bad_file_is_named_with_its_remedy(write, spoil, sentence):
    folders = write({})
    path = folders.facts / "europe/clusters.csv"
    spoilt = spoil(path.read_bytes())
    if spoilt is None:
        path.unlink()
    else:
        path.write_bytes(spoilt)
    said = run(folders)
    assert any(line.startswith(str(path)) and sentence in line for line in said.splitlines())


def test_a_file_nobody_reads_and_a_missing_one_are_both_named(write):
    folders = write({})
    (folders.facts / "europe/clusters.csv").rename(folders.facts / "europe/cluster.csv")
    said = run(folders)
    assert "europe/cluster.csv is not a file of the facts. Declare it" in said
    assert "europe/clusters.csv is missing. Restore it" in said


def test_a_byte_order_mark_is_no_fault(write):
    from etl.read import read_csv

    folders = write({})
    path = folders.facts / "latest_overrides.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_csv(path, ["cluster_id", "metric", "scope", "value", "why"], may_be_empty=True).empty


def test_lines_are_those_of_the_file_even_after_quotes_that_run_over_lines(write, rows):
    sources = [dict(row) for row in rows["sources.csv"]]
    sources[0]["quote"] = "Two\nlines."
    sources[1]["published"] = "May"
    folders = write({"sources.csv": sources})
    assert f"{folders.facts / 'sources.csv'}, line 4, column published: “May” is not a date" in run(folders)


def test_all_faults_are_said_together(write, rows):
    clusters, figures = ([dict(row) for row in rows[f"europe/{name}.csv"]] for name in ("clusters", "observations"))
    clusters[0]["kind"], clusters[1]["status"], figures[0]["as_of"] = "hubb", "open", "?"
    said = run(write({"europe/clusters.csv": clusters, "europe/observations.csv": figures}))
    assert [fragment in said for fragment in ("“hubb”", "“open”", "“?”", "3 faults.")] == [True] * 4


def test_check_says_the_same(write, rows):
    folders = write({"ptce/awards.csv": [rows["ptce/awards.csv"][0] | {"year": "soon"}]})
    assert "awards.csv, line 2, column year: “soon” is not a number" in run(folders, "check")


def test_circles_and_second_merges_are_refused(write):
    link = {
        "dataset": "funding",
        "programme_id": "law",
        "kept_dataset": "europe",
        "kept_programme_id": "law",
        "why": "Circle.",
    }
    back = {
        "dataset": "europe",
        "programme_id": "law",
        "kept_dataset": "funding",
        "kept_programme_id": "law",
        "why": "Circle.",
    }
    said = run(write({"programmes_same_as.csv": [link, back, back]}))
    assert "line 2, column programme_id: “law” is merged in a circle (funding:law -> europe:law -> funding:law)" in said
    assert "line 4, column programme_id: “law” is merged already in an earlier row. Remove one of the two rows" in said


def test_rows_that_became_one_must_agree_on_money(write, rows):
    ours, theirs = rows["ptce/awards.csv"][0] | {"amount_eur": "1"}, rows["europe/awards.csv"][0]
    said = run(write({"ptce/awards.csv": [ours], "europe/awards.csv": [theirs]}))
    assert (
        "europe/awards.csv, line 2, column amount_eur: “200000” is not what an earlier row with the same cluster_id"
        in said
    )


def test_an_override_must_match_a_figure(write):
    override = {"cluster_id": "fr-a", "metric": "jobs", "scope": "hosted", "value": "101", "why": "Typing."}
    said = run(write({"latest_overrides.csv": [override]}))
    assert (
        "latest_overrides.csv, line 2, column value: “101” is no figure of this cluster, metric and scope. Correct the row"
        in said
    )


def test_a_missing_or_altered_download_says_to_fetch_it(write, tmp_path):
    folders = write({})
    object.__setattr__(folders, "raw", tmp_path / "raw")
    assert "Run `python -m etl fetch`." in run(folders)


def test_a_code_may_stand_in_two_vocabularies_but_not_twice_in_one(write, tmp_path):
    folders = write({})
    row = "{code},A,A,,,#000000,#000000,{order}\n"
    header = "code,label_en,label_fr,description_en,description_fr,colour,colour_dark,order\n"
    for name, codes in {"kinds": ["a", "b", " a "], "themes": ["a"]}.items():
        rows = [row.format(code=code, order=order) for order, code in enumerate(codes, start=1)]
        (tmp_path / "words").mkdir(exist_ok=True)
        (tmp_path / "words" / f"{name}.csv").write_text(header + "".join(rows))
    object.__setattr__(folders, "vocabulary", tmp_path / "words")
    said = run(folders)
    assert "kinds.csv, line 4, column code: “a” stands already in line 2." in said
    assert said.count("stands already") == 1


def test_a_folder_without_vocabularies_is_named(write, tmp_path):
    folders = write({})
    object.__setattr__(folders, "vocabulary", tmp_path / "nothing")
    assert "holds no vocabulary. Give the folder the vocabularies are in." in run(folders)


def test_failed_checks_come_in_one_table(write, rows):
    clusters = [dict(row) for row in rows["europe/clusters.csv"]]
    clusters[1]["latitude"] = "143.26"
    said = run(write({"europe/clusters.csv": clusters}))
    assert all(
        word in said for word in ("Checks that failed", "clusters", "es-b", "latitude", "143.26", "must be at most 90")
    )
