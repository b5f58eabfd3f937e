"""Rates of NUTS 2 regions: which may colour them, and the figure of each that is drawn."""

from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.charts import union
from atlas.indicators import AGGREGATES, SERIES, common_year, preferred, reference
from atlas.nuts import layer_regions
from atlas.store import Tables

LEAST_SHARE = 1 / 3
"""An indicator published for a smaller share of the regions colours none."""
SAME = ["geo", "value", "year", "unit", "qualifier"]


@lru_cache(maxsize=2)
def offered(tables: Tables) -> list[str]:
    """The indicators that may colour the regions of the tables: rates and indices of one method; none without regions."""
    known = _known(tables)
    published = known.groupby("indicator")["geo"].nunique()
    kinds = {code: tables.codes.property("indicators", code, "unit_kind") for code in tables.codes.codes("indicators")}
    wide = set(published.index[published >= LEAST_SHARE * len(layer_regions(tables.regions, "nuts2"))]) & SERIES
    return [code for code, kind in kinds.items() if code in wide and kind in {"rate", "index"}]


def latest(tables: Tables, indicator: str) -> pd.DataFrame:
    """The figures of the latest year of each region (SAME, role, source_ids), in the unit most regions publish: latest, the one
    drawn (see `indicators.preferred`), and same_date, what other sources say. Sources that agree are one row."""
    known = _known(tables)
    known = known[known["indicator"].eq(indicator) & known["qualifier"].ne("planned")]
    units = known.groupby("unit")["geo"].nunique()
    known = known[known["unit"].eq(str(units.idxmax()) if len(units) else "")]
    last = known[known["year"] == known.groupby("geo")["year"].transform("max")]
    same = last.groupby(SAME, as_index=False).agg(source_ids=("source_ids", union))
    ranked = preferred(same, tables, ["geo"])
    return ranked.assign(role=np.where(ranked.duplicated("geo"), "same_date", "latest"))


def figures_of_regions(tables: Tables, indicator: str) -> pd.DataFrame:
    """A row per figure of each NUTS 2 region of the tables, without one when none is published (role missing), and the European
    one (reference): nuts_id, region (name), country, indicator, role, value, unit, qualifier, year, source_ids."""
    names = layer_regions(tables.regions, "nuts2")[["nuts_id", "name", "country"]].rename(columns={"name": "region"})
    rows = pd.DataFrame(names).merge(latest(tables, indicator).rename(columns={"geo": "nuts_id"}), "left", "nuts_id")
    lists = [ids if isinstance(ids, list) else [] for ids in rows["source_ids"]]
    rows = rows.assign(role=rows["role"].fillna("missing"), source_ids=pd.Series(lists, rows.index, dtype="object"))
    return pd.concat([rows, _european(rows, tables, indicator)], ignore_index=True).assign(indicator=indicator)


def _european(rows: pd.DataFrame, tables: Tables, indicator: str) -> pd.DataFrame:
    """The European figure in the same unit, of the year of most regions."""
    published, known = rows.dropna(subset="value"), tables.indicators
    is_european = known["geo"].isin(AGGREGATES) & known["geo_level"].eq("aggregate") & known["qualifier"].ne("planned")
    europe = known[is_european & known["indicator"].eq(indicator) & known["unit"].isin(published["unit"])]
    found = reference(preferred(europe, tables, ["geo"]), common_year(published["year"]), indicator).head(1)
    columns = ["value", "unit", "qualifier", "year", "source_ids"]
    return found[columns].assign(nuts_id=found["geo"], country=found["geo"], role="reference")


def _known(tables: Tables) -> pd.DataFrame:
    """The published figures of the regions of the tables; a code of another edition of NUTS is no region of theirs."""
    known, codes = tables.indicators, layer_regions(tables.regions, "nuts2")["nuts_id"]
    return known[known["geo_level"].eq("region") & known["geo"].isin(codes) & known["value"].notna()]
