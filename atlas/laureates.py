"""Laureates of the French calls for PTCE: the clusters we can name, one row per award."""

import pandas as pd

from atlas.selection import Selection
from atlas.store import Tables

CALL = ["programme_id", "name_en", "name_fr", "name_local", "laureates"]
CLUSTER = ["cluster_id", "name", "region", "place", "latitude", "longitude", "coordinate_precision"]


def poles(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The French PTCE of the themes chosen, whenever they were founded."""
    return pd.DataFrame(selection.but(countries=("FR",), kinds=("ptce",), time=None).of_clusters(tables))


def laureates(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per award: programme_id, name_en, name_fr, name_local, laureates (of the call, as announced), cluster_id,
    name, region, place, latitude and longitude (EPSG:4326), coordinate_precision, year (of the award), amount_eur (EUR,
    null when not published), source_ids. The years chosen are those of the award; by year, call, then name."""
    calls = tables.programmes.query("country == 'FR' and kind == 'call'")[CALL]
    awards = tables.awards.merge(calls, on="programme_id").merge(poles(tables, selection)[CLUSTER], on="cluster_id")
    if selection.time:
        awards = awards[awards["year"].between(*selection.time)]
    columns = [*CALL, *CLUSTER, "year", "amount_eur", "source_ids"]
    return awards.sort_values(["year", "programme_id", "name", "cluster_id"], ignore_index=True)[columns]
