"""Kohesio: projects that cohesion policy pays for (ERDF, ESF+, CF, Interreg, JTF), one file per country and period.

The files are large: `etl.bulk.run` takes them as `kohesio_projects.PROJECTS`, partition by partition.
"""

import re
from functools import partial
from pathlib import Path

import httpx

from etl.download import Fetched, NotFetched, Remote, Tell, download
from etl.rounds import each
from etl.sources import Source

SOURCE = Source(
    source_id="kohesio",
    publisher="European Commission, Directorate-General for Regional and Urban Policy",
    title="Kohesio: projects supported by cohesion policy, 2014-2020 and 2021-2027",
    title_fr="Kohesio : projets soutenus par la politique de cohésion, 2014-2020 et 2021-2027",
    url="https://kohesio.ec.europa.eu/en/data",
    licence="CC BY 4.0",
    citation="European Commission, Kohesio, project files; each project with its page.",
    updates="Once or twice a year, from the lists of the managing authorities.",
    every_days=30,
)
HOST = "https://kohesio.ec.europa.eu"
PAUSE = 1.0
"""Seconds between two requests."""
FILE = re.compile(r"data/projects-(\d{4}-\d{4})/(\d{4}-\d{2}-\d{2})/([A-Z]{2})-pp(\d\d-\d\d)-\d{8}\.csv")
"""Period, day, country and period again: in the address of a file."""
LEAST = 10_000
"""Bytes below which a file is not one of projects."""


def wrong(path: Path) -> str:
    """What is wrong with a file of projects: Kohesio answers 200 with a page, or next to nothing, for a file it has not."""
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype", b"<html")):
        return "is a web page and not the data: Kohesio has no file at this address."
    if path.stat().st_size < LEAST:
        return f"has less than {LEAST:,} bytes: it is not a file of projects."
    return ""


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the newest file of every country and period that the page of downloads names."""
    listed = Remote(f"{HOST}/en/data", Path("kohesio", "page.html"), is_html=True, pause=PAUSE)
    page = download(listed, raw, http, tell)
    found = newest(page.path.read_text(encoding="utf-8", errors="replace"))
    if not found:
        raise NotFetched(f"{listed.url} names no file of projects: its form has changed. The last copies are kept.")
    return each(partial(download, remote, raw, http, tell) for remote in found)


def newest(page: str) -> list[Remote]:
    """The newest file of each country and period among the addresses in a page; their dated paths change."""
    dated: dict[tuple[str, str], tuple[str, str]] = {}
    for match in FILE.finditer(page):
        at = (match[3], match[4])
        dated[at] = max(dated.get(at, ("", "")), (match[2], match[0]))
    return [
        Remote(
            f"{HOST}/api/data/object?id={file}", Path("kohesio", f"{country}-pp{period}.csv"), check=wrong, pause=PAUSE
        )
        for (country, period), (_, file) in sorted(dated.items())
    ]
