"""The files that an embed loads: our fonts, its script, and plotly. Their address changes with their bytes, so each is kept for
ever; only the script for the pages of others has an address that stays."""

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from atlas.outlets.chromium import FONTS

OWN = Path(__file__).parent / "static"
HOST = "embed.js"
"""The script that a page may load to give its embeds their height."""
JAVASCRIPT, WOFF2 = "text/javascript; charset=utf-8", "font/woff2"


class Asset(NamedTuple):
    """A file below /embed/static/."""

    path: str
    body: bytes
    media_type: str


@lru_cache
def assets() -> dict[str, Asset]:
    """Every file by its name."""
    found = {
        "chart.js": (OWN / "chart.js", JAVASCRIPT),
        "plotly.js": (Path(str(files("plotly"))) / "package_data" / "plotly.min.js", JAVASCRIPT),
        **{f"{face.stem}.woff2": (face, WOFF2) for face in sorted(FONTS.glob("*.woff2"))},
    }
    hashed = {name: _hashed(name, path.read_bytes(), media_type) for name, (path, media_type) in found.items()}
    return {**hashed, HOST: Asset(HOST, (OWN / HOST).read_bytes(), JAVASCRIPT)}


@lru_cache
def by_path() -> dict[str, Asset]:
    """Every file by its path below /embed/static/."""
    return {asset.path: asset for asset in assets().values()}


def path(name: str) -> str:
    """The path of a file from the page of an embed: 'static/0123456789ab/chart.js'."""
    return f"static/{assets()[name].path}"


def _hashed(name: str, body: bytes, media_type: str) -> Asset:
    return Asset(f"{sha256(body).hexdigest()[:12]}/{name}", body, media_type)
