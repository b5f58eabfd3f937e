"""Which legal units of an answer may be the lead organisation that was asked for, and why to look twice."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from etl import gazetteer
from etl.review import ORGANISATIONS
from etl.rounds import intact
from etl.sources.business_register_answer import Unit, units
from etl.sources.business_register_question import ASIDE, Question, bare
from etl.suggest import plain

PROPOSED = 5
LEAST_SCORE = 0.6
NEAR_KM = 50
ELSEWHERE = "its seat is not where the cluster is"
SEVERAL = "several names are alike"
CLOSED = "closed in the register"
ONE_OF_MANY = "the row names several organisations"


def candidates(asked: Question, path: Path) -> list[dict[str, Any]]:
    """The rows to decide on for one cluster."""
    intact(path)
    alike = [(one, likeness(asked, one), is_elsewhere(asked, one)) for one in units(path)]
    best = sorted((one for one in alike if one[1] >= LEAST_SCORE), key=rank)
    rivals = [one for one in best if not one[2]] or best
    return [
        {name: getattr(asked, name) for name in ORGANISATIONS.columns[:5]}
        | {"siren": one.siren, "found": one.full_name, "legal_form": one.legal_form, "commune": one.commune}
        | {"department": one.department, "score": score}
        | {"doubt": "; ".join(doubts(asked, one, is_far, len(rivals) > 1))}
        for one, score, is_far in best[:PROPOSED]
    ]


def rank(one: tuple[Unit, float, bool]) -> tuple[bool, float, bool, str]:
    """Near ones first, then those whose names are most alike, then active ones."""
    found, score, is_far = one
    return is_far, -score, found.register_status == "closed", found.siren


def likeness(asked: Question, found: Unit) -> float:
    """How alike the names are, 0 to 1, whatever their order of words, case, accents and legal words."""
    theirs = [found.name, found.acronym or "", ASIDE.sub(" ", found.full_name)]
    ours = plain(asked.text)
    return round(max(fuzz.token_sort_ratio(ours, plain(bare(name))) for name in theirs) / 100, 2)


def is_elsewhere(asked: Question, found: Unit) -> bool:
    """Whether the seat is known to be away from the cluster: in another commune and farther than NEAR_KM, or in another region."""
    if asked.place and is_in(found.commune or "", asked.place):
        return False
    if None not in (asked.latitude, asked.longitude, found.latitude, found.longitude):
        return gazetteer.distance_km(asked, found) > NEAR_KM
    return bool(found.region and asked.region_code and found.region != asked.region_code)


def is_in(commune: str, place: str) -> bool:
    """Whether the register's commune is the place: PARIS 15 is in Paris."""
    return re.sub(r" \d+\w*$", "", gazetteer.normalise(commune)) == gazetteer.normalise(place)


def doubts(asked: Question, found: Unit, is_far: bool, has_rivals: bool) -> Iterator[str]:
    """Why a human should look twice."""
    if is_far:
        yield ELSEWHERE
    if has_rivals:
        yield SEVERAL
    if found.register_status == "closed":
        yield CLOSED
    if len(asked.names) > 1:
        yield ONE_OF_MANY
