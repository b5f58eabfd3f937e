"""The key of a map in letters that can be read: beside the picture, which has its own in small print."""

from typing import Any, NamedTuple

import plotly.graph_objects as go
from pptx.slide import Slide

from atlas.outlets.briefing.composed import Run
from atlas.outlets.briefing.native_charts.reading import each, plain, solid
from atlas.outlets.briefing.slides.deck import Deck, textbox
from atlas.outlets.briefing.slides.fitting import Sizes, fitted
from atlas.outlets.briefing.slides.text import add
from atlas.theme import PAPER

GLYPHS = {
    **{"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "triangle-down": "▼", "star": "★"},
    **{"hexagon": "⬢", "pentagon": "⬟", "x": "✖", "cross": "✚", "circle-open": "○", "square-open": "□"},
    **{"diamond-open": "◇", "triangle-up-open": "△", "triangle-down-open": "▽", "star-open": "☆", "hexagon-open": "⬡"},
    **{"pentagon-open": "⬠", "x-thin": "×", "x-thin-open": "×"},
}
SIZES = Sizes(12, 9)


class Entry(NamedTuple):
    glyph: str
    colour: str
    text: str


def write(deck: Deck, slide: Slide, figure: go.Figure) -> None:
    """The key under the words at the left; none where a mark has no letter or there is no room."""
    entries = key(figure)
    texts = [f"{entry.glyph} {entry.text}" for entry in entries]
    size = fitted(texts, deck.beside.points, SIZES, 2)
    if not entries or fitted(texts, deck.beside.points, Sizes(size, size - 0.5), 2) < size:
        return
    frame = textbox(slide, deck.beside, deck.view.gettext("Key"))
    for i, entry in enumerate(entries):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        add(paragraph, [Run(f"{entry.glyph} ")], size, entry.colour)
        add(paragraph, [Run(entry.text)], size, PAPER.text)


def key(figure: go.Figure) -> list[Entry]:
    """The entries of the figure's own key; none when one of them is not a mark that has a letter."""
    if figure.layout.showlegend is False:
        return []
    shown = [trace for trace in figure.data if trace.type == "scatter" and trace.name and trace.showlegend is not False]
    found = [_entry(trace) for trace in shown]
    return [entry for entry in found if entry] if all(found) else []


def _entry(trace: Any) -> Entry | None:
    marker = trace.marker
    symbol = str(each(marker.symbol, 1, "circle")[0])
    own, edge = each(marker.color, 1)[0], each(marker.line.color, 1)[0]
    if symbol not in GLYPHS or not (own or edge):
        return None
    colour = solid(edge or own) if solid(own or edge) in {"#ffffff", PAPER.background} else solid(own or edge)
    return Entry(GLYPHS[symbol], colour, plain(trace.name))
