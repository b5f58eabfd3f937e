"""A real Streamlit server on a free port."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60
PAGES = (
    "",
    "map",
    "jobs",
    "funding",
    "countries",
    "clusters",
    "clusters?id=fr-darwin-bordeaux",
    "funding?id=fr-prog-ptce-aap-2013",
    "model",
    "briefing",
    "data",
    "data?part=method",
    "data?part=sources",
    "data?part=quality",
    "data?part=watch",
    "changes",
)
"""Every page of the dashboard, two of its sheets, and the parts of a page that have no charts."""
CHARTS_DRAWN = """() => [...document.querySelectorAll("[class*='st-key-chart-'], [data-testid='stPlotlyChart']")]
    .every(chart => chart.querySelector(".main-svg, canvas"))"""
"""JavaScript: whether every chart of the page holds its drawing."""


@contextmanager
def serve(script: str) -> Iterator[str]:
    """Serve `script` (a path in the project) until the block ends; yields its address. Raises RuntimeError."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        "--server.fileWatcherType",
        "none",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address + "/_stcore/health", process)
            yield address
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Wait until something answers at `url`. Raises RuntimeError when the process ends or nothing does in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Nothing answers at {url}.")
