"""What a block of a briefing says in a line or two: its kind, its title, its sentences, what it was chosen by."""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from atlas.key_figures import key_figures
from atlas.outlets.briefing.document import Block, Figure, KeyFigures, Portrait, Rows, Sentences
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.pins import drawing, selected, title
from atlas.outlets.briefing.portrait import cluster
from atlas.outlets.briefing.sentences import sentences
from atlas.outlets.chosen import narrowed
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import PAPER
from atlas.view import View

log = logging.getLogger(__name__)


class Said(NamedTuple):
    """Plain texts: `title` and `lines` in the language of the briefing, `chosen` in the reader's."""

    title: str
    lines: tuple[str, ...]
    chosen: str = ""


def said(block: Block, tables: Tables, language: str, reader: str) -> Said:
    """What a pinned block says with the data of the day, told to a reader of the language `reader`, worked out once.
    What cannot be shown is said, never an error."""
    return _said(block.model_dump_json(exclude={"seen", "with_table"}), type(block), tables, language, reader)


@lru_cache(maxsize=1024)
def _said(block: str, model: Any, tables: Tables, language: str, reader: str) -> Said:
    told = model.model_validate_json(block)
    view, called = View.of(tables, Selection(language=language), PAPER), title(told, tables, language)
    try:
        selection, lines = SAY[told.kind](told, view)
    except Unshown as reason:
        return Said(called, (str(reason),))
    except Exception:
        log.exception("A block of a briefing says nothing: %s", block)
        return Said(called, (view.gettext("This part can no longer be made from the data."),))
    if isinstance(told, Portrait):
        return Said(called, lines)
    return Said(called, lines, in_words(selection, View.of(tables, selection.but(language=reader))))


def kind(block: Block, view: View) -> str:
    """What kind of block it is, in the language of the view."""
    _ = view.gettext
    kinds = {
        "figure": _("Chart"),
        "table": _("Table"),
        "key_figures": _("Key figures"),
        "cluster": _("Cluster sheet"),
        "sentences": _("Sentences"),
        "text": _("Text"),
    }
    return kinds[block.kind]


def in_words(selection: Selection, view: View) -> str:
    """'DARWIN Eco-Système · Countries: France, Spain; Years: 2010–2024.' in the language of the view; '' for no restriction."""
    return " · ".join(filter(None, (_name(view, selection.id), narrowed(view))))


def _chart(block: Figure | Rows, view: View) -> tuple[Selection, tuple[str, ...]]:
    drawn = drawing(block.chart, block.parameters, view.tables, view.language)
    return drawn.selection, (drawn.sentence,)


def _key_figures(block: KeyFigures, view: View) -> tuple[Selection, tuple[str, ...]]:
    selection = selected(block.parameters, view.tables, view.language)
    known = key_figures(view.tables, selection, View.of(view.tables, selection, PAPER))
    words = view.gettext("{label}: {value} ({line})")
    return selection, tuple(words.format(label=one.label, value=one.value, line=one.line) for one in known)


def _sentences(block: Sentences, view: View) -> tuple[Selection, tuple[str, ...]]:
    selection = selected(block.parameters, view.tables, view.language)
    known = sentences(block.about, view.tables, selection, View.of(view.tables, selection, PAPER))
    return selection, tuple(sentence.text for sentence in known)


def _portrait(block: Portrait, view: View) -> tuple[Selection, tuple[str, ...]]:
    selection = selected(block.parameters, view.tables, view.language)
    row = cluster(selection.id, view.tables, view)
    place = [str(row["place"])] if pd.notna(row["place"]) else []
    return selection, (" · ".join([view.label("kinds", row["kind"]), *place, view.country(row["country"])]),)


SAY: dict[str, Callable[[Any, View], tuple[Selection, tuple[str, ...]]]] = {
    "figure": _chart,
    "table": _chart,
    "key_figures": _key_figures,
    "cluster": _portrait,
    "sentences": _sentences,
}
"""How each kind of pinned block is told."""


def _name(view: View, identifier: str) -> str:
    """The name of a cluster or programme; the identifier itself when it is not known, '' for none."""
    clusters = view.tables.clusters.set_index("cluster_id")["name"]
    if identifier in clusters.index:
        return str(clusters[identifier])
    programmes = view.tables.programmes.set_index("programme_id", drop=False)
    return view.name(programmes.loc[identifier]) if identifier in programmes.index else identifier
