"""A table of words and numbers as HTML: read by screen readers, printed whole, one row under the other on a phone."""

from collections.abc import Collection, Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already: all that comes from the data is escaped in it."""

    __slots__ = ()


def table_html(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """A table whose first column names the rows; the columns `numbers` (counted from 0) are set to the right."""
    head = "".join(
        f'<th scope="col" role="columnheader"{_number(at, numbers)}>{escape(name)}</th>'
        for at, name in enumerate(heads)
    )
    body = "".join(f'<tr role="row">{_row(row, heads, numbers)}</tr>' for row in rows)
    return (
        f'<table class="grid" role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row: Sequence[str], heads: Sequence[str], numbers: Collection[int]) -> str:
    name, *cells = map(_escaped, row)
    told = "".join(
        f'<td role="cell" data-head="{escape(heads[at])}"{_number(at, numbers)}>{cell}</td>'
        for at, cell in enumerate(cells, start=1)
    )
    return f'<th scope="row" role="rowheader">{name}</th>{told}'


def _escaped(cell: str) -> str:
    return cell if isinstance(cell, Html) else escape(cell)


def _number(at: int, numbers: Collection[int]) -> str:
    return ' class="number"' if at in numbers else ""
