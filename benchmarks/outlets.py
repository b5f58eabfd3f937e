"""What leaves the dashboard: pictures beside kaleido alone, embeds beside a bare route, briefings by format."""

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from rich.table import Table

from tests.browser.server import free_port, serve, wait_for

CHARTS = (
    "clusters_by_kind", "clusters_by_country", "jobs_by_scope", "budget_totals", "funding_timeline", "cluster_map_print",
    "ptce_calls", "model_by_kind", "indicator_rank", "partner_network",
)  # fmt: skip
REQUESTS = 200
EMBED = "/embed/clusters_by_country?lang=fr"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pictures() -> Table:
    """Pictures per second: kaleido alone, ours with an empty cache, ours again."""
    import kaleido

    from atlas import store
    from atlas.outlets import cache, image
    from atlas.outlets.chromium import chromium
    from atlas.outlets.drawing import Drawing
    from atlas.selection import Selection

    drawings = [Drawing.of(name, Selection(), store.tables()) for name in CHARTS]
    figures = [(drawing.figure, image.height(drawing)) for drawing in drawings]
    table = Table("pictures of ten charts", "per second", "beside kaleido", title="pictures")

    def alone() -> None:
        for figure, height in figures:
            kaleido.calc_fig_sync(figure, opts={"format": "svg", "width": image.WIDTH, "height": height})

    kaleido.start_sync_server(silence_warnings=True)
    alone()
    floor = len(CHARTS) / seconds(alone)
    kaleido.stop_sync_server(silence_warnings=True)
    chromium().svg(figures[0][0], image.WIDTH, figures[0][1])
    with tempfile.TemporaryDirectory() as folder:
        cache.FOLDER = Path(folder)
        rates = {"kaleido alone, SVG": floor}
        for name, draw in {
            "SVG": image.svg,
            "PNG with title and sources": lambda drawing: image.framed(drawing, "png"),
        }.items():
            rates[f"{name}, cold"] = len(CHARTS) / seconds(lambda: [draw(drawing) for drawing in drawings])  # noqa: B023
            rates[f"{name}, warm"] = len(CHARTS) / seconds(lambda: [draw(drawing) for drawing in drawings])  # noqa: B023
    for name, rate in rates.items():
        table.add_row(name, f"{rate:.1f}", f"{rate / floor:.2f}")
    return table


def embeds() -> Table:
    """Requests per second, one after the other on one connection, and bytes on the wire."""
    table = Table("request", "per second", "beside bare", "KiB", title=f"embeds, {REQUESTS} requests")
    with serve("dashboard.py") as ours, plain() as bare:
        floor, _bytes = rate(bare, "/")
        table.add_row("bare Starlette route", f"{floor:.0f}", "1.00", "")
        for path in (EMBED, EMBED.replace("?", ".png?"), EMBED.replace("?", ".json?"), "/oembed?url=" + ours + EMBED):
            own, size = rate(ours, path)
            table.add_row(path.split("?")[0], f"{own:.0f}", f"{own / floor:.2f}", f"{size / 1024:.1f}")
    return table


def rate(address: str, path: str) -> tuple[float, int]:
    """Requests per second for a path, after a first one, and the bytes of its body as sent."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    size = 0

    def ask() -> None:
        nonlocal size
        connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != 200:
            raise RuntimeError(f"{path} answers {response.status}")

    ask()
    spent = seconds(lambda: [ask() for _ in range(REQUESTS)])
    connection.close()
    return REQUESTS / spent, size


@contextmanager
def plain() -> Iterator[str]:
    port = free_port()
    with subprocess.Popen([sys.executable, "benchmarks/bare/plain.py", str(port)]) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def briefings() -> Table:
    """Seconds to write the country note of France in each format: pictures drawn anew, then kept."""
    from atlas import store
    from atlas.outlets import cache
    from atlas.outlets.briefing.compose import compose
    from atlas.outlets.briefing.templates import TEMPLATES
    from atlas.outlets.briefing.writers import FORMATS

    table = Table("country note of France", "cold, s", "warm, s", "KiB", title="briefings")
    note = TEMPLATES["country-note"].draft({"country": "FR"}, store.tables(), "fr")
    for name, form in FORMATS.items():
        with tempfile.TemporaryDirectory() as folder:
            cache.FOLDER = Path(folder)
            composed = compose(note, store.tables())
            cold, warm = (seconds(lambda: form.write(composed)) for _ in range(2))  # noqa: B023
            table.add_row(name, f"{cold:.1f}", f"{warm:.1f}", f"{len(form.write(composed)) / 1024:.0f}")
    return table
