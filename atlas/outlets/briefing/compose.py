"""From a briefing as its author keeps it to one that writers can write: every block resolved with the data of the day."""

import logging
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

from atlas import key_figures, method, store
from atlas.outlets.briefing import document, logo
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Element,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
)
from atlas.outlets.briefing.document import Briefing
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.grids import SHOWN, grid
from atlas.outlets.briefing.numbering import Numbering, cited
from atlas.outlets.briefing.pins import drawing, selected
from atlas.outlets.briefing.portrait import cluster, kin, portrait
from atlas.outlets.briefing.prose import clean, elements, runs
from atlas.outlets.briefing.sentences import sentences
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import PAPER
from atlas.view import View
from atlas.words import N_

COMPLETE = 60
"""Rows of a table that is not on a page but beside a picture: for notes, disclosures, and where it cannot be drawn."""
MAPS = ("cluster_map_print", "laureates_map", "indicator_map", "cluster_neighbours")
"""Charts that draw borders."""
CAPTIONS = {"cluster_map_print": N_("The clusters known"), "laureates_map": N_("The laureates known of the PTCE calls")}
"""What the rows of a map are called where they stand without it."""
MOST_KEY_FIGURES = 4
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What blocks are composed with: the tables, the language and look, running numbers, and the address of the pages."""

    tables: Tables
    view: View
    numbering: Numbering
    base: str


def compose(briefing: Briefing, tables: Tables, base: str = "", today: date | None = None) -> Composed:
    """Every block with the data of `tables`; one that fails is a boxed sentence. `base` is the address of the dashboard
    ('' for none), `today` the day on which the briefing is written (not said when None)."""
    view = View.of(tables, Selection(language=briefing.language), PAPER)
    desk = Desk(tables, view, Numbering(tables, briefing.has_appendix), base)
    shown = outlined(element for block in briefing.blocks for element in resolved(block, desk))
    return Composed(
        title=clean(briefing.title) or view.gettext("Untitled briefing"),
        lead=runs(briefing.lead),
        view=view,
        page=briefing.page,
        has_cover=briefing.has_cover,
        logo=b64decode(logo.checked(briefing.logo)),
        dateline=dateline(view, today),
        elements=tuple(shown),
        sources=desk.numbering.sources(view),
        method=_method(briefing, view) if briefing.has_appendix else (),
        credit=" ".join(_credits(shown, view)),
        keywords=_keywords(briefing, view),
    )


def resolved(block: document.Block, desk: Desk) -> list[Element]:
    """The elements of a block; one that cannot be shown is a sentence that says why, and the log holds the fault."""
    _ = desk.view.gettext
    try:
        return list(SHOW[block.kind](block, desk))
    except Unshown as reason:
        return [Boxed(clean(str(reason)))]
    except Exception:
        log.exception("A block of a briefing failed: %s", block)
        return [
            Boxed(_("This part could not be made from the data of this version. The fault is ours and is in our log."))
        ]


def outlined(shown: Iterable[Element]) -> list[Element]:
    """The same elements with headings that skip no level, from 1: what stands deepest below one stands just below it."""
    above: list[int] = []
    found: list[Element] = []
    for element in shown:
        if isinstance(element, Heading):
            above = [*(level for level in above if level < element.level), element.level]
            found.append(Heading(element.text, len(above)))
        else:
            found.append(element)
    return found


def dateline(view: View, today: date | None) -> str:
    """Which version of the data, when they were searched for, and the day the briefing is written."""
    _ = view.gettext
    words = {"version": view.tables.version, "month": view.date(store.searched() or None)}
    if today is None:
        return _("Data version {version}, searched in {month}.").format(**words)
    written = _("Data version {version}, searched in {month}. Written on {day}.")
    return written.format(**words, day=view.date(today.isoformat()))


def _figure(block: document.Figure, desk: Desk) -> Iterator[Element]:
    yield _picture(drawing(block.chart, block.parameters, desk.tables, desk.view.language), desk, block.with_table)


def _picture(drawn: Drawing, desk: Desk, is_table_shown: bool = False) -> Picture:
    rows, sources = drawn.rows, list(drawn.sources.index)
    number, numbers = desk.numbering.figure(), desk.numbering.cite(sources)
    most = SHOWN if is_table_shown else COMPLETE
    table_number = desk.numbering.table() if is_table_shown else 0
    table = grid(rows, drawn.words.title, table_number, desk.numbering, drawn.view, most=most)
    return Picture(number, drawn, numbers, table, drawn.address(desk.base) if desk.base else "", is_table_shown)


def _rows(block: document.Rows, desk: Desk) -> Iterator[Element]:
    drawn = drawing(block.chart, block.parameters, desk.tables, desk.view.language)
    if drawn.rows.empty:
        raise Unshown(drawn.sentence)
    caption = desk.view.gettext(CAPTIONS[drawn.name]) if drawn.name in CAPTIONS else drawn.words.title
    yield grid(drawn.rows, caption, desk.numbering.table(), desk.numbering, drawn.view)


def _key_figures(block: document.KeyFigures, desk: Desk) -> Iterator[Element]:
    selection = selected(block.parameters, desk.tables, desk.view.language)
    view = View.of(desk.tables, selection, PAPER)
    known = key_figures.key_figures(desk.tables, selection, view)[:MOST_KEY_FIGURES]
    yield KeyFigures(
        tuple(KeyFigure(one.label, one.value, one.line, desk.numbering.cite(one.source_ids)) for one in known)
    )


def _portrait(block: document.Portrait, desk: Desk) -> Iterator[Element]:
    row = cluster(selected(block.parameters, desk.tables, desk.view.language).id, desk.tables, desk.view)
    yield from portrait(row, desk.tables, desk.numbering, desk.view)
    yield from _of_cluster("cluster_history", row, desk)
    yield from kin(row, desk.tables, desk.numbering, desk.view)
    yield from _of_cluster("cluster_neighbours", row, desk)


def _of_cluster(chart: str, row: pd.Series, desk: Desk) -> Iterator[Element]:
    """A chart of one cluster, if there is more than one thing to draw."""
    drawn = drawing(chart, {"id": str(row["cluster_id"])}, desk.tables, desk.view.language)
    if len(drawn.rows) > 1:
        yield _picture(drawn, desk)


def _sentences(block: document.Sentences, desk: Desk) -> Iterator[Element]:
    selection = selected(block.parameters, desk.tables, desk.view.language)
    said = sentences(block.about, desk.tables, selection, View.of(desk.tables, selection, PAPER))
    paragraphs = [cited(sentence.text, desk.numbering.cite(sentence.source_ids)) for sentence in said]
    if len(paragraphs) > 1:
        yield Bullets(tuple(paragraph.runs for paragraph in paragraphs))
    else:
        yield from paragraphs


def _text(block: document.Text, desk: Desk) -> Iterator[Element]:
    yield from elements(block.markdown)


SHOW = cast(
    "dict[str, Callable[[document.Block, Desk], Iterator[Element]]]",
    {
        "figure": _figure,
        "table": _rows,
        "key_figures": _key_figures,
        "cluster": _portrait,
        "sentences": _sentences,
        "text": _text,
    },
)
"""How each kind of block is shown."""


def _method(briefing: Briefing, view: View) -> tuple[str, ...]:
    """How figures are treated, and what the list of clusters is not, unless a part says it."""
    is_said = any(isinstance(block, document.Sentences) and block.about == "gaps" for block in briefing.blocks)
    return (*method.rules_on_paper(view), *(() if is_said else (method.limits(view),)))


def _credits(shown: list[Element], view: View) -> Iterator[str]:
    """The licence; who drew the borders, where a map is; and the note on Kosovo, where its name may stand."""
    yield method.licence(view)
    pictures = [element for element in shown if isinstance(element, Picture)]
    has_map = any(picture.drawing.name in MAPS for picture in pictures)
    if has_map:
        yield method.borders(view)
    names_kosovo = view.country(method.KOSOVO)
    if has_map or any(names_kosovo in _said(element) for element in shown):
        yield method.kosovo(view)


def _said(element: Element) -> str:
    """The words of an element, where the name of a territory may stand."""
    match element:
        case Picture():
            return f"{element.drawing.sentence} {element.table.rows}"
        case Heading() | Paragraph() | Bullets():
            return str(element)
        case _:
            return str(getattr(element, "rows", "") or getattr(element, "figures", ""))


def _keywords(briefing: Briefing, view: View) -> tuple[str, ...]:
    """The countries of the blocks, and what every briefing is about."""
    _ = view.gettext
    codes = [
        code for block in briefing.blocks for code in getattr(block, "parameters", {}).get("country", "").split("~")
    ]
    known = [code for code in dict.fromkeys(codes) if code in view.vocabulary.codes("countries")]
    return (*map(view.country, known), _("social innovation"), _("social economy"), _("clusters"))
