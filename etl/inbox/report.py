"""What an import did with a file: rows read, taken, merged, left out and why; cells refused; questions for a human."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from etl.faults import Fault

REFUSED = ["table", "file", "row", "column", "value", "rule", "remedy", "consequence"]


@dataclass(frozen=True)
class Refusal:
    """A cell or a row that was not taken; `leaves_out` says whether its row went with it."""

    table: str
    fault: Fault
    leaves_out: bool

    @property
    def reason(self) -> str:
        """The column and the rule: what refusals are counted by."""
        return f"{self.fault.column}: {self.fault.problem}" if self.fault.column else self.fault.problem


@dataclass(frozen=True)
class Count:
    """The rows of the file as rows of one table: read = taken + merged + filtered + left out."""

    table: str
    rows_read: int
    taken: int
    merged: int
    filtered: int
    left_out: int


@dataclass(frozen=True)
class Report:
    """The whole story of one import. `questions` are what a human has to decide before anything is taken."""

    name: str
    counts: tuple[Count, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]
    questions: tuple[Fault, ...]
    to_map: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """Table, column of theirs and value that no code or map knows -> rows: what `map` is for."""

    @property
    def is_ready(self) -> bool:
        """Whether the rows may be published: nothing is left to decide."""
        return not self.questions

    def summary(self) -> pd.DataFrame:
        """One row per table: table, rows_read, taken, merged, filtered, left_out."""
        return pd.DataFrame(self.counts, columns=list(Count.__dataclass_fields__))

    def reasons(self) -> pd.DataFrame:
        """Why rows were left out and cells left empty: table, rule, consequence, rows, first; most frequent first."""
        found = Counter((one.table, one.reason, consequence(one)) for one in self.refusals)
        first = {(one.table, one.reason, consequence(one)): str(one.fault) for one in reversed(self.refusals)}
        rows = [(*key, count, first[key]) for key, count in found.most_common()]
        return pd.DataFrame(rows, columns=["table", "rule", "consequence", "rows", "first"])

    def refused(self) -> pd.DataFrame:
        """One row per refusal, to be saved as CSV: REFUSED."""
        return pd.DataFrame([cells(one) for one in self.refusals], columns=REFUSED)

    def sentences(self) -> list[str]:
        """All that is to be said besides the tables: what was seen, what to map, what to decide."""
        mapped = [to_map(*key, count) for key, count in self.to_map.items()]
        return [*self.notes, *mapped, *map(str, self.questions)]


def consequence(refusal: Refusal) -> str:
    """What became of it."""
    return "row left out" if refusal.leaves_out else "cell left empty"


def cells(refusal: Refusal) -> Sequence[object]:
    """A refusal as a row of REFUSED."""
    fault = refusal.fault
    where = (refusal.table, fault.file, fault.line, fault.column, fault.value)
    return (*where, fault.problem, fault.remedy, consequence(refusal))


def to_map(table: str, column: str, value: str, count: int) -> str:
    """What to do about a value without a code."""
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"{table}: “{value}” in {column} ({rows}) is no code of ours: write in `map` which one it is."
