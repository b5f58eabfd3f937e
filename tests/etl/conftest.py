"""A world of facts small enough to know by heart, written as CSV; vocabularies and land are the real ones."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import stamina

from etl.build import Built, Folders, build
from etl.download import client
from etl.sources.curated import FILES
from tests.etl.publisher import Publisher, publishing

ROOT = Path(__file__).parents[2]
Rows = list[dict[str, str]]

SITE = {"kind": "ecosystem_site", "status": "active", "coordinate_precision": "commune"}
ROWS: dict[str, Rows] = {
    "sources.csv": [
        {"source_id": "s1", "title": "One", "publisher": "P", "url": "https://example.org/1", "published": "2015", "quote": "One."},
        {"source_id": "s2", "title": "Two", "publisher": "P", "url": "https://example.org/2", "published": "2022-05", "quote": "Two."},
        {"source_id": "s3", "title": "Three", "publisher": "P", "url": "https://example.org/3", "quote": "Three."},
    ],
    "ptce/clusters.csv": [
        {"cluster_id": "fr-ptce-a", "name": "Pôle A", "country": "FR", "city": "Nantes", "latitude": "47.2", "longitude": "-1.55", "founded_year": "2010", "source_id": "s1"} | SITE | {"kind": "ptce"},
    ],
    "europe/clusters.csv": [
        {"cluster_id": "fr-a", "name": "Le pôle A", "country": "France", "city": "Nantes", "founded_year": "2011", "lead_organisation": "Association A", "source_id": "s2"} | SITE,
        {"cluster_id": "es-b", "name": "Parque B", "country": "España", "city": "Bilbao", "latitude": "43.26", "longitude": "-2.93", "themes": "digital; mobility;digital", "source_id": "s2"} | SITE,
    ],
    "ptce/observations.csv": [
        {"cluster_id": "fr-ptce-a", "metric": "jobs", "value": "100", "as_of": "2015", "qualifier": "exact", "scope": "hosted", "source_id": "s1"},
    ],
    "europe/observations.csv": [
        {"cluster_id": "fr-a", "metric": "jobs", "value": "100", "as_of": "2015", "qualifier": "exact", "scope": "hosted", "source_id": "s2"},
        {"cluster_id": "fr-a", "metric": "jobs", "value": "1 250", "as_of": "2020-06", "qualifier": "about", "scope": "hosted", "source_id": "s2"},
        {"cluster_id": "es-b", "metric": "jobs", "value": "900", "as_of": "2030", "qualifier": "planned", "scope": "hosted", "source_id": "s3"},
    ],
    "funding/programmes.csv": [
        {"programme_id": "law", "name_en": "Law", "level": "national", "country": "FR", "kind": "law", "start": "2014", "theme": "social_economy", "source_id": "s1"},
        {"programme_id": "call", "name_en": "Call", "level": "national", "country": "FR", "kind": "call", "start": "2013", "budget_eur": "3000000", "budget_kind": "envelope", "part_of": "old-law", "source_id": "s1"},
    ],
    "ptce/programmes.csv": [
        {"programme_id": "fr-call", "name_en": "The call", "level": "national", "country": "FR", "kind": "call", "start": "2013-07-15", "end": "2014-01", "budget_eur": "2700000", "applications": "182", "source_id": "s2"},
    ],
    "europe/programmes.csv": [
        {"programme_id": "law", "name_en": "The law", "level": "national", "country": "FR", "kind": "law", "start": "2014-07-31", "source_id": "s2"},
    ],
    "countries/programmes.csv": [
        {"programme_id": "old-law", "name_en": "Old law", "level": "national", "country": "FR", "kind": "law", "source_id": "s3"},
    ],
    "ptce/awards.csv": [{"cluster_id": "fr-ptce-a", "programme_id": "fr-call", "year": "2014", "source_id": "s1"}],
    "europe/awards.csv": [{"cluster_id": "fr-a", "programme_id": "call", "year": "2014", "amount_eur": "200000", "source_id": "s2"}],
    "funding/project_partners.csv": [{"programme_id": "call", "country": "IN", "organisation": "O", "role": "partner", "source_id": "s1"}],
    "funding/annual_funding.csv": [{"programme_id": "call", "year": "2014", "amount_eur": "5", "kind": "budget", "country": "FR", "source_id": "s1"}],
    "countries/country_indicators.csv": [
        {"country": "EL", "indicator": "population", "year": "2021", "value": "10678632", "unit": "persons", "source_id": "s1", "note": "One note."},
        {"country": "GR", "indicator": "population", "year": "2021", "value": "10678632", "unit": "persons", "source_id": "s2", "note": "Other note"},
        {"country": "GR", "indicator": "population", "year": "2021", "value": "10678600", "unit": "persons", "source_id": "s3", "note": "Published rounded."},
        {"country": "EU27", "indicator": "social_enterprises", "year": "2021", "value": "246000", "unit": "entities", "source_id": "s1", "note": '"more than 246 000".'},
    ],
    "countries/region_indicators.csv": [
        {"country": "FR", "region_code": "FRG", "region_name": "Pays de la Loire", "indicator": "population", "year": "2021", "value": "3800000", "unit": "persons", "source_id": "s1"},
        {"country": "FR", "region_code": "FR", "region_name": "France", "indicator": "population", "year": "2014", "value": "66000000", "unit": "persons", "source_id": "s1"},
    ],
    "ptce/national_counts.csv": [{"country": "FR", "indicator": "ptce_published_count", "definition": "active", "value": "56", "as_of": "2020-10", "qualifier": "about", "source_id": "s1"}],
    "ptce/field_sources.csv": [{"cluster_id": "fr-ptce-a", "column": "city", "source_id": "s3"}],
    "clusters_same_as.csv": [{"cluster_id": "fr-a", "kept_cluster_id": "fr-ptce-a", "why": "Same place."}],
    "programmes_same_as.csv": [
        {"dataset": "ptce", "programme_id": "fr-call", "kept_dataset": "funding", "kept_programme_id": "call", "why": "Same call."},
        {"dataset": "europe", "programme_id": "law", "kept_dataset": "funding", "kept_programme_id": "law", "why": "Same law."},
        {"dataset": "countries", "programme_id": "old-law", "kept_dataset": "europe", "kept_programme_id": "law", "why": "Same law, older page."},
    ],
    "latest_overrides.csv": [],
    "cluster_programmes.csv": [{"cluster_id": "fr-a", "programme_id": "fr-call", "why": "One thing."}],
}  # fmt: skip
HEADERS = {file.path: list(file.columns) for file in FILES}


@pytest.fixture(scope="session")
def rows() -> dict[str, Rows]:
    """The rows of the small world, by file."""
    return ROWS


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, Rows]], Folders]:
    """A function that writes the small world, with the given files replaced, and returns its folders."""

    def write_facts(changes: dict[str, Rows]) -> Folders:
        for path, header in HEADERS.items():
            target = tmp_path / "facts" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", newline="", encoding="utf-8") as opened:
                writer = csv.DictWriter(opened, header)
                writer.writeheader()
                writer.writerows((ROWS | changes)[path])
        kept = ROOT / "data"
        return Folders(
            tmp_path / "facts",
            kept / "vocabulary",
            kept / "raw",
            tmp_path / "tables",
            tmp_path / "inbox",
            tmp_path / "review",
            tmp_path / "bulk",
        )

    return write_facts


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A publisher on this machine."""
    with publishing() as one:
        yield one


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow one another at once."""
    retry = stamina.retry_context
    at_once = {"wait_initial": 0, "wait_max": 0, "wait_jitter": 0}
    monkeypatch.setattr(stamina, "retry_context", lambda **how: retry(**{**how, **at_once}))


@pytest.fixture
def http(hurry: None) -> Iterator[httpx.Client]:
    """A client that asks again without waiting."""
    with client(timeout=5) as one:
        yield one


@pytest.fixture(scope="session")
def real() -> Built:
    """A fresh build of the real facts, made once."""
    return build(
        Folders(*(ROOT / "data" / name for name in ("facts", "vocabulary", "raw", "tables", "inbox", "review")))
    )
