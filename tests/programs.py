"""The programs that tests and benchmarks drive: the installed ones, else Debian's packages, else a clear sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

MACOS = Path("/Applications")
# Software WebGL, so that a map can be seen on a machine without a graphics card; and nothing asked of the network.
ARGUMENTS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-webgl", "--ignore-gpu-blocklist", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PACKAGES = ["chromium", "libreoffice-writer", "libreoffice-impress", "fonts-crosextra-carlito"]
"""Debian's packages: a browser, an office suite that opens DOCX and PPTX, and a font as wide as theirs."""


def chromium() -> str | None:
    """Path of an installed Chrome or Chromium; `CHROMIUM` in the environment wins."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return os.environ.get("CHROMIUM") or _found(names, MACOS / "Google Chrome.app/Contents/MacOS/Google Chrome")


def libreoffice() -> str | None:
    """Path of an installed LibreOffice."""
    return _found(("soffice", "libreoffice"), MACOS / "LibreOffice.app/Contents/MacOS/soffice")


def as_pdf(document: Path) -> Path:
    """`document` (DOCX, PPTX) as a PDF beside it, by LibreOffice with a profile of its own. Raises RuntimeError with what it
    complained of."""
    profile = document.parent / "profile"
    command = [str(libreoffice()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    made = subprocess.run(
        [*command, "--outdir", str(document.parent), str(document)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    pdf = document.with_suffix(".pdf")
    complaints = [line for line in made.stderr.splitlines() if line and "javaldx" not in line]
    if made.returncode or complaints or not pdf.exists():
        raise RuntimeError(f"LibreOffice could not convert {document.name}: {complaints or made.stdout}")
    return pdf


def _found(names: tuple[str, ...], bundle: Path) -> str | None:
    return next(filter(None, map(shutil.which, names)), str(bundle) if bundle.exists() else None)


def install() -> None:
    """Install what is missing, when root on Debian or Ubuntu. Raises SystemExit with what to do otherwise."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        missing = [package for package in PACKAGES if not _is_installed(package)]
        if missing:
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=True)
    elif not (chromium() and libreoffice()):
        sys.exit("The tests need Chrome or Chromium (CHROMIUM may hold its path) and LibreOffice: please install them.")


def _is_installed(package: str) -> bool:
    if package == "chromium" and chromium():
        return True
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True, check=False)
    return asked.stdout == "install ok installed"


if __name__ == "__main__":
    install()
