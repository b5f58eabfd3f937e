"""The small world as a refresh leaves it: NUTS regions (invented squares, real codes), rates by region, third places (invented)."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import box

from atlas.large import LargeTable
from atlas.store import Tables
from tests.small_world import small_world

SQUARES = {
    "FRH": ("Bretagne", -3, 47, -1, 49), "FRJ": ("Occitanie", -1, 43, 3, 45), "FRY": ("Régions ultrapériphériques", 55, -22, 56, -21),
    "FRH0": ("Bretagne", -3, 47, -1, 49), "FRJ1": ("Languedoc-Roussillon", 2, 43, 3, 45), "FRJ2": ("Midi-Pyrénées", -1, 43, 2, 45),
    "FRY4": ("La Réunion", 55, -22, 56, -21),
    "FRH03": ("Ille-et-Vilaine", -3, 47, -1, 49), "FRJ23": ("Haute-Garonne", -1, 43, 2, 45), "FRY40": ("La Réunion", 55, -22, 56, -21),
    "ES2": ("Noreste", -4, 43, -1, 45), "ES21": ("País <Vasco>", -4, 43, -1, 45), "ES213": ("Bizkaia", -4, 43, -1, 45),
}  # fmt: skip
"""Code -> name, west, south, east, north: no real boundary is among them."""
LIES_IN = {"fr-a": ("FRH03", "inside"), "fr-c": ("FRJ23", "nearest"), "es-d": ("ES213", "inside")}
RATES = {"FRH0": 7.0, "FRJ1": 12.0, "FRJ2": 9.5, "ES21": 10.0}
THIRD_PLACES: list[dict[str, Any]] = [
    {"place_id": "t1", "name": "La Fabrique <inventée>", "place": "Rennes", "latitude": 48.1, "longitude": -1.6, "activities": ["Coworking", "Fablab", "Cuisine", "Jardin"], "source_ids": ["s1"]},
    {"place_id": "t2", "name": "Le Hangar inventé", "place": None, "latitude": -21.5, "longitude": 55.5, "activities": [], "source_ids": ["s2"]},
    {"place_id": "t3", "name": "Le Lieu inventé sans adresse", "place": "Auch", "latitude": None, "longitude": None, "activities": ["Café"], "source_ids": ["s1"]},
]  # fmt: skip


def nuts_world(**more: Any) -> Tables:
    """The small world with regions, rates by region and third places; `more` replaces tables."""
    return refreshed(small_world(), LIES_IN, **more)


def refreshed(tables: Tables, lies_in: dict[str, tuple[str, str]], **more: Any) -> Tables:
    """Tables with these regions, rates and third places, and the region and the way it was found of some clusters."""
    found = [lies_in.get(cluster, (None, None)) for cluster in tables.clusters["cluster_id"]]
    codes, ways = (pd.Series(values, index=tables.clusters.index, dtype="str") for values in zip(*found, strict=True))
    return replace(
        tables,
        **{
            "version": f"{tables.version}-nuts",
            "clusters": tables.clusters.assign(nuts_id=codes, nuts_found_by=ways),
            "regions": regions(),
            "indicators": pd.concat([tables.indicators, rates(tables.indicators)], ignore_index=True),
            "third_places": LargeTable.of("third_places", third_places()),
            **more,
        },
    )


def regions() -> gpd.GeoDataFrame:
    """Rows of `regions`."""
    rows = [
        {"nuts_id": code, "level": len(code) - 2, "country": code[:2], "name": name, "edition": 2024, "geometry": box(*edges)}
        for code, (name, *edges) in SQUARES.items()
    ]  # fmt: skip
    return gpd.GeoDataFrame(rows, crs=4326).astype({"level": "Int64", "edition": "Int64"})


def rates(like: pd.DataFrame, values: dict[str, float] = RATES, **more: Any) -> pd.DataFrame:
    """Unemployment rates (2023) and populations (a million each, 2023) of regions, as rows of `indicators`."""
    rate = {"indicator": "unemployment_rate", "unit": "percent"}
    people = {"indicator": "population", "unit": "persons", "value": 1e6}
    rows = [
        {**dict.fromkeys(like), "geo": geo, "geo_level": "region", "geo_name": SQUARES[geo][0], "country": geo[:2], "year": 2023,
         "as_of": "2023", "qualifier": "exact", "source_ids": ["s1"], "value": value, **figure, **more}
        for geo, value in values.items()
        for figure in (rate, people)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=like.columns).astype(like.dtypes.to_dict())


def third_places() -> gpd.GeoDataFrame:
    """Rows of `third_places`."""
    frame = pd.DataFrame(THIRD_PLACES)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["longitude"], frame["latitude"]), crs=4326)
