"""Typst, as every outlet calls it: our fonts alone, no file read but the template, texts given as data."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import typst

from atlas.outlets.chromium import FONTS

FAMILY = "Atlas Sans"
Form = Literal["svg", "png", "pdf"]


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def typeset(template: str, data: Mapping[str, Any], form: Form, ppi: float = 144, **options: Any) -> bytes:
    """`template` (Typst) as one page of SVG or PNG, or as PDF. It reads `data` with `#let data = json(bytes(sys.inputs.data))`: texts
    stay texts, never markup. `options` go to the compiler (`pdf_standards`, `timestamp`). Raises typst.TypstError."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(template.encode("utf-8"), font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(format=form, ppi=ppi, sys_inputs=inputs, **options)
    return b"".join(made) if isinstance(made, list) else made or b""


def drawable(svg: str) -> str:
    """A picture for `image(bytes(data.svg), format: "svg")`: its texts ask for the font that Typst has."""
    return (
        svg.replace("Source Sans,", f"{FAMILY},")
        .replace("'Source Sans'", f"'{FAMILY}'")
        .replace('"Source Sans"', f"'{FAMILY}'")
    )
