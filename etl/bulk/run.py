"""Take bulk files into one Parquet file: in bounded memory, atomically, going on where an interrupted run ended."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from inspect import getfile
from pathlib import Path

import pyarrow as pa

from etl.bulk.contract import Bulk
from etl.bulk.counts import Counts
from etl.bulk.merge import merge
from etl.bulk.partitions import BLOCK, Partition, differences, header_of, partitions
from etl.bulk.spill import Spill, bucket_of, spill
from etl.bulk.store import opened
from etl.bulk.workers import Map, workers
from etl.faults import gather

BUCKET = 48 * 2**20
"""Bytes of input per bucket, about: what one process holds while rows with one key are brought together."""


@dataclass(frozen=True)
class Progress:
    """How far a run is: bytes of the input done, of how many, and rows read; or rows written, at the end."""

    step: str
    done: int
    whole: int
    rows: int


Tell = Callable[[Progress], None]


def run(
    paths: Sequence[Path],
    bulk: Bulk,
    out: str | Path,
    scheduler: str = "",
    *,
    work: Path | None = None,
    block: int = BLOCK,
    tell: Tell = lambda progress: None,
) -> Counts:
    """Normalise `paths` into the Parquet file `out`, one row per key, and say what became of every row.

    `out` is a path or an address of object storage (s3://bucket/key.parquet). The same input gives the same bytes,
    whoever works: this process, or the cluster at `scheduler`, whose workers see `paths` and `work` at the same place.
    Raises BadInput with what is wrong with any file; `out` is then as it was.
    """
    headers = gather(partial(header_of, path, bulk) for path in paths)
    beside = work or default_work(out)
    folder = beside / fingerprint(paths, bulk, block)
    folder.mkdir(parents=True, exist_ok=True)
    buckets = max(1, -(-sum(path.stat().st_size for path in paths) // BUCKET))
    tasks = gather(partial(planned, path, header, block) for path, header in zip(paths, headers, strict=True))
    spills = [
        Spill(partition, str(folder / f"{number:06}.arrow"), buckets)
        for number, partition in enumerate(partition for found in tasks for partition in found)
    ]
    counts = Counts()
    for header in headers:
        counts.headers.update(differences(header, bulk))
    with workers(scheduler) as each:
        counts.add(spill_all(spills, bulk, each, tell))
        merged = each(partial(merged_bucket, [task.path for task in spills], bulk), range(buckets))
        kept = write(merged, bulk.schema, out, partial(told_rows, tell, counts.rows_taken))
    counts.rows_merged, counts.rows_taken = counts.rows_taken - kept, kept
    shutil.rmtree(folder if work else beside)
    return counts


def planned(path: Path, header: tuple[str, ...], block: int) -> list[Partition]:
    """The partitions of a file."""
    return list(partitions(path, header, block))


def default_work(out: str | Path) -> Path:
    """Where spills go: beside `out`, below the present folder when that is object storage."""
    if "://" in str(out):
        return Path(f".{Path(str(out)).name}-work")
    return Path(out).parent / f".{Path(out).name}-work"


def fingerprint(paths: Sequence[Path], bulk: Bulk, block: int) -> str:
    """Tells a run that can be gone on with from another input, or other code."""
    digest = sha256(Path(getfile(bulk.normalise)).read_bytes())
    files = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    digest.update(repr((files, bulk.name, block, str(bulk.schema))).encode())
    return digest.hexdigest()[:16]


def spill_all(spills: list[Spill], bulk: Bulk, each: Map, tell: Tell) -> Counts:
    """Normalise every partition."""
    counts, done, whole = Counts(), 0, sum(task.partition.bytes for task in spills)
    for task, found in zip(spills, each(partial(spill, bulk=bulk), spills), strict=True):
        counts.add(found)
        done += task.partition.bytes
        tell(Progress("Normalising", done, whole, counts.rows_read))
    return counts


def merged_bucket(paths: list[str], bulk: Bulk, number: int) -> pa.Table:
    """The rows of the result that fall into one bucket."""
    return merge(bucket_of(paths, bulk, number), bulk)


def told_rows(tell: Tell, whole: int, rows: int) -> None:
    tell(Progress("Writing", rows, whole, rows))


def write(tables: Iterator[pa.Table], schema: pa.Schema, out: str | Path, tell: Callable[[int], None]) -> int:
    """Write the buckets one after the other, a row group each, and return how many rows they are."""
    rows = 0
    with opened(out, schema) as writer:
        for table in tables:
            writer.write_table(table)
            rows += len(table)
            tell(rows)
    return rows
