"""What became of every row: read, taken, merged with another, or left out for a reason."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd


@dataclass
class Counts:
    """Rows by what became of them. `rows_read` is the sum of the others; `noted` counts taken rows that carry a note."""

    rows_read: int = 0
    rows_taken: int = 0
    rows_merged: int = 0
    noted: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows left out, by reason."""
    headers: Counter[str] = field(default_factory=Counter)
    """Files, by what their header lacks or holds beyond what is declared."""

    def add(self, other: "Counts") -> None:
        """Count `other` too."""
        self.rows_read += other.rows_read
        self.rows_taken += other.rows_taken
        self.rows_merged += other.rows_merged
        self.noted += other.noted
        self.left_out += other.left_out
        self.headers += other.headers

    def table(self) -> pd.DataFrame:
        """One line per fate of rows: what, reason, rows."""
        lines = [("read", "", self.rows_read), ("taken", "", self.rows_taken), ("merged", "", self.rows_merged)]
        lines += [("left out", reason, rows) for reason, rows in self.left_out.most_common()]
        lines += [("taken with a note", "", self.noted)]
        return pd.DataFrame(lines, columns=["what", "reason", "rows"])
