"""The small world with EU projects: seven in three countries, and the lead organisation of `fr-a` in the register and in two of them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from atlas.large import LargeTable
from atlas.store import Tables
from tests.small_world import small_world

SOCIAL = "category: “Social economy”"


def eu_world() -> Tables:
    """Tables with the rows below; sources s1 to s3 are known."""
    small = small_world()
    organisations = pd.DataFrame([ORGANISATION], columns=small.organisations.columns).astype(small.organisations.dtypes)
    return replace(
        small, version="eu", organisations=organisations, projects=projects(),
        participants=LargeTable.of("participants", pd.DataFrame(PARTICIPANTS)),
    )  # fmt: skip


def projects() -> LargeTable:
    """The table of projects."""
    return LargeTable.of("projects", pd.DataFrame(PROJECTS))


def project(
    number: int, origin: str, country: str | None, start: str | None, amount: float | None, **more: Any
) -> dict[str, Any]:
    """A row of `projects`."""
    days = {"start_date": pd.Timestamp(start) if start else pd.NaT, "end_date": pd.NaT}
    words = {"name_en": f"Project {number}", "name_local": f"Projet {number}", "taken_for": SOCIAL, "fund": "ESF+"}
    usual = {"acronym": None, "programme": None, "url": f"https://example.org/{number}", "source_ids": ["s1"]}
    own = {"project_id": f"{origin}-{number}", "origin": origin, "country": country, "eu_amount_eur": amount}
    return own | days | words | usual | more


PROJECTS = [
    project(1, "kohesio", "FR", "2015-03-01", 1_000_000.0, end_date=pd.Timestamp("2017-12-31")),
    project(2, "kohesio", "FR", "2016-05-01", None, source_ids=["s2"]),
    project(3, "cordis", "FR", "2016-09-01", 250_000.5, acronym="SOC", name_en="A <b>hub</b>", source_ids=["s3"]),
    project(4, "kohesio", "PL", "2016-01-01", None, name_en=None, name_local="Spółdzielnia", note_en="The Union pays 8 in PLN."),
    project(5, "kohesio", "PL", None, None),
    project(6, "kohesio", "EU", "2020-01-01", 0.0, end_date=pd.Timestamp("2020-12-31")),
    project(7, "cordis", None, "2021-01-01", 5_000.0, taken_for="objective: “social innovation”"),
]  # fmt: skip
PARTICIPANTS: list[dict[str, Any]] = [
    {"participation_id": "cordis-3-a", "project_id": "cordis-3", "organisation": "A", "country": "FR", "role": "coordinator", "eu_amount_eur": 120_000.5, "cluster_id": "fr-a", "source_ids": ["s3"]},
    {"participation_id": "kohesio-1-1", "project_id": "kohesio-1", "organisation": "A", "country": "FR", "role": "beneficiary", "eu_amount_eur": None, "cluster_id": "fr-a", "note_en": "One amount for all.", "source_ids": ["s1"]},
    {"participation_id": "kohesio-2-1", "project_id": "kohesio-2", "organisation": "Other", "country": "FR", "role": "beneficiary", "eu_amount_eur": 7.0, "cluster_id": None, "source_ids": ["s2"]},
]  # fmt: skip
ORGANISATION = {
    "cluster_id": "fr-a", "siren": "552032534", "name": "ASSOCIATION <A>", "legal_form": "Association déclarée",
    "headcount_min": 10, "headcount_max": 19, "headcount_year": 2022, "social_economy": "yes", "created": "2009-05-14",
    "register_status": "active", "source_ids": ["s2"],
}  # fmt: skip
