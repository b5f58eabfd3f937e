"""How the cells of theirs become values of ours: what a column's contract says, in the way the descriptor says."""

from collections.abc import Callable, Sequence
from functools import partial

from etl import cells, normalise
from etl.cells import Reader
from etl.columns import Column as Contract
from etl.columns import columns
from etl.faults import BadCell
from etl.inbox import values
from etl.inbox.amounts import amount
from etl.inbox.descriptor import Descriptor
from etl.inbox.mapping import COLUMNS, Column, Dates, Target
from etl.inbox.moments import moment, year
from etl.territories import key
from etl.vocabulary import Codes

MONEY = "_eur"


class NoCode(BadCell):
    """Values that no code and no map knows: one, or several of a list."""

    def __init__(self, values: Sequence[str], problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.values = values


def contract(target: Target, ours: str) -> Contract:
    """The declaration a column of ours follows; the territories of indicators are countries unless they are named."""
    if target.table == "indicators" and ours == "geo" and "geo_name" not in target.fields:
        return columns("clusters")["country"]
    return columns(target.table)[ours]


def fillable(table: str) -> tuple[str, ...]:
    """The columns of a table that may be filled, each once."""
    return tuple(dict.fromkeys(COLUMNS[table]))


def required(target: Target) -> list[str]:
    """The columns without which a row of the table says nothing; those made from others are not among them."""
    declared = {ours: contract(target, ours) for ours in COLUMNS[target.table]}
    needed = [ours for ours, column in declared.items() if not column.is_nullable and column.kind != "list"]
    if target.table == "indicators":
        when = ["year"] if "year" in target.fields else ["as_of"]
        return [name for name in needed if name not in ("qualifier", "year", "as_of")] + when
    return needed


def reader(descriptor: Descriptor, target: Target, ours: str, codes: Codes) -> Reader:
    """How a cell that is not blank is read: mapped, split, typed."""
    field, declared = target.fields[ours], contract(target, ours)
    item = mapped(field, item_reader(descriptor, field, declared, is_money(target, ours), codes))
    if declared.kind != "list":
        return item
    return partial(listed, item=item, separator=field.separator)


def listed(cell: str, item: Reader, separator: str) -> list[object]:
    """The items of a list; one that no code knows takes the whole list with it: a part is not the whole."""
    read: list[object] = []
    unknown: list[NoCode] = []
    for part in values.items(cell, separator):
        try:
            read.append(item(part))
        except NoCode as error:
            unknown.append(error)
    if unknown:
        names = [value for error in unknown for value in error.values]
        raise NoCode(names, f"holds what is no code ({', '.join(names)})", unknown[0].remedy)
    return list(dict.fromkeys(one for one in read if one is not None))


def mapped(field: Column, read: Reader) -> Reader:
    """A reader that asks the descriptor's map first."""
    known = {key(theirs): ours for theirs, ours in field.map_.items()}

    def read_mapped(cell: str) -> object:
        if (ours := known.get(key(cell))) is not None:
            return read(ours) if ours else None
        values.refuse_broken(cell)
        return read(cell)

    return read_mapped


def item_reader(descriptor: Descriptor, field: Column, declared: Contract, money: bool, codes: Codes) -> Reader:
    """How one value is read, by the kind of its column."""
    number, dates, is_year = numbers(descriptor, field), field.dates or descriptor.dates, declared.name.endswith("year")
    by_kind: dict[str, Reader] = {
        "number": partial(amount, currency=field.currency, read=number) if money else number,
        "integer": partial(_year, read=number, dates=dates) if is_year else partial(values.integer, number),
        "date_text": partial(moment, dates=dates),
    }
    if declared.kind in by_kind:
        return by_kind[declared.kind]
    if field.digits:
        return partial(values.digits, length=field.digits)
    if declared.codes and "countries" not in declared.codes:
        return coded(declared, codes)
    read = normalise.item_reader(declared, codes)
    return _words(read) if read in (cells.text, cells.french) else read


def numbers(descriptor: Descriptor, field: Column) -> Callable[[str], float]:
    """How numbers are read: the marks of the column, else of the file; percentages and factors as declared."""
    marks = (field.decimal_char or descriptor.decimal_char, field.group_char or descriptor.group_char)

    def read(cell: str) -> float:
        bare = values.percentage(cell, is_percent=field.is_percent)
        return float(values.decimal(bare, *marks) * field.factor)

    return read


def is_money(target: Target, ours: str) -> bool:
    """Whether a column holds euros: by its own name, or by that of the metric or unit it is a figure of."""
    if ours != "value":
        return ours.endswith(MONEY)
    return any(
        (column := target.fields.get(name)) and (column.constant or "").endswith((MONEY, "EUR"))
        for name in ("metric", "unit")
    )


def coded(declared: Contract, codes: Codes) -> Reader:
    """A reader of codes, also by their labels in English and French."""
    labels = codes.labels(declared.codes)
    known = {key(word): code for code, words in labels.items() for word in (*words, code)}
    read_code = cells.code(labels, declared.codes[0])

    def read(cell: str) -> object:
        try:
            return known.get(key(cell)) or read_code(cell)
        except BadCell as error:
            raise NoCode([cell], error.problem, f"{error.remedy}; write it in map") from error

    return read


def _words(read: Reader) -> Reader:
    return lambda cell: read(values.text(cell))


def _year(cell: str, read: Callable[[str], float], dates: Dates) -> int:
    """A year, alone or of a date."""
    try:
        return values.integer(read, cell)
    except BadCell:
        return year(cell, dates)
