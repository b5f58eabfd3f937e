"""Any world the contract allows: hypothesis strategies made from the pandera models, column by column."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from hypothesis import strategies as st
from shapely import box

from atlas import later, store
from atlas.large import LargeTable
from atlas.store import Tables
from atlas.vocabulary import Vocabulary
from etl.columns import Column, columns

REAL = store.tables()
VOCABULARY = Vocabulary(REAL.vocabulary)
ORDER = (
    "sources",
    "programmes",
    "clusters",
    "observations",
    "awards",
    "partners",
    "annual_funding",
    "indicators",
    "regions",
    "organisations",
    "projects",
    "participants",
    "third_places",
    "same_as",
    "field_sources",
)
MOST_ROWS = 4
SQUARE = box(2, 48, 3, 49)
CODED = {
    "nuts_id": ["FR1", "FR10", "FR101", "FRG01", "ES21", "DE300"],
    "siren": ["552032534", "130025265"],
    "currency": ["EUR", "PLN"],
    "budget_currency": ["EUR"],
}
"""Codes that no vocabulary lists."""
DTYPES = {
    "text": "str",
    "date_text": "str",
    "url": "str",
    "integer": "Int64",
    "number": "float64",
    "flag": "bool",
    "date": "datetime64[s]",
    "list": "object",
}
"""As `atlas.frames` gives them."""
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60
) | st.sampled_from(["<b>Pôle</b>", "A & B", "=1+1", "${x}", "%{y}"])
DATES = st.dates(min_value=pd.Timestamp("1950-01-01").date(), max_value=pd.Timestamp("2035-12-31").date())


@st.composite
def worlds(draw: st.DrawFn) -> Tables:
    """Tables of up to four rows each, every reference resolved, every code known."""
    world: dict[str, pd.DataFrame] = {}
    for table in ORDER:
        world[table] = draw(frames(table, world))
    large = {table: LargeTable.of(table, world[table]) for table in store.LARGE}
    return replace(REAL, version="drawn", **{**world, **large})


@st.composite
def frames(draw: st.DrawFn, table: str, world: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One table that points only to rows of `world`."""
    declared = columns(table)
    count = draw(st.integers(1 if table == "sources" else 0, 2 if table in later.TABLES else MOST_ROWS))
    if any(
        not column.is_nullable and column.kind != "list" and column.ids and not _targets(column, world)
        for column in declared.values()
    ):
        count = 0
    rows = [{name: draw(cells(column, world, number)) for name, column in declared.items()} for number in range(count)]
    frame = pd.DataFrame(rows, columns=list(declared)).astype(
        {name: DTYPES[column.kind] for name, column in declared.items() if name != "geometry"}
    )
    if "geometry" in declared:
        shapes = gpd.points_from_xy(frame["longitude"], frame["latitude"]) if "longitude" in frame else [SQUARE] * count
        return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=list(shapes), crs=4326)[list(declared)]
    return frame


def cells(column: Column, world: dict[str, pd.DataFrame], number: int) -> st.SearchStrategy[Any]:
    """What a cell of `column` may hold."""
    if column.is_unique:
        return st.just(CODED[column.name][number] if column.name == "nuts_id" else f"row-{number}")
    values = _values(column, world)
    if column.kind == "list":
        return st.just([]) if values.is_empty else st.lists(values, unique=True, max_size=2)
    return st.none() | values if column.is_nullable else values


def _values(column: Column, world: dict[str, pd.DataFrame]) -> st.SearchStrategy[Any]:
    if column.codes:
        return st.sampled_from([code for vocabulary in column.codes for code in VOCABULARY.codes(vocabulary)])
    if column.ids:
        targets = _targets(column, world)
        return st.sampled_from(targets) if targets else st.nothing()
    if column.checks.get("isin"):
        return st.sampled_from(column.checks["isin"])
    if column.name in CODED:
        return st.sampled_from(CODED[column.name])
    if column.name == "geo":
        return st.sampled_from(["FR", "ES", "EU27", "FRH0"])
    least, most = column.checks.get("greater_than_or_equal_to", 0), column.checks.get("less_than_or_equal_to", 1e12)
    return {
        "integer": st.integers(int(least or 0), 2035),
        "number": st.floats(float(least or 0), float(most), allow_nan=False).map(lambda value: round(value, 4)),
        "flag": st.booleans(),
        "date": DATES.map(pd.Timestamp),
        "date_text": DATES.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"])),
        "url": st.just("https://example.org/page"),
        "geometry": st.none(),
    }.get(
        column.kind,
        st.sampled_from(["clusters", "programmes"]) if column.name == "table" else NAMES,
    )


def _targets(column: Column, world: dict[str, pd.DataFrame]) -> list[str]:
    table, _, key = column.ids.partition(".")
    return list(world[table][key]) if table in world else []
