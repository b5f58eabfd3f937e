"""A world small enough to know by heart: five clusters in three countries. Vocabulary and borders are the real ones."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from atlas import store
from atlas.store import Tables


def small_world() -> Tables:
    """Tables with the columns and types of the real ones and the rows below."""
    real = store.tables()
    return replace(
        real, version="small",
        clusters=_clusters(real.clusters), observations=_rows(real.observations, OBSERVATIONS),
        programmes=_rows(real.programmes, PROGRAMMES), awards=_rows(real.awards, AWARDS),
        partners=_rows(real.partners, []), annual_funding=_rows(real.annual_funding, []),
        indicators=_rows(real.indicators, INDICATORS), sources=_rows(real.sources, SOURCES),
        same_as=_rows(real.same_as, []), field_sources=_rows(real.field_sources, []),
    )  # fmt: skip


def _rows(like: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """`rows` as a frame with the columns and types of `like`; a column not given is null, a list column empty."""
    lists = {column for column in like if column in {"themes", "components", "programme_ids", "source_ids"}}
    full = [{**{column: [] if column in lists else None for column in like}, **row} for row in rows]
    frame = pd.DataFrame(full, columns=like.columns)
    return frame.astype(
        {column: dtype for column, dtype in like.dtypes.items() if column not in lists and str(dtype) != "geometry"}
    )


def _clusters(like: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    frame = _rows(like, CLUSTERS).drop(columns="geometry")
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["longitude"], frame["latitude"]), crs=4326)[
        like.columns
    ]


CLUSTERS: list[dict[str, Any]] = [
    {"cluster_id": "fr-a", "name": "Pôle A", "kind": "ptce", "country": "FR", "region": "Bretagne", "place": "Rennes", "latitude": 48.11, "longitude": -1.67, "coordinate_precision": "commune", "coordinate_origin": "facts", "founded_year": 2010, "themes": ["food_agriculture", "mobility"], "components": ["association"], "status": "active", "summary_en": "A.", "summary_fr": "A.", "source_ids": ["s1"]},
    {"cluster_id": "fr-b", "name": "Pôle <b>", "kind": "ptce", "country": "FR", "region": "Occitanie", "founded_year": 2014, "themes": ["food_agriculture"], "components": [], "status": "unknown", "source_ids": ["s1", "s2"]},
    {"cluster_id": "fr-c", "name": "Tiers-lieu C", "kind": "ecosystem_site", "country": "FR", "region": "Occitanie", "place": "Toulouse", "latitude": 43.6, "longitude": 1.44, "coordinate_precision": "site", "coordinate_origin": "facts", "themes": [], "components": ["coworking"], "status": "active", "source_ids": ["s2"]},
    {"cluster_id": "es-d", "name": "Parque D", "kind": "social_innovation_park", "country": "ES", "place": "Bilbao", "latitude": 43.26, "longitude": -2.93, "coordinate_precision": "commune", "coordinate_origin": "geonames", "founded_year": 2014, "themes": ["digital"], "components": [], "status": "active", "source_ids": ["s3"]},
    {"cluster_id": "eu-e", "name": "Network E", "kind": "transnational_network", "country": "EU", "themes": [], "components": [], "status": "unknown", "source_ids": ["s3"]},
]  # fmt: skip
OBSERVATIONS: list[dict[str, Any]] = [
    {"observation_id": "fr-a.jobs.hosted.2015", "cluster_id": "fr-a", "metric": "jobs", "value": 100.0, "unit": "jobs", "as_of": "2015", "as_of_precision": "year", "as_of_date": "2015-01-01", "qualifier": "exact", "scope": "hosted", "is_latest": False, "source_ids": ["s1"]},
    {"observation_id": "fr-a.jobs.hosted.2020-06", "cluster_id": "fr-a", "metric": "jobs", "value": 150.0, "unit": "jobs", "as_of": "2020-06", "as_of_precision": "month", "as_of_date": "2020-06-01", "qualifier": "about", "scope": "hosted", "is_latest": True, "latest_rule": "most_recent", "source_ids": ["s2"]},
    {"observation_id": "fr-c.jobs.hosted.2021", "cluster_id": "fr-c", "metric": "jobs", "value": 40.0, "unit": "jobs", "as_of": "2021", "as_of_precision": "year", "as_of_date": "2021-01-01", "qualifier": "at_least", "scope": "hosted", "is_latest": True, "latest_rule": "only_figure", "source_ids": ["s2"]},
    {"observation_id": "fr-b.jobs.created.2019", "cluster_id": "fr-b", "metric": "jobs", "value": 12.0, "unit": "jobs", "as_of": "2019", "as_of_precision": "year", "as_of_date": "2019-01-01", "qualifier": "exact", "scope": "created", "is_latest": True, "latest_rule": "only_figure", "source_ids": ["s1"]},
    {"observation_id": "es-d.jobs.hosted.2030", "cluster_id": "es-d", "metric": "jobs", "value": 900.0, "unit": "jobs", "as_of": "2030", "as_of_precision": "year", "as_of_date": "2030-01-01", "qualifier": "planned", "scope": "hosted", "is_latest": False, "source_ids": ["s3"]},
]  # fmt: skip
PROGRAMMES: list[dict[str, Any]] = [
    {"programme_id": "law", "name_en": "Law", "name_fr": "Loi", "level": "national", "country": "FR", "kind": "law", "theme": "social_economy", "start": "2014-07-31", "start_precision": "day", "start_date": "2014-07-31", "source_ids": ["s1"]},
    {"programme_id": "fr-prog-ptce-aap-2013", "name_en": "Call", "name_fr": "Appel", "level": "national", "country": "FR", "kind": "call", "theme": "cluster_policy", "start": "2013", "start_precision": "year", "start_date": "2013-01-01", "end": "2014-01", "end_precision": "month", "end_date": "2014-01-31", "budget_eur": 3_000_000.0, "budget_kind": "envelope", "applications": 10, "laureates": 2, "source_ids": ["s1"]},
    {"programme_id": "part", "name_en": "Part of the call", "level": "national", "country": "FR", "kind": "call", "start": "2013", "start_precision": "year", "start_date": "2013-01-01", "budget_eur": 1_000_000.0, "budget_kind": "envelope", "part_of": "fr-prog-ptce-aap-2013", "source_ids": ["s2"]},
    {"programme_id": "eu-fund", "name_en": "European fund", "level": "eu", "country": "EU", "kind": "fund", "start": "2014", "start_precision": "year", "start_date": "2014-01-01", "end": "2020", "end_precision": "year", "end_date": "2020-12-31", "budget_eur": 100_000_000.0, "budget_kind": "target", "source_ids": ["s3"]},
    {"programme_id": "undated", "name_en": "Undated guide", "level": "eu", "country": "EU", "kind": "guide", "source_ids": ["s3"]},
]  # fmt: skip
AWARDS: list[dict[str, Any]] = [
    {"cluster_id": "fr-a", "programme_id": "fr-prog-ptce-aap-2013", "year": 2014, "amount_eur": 200_000.0, "source_ids": ["s1"]},
    {"cluster_id": "fr-b", "programme_id": "fr-prog-ptce-aap-2013", "year": 2014, "source_ids": ["s1"]},
]  # fmt: skip
INDICATORS: list[dict[str, Any]] = [
    {"geo": "FR", "geo_level": "country", "country": "FR", "indicator": "social_economy_paid_employment", "year": 2021, "as_of": "2021", "value": 2_500_000.0, "unit": "persons", "qualifier": "exact", "source_ids": ["s1"]},
    {"geo": "FR", "geo_level": "country", "country": "FR", "indicator": "social_economy_share_of_employment", "year": 2021, "as_of": "2021", "value": 10.1, "unit": "percent", "qualifier": "exact", "source_ids": ["s1"]},
    {"geo": "ES", "geo_level": "country", "country": "ES", "indicator": "social_economy_paid_employment", "year": 2021, "as_of": "2021", "value": 1_300_000.0, "unit": "persons", "qualifier": "exact", "source_ids": ["s2"]},
    {"geo": "FR", "geo_level": "country", "country": "FR", "indicator": "ptce_published_count", "definition": "active", "year": 2020, "as_of": "2020", "value": 56.0, "unit": "entities", "qualifier": "about", "source_ids": ["s1"]},
    {"geo": "FR", "geo_level": "country", "country": "FR", "indicator": "ptce_published_count", "definition": "state_laureates", "year": 2014, "as_of": "2014-01-10", "value": 23.0, "unit": "entities", "qualifier": "exact", "source_ids": ["s2"]},
]  # fmt: skip
SOURCES: list[dict[str, Any]] = [
    {"source_id": code, "title": f"Source {code}", "publisher": "Publisher", "url": f"https://example.org/{code}", "published": "2020", "quote": f"Quote {code}"}
    for code in ("s1", "s2", "s3")
]  # fmt: skip
