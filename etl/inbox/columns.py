"""Which column of theirs is likely which of ours, and with what doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from pyproj import Transformer

from etl.inbox import guess, values
from etl.inbox.personal import is_personal
from etl.inbox.points import Box
from etl.inbox.records import POINT
from etl.inbox.words import meaning

SURE = 95
MOST = 0.5
"""The share of points that must lie in Europe for a coordinate system to be believed."""
EUROPE = Box(27, -32, 72, 50)
SYSTEMS = ("EPSG:4326", "EPSG:2154", "EPSG:3857", "EPSG:3035", "EPSG:25832", "EPSG:25830", "EPSG:27700", "EPSG:2180")
"""Coordinate systems tried, in the order of their likelihood: degrees, Lambert-93, Mercator, Europe, UTM 32 and 30..."""


@dataclass(frozen=True)
class Likely:
    """What columns mean: name of ours -> name of theirs; doubts by name of ours; columns about persons; unknown ones."""

    of_ours: dict[str, str]
    doubts: dict[str, str] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def likely(rows: pd.DataFrame, lowest: Mapping[str, str]) -> Likely:
    """What each column most likely is, the surest first; two that claim one meaning are a doubt.

    `lowest` gives the words of the last header row, which say more than those of the groups above it.
    """
    names = [str(name) for name in rows.columns]
    personal = tuple(name for name in names if is_personal(name))
    placed = [name for name in names if name not in personal and name not in POINT]
    in_short = {name: meaning(lowest.get(name, name)) for name in placed}
    meanings = {name: found if found[0] else meaning(name) for name, found in in_short.items()}
    of_ours: dict[str, str] = {}
    doubts: dict[str, str] = {}
    for name, (ours, score) in sorted(meanings.items(), key=lambda one: -one[1][1]):
        if ours and ours in of_ours:
            doubts[ours] = f"or is it “{name}”?"
        elif ours:
            of_ours[ours] = name
            doubts |= {ours: "the header is only alike"} if score < SURE else {}
    unknown = tuple(name for name in meanings if name not in of_ours.values())
    return Likely(of_ours, doubts, personal, unknown)


def point(rows: pd.DataFrame, of_ours: dict[str, str]) -> tuple[dict[str, str], str] | None:
    """How the points are given (the words of Point in a descriptor) and a doubt; None when there are none."""
    if set(POINT) <= set(rows.columns):
        where, pairs = {"x": POINT[0], "y": POINT[1]}, rows[list(POINT)].to_numpy().tolist()
    elif {"longitude", "latitude"} <= set(of_ours):
        where = {"x": of_ours["longitude"], "y": of_ours["latitude"]}
        pairs = rows[list(where.values())].to_numpy().tolist()
    elif "point" in of_ours:
        where = {"from": of_ours["point"]}
        pairs = [cell.strip("[](){} ").split(",") for cell in rows[of_ours["point"]] if cell.count(",") == 1]
    else:
        return None
    found = system([(number(pair[0]), number(pair[1])) for pair in pairs if all(map(number, pair))])
    return (where | found[0], found[1]) if found else (where, "no coordinate system we tried puts them in Europe: crs")


def number(cell: str) -> float:
    """A coordinate, 0 when it is none."""
    try:
        return float(values.SPACES.sub("", cell).replace(",", "."))
    except ValueError:
        return 0.0


def system(pairs: Sequence[tuple[float, float]]) -> tuple[dict[str, str], str] | None:
    """The system and order of axes that put most points in Europe, and a doubt when others do as well."""
    if not pairs:
        return None
    is_degrees = max(abs(number) for pair in pairs for number in pair) <= 180
    tried = [(crs, order) for crs in (SYSTEMS[:1] if is_degrees else SYSTEMS[1:]) for order in ("xy", "yx")]
    shares = {one: share_in_europe(pairs, *one) for one in tried}
    best = max(tried, key=lambda one: shares[one])
    if shares[best] < MOST:
        return None
    others = [
        f"{crs} {order}" for (crs, order), share in shares.items() if share == shares[best] and (crs, order) != best
    ]
    outside = "" if shares[best] == 1 else f"{1 - shares[best]:.0%} of the points are not in Europe"
    also = f"{', '.join(others)} would put them in Europe too" if others else ""
    return {"crs": best[0], "axisOrder": best[1]}, "; ".join(filter(None, (also, outside)))


def share_in_europe(pairs: Sequence[tuple[float, float]], crs: str, order: str) -> float:
    """The share of the points that lie in Europe when read so."""
    first, second = zip(*pairs, strict=True)
    x, y = (first, second) if order == "xy" else (second, first)
    longitudes, latitudes = Transformer.from_crs(crs, 4326, always_xy=True).transform(x, y)
    held = [
        EUROPE.south <= lat <= EUROPE.north and EUROPE.west <= lon <= EUROPE.east
        for lon, lat in zip(longitudes, latitudes, strict=True)
    ]
    return sum(held) / len(held)


def natural_key(rows: pd.DataFrame, of_ours: dict[str, str]) -> list[str]:
    """The fewest columns that tell every row from the others: an identifier, the name, the name and its place."""
    tries = (["identifier"], ["name"], ["name", "place"], ["name", "place", "postcode"])
    for ours in tries:
        names = [of_ours[one] for one in ours if one in of_ours]
        if len(names) == len(ours) and not rows.duplicated(names).any() and (rows[names] != "").all(axis=None):
            return names
    return [of_ours["name"]] if "name" in of_ours else []


def separator(cells: Sequence[str]) -> str:
    """What separates the items of a list; blank when nothing does."""
    counts = {mark: sum(mark in cell for cell in cells) for mark in (";", "|", "\n", ",", " / ")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 0.1 * len(cells) else ""


def share_of_numbers(rows: pd.DataFrame, name: str, decimal_char: str) -> float:
    """The share of the filled cells of a column that are numbers."""
    return guess.numeric_share([values.clean(cell) for cell in rows[name]], decimal_char)
