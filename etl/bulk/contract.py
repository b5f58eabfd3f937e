"""What a bulk source declares: the columns of its files, how a partition is normalised, what identifies a row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

LEFT_OUT = "left_out"
"""Column of a normalised partition: why a row is not taken, null when it is."""
NOTE = "note_en"
"""Column of a normalised partition: what of the row could not be read as it is published, null when nothing."""
FILE = "file"
"""Column that every partition has beside those of its file: the name of that file, up to its first point."""
JOINED = "|"
"""What separates the items of a list in a normalised partition, and in the files of Kohesio."""
Normalise = Callable[[pd.DataFrame], pd.DataFrame]
"""Cells as text, columns by their published names -> one row per row, our columns, with LEFT_OUT. Pure."""


@dataclass(frozen=True)
class Bulk:
    """A bulk source. `schema` is that of the result; its lists stand in a partition as text, items JOINED.

    Rows with one `key` are one thing: the first is kept, with the items of the lists of all; where they differ in the
    columns `same`, the row says so in its note.
    """

    name: str
    normalise: Normalise
    schema: pa.Schema
    key: str
    needed: tuple[str, ...]
    """Columns without which a file is refused."""
    known: tuple[str, ...] = ()
    """Other columns a file may have; those it lacks are read as empty."""
    taken: tuple[str, ...] = ()
    """Those of `known` that `normalise` reads."""
    same: tuple[str, ...] = ()
    delimiter: str = ","
    wrong: Callable[[Path], str] = lambda path: ""
    """Says in one sentence why a file is not the data; '' when it is."""

    @property
    def lists(self) -> tuple[str, ...]:
        """The columns of the result that are lists."""
        return tuple(field.name for field in self.schema if pa.types.is_list(field.type))

    @property
    def spilled(self) -> pa.Schema:
        """The result as a partition holds it: lists as joined text."""
        return pa.schema([pa.field(f.name, pa.string() if f.name in self.lists else f.type) for f in self.schema])
