"""Land: one polygon per territory of Europe and its neighbours, from Natural Earth as packaged in `world-atlas`.

Natural Earth draws who controls the ground; `JOINED` and `REDRAWN` put the borders back as European institutions draw
them. The raw file is the exact download, and the land table a pure function of it: reading needs no network.
"""

import json
import tarfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import httpx
import numpy as np
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from etl.download import Fetched, Lock, Remote, Tell, download, lock_path, write_lock
from etl.sources import Source

SOURCE = Source(
    source_id="world-atlas",
    publisher="Natural Earth; packaged for npm by Mike Bostock",
    title="World Atlas TopoJSON 2.0.2: Admin 0 countries, 1:50 000 000",
    title_fr="World Atlas TopoJSON 2.0.2 : pays (Admin 0), 1:50 000 000",
    url="https://www.npmjs.com/package/world-atlas/v/2.0.2",
    licence="Natural Earth: public domain; packaging: ISC",
    citation="Made with Natural Earth, naturalearthdata.com; npm package world-atlas 2.0.2.",
    updates="Never: the version is pinned.",
)
TARBALL = "https://registry.npmjs.org/world-atlas/-/world-atlas-2.0.2.tgz"
MEMBER = "package/countries-50m.json"
RAW = Path("world-atlas", "countries-50m.json")

OBSERVED = {
    "Albania": "AL", "Andorra": "AD", "Austria": "AT", "Belgium": "BE", "Bosnia and Herz.": "BA", "Bulgaria": "BG",
    "Croatia": "HR", "Cyprus": "CY", "Czechia": "CZ", "Denmark": "DK", "Estonia": "EE", "Finland": "FI", "France": "FR",
    "Georgia": "GE", "Germany": "DE", "Greece": "GR", "Hungary": "HU", "Iceland": "IS", "Ireland": "IE", "Italy": "IT",
    "Kosovo": "XK", "Latvia": "LV", "Liechtenstein": "LI", "Lithuania": "LT", "Luxembourg": "LU", "Macedonia": "MK",
    "Malta": "MT", "Moldova": "MD", "Monaco": "MC", "Montenegro": "ME", "Netherlands": "NL", "Norway": "NO",
    "Poland": "PL", "Portugal": "PT", "Romania": "RO", "San Marino": "SM", "Serbia": "RS", "Slovakia": "SK",
    "Slovenia": "SI", "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "Turkey": "TR", "Ukraine": "UA",
    "United Kingdom": "GB",
}  # fmt: skip
"""The countries the observatory covers: Natural Earth's name -> ISO 3166-1 alpha-2. Keys are names because Kosovo and
Northern Cyprus have no ISO number in the file."""

CONTEXT = {
    "Algeria": "DZ", "Armenia": "AM", "Azerbaijan": "AZ", "Bahrain": "BH", "Belarus": "BY", "Chad": "TD", "Egypt": "EG",
    "Faeroe Is.": "FO", "Greenland": "GL", "Guernsey": "GG", "Iran": "IR", "Iraq": "IQ", "Isle of Man": "IM",
    "Israel": "IL", "Jersey": "JE", "Jordan": "JO", "Kazakhstan": "KZ", "Kuwait": "KW", "Kyrgyzstan": "KG",
    "Lebanon": "LB", "Libya": "LY", "Mali": "ML", "Mauritania": "MR", "Morocco": "MA", "Niger": "NE", "Oman": "OM",
    "Palestine": "PS", "Qatar": "QA", "Russia": "RU", "Saudi Arabia": "SA", "Sudan": "SD", "Syria": "SY",
    "Tajikistan": "TJ", "Tunisia": "TN", "Turkmenistan": "TM", "United Arab Emirates": "AE", "Uzbekistan": "UZ",
    "Vatican": "VA", "W. Sahara": "EH", "Yemen": "YE",
}  # fmt: skip
"""Neighbours a map of Europe shows around them."""

