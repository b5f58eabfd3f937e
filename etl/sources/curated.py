"""The curated facts: CSV files kept by hand under `data/facts`, every row with its source.

Four datasets that overlap and disagree in places, on purpose: `etl.resolve` makes one row per thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from etl import cells
from etl.columns import Column, columns
from etl.faults import gather
from etl.normalise import parse_text, reader
from etl.read import Text, bad_file, read_text
from etl.sources import Source
from etl.vocabulary import Codes

SOURCE = Source(
    source_id="curated-facts",
    publisher="Observatory of social innovation clusters in Europe",
    title="Curated facts on clusters, programmes and the social economy",
    title_fr="Faits vérifiés sur les pôles, les programmes et l’économie sociale",
    url="data/facts",
    licence="CC BY 4.0",
    citation="Observatory of social innovation clusters in Europe, curated facts, each row with its source.",
    updates="With every reviewed change.",
    searched="2026-11",
)


@dataclass(frozen=True)
class File:
    """One CSV: its rows are of `table`, and `columns` gives the name there of each of its columns.

    `like` is the table whose contract its columns follow (`table`, unless said), `read_as` the exceptions to that
    (`table.column`), `constant` columns with one value throughout, `unique` the column that identifies its rows.
    """

    path: str
    table: str
    columns: dict[str, str]
    dataset: str = ""
    unique: str = ""
    like: str = ""
    read_as: dict[str, str] = field(default_factory=dict)
    constant: dict[str, str] = field(default_factory=dict)
    may_be_empty: bool = False

    def contract(self, ours: str) -> Column | None:
        """The declaration a column of ours follows; None for the columns that no table publishes."""
        table, name = self.read_as.get(ours, f"{self.like or self.table}.{ours}").split(".")
        return columns(table).get(name)


def same(*names: str) -> dict[str, str]:
    """Columns that have one name in the file and in the table."""
    return {name: name for name in names}


SOURCES = same("source_id", "title", "publisher", "url", "published", "quote")
SOURCED = {"source_id": "source_ids"}
CLUSTERS = (
    same("cluster_id", "name", "kind", "country", "region")
    | {"city": "place"}
    | same("latitude", "longitude", "coordinate_precision", "founded_year", "lead_organisation", "themes", "components")
    | same("website", "status", "summary_en", "summary_fr")
    | SOURCED
)
OBSERVATIONS = same("cluster_id", "metric", "value", "as_of", "qualifier", "scope", "note_en") | SOURCED
PROGRAMMES = (
    same("programme_id", "name_en", "name_local", "level", "country", "kind", "start", "end", "budget_eur")
    | same("applications", "laureates", "summary_en", "summary_fr")
    | SOURCED
)
FUNDED = PROGRAMMES | same("budget_amount", "budget_currency", "budget_kind", "part_of", "theme", "name_fr")
AWARDS = same("cluster_id", "programme_id", "year", "amount_eur") | SOURCED
PARTNERS = same("programme_id", "country", "organisation", "role", "amount_eur") | SOURCED
ANNUAL_FUNDING = same("programme_id", "year", "amount_eur", "kind", "country") | SOURCED
VALUES = same("indicator", "year", "value", "unit", "note") | SOURCED
COUNTS = {"country": "geo"} | same("indicator", "definition", "value", "as_of", "qualifier") | SOURCED
GEO = {"geo": "clusters.country"}

FILES = (
    File("sources.csv", "sources", SOURCES, unique="source_id"),
    File("ptce/clusters.csv", "clusters", CLUSTERS, "ptce", unique="cluster_id"),
    File("europe/clusters.csv", "clusters", CLUSTERS, "europe", unique="cluster_id"),
    File("ptce/observations.csv", "observations", OBSERVATIONS, "ptce"),
    File("europe/observations.csv", "observations", OBSERVATIONS, "europe"),
    File("funding/programmes.csv", "programmes", FUNDED, "funding", unique="programme_id"),
    File("ptce/programmes.csv", "programmes", PROGRAMMES, "ptce", unique="programme_id"),
    File("europe/programmes.csv", "programmes", PROGRAMMES, "europe", unique="programme_id"),
    File("countries/programmes.csv", "programmes", PROGRAMMES, "countries", unique="programme_id"),
    File("ptce/awards.csv", "awards", AWARDS, "ptce"),
    File("europe/awards.csv", "awards", AWARDS, "europe"),
    File("funding/project_partners.csv", "partners", PARTNERS, "funding"),
    File("funding/annual_funding.csv", "annual_funding", ANNUAL_FUNDING, "funding"),
    File("countries/country_indicators.csv", "indicators", {"country": "geo"} | VALUES, "countries", read_as=GEO),
    File(
        "countries/region_indicators.csv",
        "indicators",
        {"country": "country", "region_code": "geo", "region_name": "geo_name"} | VALUES,
        "countries",
    ),
    File("ptce/national_counts.csv", "indicators", COUNTS, "ptce", read_as=GEO),
    File(
        "ptce/field_sources.csv",
        "field_sources",
        {"cluster_id": "row_id", "column": "column"} | SOURCED,
        "ptce",
        read_as={"row_id": "observations.cluster_id"},
        constant={"table": "clusters"},
    ),
    File(
        "clusters_same_as.csv",
        "same_as",
        {"cluster_id": "merged_id", "kept_cluster_id": "kept_id", "why": "why"},
        unique="cluster_id",
        constant={"table": "clusters"},
        may_be_empty=True,
    ),
    File(
        "programmes_same_as.csv",
        "same_as",
        {"dataset": "dataset", "programme_id": "merged_id"}
        | {"kept_dataset": "kept_dataset", "kept_programme_id": "kept_id", "why": "why"},
        constant={"table": "programmes"},
        may_be_empty=True,
    ),
    File(
        "latest_overrides.csv",
        "latest_overrides",
        same("cluster_id", "metric", "scope", "value", "why"),
        like="observations",
        may_be_empty=True,
    ),
    File(
        "cluster_programmes.csv",
        "cluster_programmes",
        same("cluster_id", "programme_id", "why"),
        like="awards",
        may_be_empty=True,
    ),
)


def read(facts: Path, codes: Codes) -> dict[str, pd.DataFrame]:
    """Every file of the facts by path, typed: our column names, index (file, line), `dataset`.

    Raises BadInput with all that is wrong with the form of the files or, when their form is right, with their cells.
    """
    others = sorted(set(facts.rglob("*.csv")) - {facts / file.path for file in FILES})
    texts = gather([*(partial(refuse, path) for path in others), *(partial(text_of, facts, file) for file in FILES)])
    rows = gather(partial(typed_rows, file, text, codes) for file, text in zip(FILES, texts, strict=True))
    return {file.path: typed for file, typed in zip(FILES, rows, strict=True)}


def refuse(path: Path) -> Text:
    """BadInput for a file that nothing would read."""
    raise bad_file(path, "is not a file of the facts", "Declare it in etl/sources/curated.py, or remove it")


def text_of(facts: Path, file: File) -> Text:
    """The cells of one file, as text."""
    return read_text(facts / file.path, list(file.columns), may_be_empty=file.may_be_empty)


def typed_rows(file: File, text: Text, codes: Codes) -> pd.DataFrame:
    """The cells of one file, typed by the contract and named as in it."""
    contracts = {theirs: file.contract(ours) for theirs, ours in file.columns.items()}
    readers = {theirs: reader(column, codes) if column else cells.text for theirs, column in contracts.items()}
    required = [theirs for theirs, column in contracts.items() if column is None or is_required(column)]
    rows = parse_text(text, readers, required=required, unique=file.unique).rename(columns=file.columns)
    dataset = {"dataset": file.dataset} if file.dataset else {}
    return rows.assign(**dataset, **file.constant)


def is_required(column: Column) -> bool:
    """Lists may be empty, except the sources: no fact without a source."""
    return not column.is_nullable and (column.kind != "list" or column.ids == "sources.source_id")


def by_table(facts: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Rows by file path -> rows by table, files in the order of FILES, columns that a file lacks null."""
    tables = dict.fromkeys(file.table for file in FILES)
    return {table: pd.concat([facts[file.path] for file in FILES if file.table == table]) for table in tables}
