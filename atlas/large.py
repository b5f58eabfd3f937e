"""Tables too large to be read whole: a page reads the columns and rows it asks for, and the same are read once."""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache, reduce
from operator import and_
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.parquet as pq

from atlas import later
from atlas.frames import frame
from atlas.storage import TablesMissing

Condition = tuple[str, str, Any]
"""A column, one of = != < > <= >= in "not in", and a value: several for the last two, None (null) for the first two
alone."""
PARQUET = pads.ParquetFileFormat()
KEPT = 12
"""Answers kept, of all tables."""
Read = TypeVar("Read")


class LargeTable:
    """A table that is read as far as it is asked for. The same content is the same table, wherever it lies."""

    def __init__(self, name: str, content: object, source: Callable[[], pa.NativeFile] | pa.Table) -> None:
        """The table called `name`; `content` (a hash) tells it from others, `source` opens its Parquet file for each
        reading, or is its rows."""
        self._name = name
        self._identity = (name, content)
        self._source = source

    @classmethod
    def of(cls, name: str, rows: pd.DataFrame) -> "LargeTable":
        """Rows that are here already, for worlds that are drawn or written down. Columns not given are null, or empty
        lists."""
        plain = rows.to_wkb() if isinstance(rows, gpd.GeoDataFrame) else rows
        schema = later.TABLES[name]
        cells = [
            pa.array(plain[field.name], field.type, from_pandas=True)
            if field.name in plain
            else later.absent(field.type, len(plain))
            for field in schema
        ]
        return cls(name, object(), pa.table(cells, schema=schema))

    def scan(self, columns: Iterable[str] | None = None, where: Iterable[Condition] = ()) -> pd.DataFrame:
        """The rows for which every condition holds, with these columns in this order (None: all); a GeoDataFrame
        (EPSG:4326) where "geometry" is among them. Read-only: the answer is kept. Raises TablesMissing, ValueError
        for unknown columns."""
        conditions = tuple((column, how, tuple(value) if "in" in how else value) for column, how, value in where)
        return _scanned(self, None if columns is None else tuple(columns), conditions)

    def whole(self) -> pd.DataFrame:
        """Every row and column. Raises TablesMissing."""
        return self.scan()

    @cached_property
    def columns(self) -> list[str]:
        """The names of its columns. Raises TablesMissing."""
        return self.read(lambda rows: list(rows.schema.names))

    def __len__(self) -> int:
        return self._rows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LargeTable) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def read(self, ask: Callable[[pads.Dataset], Read]) -> Read:
        """What `ask` finds in its rows; columns that came later are null. Raises TablesMissing."""
        if isinstance(self._source, pa.Table):
            return ask(pads.dataset(self._source))
        try:
            with self._source() as file:
                return ask(_rows_of(file, later.TABLES[self._name]))
        except OSError as error:
            raise TablesMissing(f"{self._name}.parquet cannot be read: {str(error).rstrip('.')}.") from error

    @cached_property
    def _rows(self) -> int:
        return self.read(lambda rows: int(rows.count_rows()))


@lru_cache(maxsize=KEPT)
def _scanned(table: LargeTable, columns: tuple[str, ...] | None, where: tuple[Condition, ...]) -> pd.DataFrame:
    kept = reduce(and_, map(_expression, where)) if where else None
    return frame(table.read(lambda rows: rows.to_table(None if columns is None else list(columns), filter=kept)))


def _rows_of(file: pa.NativeFile, declared: pa.Schema) -> pads.Dataset:
    fragment = PARQUET.make_fragment(file)
    columns = fragment.physical_schema.remove_metadata()
    for field in declared:
        columns = columns if field.name in columns.names else columns.append(field)
    return pads.FileSystemDataset([fragment], schema=columns, format=PARQUET)


def _expression(condition: Condition) -> pads.Expression:
    column, how, value = condition
    if value is None:
        return pads.field(column).is_null() if how == "=" else pads.field(column).is_valid()
    if value == ():
        return pads.scalar(how == "not in")
    return pq.filters_to_expression([condition])
