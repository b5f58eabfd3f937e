"""A drawing inside a page is the same picture, light and dark."""

import re
from dataclasses import replace

import pytest

from atlas import store
from atlas.outlets import image
from atlas.outlets.drawing import Drawing
from atlas.outlets.embed.inline import colours, lean, recoloured
from atlas.selection import Selection
from atlas.theme import DARK, LIGHT


def norm(svg: str) -> str:
    """Colours written one way."""
    return re.sub(r"rgb\((\d+), (\d+), (\d+)\)", lambda c: "#" + "".join(f"{int(n):02x}" for n in c.groups()), svg)


@pytest.mark.parametrize("name", ["jobs_by_scope", "model_by_kind"])
def test_in_the_colours_of_a_theme_it_is_the_drawing_of_that_theme(name):
    drawing = Drawing.of(name, Selection(language="fr"), store.tables())
    both = recoloured(drawing, 360, "n")
    assert len(colours(both)) > 3
    for theme, hidden in ((LIGHT, "dark"), (DARK, "light")):
        shown = re.sub(rf'<image class="on-{hidden}"[^>]*>', "", both)
        shown = re.sub(r'<image class="on-[a-z]+"', "<image", shown)
        for variable, light, dark in colours(both):
            shown = shown.replace(f"var({variable})", dark if theme.is_dark else light)
        assert norm(shown) == norm(lean(image.svg(replace(drawing, theme=theme), 360), "n"))


def test_an_outline_goes_through_the_same_points():
    outline = "M10.0,20.0L30.5,20.0L30.5,-4.2L10.0,20.0ZM0,0L1,1Z"
    steps = re.search(r' d="([^"]+)"', lean(f'<path d="{outline}" fill="#000"/>', "n"))[1]
    assert points(steps) == [(10, 20), (30.4, 20), (30.4, -4.2), (10, 20), "z", (0, 0), (1, 1), "z"]


def points(steps: str) -> list:
    """The points of an outline of relative steps, as SVG reads them."""
    found, here, start = [], (0.0, 0.0), (0.0, 0.0)
    for command, numbers in re.findall(r"([mlz])([^mlz]*)", steps):
        if command == "z":
            found.append("z")
            here = start
            continue
        values = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        for x, y in zip(values[::2], values[1::2], strict=True):
            here = (round(here[0] + x, 1), round(here[1] + y, 1))
            start = here if command == "m" else start
            found.append(here)
    return found


def test_words_keep_their_numbers_and_only_what_is_used_keeps_its_name():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs id="defs-1a2b3c"><clipPath id="used1a2b3c"><rect width="1"/></clipPath>'
        '<clipPath id="idle1a2b3c"><rect width="2"/></clipPath></defs><g class="x"><g/></g>'
        '<text clip-path="url(#used1a2b3c)" style="font-family: &quot;A&quot;, b; opacity: 1;">opacity: 1; 0.12345</text></svg>'
    )
    assert lean(svg, "n") == (
        '<svg><defs><clipPath id="n0"><rect width="1"/></clipPath></defs>'
        '<text clip-path="url(#n0)">opacity: 1; 0.12345</text></svg>'
    )
