"""Points for rows that have none: the French address base (Géoplateforme), the gazetteer elsewhere. Proposals only.

What is found goes to a review file (`etl.review`); no point enters the tables before a human has said yes to it.
"""

import json
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pandas as pd

from etl import gazetteer
from etl.download import Fetched, Remote, Tell, download
from etl.review import POINTS
from etl.rounds import due, each, intact
from etl.sources import Source

EVERY_DAYS = 30
SOURCE = Source(
    source_id="geocoding",
    publisher="IGN, Géoplateforme; Base Adresse Nationale",
    title="Geocoding of French addresses and communes",
    title_fr="Géocodage des adresses et des communes françaises",
    url="https://geoservices.ign.fr/documentation/services/services-geoplateforme/geocodage",
    licence="Licence Ouverte 2.0",
    citation="Base Adresse Nationale, through the geocoding service of the Géoplateforme (IGN).",
    updates="Continuously; an answer is asked for again after a month.",
    every_days=EVERY_DAYS,
)
ADDRESS = "https://data.geopf.fr/geocodage/search"
FOLDER = Path("geocoding")
PAUSE = 0.05
"""Seconds between two questions: the service allows 50 a second and shuts out for five seconds who asks more."""
ANSWERS = 5
LEAST_SCORE = 0.6
PRECISIONS = {"housenumber": "site", "street": "site", "locality": "commune", "municipality": "commune"}
"""Type of an answer -> what its point stands for."""
SEVERAL = "several places bear this name"
OUTSIDE = "not in the region that the row names"
COLUMNS = list(POINTS.columns)


@dataclass(frozen=True)
class Question:
    """What is asked about one row: `text`, and whether it is an address or only the name of a town."""

    cluster_id: str
    name: str
    text: str
    place: str
    region: str
    country: str
    postcode: str
    is_address: bool

    @property
    def query(self) -> str:
        """The question as the service takes it; towns are looked for among communes only."""
        query = {"q": self.text, "limit": str(ANSWERS), "postcode": self.postcode}
        kind = {} if self.is_address else {"type": "municipality"}
        return urlencode({name: value for name, value in query.items() if value} | kind)

    @property
    def path(self) -> Path:
        """One file per question, whichever rows ask it."""
        return FOLDER / f"{sha256(self.query.encode()).hexdigest()[:16]}.json"


def questions(clusters: pd.DataFrame) -> list[Question]:
    """One question per row without a point that names a place or an address (column `address`, where there is one)."""
    texts = clusters.reindex(columns=["cluster_id", "name", "place", "region", "country", "address", "postcode"])
    rows = texts[clusters["latitude"].isna()].astype("object").fillna("").to_dict("records")
    return [question(row) for row in rows if row["place"] or row["address"]]


def question(row: dict[Any, Any]) -> Question:
    """The question a row asks: address and place together."""
    text = ", ".join(filter(None, (row["address"], row["place"])))
    known = {name: row[name] for name in ("cluster_id", "name", "place", "region", "country", "postcode")}
    return Question(text=text, is_address=bool(row["address"]), **known)


def fetch(raw: Path, http: httpx.Client, tell: Tell, clusters: pd.DataFrame) -> list[Fetched]:
    """Ask about the French rows without a point, each question once: what was answered is asked again after `every_days`.

    Raises NotFetched with a sentence per question that failed; the answers that came are kept, the next run goes on.
    """
    asked = {one.path: one.query for one in questions(clusters) if one.country == "FR"}
    waiting = due(asked, raw, FOLDER, EVERY_DAYS).items()
    remotes = [Remote(f"{ADDRESS}?{query}", path, check=wrong, pause=PAUSE) for path, query in waiting]
    return each(partial(download, remote, raw, http, tell) for remote in remotes)


def wrong(path: Path) -> str:
    """What is wrong with an answer, in one sentence; '' when nothing is (to find nothing is no fault)."""
    try:
        answer = json.loads(path.read_bytes())
        if "features" not in answer and "message" in answer:
            return f"the service answers with an error ({str(answer['message']).rstrip('.')}); try again later."
        for feature in answer["features"]:
            placed(feature)
    except (ValueError, KeyError, TypeError):
        return "the answer is not GeoJSON with label, type and score, or was cut short: its shape has changed."
    return ""


def placed(feature: dict[str, Any]) -> dict[str, Any]:
    """One answer in our words; the point is longitude, latitude (x and y beside it are Lambert-93)."""
    said, (longitude, latitude) = feature["properties"], feature["geometry"]["coordinates"][:2]
    precision = PRECISIONS.get(said["type"], "")
    point = {"latitude": float(latitude), "longitude": float(longitude), "coordinate_precision": precision}
    return point | {"found": said["label"], "score": float(said["score"]), "context": said.get("context", "")}


def proposals(raw: Path, clusters: pd.DataFrame) -> pd.DataFrame:
    """Points that may be those of the rows without one, best first: COLUMNS; no network. BadInput for altered answers.

    `score` (0 to 1) is the service's own, null for the gazetteer, which gives none; `doubt` says why to look twice.
    """
    rows = [
        {column: getattr(one, column) for column in COLUMNS[:5]} | {"query": one.text} | found
        for one in questions(clusters)
        for found in (in_france(raw / one.path, one) if one.country == "FR" else in_gazetteer(one))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def in_france(path: Path, asked: Question) -> list[dict[str, Any]]:
    """What the address base answered, where it is sure enough; nothing when it was not asked."""
    if not path.is_file():
        return []
    intact(path)
    found = [placed(feature) for feature in json.loads(path.read_bytes())["features"]]
    sure = [one for one in found if one["score"] >= LEAST_SCORE and one["coordinate_precision"]]
    rivals = [one for one in sure if is_in_region(one, asked)]
    return [
        one | {"coordinate_origin": "ban", "doubt": doubt(is_in_region(one, asked), len(rivals or sure) > 1)}
        for one in sorted(sure, key=lambda one: (not is_in_region(one, asked), -one["score"]))
    ]


def is_in_region(found: dict[str, Any], asked: Question) -> bool:
    """Whether an answer lies in the region of the row ("30, Gard, Occitanie"); so it does when the row names none."""
    parts = {gazetteer.normalise(part) for part in found["context"].split(",")}
    return not asked.region or gazetteer.normalise(asked.region) in parts


def doubt(is_inside: bool, has_rivals: bool) -> str:
    """Why a human should look twice; '' when there is no reason."""
    if not is_inside:
        return OUTSIDE
    return SEVERAL if has_rivals else ""


def in_gazetteer(asked: Question) -> list[dict[str, Any]]:
    """The towns of the country that bear the name, most populous first."""
    towns = gazetteer.towns_named(asked.place, asked.country)[:ANSWERS] if asked.place else []
    return [
        {"found": town.name, "latitude": town.latitude, "longitude": town.longitude, "coordinate_precision": "commune"}
        | {"score": None, "coordinate_origin": "geonames", "doubt": doubt(True, len(towns) > 1)}
        for town in towns
    ]
