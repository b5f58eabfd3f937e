"""The logo of a briefing: only a real PNG or JPEG of a bounded size is kept, written anew."""

from base64 import b64decode, b64encode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from atlas.outlets.briefing.document import Briefing
from atlas.outlets.briefing.logo import KEPT_BYTES, SIDES, BadLogo, checked, encoded


def picture(form: str, size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#0b5d6b").save(file, form, **more)
    return file.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_kept_in_its_form(form):
    with Image.open(BytesIO(b64decode(encoded(picture(form))))) as kept:
        assert (kept.format, kept.size) == (form, (40, 20))


def test_what_else_a_picture_carries_is_not_kept():
    exif = Image.Exif()
    exif[0x010E] = "private words"
    given = picture("JPEG", exif=exif)
    assert b"private words" in given
    assert b"private words" not in b64decode(encoded(given))


def test_a_large_picture_is_made_smaller_until_it_travels():
    noise = np.random.default_rng(0).integers(0, 255, (900, 900, 3), dtype="uint8")
    file = BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    kept = b64decode(encoded(file.getvalue()))
    assert len(kept) <= KEPT_BYTES
    assert Briefing(logo=b64encode(kept).decode()).logo
    with Image.open(BytesIO(kept)) as small:
        assert max(small.size) < SIDES[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        b"GIF89a" + bytes(20),
        picture("GIF"),
        picture("PNG")[:40],
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content):
    with pytest.raises(BadLogo) as refused:
        encoded(content)
    assert refused.value.reason == "not_a_picture"


def test_a_picture_too_large_is_refused_before_it_fills_the_memory():
    with pytest.raises(BadLogo) as refused:
        encoded(picture("PNG", (8000, 8000)))
    assert refused.value.reason == "too_large"
    with pytest.raises(BadLogo):
        encoded(bytes(6 * 2**20))


@pytest.mark.parametrize("text", ["", "not base64!", b64encode(b"<script>").decode()])
def test_a_logo_from_a_file_that_is_no_picture_is_left_out(text):
    assert checked(text) == ""
