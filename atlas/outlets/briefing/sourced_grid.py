"""A numbered table of a briefing, each row with the numbers of its sources."""

from atlas.outlets.briefing.composed import Grid
from atlas.outlets.briefing.numbering import Numbering, ranges
from atlas.outlets.briefing.prose import clean
from atlas.view import View


def sourced_grid(
    caption: str, columns: tuple[str, ...], rows: list, numbering: Numbering, view: View, *, right: tuple[int, ...] = ()
) -> Grid:
    """A numbered table of `rows` (texts, then the identifiers of their sources); `right` are columns of figures."""
    own = [numbering.cite(row[-1]) for row in rows]
    has_sources = any(own)
    headings = (*columns, view.gettext("Sources")) if has_sources else columns
    texts = tuple(
        tuple(clean(text) for text in (*row[:-1], *([ranges(numbers)] if has_sources else [])))
        for row, numbers in zip(rows, own, strict=True)
    )
    is_number = tuple(index in right for index in range(len(headings)))
    every = tuple(sorted({number for numbers in own for number in numbers}))
    return Grid(numbering.table(), clean(caption), headings, is_number, texts, every)