JOINED = {"N. Cyprus": "CY", "Åland": "FI"}
"""Drawn apart by Natural Earth; for the EU the whole island is Cyprus, and Eurostat's FI includes Åland."""

OVERSEAS = dict.fromkeys(["GF", "GP", "MQ", "RE", "YT"], "FR")
"""Overseas department -> the country it belongs to."""


@dataclass(frozen=True)
class Redrawn:
    """What lies in `area` (EPSG:4326) passes from `source` to `target` (alpha-2)."""

    source: str
    target: str
    area: Polygon | MultiPolygon
    reason: str


# Cuts across land pass through vertices of the raw file: a new vertex on one side only would open the shared border.
GOLAN = Polygon(
    [(35.62775627756279, 33.27460893151245), (35.60975609756098, 32.68257911893826), (36.3, 32.5), (36.3, 34.0)]
)
WESTERN_SAHARA = box(-18, 20, -8, 27.656898076793283)
SVALBARD_JAN_MAYEN = MultiPolygon([box(-10, 70.5, -7, 71.5), box(10, 74, 35, 81)])
REDRAWN = (
    Redrawn("RU", "UA", box(32.3, 44.3, 36.6, 46.3), "Crimea is Ukraine"),
    Redrawn("MA", "EH", WESTERN_SAHARA, "Western Sahara is a non-self-governing territory, not Morocco"),
    Redrawn("IL", "SY", GOLAN, "The Golan Heights are occupied Syrian territory"),
    Redrawn("NO", "SJ", SVALBARD_JAN_MAYEN, "ISO 3166-1 gives Svalbard and Jan Mayen their own code"),
    Redrawn("NL", "BQ", box(-69, 12, -62, 18), "The Caribbean Netherlands are on no map here"),
    Redrawn("FR", "GF", box(-55, 2, -51, 6), "French Guiana, overseas department"),
    Redrawn("FR", "GP", box(-62, 15.8, -60.9, 16.6), "Guadeloupe, overseas department"),
    Redrawn("FR", "MQ", box(-61.4, 14.3, -60.7, 15), "Martinique, overseas department"),
    Redrawn("FR", "RE", box(55, -21.5, 56, -20.8), "La Réunion, overseas department"),
    Redrawn("FR", "YT", box(44.9, -13.1, 45.4, -12.6), "Mayotte, overseas department"),
)

EXTENT = box(-75, 18, 90, 85)
"""Where context is kept (EPSG:4326): its edges fall outside any EPSG:3035 view of Europe, Georgia and the Canaries."""
DETAIL_M = 1_000
"""Corners that span less than DETAIL_M squared are dropped; equal-area EPSG:3035 makes that the same everywhere."""
GRID_DEGREES = 0.001


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the package and keep the exact bytes of countries-50m.json under `raw`, with its lock.

    Raises NotFetched when the registry does not answer, or the package is not the one that is pinned.
    """
    with TemporaryDirectory() as beside:
        tarball = download(Remote(TARBALL, Path("package.tgz"), check=wrong), Path(beside), http, tell)
        content = member(tarball.path)
    path = raw / RAW
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    lock = Lock(TARBALL, sha256(content).hexdigest(), len(content), tarball.lock.fetched_on)
    write_lock(path, lock)
    return [Fetched(path, lock, True)]


def wrong(path: Path) -> str:
    """What is wrong with a package; '' when it holds the boundaries."""
    try:
        return "" if member(path) else f"{MEMBER} is empty."
    except (tarfile.TarError, KeyError, OSError):
        return f"the package holds no {MEMBER}, or was cut short. The last copy is kept."


def member(tarball: Path) -> bytes:
    """The bytes of the file of boundaries. Raises TarError, KeyError, OSError."""
    with tarfile.open(tarball) as package:
        return package.extractfile(MEMBER).read()  # type: ignore[union-attr]


def read(raw: Path) -> gpd.GeoDataFrame:
    """Build the land table (EPSG:4326, sorted by country) from the raw file; no network.

    Columns: `country` (ISO 3166-1 alpha-2, unique), `parent_country` (FR for the overseas departments, else null),
    `role` (observed, overseas, context), `geometry` (valid; shared borders shared; exterior rings clockwise).
    Raises FileNotFoundError or ValueError when the raw file or its lock is missing or they differ.
    """
    path = verified(raw / RAW)
    atlas = gpd.read_file(path, layer="countries").set_crs(4326)
    return atlas.pipe(territories).pipe(redraw).pipe(clip_context).pipe(simplify).pipe(land_table)


def verified(path: Path) -> Path:
    """Return `path` if its sha256 is the lock's; raise FileNotFoundError (missing) or ValueError (differs)."""
    for needed in (path, lock_path(path)):
        if not needed.is_file():
            raise FileNotFoundError(f"{needed} is missing: fetch the source {SOURCE.source_id} again.")
    expected = json.loads(lock_path(path).read_text(encoding="utf-8"))["sha256"]
    if sha256(path.read_bytes()).hexdigest() != expected:
        raise ValueError(f"{path} is not the file that was downloaded (sha256 differs from its lock): fetch it again.")
    return path


