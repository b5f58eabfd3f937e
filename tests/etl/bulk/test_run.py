"""Runs over partitions: nothing lost, nothing twice, nothing half written, gone on with, the same whoever works."""

import hashlib
import os
import signal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.bulk import run as runs
from etl.bulk import spill as spills
from etl.bulk import workers
from etl.bulk.partitions import header_of, partitions, read
from etl.bulk.run import run
from etl.faults import BadInput
from etl.sources.kohesio_projects import PROJECTS, SCHEMA
from tests.etl.bulk.shaped import row, rows, write

BLOCK = 200_000


@pytest.fixture
def paths(tmp_path):
    return [write(tmp_path / "raw" / f"{name}.csv", rows(1_000, seed=seed)) for seed, name in enumerate(("FR", "GR"))]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_partitions_are_whole_records_that_cover_the_file(paths):
    header = header_of(paths[0], PROJECTS)
    cut = list(partitions(paths[0], header, BLOCK))
    assert len(cut) > 2
    assert cut[-1].stop == paths[0].stat().st_size
    assert [part.start for part in cut[1:]] == [part.stop for part in cut[:-1]]
    pieces = [read(part, PROJECTS) for part in cut]
    assert sum(len(cells) for cells, _ in pieces) == 1_000
    assert {misfits for _, misfits in pieces} == {0}


def test_every_row_is_accounted_for_and_every_operation_stands_once(paths, tmp_path):
    counts = run(paths, PROJECTS, tmp_path / "out.parquet", block=BLOCK)
    projects = pq.read_table(tmp_path / "out.parquet")
    assert projects.schema.equals(SCHEMA)
    assert projects.schema.field("cofinancing_rate").metadata[b"unit"] == b"percent"
    assert projects["project_id"].to_pylist() == sorted(set(projects["project_id"].to_pylist()))
    assert counts.rows_taken == len(projects)
    assert counts.rows_read == 2_000 == counts.rows_taken + counts.rows_merged + counts.left_out.total()
    assert counts.table()["rows"].tolist() == [2_000, counts.rows_taken, counts.rows_merged, 0]


def test_the_regions_and_categories_of_all_rows_of_an_operation_come_together(tmp_path):
    far_apart = [
        row(2, NUTS3_Code="SE110"),
        *rows(600, repeated=0),
        row(2, NUTS3_Code="FI1B1|SE121", Category_Label="X"),
    ]
    run([write(tmp_path / "SE.csv", far_apart)], PROJECTS, tmp_path / "out.parquet", block=BLOCK)
    [project] = pq.read_table(tmp_path / "out.parquet", filters=[("project_id", "=", "Q2")]).to_pylist()
    assert project["nuts"] == ["SE110", "SE121", "FI1B1"]
    assert project["category"] == ["Skills development", "X"]
    assert project["note_en"] is None


def test_rows_of_one_operation_that_disagree_on_an_amount_say_so(tmp_path):
    lines = [*rows(50, repeated=0), row(3, Project_EU_Budget="99")]
    run([write(tmp_path / "SE.csv", lines)], PROJECTS, tmp_path / "out.parquet")
    projects = {project["project_id"]: project for project in pq.read_table(tmp_path / "out.parquet").to_pylist()}
    assert projects["Q3"]["eu_amount"] == 12.25
    assert projects["Q3"]["note_en"] == "Published with several values of eu_amount (12.25, 99); the first is given."
    assert projects["Q4"]["note_en"] is None


def test_records_of_another_width_are_counted_and_destroyed_letters_shown(paths, tmp_path):
    lone = write(tmp_path / "lone.csv", [row(9_999, Operation_Name_Programme_Language="caf\x01")]).read_bytes()
    with paths[0].open("ab") as file:
        file.write(b"only,three,cells\r\n" + lone.replace(b"\x01", b"\xe9").split(b"\r\n", 1)[1])
    counts = run(paths, PROJECTS, tmp_path / "out.parquet", block=BLOCK)
    [project] = pq.read_table(tmp_path / "out.parquet", filters=[("project_id", "=", "Q9999")]).to_pylist()
    assert counts.left_out == {spills.MISFIT: 1}
    assert counts.rows_read == 2_002
    assert project["name_local"] == "caf\ufffd"


