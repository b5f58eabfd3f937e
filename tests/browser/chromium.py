"""The Chromium that browser tests and benchmarks drive: the installed one, else Debian's package, else a clear sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Software WebGL, so that a map can be seen on a machine without a graphics card; and nothing asked of the network.
ARGUMENTS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-webgl", "--ignore-gpu-blocklist", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def executable() -> str | None:
    """Path of an installed Chrome or Chromium; `CHROMIUM` in the environment wins."""
    given = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return given or found or (str(MACOS) if MACOS.exists() else None)


def install() -> None:
    """Install Debian's chromium when root on Debian or Ubuntu. Raises SystemExit with what to do otherwise."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        sys.exit("The browser tests need Chrome or Chromium: install it, or set CHROMIUM to its path.")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True)


if __name__ == "__main__" and executable() is None:
    install()
