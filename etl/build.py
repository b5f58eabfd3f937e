"""From the facts to the tables: read, normalise, resolve, check. Nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

from etl import check, clusters, countries, indicators, latest, observations, provenance, references, review, suggest
from etl import vocabulary as vocabularies
from etl.cells import first_day, last_day
from etl.dates import with_day
from etl.faults import BadInput, Fault
from etl.identities import with_datasets
from etl.inbox.check import import_all
from etl.inbox.report import Report
from etl.projects.rows import read as read_projects
from etl.projects.stored import BULK
from etl.read import bad_file
from etl.regions import in_regions
from etl.resolve import Resolved, resolve
from etl.schema import TABLES
from etl.sources import (
    Source,
    business_register,
    curated,
    ess_companies,
    eurostat,
    gisco,
    third_places,
    used,
    world_atlas,
)
from etl.tables import conform, empty
from etl.vocabulary import Codes


@dataclass(frozen=True)
class Folders:
    """Where the inputs are and where the tables go."""

    facts: Path = Path("data/facts")
    vocabulary: Path = Path("data/vocabulary")
    raw: Path = Path("data/raw")
    tables: Path = Path("data/tables")
    inbox: Path = Path("data/inbox")
    review: Path = Path("data/review")
    bulk: Path = BULK


@dataclass(frozen=True)
class Built:
    """What a build makes: the tables, how many rows became what, what the checks found, pairs that may be one thing, and
    what became of each drop-in dataset, and the sources drawn on."""

    tables: dict[str, pd.DataFrame]
    ledger: pd.DataFrame
    findings: pd.DataFrame
    suggestions: pd.DataFrame
    imports: list[Report] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    rows_of: dict[str, int] = field(default_factory=dict)
    """Rows taken of each official source that was fetched, and of each drop-in dataset."""

    @property
    def errors(self) -> pd.DataFrame:
        """What stops the tables from being written."""
        return self.findings[self.findings["severity"] == "error"]

    @property
    def warnings(self) -> pd.DataFrame:
        """What is worth a look and stops nothing."""
        return self.findings[self.findings["severity"] == "warning"]


def build(folders: Folders, tell: Callable[[str], None] = lambda step: None) -> Built:
    """Build every table; `tell` hears each step. Raises BadInput with all that is wrong with the inputs."""
    tell("Reading the vocabularies")
    codes = vocabularies.read(folders.vocabulary)
    tell("Reading the facts")
    facts = curated.read(folders.facts, codes)
    imported = import_all(folders.inbox, codes, folders.raw)
    tell("Merging what is one thing")
    came = official(folders) | {f"inbox/{one.source.source_id}": one.rows for one in imported}
    rows = with_rows(checked(facts), list(came.values()))
    rows["indicators"] = indicators.understood(rows["indicators"], list(codes.labels(("geo_aggregates",))))
    resolved = resolve(rows)
    tell("Placing clusters, choosing the latest figures")
    tables = complete(resolved, codes, folders)
    shaped = {name: conform(tables.get(name, empty(name)), name) for name in TABLES}
    tell("Checking the tables")
    counted = ledger(shaped, resolved)
    findings = check.run(shaped, counted)
    tell("Looking for duplicates not yet reviewed")
    return Built(
        shaped,
        counted,
        findings,
        suggest.suggestions(shaped),
        [one.report for one in imported],
        used(folders.raw) + [one.source for one in imported],
        {source_id: rows_in(tables) for source_id, tables in came.items() if any(map(len, tables.values()))},
    )


def rows_in(tables: dict[str, pd.DataFrame]) -> int:
    """Rows of all tables but `sources`, which only cite them."""
    return sum(len(rows) for name, rows in tables.items() if name != "sources")


def official(folders: Folders) -> dict[str, dict[str, pd.DataFrame]]:
    """Rows by table of every official source that was fetched, by source."""
    whole = {module.SOURCE.source_id: module.read(folders.raw) for module in (eurostat, third_places)}
    register = ess_companies.with_flags(business_register.read(folders.raw, folders.review), folders.bulk)
    return whole | {business_register.SOURCE.source_id: register} | read_projects(folders.bulk, folders.review)


def with_rows(tables: dict[str, pd.DataFrame], added: list[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables, then the rows added to them."""
    parts = {name: [rows] for name, rows in tables.items()}
    for one in added:
        for name, rows in one.items():
            if len(rows):
                parts.setdefault(name, []).append(rows)
    return {name: pd.concat(rows) if len(rows) > 1 else rows[0] for name, rows in parts.items()}


def checked(facts: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Facts by file -> by table; BadInput when identifiers point to nothing, or reviewed rows to no cell."""
    tables = curated.by_table(facts)
    tables["same_as"] = with_datasets(tables["same_as"], tables["clusters"])
    stop_for(references.faults(facts, tables))
    stop_for(provenance.faults(tables["field_sources"], tables["clusters"]))
    return tables


def stop_for(faults: list[Fault]) -> None:
    """Raise BadInput if there are faults."""
    if faults:
        raise BadInput(faults)


def land(raw: Path) -> gpd.GeoDataFrame:
    """The polygons of `world_atlas`; BadInput when its raw file is missing or altered."""
    try:
        return world_atlas.read(raw)
    except (FileNotFoundError, ValueError) as error:
        raise bad_file(raw, f"cannot be used: {str(error).rstrip('.')}", "Run `python -m etl fetch`") from error


def complete(resolved: Resolved, codes: Codes, folders: Folders) -> dict[str, pd.DataFrame]:
    """Add to the resolved tables what is derived from them, and the tables that need no resolving."""
    tables = resolved.tables
    stop_for(latest.faults(tables["observations"], tables["latest_overrides"]))
    figures = observations.complete(tables["observations"], codes.properties("metrics")["unit"])
    nuts, accepted = gisco.read(folders.raw), review.POINTS.accepted(folders.review)
    return tables | {
        "clusters": clusters.complete(tables["clusters"], tables["cluster_programmes"], accepted).pipe(
            in_regions, nuts
        ),
        "regions": gisco.regions(nuts),
        "observations": latest.mark_latest(figures, tables["sources"], tables["latest_overrides"]),
        "programmes": tables["programmes"].pipe(with_day, "start", first_day).pipe(with_day, "end", last_day),
        "indicators": indicators.complete(tables["indicators"], list(codes.labels(("geo_aggregates",)))),
        "countries": countries.complete(land(folders.raw), codes),
        "vocabulary": vocabularies.with_elsewhere(codes.table, tables),
    }


def ledger(tables: dict[str, pd.DataFrame], resolved: Resolved) -> pd.DataFrame:
    """Per table: rows_in, rows_out, rows_merged, rows_rejected (none: what cannot be read stops the build)."""
    rows = [
        (name, resolved.rows_in.get(name, len(table)), len(table), resolved.rows_merged.get(name, 0), 0)
        for name, table in tables.items()
    ]
    return pd.DataFrame(rows, columns=["table", "rows_in", "rows_out", "rows_merged", "rows_rejected"])
