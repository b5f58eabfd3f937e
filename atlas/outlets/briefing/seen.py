"""What a block says with the data of the day: a sentence to read, and a digest of the figures behind it.

The digest is the same in every language and on every machine: it changes when a figure does, and with nothing else.
"""

from datetime import date
from hashlib import sha256

import pandas as pd

from atlas.key_figures import key_figures
from atlas.outlets.briefing.document import (
    Block,
    Briefing,
    Figure,
    KeyFigures,
    Pinned,
    Portrait,
    Rows,
    Seen,
    Sentences,
    Text,
)
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.pins import drawing, selected
from atlas.outlets.briefing.portrait import cluster, facts, figures
from atlas.outlets.briefing.sentences import sentences
from atlas.store import Tables
from atlas.theme import PAPER
from atlas.view import View

STRAY = ("source_ids", "geometry", "note", "note_en", "summary_en", "summary_fr", "latest_rule", "publisher")
"""Columns that may change while every figure stays."""
BETWEEN = "\n"
"""Stands between the parts of what a block of several figures says."""
LENGTH = 12
SENTENCE_LIMIT = 1000
DIGESTED_IN = "en"


def seen(block: Block, tables: Tables, language: str) -> Seen:
    """What a block says now; nothing for a text. Raises Unshown for a block that cannot be shown."""
    if isinstance(block, Text):
        return Seen()
    if isinstance(block, Figure | Rows):
        drawn = drawing(block.chart, block.parameters, tables, language)
        return Seen(sentence=drawn.sentence[:SENTENCE_LIMIT], digest=_of_rows(drawn.rows))
    said = _said(block, tables, language)
    return Seen(sentence=said[:SENTENCE_LIMIT], digest=_digest(_said(block, tables, DIGESTED_IN)))


def refreshed(briefing: Briefing, tables: Tables, today: date) -> Briefing:
    """The same briefing as it stands with the data of `tables`: what each block says, their version, and the day."""
    blocks = tuple(_now(block, tables, briefing.language) for block in briefing.blocks)
    return briefing.but(blocks=blocks, version=tables.version, made=today.isoformat())


def _now(block: Block, tables: Tables, language: str) -> Block:
    """A block with what it says now; one that cannot be shown keeps what it said."""
    if isinstance(block, Text):
        return block
    try:
        return block.model_copy(update={"seen": seen(block, tables, language)})
    except Unshown:
        return block


def _said(block: Pinned, tables: Tables, language: str) -> str:
    selection = selected(block.parameters, tables, language)
    view = View.of(tables, selection, PAPER)
    match block:
        case KeyFigures():
            line, known = view.gettext("{label}: {value} ({line})"), key_figures(tables, selection, view)
            return BETWEEN.join(line.format(label=one.label, value=one.value, line=one.line) for one in known)
        case Portrait():
            row = cluster(selection.id, tables, view)
            told = [*facts(row, view).values(), *(" ".join(figure[:-1]) for figure in figures(row, tables, view))]
            return BETWEEN.join(told)
        case Sentences():
            return " ".join(one.text for one in sentences(block.about, tables, selection, view))
    raise TypeError(block)


def _of_rows(rows: pd.DataFrame) -> str:
    """The digest of the figures of a chart, in whatever order they stand."""
    kept = rows.drop(columns=list(STRAY), errors="ignore")
    lines = kept.to_json(orient="records", lines=True, date_format="iso", double_precision=10).splitlines()
    return _digest("\n".join([*map(str, kept.columns), *sorted(lines)]))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()[:LENGTH]
