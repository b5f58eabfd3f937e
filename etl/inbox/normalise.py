"""A descriptor and its file -> rows of our tables, and the report on how they came about."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from etl.faults import BadInput
from etl.inbox import readers
from etl.inbox.descriptor import Described, Descriptor
from etl.inbox.fit import left_aside, misfits, questions
from etl.inbox.grid import Text
from etl.inbox.mapping import Target
from etl.inbox.read import read
from etl.inbox.report import Refusal, Report
from etl.inbox.take import Known, Taken, take
from etl.sources import Source

POSITION = ["file", "line"]
DTYPES = {"integer": "Int64", "number": "float64", "list": "object"}


@dataclass(frozen=True)
class Imported:
    """Rows by table (index (file, line); `dataset`, `source_ids`), the report on them, and what the dataset says of itself."""

    rows: dict[str, pd.DataFrame]
    report: Report
    source: Source


def normalise(described: Described, path: Path, known: Known) -> Imported:
    """Import one file. No rows come while the descriptor leaves a question open; the report tells it.

    Raises BadInput when the file is not what the descriptor says, or the descriptor names columns it does not have.
    """
    descriptor = described.descriptor
    text = read(path, descriptor)
    if found := misfits(described, text, known):
        raise BadInput(found)
    taken = [take(descriptor, target, text.rows, known) for target in descriptor.tables]
    report = reported(described, text, taken)
    return Imported(tables(descriptor, text, taken, path) if report.is_ready else {}, report, descriptor.declared())


def tables(descriptor: Descriptor, text: Text, taken: list[Taken], path: Path) -> dict[str, pd.DataFrame]:
    """The rows of every table, and the source they all name."""
    made: dict[str, list[pd.DataFrame]] = {"sources": [source(descriptor, text, path)]}
    for target, found in zip(descriptor.tables, taken, strict=True):
        made.setdefault(target.table, []).append(typed(descriptor, target, found))
    return {table: pd.concat(frames) for table, frames in made.items()}


def typed(descriptor: Descriptor, target: Target, taken: Taken) -> pd.DataFrame:
    """Rows with the types of their contracts, every column that the facts have, and what they are of."""
    index = pd.MultiIndex.from_tuples([position for position, _ in taken.rows], names=POSITION)
    columns = [name for name in readers.fillable(target.table) if name != "source_ids"]
    extra = [name for name in ("amount", "currency") if any(name in row for _, row in taken.rows)]
    made = {name: series([row.get(name) for _, row in taken.rows], target, name, index) for name in [*columns, *extra]}
    rows = pd.DataFrame(made, index=index).assign(dataset=descriptor.name)
    if target.table == "sources":
        return rows
    listed = [[*(row.get("source_ids") or []), descriptor.name] for _, row in taken.rows]
    return rows.assign(source_ids=pd.Series(listed, index=index, dtype="object"))


def series(cells: list[object], target: Target, name: str, index: pd.MultiIndex) -> "pd.Series":
    """One column with its type; a list is never null."""
    if name in ("amount", "currency"):
        return pd.Series(cells, index=index, dtype="float64" if name == "amount" else "str")
    kind = readers.contract(target, name).kind
    whole = [cell or [] for cell in cells] if kind == "list" else cells
    return pd.Series(whole, index=index, dtype=DTYPES.get(kind, "str"))


def source(descriptor: Descriptor, text: Text, path: Path) -> pd.DataFrame:
    """The row of `sources` the dataset is: its quote, word for word, is the publisher's or the header of the file."""
    row = {
        "source_id": descriptor.name,
        "title": descriptor.title,
        "publisher": descriptor.publisher,
        "url": descriptor.homepage or descriptor.url,
        "published": descriptor.published or None,
        "quote": descriptor.quote or "; ".join(map(str, text.rows.columns)),
        "language": descriptor.language or None,
        "dataset": descriptor.name,
    }
    return pd.DataFrame([row], index=pd.MultiIndex.from_tuples([(str(path), 1)], names=POSITION), dtype="str")


def reported(described: Described, text: Text, taken: list[Taken]) -> Report:
    """The report of an import."""
    lost = len(text.faults)
    counts = (found.count for found in taken)
    misfits = [Refusal("", fault, leaves_out=True) for fault in text.faults]
    return Report(
        name=described.descriptor.name,
        counts=tuple(replace(one, rows_read=one.rows_read + lost, left_out=one.left_out + lost) for one in counts),
        refusals=(*misfits, *(refusal for found in taken for refusal in found.refusals)),
        notes=(*text.notes, *left_aside(described.descriptor, text)),
        questions=tuple(questions(described)),
        to_map={key: count for found in taken for key, count in found.to_map.items()},
    )
