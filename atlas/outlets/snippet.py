"""The code that puts a chart in a page of someone else: an `iframe`, which needs no script."""

from html import escape

from atlas.outlets.drawing import Drawing
from atlas.outlets.image import height

AROUND = 400
"""Pixels of the sentence, the coverage and the sources around a drawing, in a column of text."""


def iframe(drawing: Drawing, base: str, **more: str) -> str:
    """The embed of a chart as HTML to paste, of a fixed height. `more` are parameters of its address (`v`)."""
    return sized(drawing, base, "100%", tall(drawing), **more)


def resizing(drawing: Drawing, base: str, **more: str) -> str:
    """The same with a script of ours that gives the frame the height its content asks for."""
    return f'{iframe(drawing, base, **more)}\n<script src="{escape(base)}/embed/static/embed.js" async></script>'


def sized(drawing: Drawing, base: str, width: str | int, height: int, **more: str) -> str:
    """The embed of a chart as HTML, `width` and `height` pixels (or 'n%') large."""
    address, title = escape(drawing.address(base, **more)), escape(drawing.sentence)
    return (
        f'<iframe src="{address}" title="{title}" width="{width}" height="{height}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def tall(drawing: Drawing) -> int:
    """Pixels that the embed of a chart takes from top to bottom."""
    return height(drawing) + AROUND
