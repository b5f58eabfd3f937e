"""The lead organisations of French clusters in the register of legal units (Sirene), through the Recherche d'entreprises.

What is found goes to a review file (`etl.review`); nothing enters the tables before a human has said yes to it. One organisation is
not a cluster: none is made from what is found.
"""

from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pandas as pd

from etl.download import Fetched, Remote, Tell, download
from etl.faults import gather
from etl.review import ORGANISATIONS
from etl.rounds import due, each, intact
from etl.sources import Source
from etl.sources.business_register_answer import Unit, units, wrong
from etl.sources.business_register_match import candidates
from etl.sources.business_register_question import FOLDER, questions

EVERY_DAYS = 30
SOURCE = Source(
    source_id=str(FOLDER),
    publisher="Annuaire des Entreprises (DINUM), from Insee's Sirene register and ESS France",
    title="Legal form, headcount band and social-economy flag of lead organisations",
    title_fr="Forme juridique, tranche d’effectif et appartenance à l’ESS des structures porteuses",
    url="https://recherche-entreprises.api.gouv.fr/docs/",
    licence="Licence Ouverte 2.0",
    citation="Insee, Sirene register, through the API Recherche d'entreprises (DINUM); each organisation with its page.",
    updates="Daily; an answer is asked for again after a month.",
    every_days=EVERY_DAYS,
)
ADDRESS = "https://recherche-entreprises.api.gouv.fr/search"
PAGE = "https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}"
PAUSE = 0.25
"""Seconds between two questions: the register allows seven a second."""
TAKEN = (
    "siren", "name", "legal_form", "headcount_min", "headcount_max", "headcount_year", "social_economy", "created",
    "register_status",
)  # fmt: skip
ROWS = ["cluster_id", *TAKEN, "source_ids"]
SOURCES = ["source_id", "title", "publisher", "url", "published", "quote", "language"]
EMPTY = {"organisations": pd.DataFrame(columns=ROWS), "sources": pd.DataFrame(columns=SOURCES)}


def fetch(raw: Path, http: httpx.Client, tell: Tell, clusters: pd.DataFrame) -> list[Fetched]:
    """Ask about the lead organisations, each question once: what was answered is asked again after `every_days`.

    Raises NotFetched with a sentence per question that failed; the answers that came are kept, the next run goes on.
    """
    asked = {one.path: one.query for one in questions(clusters)}
    waiting = due(asked, raw, FOLDER, EVERY_DAYS).items()
    remotes = [Remote(f"{ADDRESS}?{query}", path, check=wrong, pause=PAUSE) for path, query in waiting]
    return each(partial(download, remote, raw, http, tell) for remote in remotes)


def proposals(raw: Path, clusters: pd.DataFrame) -> pd.DataFrame:
    """Organisations that may be those of the clusters, best first: columns of ORGANISATIONS; no network. BadInput for altered answers.

    `score` (0 to 1) is how alike the names are; `doubt` says why to look twice.
    """
    asked = [one for one in questions(clusters) if (raw / one.path).is_file()]
    found = gather(partial(candidates, one, raw / one.path) for one in asked)
    return pd.DataFrame([row for rows in found for row in rows], columns=list(ORGANISATIONS.columns))


def read(raw: Path, review: Path) -> dict[str, pd.DataFrame]:
    """Rows of `organisations` and `sources` for what was said yes to, as last answered; EMPTY when nothing was fetched or accepted.

    BadInput for altered answers, or a review file that cannot be followed.
    """
    accepted, paths = ORGANISATIONS.accepted(review), sorted((raw / FOLDER).glob("*.json"))
    if accepted.empty or not paths:
        return EMPTY
    days = [lock.fetched_on for lock in gather(partial(intact, path) for path in paths)]
    dated = sorted(zip(days, paths, strict=True))
    known = {one.siren: (one, day) for day, path in dated for one in units(path)}
    rows = [row(cluster, *known[siren]) for cluster, siren in accepted.itertuples(index=False) if siren in known]
    cited = [cite(*known[siren]) for siren in accepted["siren"].unique() if siren in known]
    return {"organisations": pd.DataFrame(rows, columns=ROWS), "sources": pd.DataFrame(cited, columns=SOURCES)}


def row(cluster_id: str, found: Unit, day: str) -> dict[str, Any]:
    """A row of `organisations`."""
    return {"cluster_id": cluster_id, "source_ids": [cite(found, day)["source_id"]]} | {
        name: getattr(found, name) for name in TAKEN
    }


def cite(found: Unit, day: str) -> dict[str, str]:
    """Its page in the register as a row of `sources`; the quote is its name as received on `day`."""
    return {
        "source_id": f"{SOURCE.source_id}-{found.siren}",
        "title": f"Annuaire des Entreprises, {found.name} ({found.siren})",
        "publisher": SOURCE.publisher,
        "url": PAGE.format(siren=found.siren),
        "published": day,
        "quote": found.full_name,
        "language": "fr",
    }
