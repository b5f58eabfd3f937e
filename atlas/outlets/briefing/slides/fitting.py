"""The size at which a text keeps to its box, measured with our font and a margin for wider ones."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PIL import ImageFont

from atlas.outlets.briefing.slides.text import clean
from atlas.outlets.chromium import FONTS

EM = 100
WIDER = 1.06
"""Our font to the widest that may stand in for Calibri where it is missing."""
LEADING = 1.2
"""Height of a line to the size of its letters."""


@lru_cache
def _font(is_bold: bool) -> ImageFont.FreeTypeFont:
    file = FONTS / f"AtlasSans-{'Bold' if is_bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(file), EM, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _width(word: str, is_bold: bool) -> float:
    return _font(is_bold).getlength(clean(word)) * WIDER / EM


def width(text: str, size: float, is_bold: bool = False) -> float:
    """Points that a text takes at `size` points: its longest line."""
    return max(_width(line, is_bold) for line in text.split("\n")) * size


def lines(text: str, room: float, size: float, is_bold: bool = False) -> int:
    """Lines that a text takes in `room` points of width."""
    return sum(_wrapped(line.split(" "), room / size, is_bold) for line in text.split("\n"))


def _wrapped(words: Sequence[str], room: float, is_bold: bool) -> int:
    """Lines of words in `room` ems; a word longer than a line is broken."""
    count, used, space = 1, 0.0, _width(" ", is_bold)
    for word in words:
        long = _width(word, is_bold)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        used += long + (space if used else 0)
        if used > room:
            count += int(used // room)
            used %= room
    return count


def height(texts: Sequence[str], room: float, size: float, gap: float = 0, is_bold: bool = False) -> float:
    """Points of height that paragraphs take, `gap` points apart."""
    return sum(lines(text, room, size, is_bold) * size * LEADING + gap for text in texts)


class Sizes(NamedTuple):
    """Points: the size a text should have, and the least it may."""

    largest: float
    smallest: float


def fitted(
    texts: Sequence[str], box: tuple[float, float], sizes: Sizes, gap: float = 0, is_bold: bool = False
) -> float:
    """The largest size, in half points, at which the texts keep to a box of (width, height) points, `gap` points apart."""
    size = sizes.largest
    while size > sizes.smallest and height(texts, box[0], size, gap, is_bold) > box[1]:
        size -= 0.5
    return size


def shortened(text: str, box: tuple[float, float], size: float, is_bold: bool = False) -> str:
    """The text, cut after a word with '…' where it is too long for its box even at its smallest size."""
    words = text.split(" ")
    while len(words) > 1 and height([" ".join(words)], box[0], size, 0, is_bold) > box[1]:
        words = words[: -max(1, len(words) // 20)]
    return text if len(words) == len(text.split(" ")) else f"{' '.join(words)}…"