@pytest.mark.parametrize("buckets", [1, 7])
def test_the_result_holds_the_same_rows_however_it_is_cut(paths, tmp_path, monkeypatch, buckets):
    run(paths, PROJECTS, tmp_path / "one.parquet")
    size = sum(path.stat().st_size for path in paths)
    monkeypatch.setattr(runs, "BUCKET", size // buckets + 1)
    run(paths, PROJECTS, tmp_path / "other.parquet", block=BLOCK // 2)
    one, other = (pq.read_table(tmp_path / f"{name}.parquet").sort_by("project_id") for name in ("one", "other"))
    assert one.equals(other)
    assert pq.read_metadata(tmp_path / "other.parquet").num_row_groups == buckets


def test_an_interrupted_run_is_gone_on_with(paths, tmp_path, monkeypatch):
    run(paths, PROJECTS, tmp_path / "whole.parquet", block=BLOCK)

    def interrupt(progress):
        if progress.step == "Writing":
            raise KeyboardInterrupt

    out = tmp_path / "out.parquet"
    out.write_bytes(b"of yesterday")
    with pytest.raises(KeyboardInterrupt):
        run(paths, PROJECTS, out, block=BLOCK, tell=interrupt)
    assert out.read_bytes() == b"of yesterday"
    monkeypatch.setattr(spills, "write", lambda *task: pytest.fail("normalised again"))
    counts = run(paths, PROJECTS, out, block=BLOCK)
    assert counts.rows_read == 2_000
    assert digest(out) == digest(tmp_path / "whole.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "raw", "whole.parquet"]


def test_what_an_interrupted_run_made_of_other_input_is_not_used(paths, tmp_path):
    def interrupt(progress):
        if progress.step == "Writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(paths, PROJECTS, tmp_path / "out.parquet", tell=interrupt)
    write(paths[0], rows(100))
    assert run(paths, PROJECTS, tmp_path / "out.parquet").rows_read == 1_100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "raw"]


def test_progress_is_told_in_bytes_and_rows(paths, tmp_path):
    told = []
    run(paths, PROJECTS, tmp_path / "out.parquet", block=BLOCK, tell=told.append)
    read_last = [progress for progress in told if progress.step == "Normalising"][-1]
    assert (read_last.done, read_last.rows) == (read_last.whole, 2_000)


def test_all_that_is_wrong_with_the_files_is_told_at_once(paths, tmp_path):
    cut = paths[0].with_name("cut.csv")
    cut.write_bytes(paths[0].read_bytes() + b'"never closed')
    with pytest.raises(BadInput, match="quotes that do not close"):
        run([*paths, cut], PROJECTS, tmp_path / "out.parquet", block=BLOCK)
    page = paths[0].with_name("page.csv")
    page.write_bytes(b"<!doctype html>" + b" " * 20_000)
    with pytest.raises(BadInput) as bad:
        run([page, tmp_path / "none.csv", *paths], PROJECTS, tmp_path / "out.parquet")
    assert len(bad.value.faults) == 2
    assert not (tmp_path / "out.parquet").exists()


def test_a_scheduler_that_does_not_answer_is_told_in_a_sentence(paths, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", "300ms")
    with pytest.raises(BadInput, match="not the address of a Dask scheduler that answers"):
        run(paths, PROJECTS, tmp_path / "out.parquet", "tcp://127.0.0.1:9")


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(paths, tmp_path):
    from distributed import Client, LocalCluster

    run(paths, PROJECTS, tmp_path / "here.parquet", block=BLOCK)
    killed = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        pids = list(client.run(os.getpid).values())

        def kill(progress):
            if not killed:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        there = tmp_path / "there.parquet"
        counts = run(paths, PROJECTS, there, cluster.scheduler_address, block=BLOCK, tell=kill)
    assert killed
    assert counts.rows_read == 2_000
    assert digest(tmp_path / "there.parquet") == digest(tmp_path / "here.parquet")
    assert pa.types.is_list(pq.read_schema(tmp_path / "there.parquet").field("nuts").type)
