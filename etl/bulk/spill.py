"""Spills: a normalised partition on disk, its rows sorted into buckets by their key, so that rows with one key meet again."""

import json
import os
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.bulk.contract import LEFT_OUT, NOTE, Bulk
from etl.bulk.counts import Counts
from etl.bulk.partitions import Partition, read

MISFIT = "has not as many cells as the header"
COUNTS = b"counts"


@dataclass(frozen=True)
class Spill:
    """A partition to normalise, and the file its rows go to, one record batch per bucket."""

    partition: Partition
    path: str
    buckets: int


def spill(task: Spill, bulk: Bulk) -> Counts:
    """Normalise a partition into its file, in one move; only count when an earlier run has done it."""
    path = Path(task.path)
    if not path.exists():
        write(task, bulk, path)
    with pa.ipc.open_file(path) as done:
        return counts_of(done.schema)


def write(task: Spill, bulk: Bulk, path: Path) -> None:
    """Read, normalise, sort into buckets, write beside, move."""
    cells, misfits = read(task.partition, bulk)
    rows = bulk.normalise(cells)
    taken = rows[rows[LEFT_OUT].isna()]
    counts = Counts(rows_read=len(rows) + misfits, rows_taken=len(taken), noted=int(taken[NOTE].notna().sum()))
    counts.left_out.update(rows[LEFT_OUT].dropna().astype("str"))
    counts.left_out.update({MISFIT: misfits} if misfits else {})
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    write_buckets(sorted_into(taken, bulk, task.buckets), bulk, counts, beside)
    beside.replace(path)


def sorted_into(rows: pd.DataFrame, bulk: Bulk, buckets: int) -> list[pa.Table]:
    """The rows of each bucket, in the order they had. The bucket of a key is the same on every machine."""
    bucket = pd.util.hash_array(rows[bulk.key].to_numpy(dtype=object), categorize=False) % np.uint64(buckets)
    order = np.argsort(bucket, kind="stable")
    table = pa.Table.from_pandas(rows, schema=bulk.spilled, preserve_index=False).take(pa.array(order))
    ends = np.searchsorted(bucket[order], np.arange(buckets + 1, dtype=np.uint64))
    return [table.slice(start, stop - start) for start, stop in pairwise(ends)]


def write_buckets(tables: list[pa.Table], bulk: Bulk, counts: Counts, path: Path) -> None:
    """One record batch per bucket, and the counts in the metadata."""
    schema = bulk.spilled.with_metadata({COUNTS: json.dumps(vars(counts)).encode()})
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as writer:
        for table in tables:
            whole = table.combine_chunks().to_batches()
            writer.write_batch(whole[0] if whole else pa.RecordBatch.from_pylist([], schema=bulk.spilled))


def counts_of(schema: pa.Schema) -> Counts:
    """The counts that a spill carries."""
    said = json.loads((schema.metadata or {})[COUNTS])
    return Counts(**said | {"left_out": Counter(said["left_out"]), "headers": Counter(said["headers"])})


def bucket_of(paths: list[str], bulk: Bulk, number: int) -> pa.Table:
    """The rows of one bucket, from all spills, in the order of the input; none where nothing was spilled."""
    batches = []
    for path in paths:
        with pa.OSFile(path) as file, pa.ipc.open_file(file) as spilled:
            batches.append(spilled.get_batch(number))
    return pa.Table.from_batches(batches, schema=None if batches else bulk.spilled)
