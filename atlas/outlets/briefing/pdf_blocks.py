"""The elements of a briefing as the template of its PDF takes them: texts and numbers, pictures not yet drawn."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Element,
    Grid,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Run,
    Source,
)
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.prose import clean
from atlas.view import View

Block = dict[str, Any]
GAP = 3
"""Letters between two columns."""
LINE = 18
"""Letters of a text that stands on one line of a table."""


def blocks(elements: Iterable[Element], view: View) -> Iterator[Block]:
    """One block per element, each with its number and its `kind`."""
    for number, element in enumerate(stepwise(elements)):
        yield {"block": number, **_block(element, view)}


def stepwise(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements with headings that go down one level at a time, as readers of screens expect."""
    level = 0
    for element in elements:
        if isinstance(element, Heading):
            level = min(element.level, level + 1)
            yield Heading(element.text, level)
        else:
            yield element


def runs(stretch: Iterable[Run]) -> list[Block]:
    """A stretch of text."""
    return [
        {
            "parts": _parts(wording.run_parts(run.text)),
            "is_bold": run.is_bold,
            "is_italic": run.is_italic,
            "href": target(run.href),
        }
        for run in stretch
    ]


def source(item: Source) -> Block:
    """A line of the list of sources."""
    return {
        "number": item.number,
        "title": item.title,
        "url": target(item.url),
        "stop": wording.stop(item.title),
        "imprint": wording.imprint(item),
        "host": wording.host(item),
    }


def _block(element: Element, view: View) -> Block:  # noqa: PLR0911
    match element:
        case Heading():
            return {"kind": "heading", "text": element.text, "level": element.level}
        case Paragraph():
            return {"kind": "paragraph", "runs": runs(element.runs)}
        case Bullets():
            return {
                "kind": "bullets",
                "is_ordered": element.is_ordered,
                "items": [runs(item) for item in element.items],
            }
        case KeyFigures():
            return {"kind": "key_figures", "figures": [_key_figure(figure) for figure in element.figures]}
        case Grid():
            return _table(element, view)
        case Picture():
            return _picture(element, view)
        case Boxed():
            return {"kind": "boxed", "sentence": element.sentence}


def _picture(picture: Picture, view: View) -> Block:
    return {
        "kind": "picture",
        "label": wording.figure_label(picture.number, view),
        "continued": wording.continued(picture.number, view),
        "caption": picture.drawing.sentence,
        "alternative": wording.alternative(picture),
        "drawn": wording.drawn(picture),
        "notes": wording.notes(picture),
        "sources": wording.sources_line(picture),
        "references": _parts(wording.references(picture.cited)),
        "address": target(picture.address),
        "online": view.gettext(wording.ONLINE),
        "sentence": view.gettext(wording.NO_PICTURE),
        "table": _table(picture.table, view),
        "is_table_shown": picture.is_table_shown,
        "svg": "",
        "before": [],
        "is_led": True,
    }


def _table(grid: Grid, view: View) -> Block:
    return {
        "kind": "table",
        "label": wording.table_label(grid.number, view) if grid.number else "",
        "caption": grid.caption,
        "columns": list(grid.columns),
        "widths": [_width(texts) for texts in zip(grid.columns, *grid.rows, strict=True)],
        "is_number": list(grid.is_number),
        "rows": [
            [_cell(text, column, view) for text, column in zip(row, grid.columns, strict=True)] for row in grid.rows
        ],
        "more": wording.rows_left_out(grid, view),
    }


def _width(texts: Sequence[str]) -> float:
    """How wide a column is beside others: as its longest text, a little wider than LINE where that takes several lines."""
    longest = max(map(len, texts), default=0)
    return GAP + min(longest, LINE) + 2 * math.sqrt(max(longest - LINE, 0))


def _cell(text: str, column: str, view: View) -> Block:
    """A cell; in the column of sources each number leads to its source."""
    parts = wording.leading(text) if column == view.gettext(wording.SOURCES) else [wording.Part(text)]
    return {"parts": _parts(parts), "is_missing": text == view.missing}


def _key_figure(figure: KeyFigure) -> Block:
    references = _parts(wording.references(figure.cited))
    return {"label": figure.label, "value": figure.value, "line": figure.line, "references": references}


def readable(value: Any) -> Any:
    """The same texts, lists and blocks without letters that no font shows."""
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [readable(item) for item in value]
        case dict():
            return {key: readable(item) for key, item in value.items()}
        case _:
            return value


def _parts(parts: Iterable[wording.Part]) -> list[Block]:
    return [part._asdict() for part in parts]
