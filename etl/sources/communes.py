"""The French register of municipalities (geo.api.gouv.fr): the centre of each, by INSEE code.

Three lists, each fetched as a whole: the municipalities of today; the arrondissements of Paris, Lyon and Marseille, which have
codes of their own; and those that have merged, under the code they had (those merged without a delegate are in no list).
"""

import json
from pathlib import Path
from typing import Any

from etl.download import Remote
from etl.rounds import intact

ADDRESS = "https://geo.api.gouv.fr"
PAUSE = 0.5
"""Seconds between two requests: no limit is published for the service, and there are three of them."""
FIELDS = {"format": "json", "geometry": "centre"}
LISTS: dict[str, tuple[str, dict[str, str | list[str]]]] = {
    "communes.json": ("communes", {"fields": "nom,code,codesPostaux,centre", **FIELDS}),
    "arrondissements.json": (
        "communes",
        {"type": "arrondissement-municipal", "fields": "nom,code,codesPostaux,centre", **FIELDS},
    ),
    "former_communes.json": ("communes_associees_deleguees", {"fields": "nom,code,chefLieu,centre", **FIELDS}),
}
"""File -> what is asked, the most reliable first: a code that two lists hold is that of the first."""
CITIES = {"75056": range(75101, 75121), "69123": range(69381, 69390), "13055": range(13201, 13217)}
"""The cities that are divided into arrondissements, and the codes of those."""
Centre = tuple[float, float]
"""Longitude, latitude (EPSG:4326)."""


def remotes(folder: Path) -> list[Remote]:
    """The lists, as they go below `folder`."""
    return [
        Remote(f"{ADDRESS}/{asked}", folder / name, parameters, check=wrong, pause=PAUSE)
        for name, (asked, parameters) in LISTS.items()
    ]


def wrong(path: Path) -> str:
    """What is wrong with a list, in one sentence; '' when nothing is."""
    try:
        rows = json.loads(path.read_bytes())
        codes, places = {row["code"] for row in rows}, centres_in(rows)
    except (ValueError, KeyError, TypeError):
        return "the answer is not a list of municipalities with their code, or was cut short. The last copy is kept."
    if not codes:
        return "the answer lists no municipality. The last copy is kept."
    if not places:
        return "the answer gives no centre (field centre). The last copy is kept."
    if any(abs(longitude) > 180 or abs(latitude) > 90 for longitude, latitude in places.values()):
        return "the centres are not in degrees. The last copy is kept."
    return ""


def centres_in(rows: list[dict[str, Any]]) -> dict[str, Centre]:
    """INSEE code -> centre, of the municipalities of a list that have one."""
    points = {row["code"]: row["centre"]["coordinates"] for row in rows if row.get("centre")}
    return {code: (float(longitude), float(latitude)) for code, (longitude, latitude) in points.items()}


def centres(folder: Path) -> dict[str, Centre]:
    """INSEE code -> centre, of all that was fetched into `folder`; nothing when nothing was. BadInput for altered files.

    A former municipality or an arrondissement without a centre of its own has that of the municipality it belongs to.
    """
    lists = [rows_of(folder / name) for name in LISTS if (folder / name).is_file()]
    own: dict[str, Centre] = {}
    for rows in lists:
        own = centres_in(rows) | own
    belongs = {row["code"]: row["chefLieu"] for rows in lists for row in rows if "chefLieu" in row} | {
        str(code): city for city, codes in CITIES.items() for code in codes
    }
    return {code: own[seat] for code, seat in belongs.items() if seat in own} | own


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a list; BadInput when it is not the file that was downloaded."""
    intact(path)
    rows: list[dict[str, Any]] = json.loads(path.read_bytes())
    return rows
