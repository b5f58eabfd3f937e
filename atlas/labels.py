"""Placing words on a figure so that none meets another, whatever the width of the screen."""

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go
from scipy.optimize import isotonic_regression

from atlas.view import View

WIDTHS = (230, 260, 300, 360, 440, 540, 640, 800, 1100)
"""Widths of a plot in pixels, from a phone to a wide screen: a label must be free at each."""
LETTER, LINE = 6.4, 14
"""Width of a letter and height of a line of small print, in pixels."""
SIDES = (
    *("middle right", "middle left", "top center", "bottom center"),
    *("top right", "top left", "bottom right", "bottom left"),
)
Boxes = np.ndarray
"""Left, right, low and high of boxes in pixels, one row each; the last two axes are (boxes, 4)."""


def apart(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as needed to stand `gap` from one another between `low` and `high`, in their order."""
    order = np.argsort(positions, kind="stable")
    steps = gap * np.arange(len(order))
    moved = isotonic_regression(np.array(positions, dtype=float)[order] - steps).x if len(order) else np.array([])
    placed = np.empty(len(order))
    placed[order] = np.clip(moved, low, max(low, high - gap * (len(order) - 1))) + steps
    return [float(position) for position in placed]


def sides(
    shares: Sequence[float],
    heights: Sequence[float],
    radii: Sequence[float],
    words: Sequence[str],
    *,
    always: int = 0,
    widths: Sequence[int] = WIDTHS,
) -> list[str | None]:
    """On which side of its mark each word is written, None where it would meet a mark or another word.

    A mark is at a share of the plot's width and a height in pixels, with a radius in pixels. Words come in order of
    importance; the first `always` are written even where they meet something. `widths` are those the plot may have.
    """
    left, low, reach = (np.array(values, dtype=float) for values in (shares, heights, radii))
    across = np.array(widths)[:, None]
    x = left * across
    marks = np.stack([x - reach, x + reach, *np.broadcast_arrays(low - reach, low + reach, x)[:2]], axis=-1)
    taken, chosen = [marks[:, i] for i in range(len(words))], []
    for i, word in enumerate(words):
        boxes = [_box(side, x[:, i], low[i], reach[i], LETTER * len(word)) for side in SIDES]
        others = np.stack(taken[:i] + taken[i + 1 :], axis=1) if len(taken) > 1 else np.empty((len(widths), 0, 4))
        inside = [bool((box[:, 0] > -20).all() and (box[:, 1] < across[:, 0] + 8).all()) for box in boxes]
        free = [fits and not _meet(box, others) for box, fits in zip(boxes, inside, strict=True)]
        side = free.index(True) if True in free else inside.index(True) if i < always and True in inside else None
        chosen.append(None if side is None else SIDES[side])
        taken += [] if side is None else [boxes[side]]
    return chosen


def below(figure: go.Figure, paragraphs: list[str], view: View, left: int = 0, width: int = 50) -> go.Figure:
    """Small print under the plot, with the room it needs; it starts `left` pixels before the plot."""
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, width)]
    if not lines:
        return figure
    room = LINE * len(lines) + 22
    small = {"size": 12, "color": view.theme.quiet}
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top"}
    words = {"text": "<br>".join(lines), "align": "left", "font": small, "showarrow": False}
    figure.add_annotation(**words, **corner, xshift=-left, yshift=-10)
    return figure.update_layout(margin_b=room, height=figure.layout.height + room)


def _box(side: str, x: np.ndarray, y: float, reach: float, width: float) -> Boxes:
    """The box of a word on one side of its mark, at each width of the plot."""
    up, across = side.split()
    gap = reach + 3
    left = {"right": x + gap, "left": x - gap - width, "center": x - width / 2}[across]
    low = {"top": y + gap - 2, "bottom": y - gap - LINE + 2, "middle": y - LINE / 2}[up]
    return np.stack([left, left + width, np.full_like(x, low), np.full_like(x, low + LINE)], axis=-1)


def _meet(box: Boxes, others: Boxes) -> bool:
    """Whether a box meets any of the others, at any width of the plot."""
    box = box[:, None]
    across = (box[..., 0] < others[..., 1]) & (others[..., 0] < box[..., 1])
    return bool((across & (box[..., 2] < others[..., 3]) & (others[..., 2] < box[..., 3])).any())
