"""`make bench`: a build, what leaves the dashboard, and each page's first visit, each beside a floor of the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import outlets
from benchmarks.visit import Cost, first_visit
from etl.schema import TABLES
from tests.browser.server import PAGES, serve
from tests.programs import ARGUMENTS, chromium

ROOT = Path(__file__).parents[1]
RUNS = 3


def build() -> tuple[float, int]:
    """Seconds of a whole build into a fresh folder, process start included, and the rows it wrote."""
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "etl", "build", "--tables", folder], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        seconds = time.perf_counter() - start
        return seconds, sum(pq.read_metadata(Path(folder) / f"{name}.parquet").num_rows for name in TABLES)


def visits() -> dict[str, list[Cost]]:
    """Costs of each page, the bare app measured in turn with them."""
    with serve("dashboard.py") as ours, serve("benchmarks/bare/app.py") as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        addresses = {"bare app": bare} | {f"/{page}": f"{ours}/{page}" for page in PAGES}
        costs: dict[str, list[Cost]] = {name: [] for name in addresses}
        for _ in range(RUNS):
            for name, address in addresses.items():
                costs[name].append(first_visit(browser, address))
        browser.close()
    return costs


def main() -> None:
    console = Console()
    seconds, rows = build()
    console.print(f"build: {seconds:.1f} s, {rows} rows, {rows / seconds:.0f} rows/s")
    for outlet in (outlets.pictures, outlets.embeds, outlets.briefings):
        console.print(outlet())
    table = Table("page", "KiB", "seconds", "bytes / bare", "seconds / bare", title=f"first visit, median of {RUNS}")
    costs = {name: Cost(*map(statistics.median, zip(*runs, strict=True))) for name, runs in visits().items()}
    bare = costs["bare app"]
    for name, cost in costs.items():
        table.add_row(
            name,
            f"{cost.bytes / 1024:.0f}",
            f"{cost.seconds:.2f}",
            f"{cost.bytes / bare.bytes:.2f}",
            f"{cost.seconds / bare.seconds:.2f}",
        )
    console.print(table)


main()
