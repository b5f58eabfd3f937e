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

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
MOST = 2_000_000
KIB = 1024


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
    from etl.connectors.kohesio import PROJECTS

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
    "taken": ["etl.bulk.run", "etl.connectors.kohesio"],
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


def main(sizes: tuple[int, ...]) -> None:
    print(
        f"{'rows':>9} {'MB':>6} {'seconds':>8} {'rows/s':>8} {'peak MB':>8} {'floor s':>8} {'floor MB':>8} {'of floor':>8}"
    )
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measured("made", folder, str(rows))
            size = sum(path.stat().st_size for path in Path(folder).glob("*.csv")) / 1e6
            (floor, floor_peak), (ours, peak) = measured("rewritten", folder), measured("taken", folder)
        line = f"{rows:>9} {size:>6.0f} {ours:>8.1f} {rows / ours:>8.0f} {peak:>8.0f}"
        print(f"{line} {floor:>8.2f} {floor_peak:>8.0f} {floor / ours:>8.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in MEASURES:
        child(*sys.argv[1:])
    else:
        main((*SIZES, MOST) if "--most" in sys.argv else SIZES)
