"""A chart as SVG inside a page: few bytes, and colours that the page names, so that one drawing serves light and dark."""

import re
from dataclasses import replace

from atlas.outlets import image
from atlas.outlets.cache import cached, digest
from atlas.outlets.drawing import Drawing
from atlas.theme import DARK, LIGHT

COLOURED = re.compile(r"rgb\(\d+, \d+, \d+\)|#[0-9a-f]{6}\b|<image\b[^>]*>")
"""What differs between a drawing and its twin in the other theme: colours, and pictures made of them."""
TAG = re.compile(r"<[^>]+>")
IDLE = re.compile(
    r"(?:(?:fill-|stroke-)?opacity: 1|vector-effect: [a-z-]+|font-family: (?:&quot;|[^;\x22])+|white-space: pre"
    r"|font-variant: [a-z-]+|font-(?:style|weight): normal)(?:; ?|(?=\x22))"
    r'| (?:class|data-[a-z]+)="[^"]*"| xmlns(?::xlink)?="[^"]*"'
)
"""Style that says what is so anyway or what the page says once for all, and marks for scripts."""
LONG = re.compile(r"(\d\.\d\d)\d+")
"""Numbers finer than a hundredth of a pixel."""
EMPTY = re.compile(
    r'<(g|defs)(?: [^>]*[^/>])?></\1>|<(?:g|path|rect)(?: style="[^"]*")?/>|<clipPath><rect[^>]*/></clipPath>| style=""'
)
OUTLINE = re.compile(r' d="(M[-\d.,MLZ]+)"')
GRID = 5
"""Steps in a pixel that the points of an outline are set to."""
STEP = re.compile(r"([MLZ])([^MLZ]*)")
VARIABLE = re.compile(r"var\(--([0-9a-f]{6})-([0-9a-f]{6})\)")


def recoloured(drawing: Drawing, width: int, name: str) -> str:
    """The drawing `width` pixels wide, each colour that the themes do not share as a variable (see `colours`). `name` tells its
    identifiers from those of other drawings of the page. Raises NoPicture."""
    light, dark = (image.svg(replace(drawing, theme=theme), width) for theme in (LIGHT, DARK))
    key = digest("recoloured", light, dark, name)
    return cached(key, lambda: _twofold(lean(light, name), lean(dark, name)).encode("utf-8")).decode("utf-8")


def colours(svg: str) -> list[tuple[str, str, str]]:
    """The variables of a recoloured drawing: name, value on a light page, value on a dark one."""
    return [(f"--{light}-{dark}", f"#{light}", f"#{dark}") for light, dark in sorted(set(VARIABLE.findall(svg)))]


def lean(svg: str, name: str) -> str:
    """The same picture in fewer bytes: no style that the page gives, short identifiers, outlines step by step."""
    svg = TAG.sub(lambda tag: LONG.sub(r"\1", IDLE.sub("", tag[0])), _identified(svg, name))
    while (shorter := EMPTY.sub("", svg)) != svg:
        svg = shorter
    return OUTLINE.sub(lambda outline: f' d="{_stepped(outline[1])}"', svg)


def _twofold(light: str, dark: str) -> str:
    """One drawing for both themes; both of them, should they differ in more than colour."""
    if COLOURED.sub("", light) != COLOURED.sub("", dark):
        return f'<div class="on-light">{light}</div><div class="on-dark">{dark}</div>'
    others = iter(COLOURED.findall(dark))
    return COLOURED.sub(lambda found: _paired(found[0], next(others)), light)


def _paired(light: str, dark: str) -> str:
    if light == dark:
        return light
    if light.startswith("<image"):
        pictures = {"on-light": light, "on-dark": dark}
        return "".join(one.replace("<image", f'<image class="{name}"', 1) for name, one in pictures.items())
    return f"var(--{_hex(light)}-{_hex(dark)})"


def _hex(colour: str) -> str:
    """'rgb(11, 93, 107)' or '#0b5d6b' -> '0b5d6b'."""
    parts = re.findall(r"\d+", colour)
    return colour[1:] if colour.startswith("#") else "".join(f"{int(part):02x}" for part in parts)


def _identified(svg: str, name: str) -> str:
    """Identifiers, random in each drawing, as `name` and a number; those that nothing refers to go."""
    used = dict.fromkeys(re.findall(r"""url\((?:['"]|&quot;)?#([\w-]+)""", svg))
    known = {code: f"{name}{number}" for number, code in enumerate(used)}
    svg = re.sub(r"""(url\((?:['"]|&quot;)?#)([\w-]+)""", lambda use: use[1] + known[use[2]], svg)
    return re.sub(r' id="([^"]*)"', lambda use: f' id="{known[use[1]]}"' if use[1] in known else "", svg)


def _stepped(outline: str) -> str:
    """An outline of straight lines, each point as the way from the one before it, to a fifth of a pixel."""
    steps: list[str] = []
    here = start = (0, 0)
    last = ""
    for command, point in STEP.findall(outline):
        if command == "Z":
            here, last = start, "z"
            steps.append(last)
            continue
        x, y = (round(GRID * float(number)) * 10 // GRID for number in point.split(","))
        follows = command == last == "L"
        steps.append(("" if follows else command.lower()) + _step(x - here[0], y - here[1], follows))
        here, last = (x, y), command
        start = here if command == "M" else start
    return "".join(steps)


def _step(x: int, y: int, follows: bool) -> str:
    """A step of `x` and `y` tenths, with only the marks that keep numbers apart."""
    return (" " if follows and x >= 0 else "") + _tenths(x) + ("," if y >= 0 else "") + _tenths(y)


def _tenths(number: int) -> str:
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