def territories(atlas: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Natural Earth's rows we name -> valid geometry by alpha-2; ValueError if one of the names is gone."""
    codes = OBSERVED | CONTEXT | JOINED
    if gone := sorted(codes.keys() - set(atlas["name"])):
        raise ValueError(f"world-atlas no longer names: {', '.join(gone)}.")
    land = atlas[atlas["name"].isin(codes)].assign(country=lambda rows: rows["name"].map(codes))
    land["geometry"] = land.geometry.where(land["country"] != "RU", land.geometry.transform(past_antimeridian))
    return land.assign(geometry=land.make_valid()).dissolve("country").geometry


def past_antimeridian(coordinates: np.ndarray) -> np.ndarray:
    """Count western longitudes on from 180°: TopoJSON joins Chukotka across the antimeridian, around the globe."""
    longitude, latitude = coordinates.T
    return np.column_stack([np.where(longitude < 0, longitude + 360, longitude), latitude])


def redraw(land: gpd.GeoSeries) -> gpd.GeoSeries:
    """Move every REDRAWN area to its territory; ValueError when an area holds no land of its source."""
    shapes: dict[str, BaseGeometry] = dict(land.items())
    for move in REDRAWN:
        moved = shapes[move.source].intersection(move.area)
        if moved.is_empty:
            raise ValueError(f"No land of {move.source} to give to {move.target} ({move.reason}).")
        shapes[move.source] = shapes[move.source].difference(move.area)
        shapes[move.target] = moved.union(shapes.get(move.target, Polygon()))
    return gpd.GeoSeries(shapes, crs=land.crs).drop("BQ").sort_index()


def clip_context(land: gpd.GeoSeries) -> gpd.GeoSeries:
    """Keep of the context territories what lies in EXTENT."""
    is_context = land.index.map(role_of) == "context"
    return land.mask(is_context, land.intersection(EXTENT))


def simplify(land: gpd.GeoSeries) -> gpd.GeoSeries:
    """Drop detail no screen shows, shared borders alike on both sides; round to GRID_DEGREES; exteriors clockwise."""
    drawn = land.to_crs(3035).simplify_coverage(DETAIL_M).to_crs(4326)
    return drawn.set_precision(GRID_DEGREES).orient_polygons(exterior_cw=True)


def role_of(country: str) -> str:
    """Alpha-2 -> observed, overseas or context."""
    if country in OVERSEAS:
        return "overseas"
    return "observed" if country in OBSERVED.values() else "context"


def land_table(land: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Geometry by alpha-2 -> the land table."""
    columns = {"country": land.index, "parent_country": land.index.map(OVERSEAS), "role": land.index.map(role_of)}
    return gpd.GeoDataFrame(columns, geometry=land.to_numpy(), crs=land.crs)
