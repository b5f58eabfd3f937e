"""What the command line calls: a check of one descriptor, an inbox of several, and files that come from an address."""

from pathlib import Path

import pytest

from etl import cells
from etl.faults import BadInput
from etl.inbox.check import check, descriptors, file_of, import_all, remote
from etl.inbox.descriptor import load
from etl.inbox.personal import is_personal
from etl.inbox.words import HEADERS, plain
from etl.vocabulary import read

DATA = Path(__file__).parents[3] / "data"
YAML = """\
name: {name}
title: Hubs
{where}
publisher: The region
licence: CC BY 4.0
homepage: https://example.org
naturalKey: name
tables:
  - table: clusters
    fields: {{name: name, country: {{constant: DE}}, kind: {{constant: hub}}, status: {{constant: active}}}}
"""


def write(folder, file, where, name="hubs"):
    path = folder / file
    path.write_text(YAML.format(name=name, where=where), encoding="utf-8")
    return path


def test_a_check_reports_and_writes_nothing(tmp_path):
    (tmp_path / "hubs.csv").write_text("name\nHaus A\n\nHaus B\nHaus\ufffd\n", encoding="utf-8")
    descriptor = write(tmp_path, "hubs.yaml", "path: hubs.csv")
    report = check(descriptor, DATA / "vocabulary", DATA / "raw")
    assert report.is_ready
    assert report.summary().to_dict("records") == [
        {"table": "clusters", "rows_read": 3, "taken": 2, "merged": 0, "filtered": 0, "left_out": 1}
    ]
    assert report.reasons()[["rule", "consequence", "rows"]].to_numpy().tolist() == [
        ["name: has destroyed letters", "row left out", 1]
    ]
    assert report.sentences() == ["Letters were destroyed (\ufffd) before the file reached us, in line 5."]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hubs.csv", "hubs.yaml"]


def test_an_inbox_gives_the_rows_of_all_its_datasets(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("name\nHaus\n", encoding="utf-8")
        write(tmp_path, f"{name}.yaml", f"path: {name}.csv", name)
    imported = import_all(tmp_path, read(DATA / "vocabulary"), DATA / "raw")
    assert [one.rows["clusters"]["cluster_id"].item() for one in imported] == ["a-haus", "b-haus"]
    assert import_all(tmp_path / "none", read(DATA / "vocabulary"), tmp_path) == []


def test_two_descriptors_of_one_name_are_refused(tmp_path):
    write(tmp_path, "a.yaml", "path: a.csv")
    write(tmp_path, "b.yaml", "path: b.csv")
    with pytest.raises(BadInput, match=r"b.yaml, line 1, column name: “hubs” is the name of another descriptor"):
        descriptors(tmp_path)


def test_a_file_of_an_address_lies_below_raw_once_it_is_fetched(tmp_path):
    described = load(write(tmp_path, "hubs.yaml", "url: https://example.org/data/hubs.xlsx?v=1"))
    assert remote(described).path == Path("inbox/hubs/hubs.xlsx")
    with pytest.raises(BadInput, match="has not been fetched. Run `python -m etl refresh`"):
        file_of(described, tmp_path)
    (tmp_path / "inbox/hubs").mkdir(parents=True)
    (tmp_path / "inbox/hubs/hubs.xlsx").write_bytes(b"x")
    assert file_of(described, tmp_path) == tmp_path / "inbox/hubs/hubs.xlsx"
    assert remote(load(write(tmp_path, "local.yaml", "path: a.csv"))) is None


def test_known_headers_are_written_as_they_are_compared_and_none_is_personal():
    for known in {header for headers in HEADERS.values() for header in headers}:
        assert plain(known) == known == cells.text(known)
        assert not is_personal(known)
