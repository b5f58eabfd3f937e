"""The rows of one table of ours out of a table of text: every cell read or refused, never guessed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd

from etl.faults import BadCell, Fault
from etl.inbox import keys, points, readers, values
from etl.inbox.amounts import Amount
from etl.inbox.descriptor import Descriptor
from etl.inbox.keys import Row
from etl.inbox.mapping import OPEN, Target
from etl.inbox.report import Count, Refusal
from etl.vocabulary import Codes

EURO = "EUR"
KEYED = {"clusters": "cluster_id", "observations": "cluster_id", "awards": "cluster_id", "programmes": "programme_id"}
KEYED |= {"sources": "source_id"}
"""The column of each table that the natural key gives an identifier to, unless it is mapped."""


@dataclass(frozen=True)
class Known:
    """What the project knows: its codes, and where its countries lie."""

    codes: Codes
    boxes: points.Boxes


@dataclass(frozen=True)
class Taken:
    """The rows of one table with their position in the file, and what happened to the others."""

    rows: list[tuple[Any, Row]]
    count: Count
    refusals: list[Refusal]
    to_map: dict[tuple[str, str, str], int]


@dataclass
class Taking:
    """One table being filled: how each of its columns is read, and what has been refused so far."""

    descriptor: Descriptor
    target: Target
    known: Known
    refusals: list[Refusal] = field(default_factory=list)
    to_map: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.required = readers.required(self.target)
        self.missing = {mark.casefold() for mark in self.descriptor.missing_values}
        self.read = {ours: self.reading(ours) for ours in self.target.fields}

    def reading(self, ours: str) -> Callable[[str], object]:
        """How a cell of `ours` is read: a value, None when blank, a BadCell (returned, so that it is kept) when bad."""
        read = readers.reader(self.descriptor, self.target, ours, self.known.codes)

        @cache
        def read_cell(cell: str) -> object:
            clean = values.clean(cell)
            if clean.casefold() in self.missing:
                return None
            try:
                return read(clean)
            except BadCell as error:
                return error

        return read_cell

    def row(self, position: Any, cells: dict[str, str]) -> Row | None:
        """One row of theirs as a row of ours; None when it is left out."""
        found: Row = {}
        before = len(self.refusals)
        for ours in self.target.fields:
            found |= self.cell(position, ours, cells)
        if self.target.point:
            found |= self.point(position, cells, found)
        found |= self.identified(position, cells, found)
        lacking = [ours for ours in self.required if found.get(ours) is None and self.is_decided(ours)]
        if lacking and not any(refusal.leaves_out for refusal in self.refusals[before:]):
            self.leave_out(position, lacking[0])
        return None if lacking else found

    def is_decided(self, ours: str) -> bool:
        """Whether the descriptor says where a column comes from; what it leaves open is a question, not a fault."""
        column = self.target.fields.get(ours)
        is_keyed = KEYED.get(self.target.table) == ours and bool(self.descriptor.key(self.target))
        return is_keyed if column is None else column.constant != OPEN

    def cell(self, position: Any, ours: str, cells: dict[str, str]) -> Row:
        """The value of one column of ours in one row."""
        column = self.target.fields[ours]
        if column.constant == OPEN:
            return {ours: None}
        written = cells[column.from_] if column.from_ else column.constant or ""
        if column.currency_from and values.clean(written).casefold() not in self.missing:
            written = f"{written} {cells[column.currency_from]}"
        value = self.read[ours](written)
        if isinstance(value, BadCell):
            self.refuse(position, ours, written, value)
            value = None
        if isinstance(value, Amount):
            return self.money(position, ours, written, value)
        return {ours: [] if value is None and readers.contract(self.target, ours).kind == "list" else value}

    def money(self, position: Any, ours: str, written: str, amount: Amount) -> Row:
        """Euros as such; another currency as amount and currency, where the table has a place for them or not."""
        if amount.currency == EURO:
            return {ours: amount.value}
        if self.target.table == "programmes":
            return {ours: None, "budget_amount": amount.value, "budget_currency": amount.currency}
        problem = f"is in {amount.currency}, not in euros"
        self.refuse(
            position, ours, written, BadCell(problem, "It is kept as amount and currency; nothing is converted")
        )
        return {ours: None, "amount": amount.value, "currency": amount.currency}

    def point(self, position: Any, cells: dict[str, str], found: Row) -> Row:
        """Latitude and longitude; none when the file has none or they are refused."""
        point = self.target.point
        nowhere: Row = {"latitude": None, "longitude": None, "coordinate_precision": None}
        if point is None:
            return nowhere
        pair = (cells[point.x], cells[point.y]) if point.x else (cells[point.from_],)
        if all(values.clean(half).casefold() in self.missing for half in pair):
            return nowhere
        try:
            place = points.read_point(pair, point, found.get("country") or "", self.known.boxes)
        except BadCell as error:
            self.refuse(position, "point", ", ".join(pair), error)
            return nowhere
        return {"latitude": place.latitude, "longitude": place.longitude}

    def identified(self, position: Any, cells: dict[str, str], found: Row) -> Row:
        """The identifier the natural key gives, unless the descriptor maps it."""
        name = KEYED.get(self.target.table, "")
        key = [values.clean(cells[column]) for column in self.descriptor.key(self.target)]
        if not name or name in found or not any(part.casefold() not in self.missing for part in key):
            return {}
        return {name: keys.identifier(self.descriptor.name, key)}

    def refuse(self, position: Any, ours: str, written: str, error: BadCell) -> None:
        """Remember a refused cell; its row goes with it when the column is required."""
        theirs = self.theirs(ours)
        if isinstance(error, readers.NoCode):
            self.to_map.update((self.target.table, theirs, value) for value in error.values)
        fault = Fault.at(position, theirs, values.clean(written), error.problem, error.remedy)
        self.refusals.append(Refusal(self.target.table, fault, ours in self.required))

    def theirs(self, ours: str) -> str:
        """What the file calls a column of ours."""
        point = self.target.point
        if ours == "point" and point:
            return point.from_ or f"{point.x}, {point.y}"
        column = self.target.fields.get(ours)
        return (column.from_ if column else "") or ours

    def leave_out(self, position: Any, ours: str) -> None:
        """Say why a row is left out: for want of a column that is required."""
        name = self.theirs(ours) if ours in self.target.fields else ", ".join(self.descriptor.key(self.target))
        fault = Fault.at(position, name, "", "is empty", f"Without it the row says nothing: {ours} is required")
        self.refusals.append(Refusal(self.target.table, fault, leaves_out=True))


def take(descriptor: Descriptor, target: Target, text: pd.DataFrame, known: Known) -> Taken:
    """Fill one table from the rows of a file (text, index (file, line)): read, filter, identify, merge."""
    taking = Taking(descriptor, target, known)
    chosen = text[passes(text, target)]
    records = zip(chosen.index, *(chosen[name] for name in chosen), strict=True)
    named = ((position, dict(zip(map(str, chosen), cells, strict=True))) for position, *cells in records)
    rows = [(position, row) for position, cells in named if (row := taking.row(position, cells)) is not None]
    kept, merged, contradicted = keys.merge(target.table, rows)
    left_out = len(chosen) - len(rows) + len(contradicted)
    count = Count(target.table, len(text), len(kept), merged, len(text) - len(chosen), left_out)
    return Taken(kept, count, [*taking.refusals, *contradicted], dict(taking.to_map))


def passes(text: pd.DataFrame, target: Target) -> "pd.Series[bool]":
    """Which rows the filters take."""
    mask = pd.Series(True, index=text.index)
    for one in target.filters:
        cleaned = text[one.column].map(values.clean)
        mask &= (cleaned.isin(one.in_) if one.in_ else True) & ~cleaned.isin(one.not_in)
    return mask
