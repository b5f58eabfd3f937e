"""Letters as shapes look as letters do, wherever and however they are set."""

from base64 import b64encode
from io import BytesIO

import numpy as np
from PIL import Image

from atlas.outlets.outlines import flattened, outlined_letters
from atlas.outlets.typesetting import drawable, typeset

STYLE = "font-family: &quot;Source Sans&quot;, sans-serif; fill: rgb(29, 42, 51); fill-opacity: 1; white-space: pre; font-size"
TEXTS = f"""
<text x="150" y="20" text-anchor="middle" style="{STYLE}: 14px">Pôle &lt;b&gt; &amp; VAfi</text>
<text x="290" y="40" text-anchor="end" style="{STYLE}: 12px">1 350 emplois</text>
<text x="40" y="90" text-anchor="middle" transform="rotate(-40,40,90)" style="{STYLE}: 12px">Incubateur</text>
<text x="100" y="70" text-anchor="start" style="{STYLE}: 12px"><tspan class="line" dy="0em" x="100" y="70">Planned,
 never</tspan><tspan class="line" dy="1.3em" x="100" y="70"><tspan style="font-weight:bold">77</tspan> of <tspan
 style="font-size:9px; fill:#0b5d6b">20</tspan></tspan></text>
<text x="5" y="115" style="{STYLE}: 12px"> </text>
"""
BODY = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">{}</svg>'
PLAIN = BODY.format(TEXTS.replace("\n never", " never").replace("<tspan\n ", "<tspan "))
PAGE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 300pt, height: 120pt, margin: 0pt)
#image(bytes(data.svg), format: "svg", width: 100%)
"""


def seen(svg: str) -> np.ndarray:
    """The picture as greys between 0 (ink) and 1."""
    png = typeset(PAGE, {"svg": svg}, "png", ppi=144)
    return np.asarray(Image.open(BytesIO(png)).convert("L"), dtype=float) / 255


def test_letters_as_shapes_look_as_letters_do():
    outlined = outlined_letters(drawable(PLAIN))
    letters, shapes = seen(drawable(PLAIN)), seen(outlined)
    assert "<text" not in outlined
    assert (1 - letters).sum() > 1000
    assert np.abs(letters - shapes).sum() < 0.05 * (1 - letters).sum()


def test_a_drawing_without_words_stays_as_it_is():
    drawn = BODY.format('<path d="M0 0L10 10"/>')
    assert outlined_letters(drawn) == drawn


def test_pictures_inside_become_shapes_in_their_place():
    inner = b64encode(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><rect width="10" height="20"/></svg>'
    )
    image = f'<image xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml;base64,{inner.decode()}" x="100" y="20" width="50" height="60"/>'
    shown = flattened(BODY.format(image))
    assert "<image" not in shown
    assert np.abs(seen(shown) - seen(BODY.format('<rect x="100" y="20" width="50" height="60"/>'))).sum() < 1
