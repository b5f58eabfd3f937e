"""GISCO: the boundaries of NUTS regions and countries, as the European Commission draws them.

Fetched by whoever runs the refresh, kept in the raw folder, never shipped: the licence binds who downloads, and every map
that uses them shows NOTICE. https://ec.europa.eu/eurostat/web/gisco/geodata
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import httpx

from etl.download import Fetched, NotFetched, Remote, Tell, download
from etl.read import bad_file
from etl.rounds import each, intact
from etl.sources import Source
from etl.sources.world_atlas import OBSERVED, simplify
from etl.tables import empty
from etl.territories import EUROSTAT

SOURCE = Source(
    source_id="gisco",
    publisher="Eurostat GISCO; EuroGeographics",
    title="NUTS regions and countries: boundaries",
    title_fr="Régions NUTS et pays : limites",
    url="https://ec.europa.eu/eurostat/web/gisco/geodata",
    licence="Eurostat GISCO: non-commercial use, source acknowledged; not redistributed here",
    citation="© EuroGeographics for the administrative boundaries; Eurostat GISCO.",
    updates="With each revision of NUTS, about every three years.",
    every_days=90,
)
NOTICE = {
    "en": "© EuroGeographics for the administrative boundaries",
    "fr": "© EuroGeographics pour les limites administratives",
}
"""What every map that draws these boundaries must show, by language."""
ADDRESS = "https://gisco-services.ec.europa.eu/distribution/v2"
FOLDER = Path("gisco")
NUTS_YEARS = (2024, 2021, 2016, 2013, 2010, 2006, 2003)
COUNTRY_YEARS = (2024, 2020, 2016, 2013, 2010, 2006, 2001)
SCALES = ("01M", "03M", "10M", "20M", "60M")
"""Denominators in millions, the finest first."""
NUTS = {"NUTS_ID": "nuts_id", "LEVL_CODE": "level", "CNTR_CODE": "country", "NAME_LATN": "name"}
COUNTRIES = {"CNTR_ID": "country", "NAME_ENGL": "name"}
"""Columns of GISCO -> ours."""


def fetch(
    raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None, *, year: int = 2024, scale: str = "10M"
) -> list[Fetched]:
    """Bring in the NUTS regions (levels 0 to 3) of `year` and the countries of that year or before, at `scale`.

    Raises NotFetched with a sentence per file that did not come.
    """
    check_choice(year, scale)
    of_countries = next(known for known in COUNTRY_YEARS if known <= year)
    remotes = [
        Remote(f"{ADDRESS}/{theme}/geojson/{name}", FOLDER / name, check=partial(wrong, columns=columns))
        for theme, name, columns in (
            ("nuts", f"NUTS_RG_{scale}_{year}_4326.geojson", NUTS),
            ("countries", f"CNTR_RG_{scale}_{of_countries}_4326.geojson", COUNTRIES),
        )
    ]
    return each(partial(download, remote, raw, http, tell) for remote in remotes)


def check_choice(year: int, scale: str) -> None:
    """NotFetched when GISCO has no such edition: it would answer 404 and say no more."""
    if year not in NUTS_YEARS:
        raise NotFetched(f"GISCO has no NUTS regions of {year}: choose one of {', '.join(map(str, NUTS_YEARS))}.")
    if scale not in SCALES:
        raise NotFetched(f"GISCO has no scale {scale}: choose one of {', '.join(SCALES)}.")


def wrong(path: Path, columns: dict[str, str]) -> str:
    """What is wrong with a file of boundaries, in one sentence; '' when nothing is."""
    try:
        features = json.loads(path.read_bytes())["features"]
        found = set(features[0]["properties"])
        longitude, latitude, *_ = first_corner(features[0]["geometry"]["coordinates"])
    except (ValueError, KeyError, IndexError, TypeError):
        return "the file is not GeoJSON with boundaries, or was cut short. The last copy is kept."
    if missing := sorted(set(columns) - found):
        there = ", ".join(sorted(found))
        return f"the columns have changed: {', '.join(missing)} went, there are {there}. The last copy is kept."
    if abs(longitude) > 180 or abs(latitude) > 90:
        return "the boundaries are not in degrees (EPSG:4326). The last copy is kept."
    return ""


def first_corner(coordinates: list[Any]) -> list[float]:
    """The first position of a geometry, however deep its rings lie."""
    return coordinates if not isinstance(coordinates[0], list) else first_corner(coordinates[0])


def read(raw: Path) -> gpd.GeoDataFrame:
    """NUTS regions of the newest and finest edition in `raw`; no rows when none was fetched. BadInput for altered files.

    Columns: `nuts_id` (as published: EL30), `level` (0 to 3), `country` (alpha-2), `name`, `edition` (year), `geometry`
    (EPSG:4326).
    """
    return read_newest(raw, "NUTS_RG", NUTS)


def regions(nuts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows of `regions` from what `read` gives: levels 1 to 3 of the countries observed, simplified as the land is."""
    rows = nuts[(nuts["level"] > 0) & nuts["country"].isin(OBSERVED.values())]
    return rows.assign(geometry=simplify(rows.geometry)) if len(rows) else empty("regions")


def read_countries(raw: Path) -> gpd.GeoDataFrame:
    """Countries of the world, as `read` does: `country` (alpha-2), `name` (English), `edition`, `geometry` (EPSG:4326)."""
    return read_newest(raw, "CNTR_RG", COUNTRIES)


def read_newest(raw: Path, kind: str, columns: dict[str, str]) -> gpd.GeoDataFrame:
    """One file of GISCO, named and typed as ours, sorted."""
    editions = sorted((raw / FOLDER).glob(f"{kind}_*_4326.geojson"), key=edition)
    if not editions:
        return gpd.GeoDataFrame(columns=[*columns.values(), "edition", "geometry"], geometry="geometry", crs=4326)
    intact(editions[0])
    rows = gpd.read_file(editions[0]).rename(columns=columns)
    if missing := sorted(set(columns.values()) - set(rows)):
        raise bad_file(editions[0], f"has no column for {', '.join(missing)}", "Fetch it again")
    year = -edition(editions[0])[0]
    tidy = rows.assign(country=rows["country"].replace(EUROSTAT), geometry=rows.make_valid(), edition=year)
    return tidy[[*columns.values(), "edition", "geometry"]].sort_values(next(iter(columns.values())), ignore_index=True)


def edition(path: Path) -> tuple[int, int]:
    """Sorts the newest edition first, then the finest scale: NUTS_RG_10M_2024_4326.geojson."""
    _, _, scale, year, _ = path.stem.split("_")
    return -int(year), SCALES.index(scale)
