"""A chart as a picture: SVG for programs that draw it, PNG for the others, cut between its rows when it is very tall."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.slide import Slide

from atlas.outlets.briefing.slides.master import Box
from atlas.outlets.drawing import Drawing
from atlas.outlets.image import NARROWEST, WIDEST, bare, height, outlined

SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension of Office that puts an SVG beside its PNG."""
NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
LARGEST, READABLE, SMALLEST = 1.6, 0.8, 0.64
"""Points per pixel of a drawing: the most, the least that a wide slide takes, the least before it is cut."""
LEAST = 0.5
"""Points per pixel before a drawing with a written axis is cut: its other parts would lose it."""
CUT, LARGEST_CUT = 0.74, 1.0
"""Points per pixel of a drawing that is cut, the least and the most."""
SCALE = 2.5
"""Pixels of the PNG per pixel of the drawing."""
CALM, LINES, REACH = 8, 0.03, 0.25
"""Pixels that are empty around a cut; share of a row that thin upright lines may take; how far a cut may move, in parts."""


@dataclass(frozen=True)
class Piece:
    """A part of a drawing `width` pixels wide, from `top` to `bottom` (shares of its height)."""

    drawing: Drawing
    width: int
    top: float = 0
    bottom: float = 1

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of the drawing."""
        return self.width, height(self.drawing) * (self.bottom - self.top)


MARGIN, TITLE = 16, 0.35
"""Pixels of a margin of the template; the share of the room between two panels that no title takes."""


def is_wide(drawing: Drawing, box: Box) -> bool:
    """Whether the words of the drawing stay readable in a box as wide as a slide."""
    return 72 * box.height / height(drawing) >= READABLE


def pieces(drawing: Drawing, box: Box) -> list[Piece]:
    """The drawing for a box: whole, or cut between its rows into several of about the same height. Raises NoPicture."""
    high = height(drawing)
    scale = min(LARGEST, 72 * box.height / high)
    if scale >= (LEAST if _has_scale(drawing) else SMALLEST):
        return [Piece(drawing, _width(box, scale))]
    parts = -(-high * CUT // (72 * box.height))
    width = _width(box, min(LARGEST_CUT, 0.85 * parts * 72 * box.height / high))
    cuts = _cuts(drawing, width, int(parts))
    if len(cuts) < parts - 1:
        return [Piece(drawing, _width(box, scale))]
    return [Piece(drawing, width, top, bottom) for top, bottom in pairwise([0.0, *cuts, 1.0])]


class Files(NamedTuple):
    """A drawing in the two forms that a slide holds."""

    vector: bytes
    pixels: bytes


def files(piece: Piece) -> Files:
    """The whole drawing of a piece. Raises NoPicture."""
    return Files(outlined(piece.drawing, piece.width).encode("utf-8"), _png(piece.drawing, piece.width))


def insert(slide: Slide, box: Box, piece: Piece, drawn: Files) -> Any:
    """Put a piece into a box, as large as it gets. Returns the picture."""
    wide, high = piece.size
    scale = min(box.width / wide, box.height / high, LARGEST / 72)
    place = Box(box.left, box.top, wide * scale, high * scale)
    picture = slide.shapes.add_picture(BytesIO(drawn.pixels), *place.lengths)
    picture.crop_top, picture.crop_bottom = piece.top, 1 - piece.bottom
    _beside(slide, picture, drawn.vector)
    return picture


def _width(box: Box, scale: float) -> int:
    return int(min(max(72 * box.width / scale, NARROWEST), WIDEST))


def _png(drawing: Drawing, width: int) -> bytes:
    """The drawing in a palette of 256 colours, as small as a figure needs."""
    with Image.open(BytesIO(bare(drawing, "png", width, SCALE))) as picture:
        file = BytesIO()
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
        flat.quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


class Calm(NamedTuple):
    """Rows where nothing changes: their middle and length, as shares of the height of the drawing."""

    middle: float
    length: float


@lru_cache(maxsize=64)
def _calm(drawing: Drawing, width: int) -> tuple[list[Calm], list[Calm]]:
    """Where a drawing may be cut: through empty rows, and through rows where only thin lines pass."""
    with Image.open(BytesIO(bare(drawing, "png", width, SCALE))) as picture:
        pixels = np.asarray(picture.convert("L"), dtype=np.int16)
    same = np.abs(np.diff(pixels, axis=0, prepend=pixels[:1])).max(axis=1) < 3
    inked = (np.abs(pixels - np.bincount(pixels.ravel()).argmax()) > 3).mean(axis=1)
    return _runs(same & (inked == 0)), _runs(same & (inked < LINES))


def _runs(rows: np.ndarray) -> list[Calm]:
    """The stretches of at least `CALM` pixels of the drawing that are all true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(int))).reshape(-1, 2)
    return [
        Calm(float(start + stop) / 2 / len(rows), float(stop - start) / len(rows))
        for start, stop in edges
        if stop - start >= CALM * SCALE
    ]


def _cuts(drawing: Drawing, width: int, parts: int) -> list[float]:
    """Where to cut a drawing into `parts` (shares of its height); fewer when it cannot be cut there."""
    wanted, whole = [part / parts for part in range(1, parts)], _unbroken(drawing, 1 / parts)
    free = [
        [run for run in runs if not any(top < run.middle < bottom for top, bottom in whole)]
        for runs in _calm(drawing, width)
    ]
    found = [_cut(free, share, REACH / parts) for share in wanted]
    return [cut for cut in found if cut is not None]


def _has_scale(drawing: Drawing) -> bool:
    """Whether an axis is written under or over the figure, which only one part would keep."""
    axes = drawing.figure.select_xaxes()
    return any(axis.visible is not False and axis.showticklabels is not False for axis in axes)


def _unbroken(drawing: Drawing, part: float) -> list[tuple[float, float]]:
    """Where the panels of a figure stand that are lower than a part, each with its title: nothing may cut them."""
    layout, high = drawing.figure.layout, height(drawing)
    top, bottom = layout.margin.t or MARGIN, layout.margin.b or MARGIN
    domains = sorted({axis.domain for axis in drawing.figure.select_yaxes() if axis.domain}, reverse=True)
    edges = [tuple((top + (1 - end) * (high - top - bottom)) / high for end in reversed(own)) for own in domains]
    before = [0.0, *(low for _top, low in edges)]
    return [
        (above + TITLE * (start - above), low)
        for above, (start, low) in zip(before, edges, strict=False)
        if low - start < part
    ]


def _cut(calm: list[list[Calm]], share: float, reach: float) -> float | None:
    """The middle of the longest empty rows not further from `share` than `reach`; else of those that lines pass."""
    for runs in calm:
        near = [run for run in runs if abs(run.middle - share) <= reach]
        if near:
            return max(near, key=lambda run: run.length).middle
    return None


def _beside(slide: Slide, picture: Any, vector: bytes) -> None:
    """The SVG beside the PNG: programs that know the extension draw it instead."""
    part = _part(slide, vector)
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = picture._element.blipFill.find("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    blip.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<a:ext uri="{SVG}"><asvg:svgBlip xmlns:asvg="{NAMESPACE}" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )


def _part(slide: Slide, vector: bytes) -> Part:
    """The part that holds this SVG: one for all the pieces of a drawing."""
    package = slide.part.package
    known = (part for part in package.iter_parts() if part.content_type == "image/svg+xml" and part.blob == vector)
    return next(known, None) or Part(package.next_image_partname("svg"), "image/svg+xml", package, vector)
