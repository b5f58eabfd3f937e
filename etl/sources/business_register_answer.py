"""An answer of the Recherche d'entreprises: its legal units in our words, and what can be wrong with it.

Only legal persons are read. Natural persons (sole traders, undivided estates, those who run or are elected) never are.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.read import read_csv

BANDS: dict[str | None, tuple[int | None, int | None]] = {
    None: (None, None), "NN": (None, None), "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19),
    "12": (20, 49), "21": (50, 99), "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999),
    "42": (1_000, 1_999), "51": (2_000, 4_999), "52": (5_000, 9_999), "53": (10_000, None),
}  # fmt: skip
"""Insee's code of a headcount band -> least and most employees; NN is "no employee, or not known", hence unknown."""
STATES = {"A": "active", "C": "closed"}
UNDATED = "1900-01-01"
"""What the register writes where it does not know since when."""
OF_PERSONS = ("1", "211", "221", "231")
"""How the legal forms begin that are natural persons: sole traders, and what several hold together without a legal person."""
NEEDED = (
    "siren", "nom_complet", "nom_raison_sociale", "sigle", "nature_juridique", "tranche_effectif_salarie",
    "annee_tranche_effectif_salarie", "date_creation", "etat_administratif", "siege", "complements",
)  # fmt: skip
SEAT = ("libelle_commune", "departement", "latitude", "longitude")
COMPLEMENTS = ("est_ess",)
SIREN = re.compile(r"\d{9}")
LEGAL_FORMS = Path(__file__).with_name("legal_forms.csv")


@dataclass(frozen=True)
class Unit:
    """A legal person as the register knows it; what it does not know is None. The point (EPSG:4326) is that of its seat."""

    siren: str
    name: str
    full_name: str
    acronym: str | None
    legal_form: str | None
    headcount_min: int | None
    headcount_max: int | None
    headcount_year: int | None
    social_economy: str | None
    created: str | None
    register_status: str | None
    commune: str | None
    department: str | None
    region: str | None
    latitude: float | None
    longitude: float | None


def units(path: Path) -> list[Unit]:
    """The legal persons of an answer, in its order."""
    found = json.loads(path.read_bytes())["results"]
    return [unit(one) for one in found if is_legal_person(one)]


def is_legal_person(found: Mapping[str, Any]) -> bool:
    """Whether a result has a name of its own, not that of a natural person."""
    is_sole_trader = found["complements"].get("est_entrepreneur_individuel") is True
    is_of_persons = (found["nature_juridique"] or "1").startswith(OF_PERSONS)
    return bool(found["nom_raison_sociale"]) and not is_sole_trader and not is_of_persons


def unit(found: Mapping[str, Any]) -> Unit:
    """One result in our words."""
    seat, (least, most) = found["siege"], BANDS[found["tranche_effectif_salarie"]]
    year = found["annee_tranche_effectif_salarie"]
    return Unit(
        siren=number(found["siren"]),
        name=found["nom_raison_sociale"],
        full_name=found["nom_complet"],
        acronym=found["sigle"],
        legal_form=legal_form(found["nature_juridique"]),
        headcount_min=least,
        headcount_max=most,
        headcount_year=int(year) if year and least is not None else None,
        social_economy={True: "yes", False: "no"}.get(found["complements"]["est_ess"]),
        created=day(found["date_creation"]),
        register_status=STATES[found["etat_administratif"]],
        commune=seat["libelle_commune"],
        department=seat["departement"],
        region=seat.get("region"),
        latitude=degrees(seat["latitude"]),
        longitude=degrees(seat["longitude"]),
    )


def number(text: str) -> str:
    """A SIREN as it is; ValueError when it is none."""
    if not SIREN.fullmatch(text):
        raise ValueError(f"{text!r} is not a SIREN")
    return text


def day(text: str | None) -> str | None:
    """A date as it is, None where the register does not know it; ValueError when it is none."""
    return date.fromisoformat(text).isoformat() if text and text != UNDATED else None


def degrees(text: str | None) -> float | None:
    """A coordinate, which the register writes as text."""
    return float(text) if text else None


def legal_form(code: str) -> str:
    """Insee's words for a legal category; its number where they are not listed."""
    return legal_forms().get(code, f"catégorie juridique {code}")


@cache
def legal_forms() -> dict[str, str]:
    """Code -> Insee's words (nomenclature des catégories juridiques), of those that lead clusters."""
    rows = read_csv(LEGAL_FORMS, ("code", "label"))
    return dict(zip(rows["code"], rows["label"], strict=True))


def wrong(path: Path) -> str:
    """What is wrong with an answer, in one sentence; '' when nothing is (to find nothing is no fault)."""
    try:
        answer = json.loads(path.read_bytes())
    except ValueError:
        return "the answer is not JSON, or was cut short. The last copy is kept; try again later."
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        said = str(answer.get("erreur", "")).rstrip(".") if isinstance(answer, dict) else ""
        return f"the register refuses the question: {said}." if said else changed("“results” is no longer there")
    return next(filter(None, map(wrong_result, answer["results"])), "")


def wrong_result(found: Any) -> str:
    """What is wrong with one result, in one sentence; '' when nothing is."""
    try:
        if missing := absent(found):
            return changed(f"{', '.join(missing)} no longer there")
        if is_legal_person(found):
            unit(found)
    except KeyError as fault:
        return changed(f"the code {fault} is not known")
    except (ValueError, TypeError, AttributeError) as fault:
        return changed(f"a value is not written as it was ({fault})")
    return ""


def absent(found: Mapping[str, Any]) -> list[str]:
    """The fields that a result should have and has not."""
    wanted = {"": NEEDED, "siege": SEAT, "complements": COMPLEMENTS}
    there: dict[str, Mapping[str, Any]] = {"": found} | {name: found.get(name, {}) for name in ("siege", "complements")}
    return [name for part, names in wanted.items() for name in names if name not in there[part]]


def changed(what: str) -> str:
    """The sentence for an answer of another shape."""
    return f"the shape of the answer has changed: {what}. The last copy is kept."
