"""CORDIS: projects of the Union's research programmes and the organisations in them, one zip per programme.

Three files of a zip go through `etl.bulk.run`: see `cordis_files`.
"""

import os
import shutil
import zipfile
import zlib
from functools import partial
from pathlib import Path

import httpx

from etl.download import Fetched, Remote, Tell, download
from etl.read import bad_file
from etl.rounds import each
from etl.sources import Source

SOURCE = Source(
    source_id="cordis",
    publisher="Publications Office of the European Union",
    title="CORDIS: projects of FP7, Horizon 2020 and Horizon Europe, and the organisations that take part",
    title_fr="CORDIS : projets du 7ᵉ programme-cadre, d’Horizon 2020 et d’Horizon Europe, et leurs participants",
    url="https://data.europa.eu/data/datasets?query=cordis",
    licence="CC BY 4.0",
    citation="European Union, CORDIS, project files; each project with its page.",
    updates="About once a month for Horizon Europe; less often for the others.",
    every_days=30,
)
ZIP = "https://cordis.europa.eu/data/cordis-{}-csv.zip"
PAUSE = 5.0
"""Seconds between two requests."""
PROGRAMMES = ("HORIZONprojects", "h2020projects", "fp7projects")


def wrong(path: Path) -> str:
    """What is wrong with a download; '' when it is a whole zip with both files."""
    if not zipfile.is_zipfile(path):
        return "is not a zip: the answer is another page, or was cut."
    with zipfile.ZipFile(path) as archive:
        missing = [name for name in ("project.csv", "organization.csv") if name not in archive.namelist()]
    return f"lacks {' and '.join(missing)}: its form has changed." if missing else ""


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the zip of every programme that has changed."""
    asked = [Remote(ZIP.format(name), Path("cordis", f"{name}.zip"), check=wrong, pause=PAUSE) for name in PROGRAMMES]
    return each(partial(download, remote, raw, http, tell) for remote in asked)


def holds(archive: Path, member: str) -> bool:
    """Whether a zip has such a member; so it is taken to have when it cannot be read, which `unpack` tells."""
    return not zipfile.is_zipfile(archive) or member in zipfile.ZipFile(archive).namelist()


def unpack(archive: Path, member: str, folder: Path) -> Path:
    """Copy `member` (project.csv...) of a zip into `folder`, a little at a time, as old as the zip: a run that was interrupted
    knows it again. BadInput when it cannot be."""
    target = folder / f"{archive.stem}.{member}"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(member) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except (OSError, EOFError, KeyError, zlib.error, zipfile.BadZipFile) as error:
        raise bad_file(archive, f"cannot be unpacked ({error})", "Fetch it again") from error
    os.utime(target, ns=(archive.stat().st_mtime_ns,) * 2)
    return target
