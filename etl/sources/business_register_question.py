"""What is asked of the register about the lead organisations of French clusters."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from etl import gazetteer

FOLDER = Path("recherche-entreprises")
ANSWERS = 25
"""The most that one page of answers holds."""
SHORTEST = 3
"""Letters of the shortest name that the register looks for."""
NUMBER = re.compile(r"(\d\s*){9}((\d\s*){5})?")
"""A SIREN or SIRET: the register finds it whatever else is asked, and ignores every filter."""
WORD = r"(?:association|scic|scop|sas|sarl|sa)"
LEGAL_WORDS = re.compile(rf"^(?:{WORD}(?:\s+|$))+|(?:\s+{WORD})+$", re.IGNORECASE)
"""What names are written with or without, at either end."""
ASIDE, BETWEEN = re.compile(r"\([^)]*\)?"), re.compile(r"[;/,]")
OVERSEAS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
"""GeoNames' code of an overseas region -> Insee's; elsewhere they are the same."""


@dataclass(frozen=True)
class Question:
    """What is asked about the lead organisation of one cluster; the point (EPSG:4326) is the cluster's, None when unknown."""

    cluster_id: str
    cluster: str
    lead_organisation: str
    place: str
    region: str
    latitude: float | None
    longitude: float | None

    @property
    def names(self) -> list[str]:
        """The organisations that the row names, without asides and legal words."""
        parts = BETWEEN.split(ASIDE.sub(" ", self.lead_organisation))
        return [name for part in parts if (name := bare(part))]

    @property
    def text(self) -> str:
        """The name that is looked for: the first."""
        return next(iter(self.names), "")

    @property
    def region_code(self) -> str:
        """Insee's code of the cluster's region; '' when it is not known."""
        code = gazetteer.FRENCH_REGIONS.get(gazetteer.normalise(self.region), "")
        return OVERSEAS.get(code, code)

    @property
    def query(self) -> str:
        """The question as the register takes it: legal persons with an establishment in the region, without those who run them."""
        asked = {"q": self.text, "region": self.region_code, "est_entrepreneur_individuel": "false"}
        shape = {"minimal": "true", "include": "siege,complements", "page": "1", "per_page": str(ANSWERS)}
        return urlencode({name: value for name, value in (asked | shape).items() if value})

    @property
    def path(self) -> Path:
        """One file per question, whichever clusters ask it."""
        return FOLDER / f"{sha256(self.query.encode()).hexdigest()[:16]}.json"


def bare(name: str) -> str:
    """A name without legal words at its ends."""
    return LEGAL_WORDS.sub("", " ".join(name.replace("’", "'").split()))


def questions(clusters: pd.DataFrame) -> list[Question]:
    """One question per French cluster that names its lead organisation; a number is no name, nor are one or two letters."""
    named = clusters[(clusters["country"] == "FR") & clusters["lead_organisation"].notna()]
    asked = [question(row) for row in named.astype("object").where(named.notna(), None).to_dict("records")]
    return [one for one in asked if len(one.text) >= SHORTEST and not NUMBER.fullmatch(one.text)]


def question(row: dict[Any, Any]) -> Question:
    """The question a cluster asks."""
    texts = {name: row[name] or "" for name in ("cluster_id", "lead_organisation", "place", "region")}
    return Question(cluster=row["name"], latitude=row["latitude"], longitude=row["longitude"], **texts)
