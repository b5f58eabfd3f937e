"""`python -m benchmarks.bulk`: what a run over Kohesio-shaped files costs, beside pyarrow rewriting the same bytes.

Each measure is a process of its own, on one core, and says its seconds and its peak memory. `--most` adds 2 000 000 rows.
This process imports nothing large: what it holds would count in the peak of its children.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
MOST = 2_000_000
KIB = 1024
GROWTH, PEAK_MB, SHARE = 1.25, 1500, 0.2
"""What is asked for: time per row at most so much above that of 100 000 rows, memory below, throughput at least this share of the
floor's."""


def made(folder: Path, rows: int) -> None:
    """Write `rows` rows in files of at most 200 000."""
    from tests.etl.bulk import shaped

    lines = shaped.rows(rows)
    for number, start in enumerate(range(0, rows, 200_000)):
        count = min(200_000, rows - start)
        shaped.write(folder / f"{number}.csv", (next(lines) for _ in range(count)))


def taken(folder: Path) -> None:
    """Our run."""
    from etl.bulk.run import run
    from etl.sources.kohesio_projects import PROJECTS

    counts = run(sorted(folder.glob("*.csv")), PROJECTS, folder / "projects.parquet")
    assert counts.rows_read == counts.rows_taken + counts.rows_merged  # noqa: S101


def rewritten(folder: Path) -> None:
    """The floor: pyarrow reads every cell as text and writes it again."""
    import pyarrow as pa
    from pyarrow import csv

    parse = csv.ParseOptions(newlines_in_values=True)
    for path in folder.glob("*.csv"):
        names = path.read_bytes()[:4000].decode("utf-8-sig", errors="ignore").split("\r\n")[0].split(",")
        convert = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
        read = csv.ReadOptions(use_threads=False)
        with csv.open_csv(path, read_options=read, parse_options=parse, convert_options=convert) as reader:
            with csv.CSVWriter(path.with_suffix(".again"), reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
            path.with_suffix(".again").unlink()


MEASURES = {"made": made, "taken": taken, "rewritten": rewritten}
NEEDS = {
    "made": ["tests.etl.bulk.shaped"],
    "taken": ["etl.bulk.run", "etl.sources.kohesio_projects"],
    "rewritten": ["pyarrow.csv"],
}
"""Imported before the clock starts."""


def measured(name: str, *arguments: str) -> tuple[float, float]:
    """Seconds of the work alone, and peak MB, of one measure in a process of its own on one core."""
    child = [sys.executable, "-m", "benchmarks.bulk", name, *arguments]
    said = json.loads(subprocess.run(child, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return said["seconds"], said["peak"]


def child(name: str, folder: str, *numbers: str) -> None:
    """What a process of its own does."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import pyarrow as pa

    pa.set_cpu_count(1)
    for module in NEEDS[name]:
        importlib.import_module(module)
    start = time.process_time(), time.perf_counter()
    MEASURES[name](Path(folder), *map(int, numbers))  # type: ignore[operator]
    seconds = time.process_time() - start[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1e6
    print(json.dumps({"seconds": seconds, "clock": time.perf_counter() - start[1], "peak": peak}))


class Measured(NamedTuple):
    """One size: rows, MB of input, seconds and peak MB of our run and of the floor."""

    rows: int
    size: float
    ours: float
    peak: float
    floor: float
    floor_peak: float

    @property
    def per_row(self) -> float:
        """Microseconds."""
        return self.ours / self.rows * 1e6

    def __str__(self) -> str:
        ours = f"{self.rows:>9} {self.size:>6.0f} {self.ours:>8.1f} {self.rows / self.ours:>8.0f} {self.per_row:>7.1f}"
        return f"{ours} {self.peak:>8.0f} {self.floor:>8.2f} {self.floor_peak:>8.0f} {self.floor / self.ours:>8.2f}"


HEADER = (
    f"{'rows':>9} {'MB':>6} {'seconds':>8} {'rows/s':>8} {'µs/row':>7} {'peak MB':>8} {'floor s':>8} {'floor MB':>8} "
    f"{'of floor':>8}"
)


def measure(rows: int) -> Measured:
    """Make so many rows, take them, and let the floor rewrite them."""
    with tempfile.TemporaryDirectory() as folder:
        measured("made", folder, str(rows))
        size = sum(path.stat().st_size for path in Path(folder).glob("*.csv")) / 1e6
        floor, ours = measured("rewritten", folder), measured("taken", folder)
    return Measured(rows, size, *ours, *floor)


def verdict(found: list[Measured]) -> str:
    """Whether time grows with the rows, memory stays flat and throughput is a fair share of the floor's."""
    growth = found[-1].per_row / found[min(1, len(found) - 1)].per_row
    peak, share = max(one.peak for one in found), min(one.floor / one.ours for one in found[1:] or found)
    told = {
        f"time per row grows by {growth:.2f}, at most {GROWTH}": growth <= GROWTH,
        f"peak {peak:.0f} MB, below {PEAK_MB}": peak < PEAK_MB,
        f"{share:.2f} of the floor, at least {SHARE}": share >= SHARE,
    }
    return "; ".join(f"{what}: {'yes' if holds else 'NO'}" for what, holds in told.items())


def main(sizes: tuple[int, ...]) -> None:
    print(HEADER)
    found = []
    for rows in sizes:
        found.append(measure(rows))
        print(found[-1], flush=True)
    print(verdict(found))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in MEASURES:
        child(*sys.argv[1:])
    else:
        main((*SIZES, MOST) if "--most" in sys.argv else SIZES)
