"""From the facts to the tables: read, normalise, resolve, check. Nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

from etl import check, clusters, countries, indicators, latest, observations, provenance, references, suggest
from etl import vocabulary as vocabularies
from etl.cells import first_day, last_day
from etl.dates import with_day
from etl.faults import BadInput, Fault
from etl.identities import with_datasets
from etl.inbox.check import import_all
from etl.inbox.normalise import Imported
from etl.inbox.report import Report
from etl.read import bad_file
from etl.resolve import Resolved, resolve
from etl.schema import TABLES
from etl.sources import curated, world_atlas
from etl.tables import conform
from etl.vocabulary import Codes


@dataclass(frozen=True)
class Folders:
    """Where the inputs are and where the tables go."""

    facts: Path = Path("data/facts")
    vocabulary: Path = Path("data/vocabulary")
    raw: Path = Path("data/raw")
    tables: Path = Path("data/tables")
    inbox: Path = Path("data/inbox")


@dataclass(frozen=True)
class Built:
    """What a build makes: the tables, how many rows became what, what the checks found, pairs that may be one thing, and
    what became of each drop-in dataset."""

    tables: dict[str, pd.DataFrame]
    ledger: pd.DataFrame
    findings: pd.DataFrame
    suggestions: pd.DataFrame
    imports: list[Report] = field(default_factory=list)

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
    resolved = resolve(with_imported(checked(facts), imported))
    tell("Placing clusters, choosing the latest figures")
    tables = complete(resolved, codes, land(folders.raw))
    shaped = {name: conform(tables[name], name) for name in TABLES}
    tell("Checking the tables")
    counted = ledger(shaped, resolved)
    findings = check.run(shaped, counted)
    tell("Looking for duplicates not yet reviewed")
    return Built(shaped, counted, findings, suggest.suggestions(shaped), [one.report for one in imported])


def with_imported(tables: dict[str, pd.DataFrame], imported: list[Imported]) -> dict[str, pd.DataFrame]:
    """The tables with the rows of the drop-in datasets after their own."""
    added: dict[str, list[pd.DataFrame]] = {}
    for one in imported:
        for name, rows in one.rows.items():
            added.setdefault(name, []).append(rows)
    return tables | {name: pd.concat([tables[name], *rows]) for name, rows in added.items()}


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


def complete(resolved: Resolved, codes: Codes, polygons: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    """Add to the resolved tables what is derived from them, and the tables that need no resolving."""
    tables = resolved.tables
    stop_for(latest.faults(tables["observations"], tables["latest_overrides"]))
    figures = observations.complete(tables["observations"], codes.properties("metrics")["unit"])
    return tables | {
        "clusters": clusters.complete(tables["clusters"], tables["cluster_programmes"]),
        "observations": latest.mark_latest(figures, tables["sources"], tables["latest_overrides"]),
        "programmes": tables["programmes"].pipe(with_day, "start", first_day).pipe(with_day, "end", last_day),
        "indicators": indicators.complete(tables["indicators"], list(codes.labels(("geo_aggregates",)))),
        "countries": countries.complete(polygons, codes),
        "vocabulary": codes.table,
    }


def ledger(tables: dict[str, pd.DataFrame], resolved: Resolved) -> pd.DataFrame:
    """Per table: rows_in, rows_out, rows_merged, rows_rejected (none: what cannot be read stops the build)."""
    rows = [
        (name, resolved.rows_in.get(name, len(table)), len(table), resolved.rows_merged.get(name, 0), 0)
        for name, table in tables.items()
    ]
    return pd.DataFrame(rows, columns=["table", "rows_in", "rows_out", "rows_merged", "rows_rejected"])
