"""A briefing as Markdown (GitHub's) with its pictures and their data, in one ZIP.

Every text is escaped: what an author or the data wrote is read as text, never as a mark.
"""

import re
from collections.abc import Iterable, Iterator

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Element,
    Grid,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Run,
    Source,
)
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.pdf_blocks import stepwise
from atlas.outlets.briefing.prose import clean
from atlas.outlets.chromium import NoPicture
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.dataset import csv
from atlas.outlets.image import bare, outlined
from atlas.outlets.zipped import zipped
from atlas.view import View
from atlas.words import N_

DOCUMENT = "briefing.md"
SCALE = 2
"""Pixels of a picture per unit of its drawing: sharp on every screen."""
MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What is read as a mark anywhere."""
LEADING = re.compile(r"^(\s*|\s*\d+(?=[.)]))([-+=#.)])")
"""What opens a list or a heading at the start of a line."""
DATA, LINES = N_("Data (CSV)"), N_("Drawing (SVG)")


def write(composed: Composed) -> bytes:
    """The briefing as a ZIP: the document, `images` and `data`. The same briefing is the same bytes."""
    files = dict(_files(composed))
    text = "\n\n".join(part for part in _parts(composed, files) if part)
    return zipped({DOCUMENT: f"{text}\n".encode(), **files})


def escaped(text: str) -> str:
    """Text on one line that is read as it is written."""
    line = MARKS.sub(r"\\\1", re.sub(r"[\r\n]+", " ", clean(text)))
    return LEADING.sub(r"\1\\\2", line)


def _files(composed: Composed) -> Iterator[tuple[str, bytes]]:
    """Pictures and rows of every figure, and the logo; a picture that cannot be drawn is left out."""
    if composed.logo:
        yield _logo(composed), composed.logo
    for picture in composed.elements:
        if isinstance(picture, Picture):
            try:
                yield _image(picture, "png"), bare(picture.drawing, "png", scale=SCALE)
                yield _image(picture, "svg"), outlined(picture.drawing).encode("utf-8")
            except NoPicture:
                pass
            yield _data(picture), csv(picture.drawing.rows)


def _logo(composed: Composed) -> str:
    return "images/logo.png" if composed.logo.startswith(b"\x89PNG") else "images/logo.jpg"


def _image(picture: Picture, extension: str) -> str:
    return f"images/figure-{picture.number}.{extension}"


def _data(picture: Picture) -> str:
    return f"data/figure-{picture.number}.csv"


def _parts(composed: Composed, files: Iterable[str]) -> Iterator[str]:
    """The parts of the document, a blank line between them."""
    view = composed.view
    if composed.logo:
        yield f"![{escaped(view.gettext(wording.LOGO))}]({_logo(composed)})"
    yield f"# {escaped(composed.title)}"
    yield _runs(composed.lead)
    yield f"*{escaped(view.gettext(PUBLISHER))}. {escaped(composed.dateline)}*"
    for element in stepwise(composed.elements):
        yield from _element(element, view, files)
    yield from _appendix(composed)
    if composed.credit:
        yield f"---\n\n{escaped(composed.credit)}"


def _element(element: Element, view: View, files: Iterable[str]) -> Iterator[str]:
    match element:
        case Heading():
            yield f"{'#' * (element.level + 1)} {escaped(element.text)}"
        case Paragraph():
            yield _runs(element.runs)
        case Bullets():
            marks = (f"{number}." if element.is_ordered else "-" for number in range(1, len(element.items) + 1))
            yield "\n".join(f"{mark} {_runs(item)}" for mark, item in zip(marks, element.items, strict=True))
        case Grid():
            yield from _grid(element, view)
        case KeyFigures():
            yield _key_figures(element)
        case Boxed():
            yield f"> {escaped(element.sentence)}"
        case Picture():
            yield from _picture(element, view, files)


def _picture(picture: Picture, view: View, files: Iterable[str]) -> Iterator[str]:
    label = wording.figure_label(picture.number, view)
    yield f"**{escaped(label)} – {escaped(picture.drawing.sentence)}**"
    yield f"*{escaped(wording.drawn(picture))}*"
    is_drawn = _image(picture, "png") in files
    if is_drawn:
        yield f"![{escaped(wording.alternative(picture))}]({_image(picture, 'png')})"
    else:
        yield f"> {escaped(view.gettext(wording.NO_PICTURE))}"
    yield "\\\n".join([*map(escaped, wording.notes(picture)), _sources(picture), _links(picture, view, files)])
    if picture.is_table_shown or not is_drawn:
        yield from _grid(picture.table, view)


def _sources(picture: Picture) -> str:
    return f"{escaped(wording.sources_line(picture))}{_references(picture.cited)}"


def _links(picture: Picture, view: View, files: Iterable[str]) -> str:
    """Where the rows, the lines, and the figure with the data of the day are."""
    places = {DATA: _data(picture), LINES: _image(picture, "svg"), wording.ONLINE: target(picture.address)}
    kept = {words: place for words, place in places.items() if place and (place in files or words == wording.ONLINE)}
    return " · ".join(_link(view.gettext(words), place) for words, place in kept.items())


def _grid(grid: Grid, view: View) -> Iterator[str]:
    label = f"{escaped(wording.table_label(grid.number, view))} – " if grid.number else ""
    yield f"**{label}{escaped(grid.caption)}**"
    marks = ("--:" if is_number else ":--" for is_number in grid.is_number)
    rows = [_row(map(escaped, grid.columns)), _row(marks)]
    rows += [_row(_cell(*pair, view) for pair in zip(row, grid.columns, strict=True)) for row in grid.rows]
    yield "\n".join(rows)
    yield escaped(wording.rows_left_out(grid, view))


def _cell(text: str, column: str, view: View) -> str:
    is_cited = column == view.gettext(wording.SOURCES)
    return _leading(wording.leading(text)) if is_cited else escaped(text)


def _key_figures(block: KeyFigures) -> str:
    """A table without words for its rows: label, number, and the line that makes it honest."""
    figures = block.figures
    values = _row(f"**{escaped(figure.value)}**" for figure in figures)
    lines = _row(f"{escaped(figure.line)}{_references(figure.cited)}" for figure in figures)
    return "\n".join([_row(escaped(figure.label) for figure in figures), _row([":--"] * len(figures)), values, lines])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    """A stretch of text; spaces stay outside of the marks, where they would undo them."""
    if wording.CITED.fullmatch(run.text):
        return _leading(wording.leading(run.text))
    before, words, after = re.fullmatch(r"(\s*)(.*?)(\s*)", run.text, re.DOTALL).groups()  # type: ignore[union-attr]
    text = escaped(words)
    url = target(run.href)
    if url:
        text = _link(words, url)
    marks = ("**" if run.is_bold else "") + ("*" if run.is_italic else "")
    return f"{before}{marks}{text}{marks[::-1]}{after}" if words else run.text


def _link(words: str, place: str) -> str:
    return f"[{escaped(words)}](<{place}>)"


def _references(cited: Iterable[int]) -> str:
    """' [1–3, 7]', each number leading to its source."""
    parts = wording.references(cited)
    return f" \\[{_leading(parts)}\\]" if parts else ""


def _leading(parts: Iterable[wording.Part]) -> str:
    return "".join(f"[{part.source}](#source-{part.source})" if part.source else escaped(part.text) for part in parts)


def _appendix(composed: Composed) -> Iterator[str]:
    view = composed.view
    if composed.method:
        yield f"## {escaped(view.gettext(wording.METHOD))}"
        yield from map(escaped, composed.method)
    if composed.sources:
        yield f"## {escaped(view.gettext(wording.SOURCES))}"
        yield "\n".join(map(_source, composed.sources))


def _source(source: Source) -> str:
    """One line of the list, with the name that its number leads to."""
    url = target(source.url)
    title = _link(source.title, url) if url else escaped(source.title)
    rest = f"{wording.stop(source.title)} {escaped(wording.imprint(source))}"
    return f'{source.number}. <a id="source-{source.number}"></a>{title}{rest}'
