"""What goes into a data package."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas.outlets.data.query import Query
from atlas.outlets.dataset import DIALECTS
from atlas.store import Tables

OPTIONS = {"form": ("csv", "parquet"), "dialect": tuple(DIALECTS)}
"""What a reader may choose of its files; the first of each is the default."""


@dataclass(frozen=True)
class Contents:
    """What goes into a package: its tables, what was asked for (options `form` and `dialect`), and the address of the Data page."""

    rows: Mapping[str, pd.DataFrame]
    tables: Tables
    query: Query
    url: str

    @property
    def form(self) -> str:
        return self.query.option("form")

    @property
    def dialect(self) -> str:
        return self.query.option("dialect")
