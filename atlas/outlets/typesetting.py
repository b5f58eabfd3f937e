"""Typst, as every outlet calls it: our fonts alone, no file read but the template, texts given as data."""

import json
import re
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
    made = _compiled(template, data, format=form, ppi=ppi, **options)
    return b"".join(made) if isinstance(made, list) else made or b""


def typeset_pages(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """`template` as SVG, one for each page. Raises typst.TypstError."""
    made = _compiled(template, data, format="svg")
    return made if isinstance(made, list) else [made or b""]


def queried(template: str, data: Mapping[str, Any], selector: str) -> list[Any]:
    """The values of the metadata that `selector` finds in the pages of `template`. Raises typst.TypstError."""
    found: list[Any] = json.loads(_compiler(template, data).query(selector, field="value"))
    return found


def _compiled(template: str, data: Mapping[str, Any], **options: Any) -> Any:
    return _compiler(template, data).compile(**options)


def _compiler(template: str, data: Mapping[str, Any]) -> typst.Compiler:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.Compiler(template.encode("utf-8"), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


def drawable(svg: str) -> str:
    """A picture for `image(bytes(data.svg), format: "svg")`: its texts ask for the font that Typst has, and keep the spaces they
    begin with, which Typst would drop."""
    kept = re.sub(r"(?<=>) +(?=[^<\s])", lambda spaces: "\xa0" * len(spaces[0]), svg)
    return (
        kept.replace("Source Sans,", f"{FAMILY},")
        .replace("'Source Sans'", f"'{FAMILY}'")
        .replace('"Source Sans"', f"'{FAMILY}'")
        .replace("&quot;Source Sans&quot;", f"'{FAMILY}'")
    )
