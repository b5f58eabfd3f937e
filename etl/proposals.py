"""What a refresh proposes and a human decides: points, entries in registers, participants of projects.

Nothing of it is taken before somebody says yes.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import httpx
import pandas as pd

from etl.download import Tell
from etl.projects import resembling
from etl.refresh import Asked, Fetch, ask
from etl.review import ORGANISATIONS, PARTICIPANTS, POINTS
from etl.sources import Source, business_register, geocoding


def sources(clusters: pd.DataFrame) -> list[tuple[Source, Fetch]]:
    """The sources that are asked about single rows, each with how."""
    return [(module.SOURCE, partial(module.fetch, clusters=clusters)) for module in (geocoding, business_register)]


def ask_about(clusters: pd.DataFrame, raw: Path, http: httpx.Client, tell: Tell) -> list[Asked]:
    """Ask about the rows that lack something."""
    return [ask(source, fetch, raw, http, tell) for source, fetch in sources(clusters)]


def write(tables: Mapping[str, pd.DataFrame], raw: Path, folder: Path) -> dict[str, int]:
    """Put what was found in the review files, decisions kept; review file -> proposals that wait for one."""
    clusters = tables["clusters"]
    made = {
        POINTS: geocoding.proposals(raw, clusters),
        ORGANISATIONS: business_register.proposals(raw, clusters),
        PARTICIPANTS: resembling.proposals(tables["participants"], clusters),
    }
    return {review.file: review.write(found, folder) for review, found in made.items()}
