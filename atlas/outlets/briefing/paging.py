"""How large a picture stands on a sheet of paper: its labels as large as small print, and one too tall cut between its lines."""

import io
import itertools
from typing import NamedTuple

import numpy as np
from PIL import Image

from atlas.outlets.drawing import Drawing
from atlas.outlets.image import bare, height

DRAWN = 680
"""Pixels wide that a picture is drawn: across the text of a page its labels (12 to 14 pixels) print at 8 to 9 points."""
LEAST = 0.72
"""How far a picture is shrunk to stay on one page; one taller still is cut."""
LEAST_CUT = 0.85
"""How far one that is cut is shrunk, to need a page less."""
EVEN = 0.95
"""How full pages are with it, so that there is a choice where to cut."""


class Sheet(NamedTuple):
    """A sheet of paper and its margins, in points."""

    width: float
    height: float
    side: float = 74
    top: float = 74
    bottom: float = 66

    @property
    def text_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


SHEETS = {"a4": Sheet(595.28, 841.89), "letter": Sheet(612, 792)}


class Piece(NamedTuple):
    """A part of a picture that stands on one page: its upper edge and its height, in points."""

    top: float
    height: float


class Fit(NamedTuple):
    """Pixels wide that a picture is to be drawn, and the pieces that it is shown in."""

    width: int
    pieces: list[Piece]


def fit(drawing: Drawing, sheet: Sheet, words: float) -> Fit:
    """The picture on the sheet, with `words` points of caption and notes. Raises NoPicture when it is cut and cannot be drawn."""
    whole, room = height(drawing) * sheet.text_width / DRAWN, sheet.text_height - words
    if (shrunk := min(1, room / whole)) >= LEAST:
        return Fit(round(DRAWN / shrunk), [Piece(0, whole * shrunk)])
    count, shrunk = next(
        (count, by) for count in itertools.count(2) if (by := min(1, count * EVEN * room / whole)) >= LEAST_CUT
    )
    width = round(DRAWN / shrunk)
    points = sheet.text_width / width
    edges = [0, *_cuts(drawing, width, count, int(room / points)), height(drawing)]
    return Fit(width, [Piece(top * points, (low - top) * points) for top, low in itertools.pairwise(edges)])


def _cuts(drawing: Drawing, width: int, count: int, most: int) -> list[int]:
    """Where to cut a picture into `count` pieces of at most `most` pixels and about one height: where its lines hold least."""
    ink = _ink(bare(drawing, "png", width, scale=1))
    cuts = [0]
    for index in range(1, count):
        even = round(index * len(ink) / count)
        low, high = max(even - 60, len(ink) - (count - index) * most), min(even + 60, cuts[-1] + most)
        cuts.append(low + int(np.argmin(ink[low:high])) if high > low else even)
    return cuts[1:]


def _ink(png: bytes) -> np.ndarray:
    """How much each line of pixels holds, with the lines around it: words and marks are not cut near their edge."""
    grey = np.asarray(Image.open(io.BytesIO(png)).convert("LA"), dtype=float)
    line = ((255 - grey[..., 0]) * grey[..., 1] / 255).sum(axis=1)
    return np.convolve(line, np.ones(13), mode="same")
