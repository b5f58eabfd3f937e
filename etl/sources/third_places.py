"""The French census of third places (data.gouv.fr): a layer of its own, never counted among the clusters.

The census gives the municipality of each; the point is the centre of that municipality, from its register (`communes`).
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import httpx
import pandas as pd

from etl.download import Fetched, Remote, Tell, download
from etl.faults import gather
from etl.read import bad_file
from etl.rounds import each, intact
from etl.sources import Source, communes
from etl.sources import third_places_census as census
from etl.sources.catalogue import day, page_or
from etl.sources.third_places_rows import about_form, about_places, once_each, with_activities, with_points
from etl.suggest import plain
from etl.tables import empty

SLUG = "recensement-des-tiers-lieux-en-france-2023"
SOURCE = Source(
    source_id="third-places",
    publisher="France Tiers-Lieux",
    title="Census of third places in France, 2023",
    title_fr="Recensement des tiers-lieux en France, 2023",
    url=f"https://www.data.gouv.fr/datasets/{SLUG}/",
    licence="Licence Ouverte 2.0",
    citation="France Tiers-Lieux, Recensement des tiers-lieux en France 2023; centres of municipalities from geo.api.gouv.fr.",
    updates="Once; its files are corrected now and then.",
    every_days=30,
)
ADDRESS = "https://www.data.gouv.fr/api/1"
FOLDER = Path(SOURCE.source_id)
DATASET = FOLDER / "dataset.json"
IDENTITY, ACTIVITIES = FOLDER / "fiche-identite.csv", FOLDER / "activites.csv"
FILES = {IDENTITY: "01 fiche identite", ACTIVITIES: "04 activites"}
"""Our copies -> what the name of the publisher's file holds (bdftl-2023-01-fiche-identite.csv)."""
LICENCES = {"lov2": "Licence Ouverte 2.0", "fr-lo": "Licence Ouverte"}
"""Codes of data.gouv.fr -> names."""
SOURCES = ["source_id", "title", "publisher", "url", "published", "quote", "language"]


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the page of the dataset, the two files it names today, and the register of municipalities.

    Raises NotFetched with a sentence per file that did not come.
    """
    return each(steps(raw, http, tell))


def steps(raw: Path, http: httpx.Client, tell: Tell) -> Iterator[Callable[[], Fetched]]:
    """The downloads; where the files are is known once the page of the dataset has come (or from its last copy)."""
    page = Remote(f"{ADDRESS}/datasets/{SLUG}/", DATASET, check=wrong_dataset)
    yield partial(download, page, raw, http, tell)
    files = file_remotes(raw / DATASET) if (raw / DATASET).is_file() else []
    yield from (partial(download, remote, raw, http, tell) for remote in [*files, *communes.remotes(FOLDER)])


def wrong_dataset(path: Path) -> str:
    """What is wrong with the page of the dataset, in one sentence; '' when it names both files."""
    try:
        resources, page = dict(resources_in(path)), json.loads(path.read_bytes())
        page["title"].strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return "the answer is not the page of a dataset, or was cut short. The last copy is kept."
    if lost := [name for path, name in FILES.items() if path not in resources]:
        named = " and ".join(f"“{name}”" for name in lost)
        return f"the dataset has no CSV file any more whose name holds {named}. The last copy is kept."
    return ""


def resources_in(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Our copy and their resource, for each file of FILES that the dataset has as CSV; of several the last changed."""
    found = sorted(json.loads(path.read_bytes())["resources"], key=lambda one: str(one.get("last_modified") or ""))
    for ours, words in FILES.items():
        fitting = [one for one in found if words in plain(f"{one['title']} {one['url']}") and is_csv(one)]
        if fitting:
            yield ours, fitting[-1]


def is_csv(resource: dict[str, Any]) -> bool:
    """Whether a resource is a CSV, by its format or by its name."""
    return "csv" in (str(resource.get("format") or "").casefold(), str(resource["url"]).casefold().rsplit(".", 1)[-1])


def file_remotes(dataset: Path) -> list[Remote]:
    """The files of the census at their lasting addresses, which lead to the newest."""
    return [
        Remote(
            f"{ADDRESS}/datasets/r/{one['id']}",
            ours,
            check=partial(census.wrong, whole=size(one), has_activities=ours == ACTIVITIES),
        )
        for ours, one in resources_in(dataset)
    ]


def size(resource: dict[str, Any]) -> int | None:
    """The bytes of a file that data.gouv.fr holds itself; None when it lies elsewhere."""
    return resource.get("filesize") if resource.get("filetype") == "file" else None


def read(raw: Path) -> dict[str, pd.DataFrame]:
    """Rows of `third_places` (points in EPSG:4326) and `sources`; no rows until the whole census was fetched. BadInput for
    altered files."""
    if not is_here(raw):
        return {"third_places": empty("third_places"), "sources": pd.DataFrame(columns=SOURCES)}
    source = source_of(raw / DATASET)
    rows, _ = places(raw)
    cited = pd.Series([[source["source_id"]]] * len(rows), index=rows.index, dtype="object")
    return {
        "third_places": rows.drop(columns="website_published").assign(source_ids=cited),
        "sources": pd.DataFrame([source], columns=SOURCES),
    }


def remarks(raw: Path) -> list[str]:
    """What is to be said besides the rows: those left out, repeated, without a point. Nothing until the census was fetched."""
    return places(raw)[1] if is_here(raw) else []


def is_here(raw: Path) -> bool:
    """Whether the page of the dataset and both files were fetched."""
    return all((raw / path).is_file() for path in (DATASET, *FILES))


def places(raw: Path) -> tuple[gpd.GeoDataFrame, list[str]]:
    """One row per third place, without its source, and what is to be said of the rest."""
    identity, offer = gather(partial(sheet, raw / path) for path in FILES)
    taken, about_rows = once_each(census.identities(identity))
    named, about_activities = with_activities(taken, census.activities(offer))
    placed = with_points(named, communes.centres(raw / FOLDER))
    return placed, [
        *about_form(identity), *about_form(offer), *about_rows, *about_activities, *about_places(placed)
    ]  # fmt: skip


def sheet(path: Path) -> census.Sheet:
    """A file of the census; BadInput when it was altered, or is not in the form we know."""
    intact(path)
    found = census.sheet(path)
    if failure := census.missing(found, has_activities=path.name == ACTIVITIES.name):
        raise bad_file(path, failure.rstrip("."), "Fetch it again, or correct etl/sources/third_places_census.py")
    return found


def source_of(path: Path) -> dict[str, str]:
    """The page of the dataset as a row of `sources`, with its licence and the day it last changed; the quote is the first line of
    its description, or its title."""
    lock = intact(path)
    page: dict[str, Any] = json.loads(path.read_bytes())
    updated = day(page.get("last_update")) or day(page.get("last_modified")) or lock.fetched_on
    licence = LICENCES.get(str(page.get("license")), str(page.get("license") or SOURCE.licence))
    lines = [line.strip() for line in str(page.get("description") or "").splitlines()]
    return {
        "source_id": f"{SOURCE.source_id}-{updated}",
        "title": f"{page['title'].strip()} ({licence}), updated on {updated}",
        "publisher": str((page.get("organization") or {}).get("name") or SOURCE.publisher),
        "url": page_or(page.get("page"), SOURCE.url),
        "published": updated,
        "quote": next(filter(None, lines), page["title"].strip()),
        "language": "fr",
    }
