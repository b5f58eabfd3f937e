"""The blocks of a PDF on its pages: how large each picture is, and what shares a page with it."""

import logging
import math
from collections.abc import Iterable, Iterator, Mapping

from atlas.outlets.briefing.paging import DRAWN, LEAST, Sheet, fit
from atlas.outlets.briefing.pdf_blocks import Block
from atlas.outlets.chromium import NoPicture
from atlas.outlets.drawing import Drawing
from atlas.outlets.image import height

LED = 150
"""Points of text that a picture takes along at most."""
TEXTS = ("heading", "paragraph", "bullets")
log = logging.getLogger(__name__)


def sized(blocks: Iterable[Block], drawings: Mapping[int, Drawing], sheet: Sheet) -> Iterator[Block]:
    """The blocks, each picture with the pieces that it is shown in: one where a page holds it."""
    for block in blocks:
        yield _sized(block, drawings[block["block"]], sheet) if block["kind"] == "picture" else block


def undrawn(block: Block) -> Block:
    """What stands for a picture that cannot be drawn: a sentence, and its table."""
    return block | {"kind": "no_picture"}


def together(blocks: Iterable[Block], sheet: Sheet) -> Iterator[Block]:
    """The blocks, where a picture takes along the heading and the short texts that lead to it: they share a page."""
    led: list[Block] = []
    for block in blocks:
        if block["kind"] == "picture" and len(block["pieces"]) == 1:
            yield from _taking(block, led, sheet)
            led = []
        elif block["kind"] in TEXTS:
            if (block["kind"] == "heading" and led and led[-1]["kind"] != "heading") or _points(led, sheet) > LED:
                yield from led
                led = []
            led.append(block)
        else:
            yield from [*led, block]
            led = []
    yield from led


def _taking(picture: Block, led: list[Block], sheet: Sheet) -> Iterator[Block]:
    """The picture with what leads to it; a little smaller where a page would not hold both, alone where that is too small."""
    piece = picture["pieces"][0]
    room = sheet.text_height - _words(picture, sheet) - _points(led, sheet)
    if room < LEAST * picture["natural"]:
        yield from [*led, picture]
    else:
        yield picture | {"before": led, "pieces": [piece | {"height": min(piece["height"], room)}]}


def _sized(block: Block, drawing: Drawing, sheet: Sheet) -> Block:
    try:
        width, pieces = fit(drawing, sheet, _words(block, sheet))
    except NoPicture as error:
        log.warning("%s: %s", block["label"], error)
        return undrawn(block)
    natural = height(drawing) * sheet.text_width / DRAWN
    names = [block["alternative"]] + [block["continued"]] * (len(pieces) - 1)
    return block | {
        "natural": natural,
        "width": width,
        "pieces": [piece._asdict() | {"alt": name} for piece, name in zip(pieces, names, strict=True)],
    }


def _words(picture: Block, sheet: Sheet) -> float:
    """Points that the caption and the lines under a picture take, a few more rather than too few."""
    small = [*picture["notes"], picture["sources"], picture["address"] and picture["online"]]
    return (
        40
        + 15.5 * _lines(picture["caption"], 11, sheet)
        + 10.5 * _lines(picture["drawn"], 8.5, sheet)
        + sum(9.8 * _lines(line, 7.8, sheet) for line in small)
    )


def _points(led: Iterable[Block], sheet: Sheet) -> float:
    """Points that texts take."""
    return sum(50 if block["kind"] == "heading" else 12 + 14.7 * _lines(_text(block), 10.5, sheet) for block in led)


def _text(block: Block) -> str:
    stretches = block["items"] if block["kind"] == "bullets" else [block["runs"]]
    return "".join(part["text"] for stretch in stretches for run in stretch for part in run["parts"])


def _lines(text: str, size: float, sheet: Sheet) -> int:
    """Lines that a text takes, its letters about half as wide as high."""
    return math.ceil(len(text) * size * 0.48 / sheet.text_width)
