"""The NUTS regions of the tables: those a map draws as a layer, the French regions of today, and which clusters lie in each."""

from collections import Counter
from collections.abc import Collection
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from atlas.search import folded
from atlas.store import Tables

LAYERS = ("nuts2", "french_regions")
"""The layers of a map that are regions."""
OVERSEAS = {"FRY1": "GP", "FRY2": "MQ", "FRY3": "GF", "FRY4": "RE", "FRY5": "YT"}
"""The French regions overseas, which NUTS 1 takes for one (FRY), and their territory on the map."""
REGION_OF = {territory: code for code, territory in OVERSEAS.items()}
TOGETHER = "FRY"


def layer_regions(regions: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """The regions of a layer, by code: NUTS 2; or the 18 French regions, NUTS 1 and, overseas, NUTS 2."""
    is_french = regions["country"].eq("FR") & regions["level"].eq(1) & regions["nuts_id"].ne(TOGETHER)
    chosen = is_french | regions["nuts_id"].isin(OVERSEAS) if layer == "french_regions" else regions["level"].eq(2)
    return regions[chosen.astype(bool)].sort_values("nuts_id", ignore_index=True)


def offered(tables: Tables) -> list[str]:
    """The regions that a filter offers: French regions, and NUTS 2 regions that are not the whole of one."""
    french = list(layer_regions(tables.regions, "french_regions")["nuts_id"])
    smaller = list(layer_regions(tables.regions, "nuts2")["nuts_id"])
    siblings = Counter(code[:3] for code in smaller)
    whole = {code for code in smaller if code[:3] in french and siblings[code[:3]] == 1}
    return sorted({*french, *smaller} - whole)


@lru_cache(maxsize=2)
def memberships(tables: Tables) -> pd.Series:
    """The regions that each cluster lies in (a tuple of codes, NUTS 3 first), in the rows of `clusters`: by its point, or, when
    it has none, the French region that its source names. Empty when neither says."""
    named = layer_regions(tables.regions, "french_regions")
    by_name = {spelled(name): code for code, name in zip(named["nuts_id"], named["name"], strict=True)}
    clusters = tables.clusters
    rows = zip(clusters["nuts_id"], clusters["country"], clusters["region"].map(spelled), strict=True)
    found = [
        above(code) if isinstance(code, str) else (by_name[name],) if country == "FR" and name in by_name else ()
        for code, country, name in rows
    ]  # fmt: skip
    return pd.Series(found, index=clusters.index, dtype="object")


def spelled(name: object) -> str:
    """The name of a region whatever its accents, case and apostrophe."""
    return folded(name.replace("’", "'")) if isinstance(name, str) else ""


def above(code: str) -> tuple[str, ...]:
    """A region and those it is part of: 'FRI12' -> FRI12, FRI1, FRI."""
    return tuple(code[:length] for length in range(len(code), 2, -1))


def in_regions(tables: Tables, codes: Collection[str]) -> pd.Series:
    """Which rows of `clusters` lie in one of these regions."""
    return memberships(tables).map(lambda own: not set(own).isdisjoint(codes)).astype(bool)


def counts(clusters: pd.DataFrame, tables: Tables) -> dict[str, int]:
    """How many of these clusters (`cluster_id`) lie in each region, of every level; a region that is not named holds none."""
    own = memberships(tables)[tables.clusters["cluster_id"].isin(clusters["cluster_id"])]
    return dict(Counter(code for codes in own for code in codes))
