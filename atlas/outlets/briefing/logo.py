"""The logo of a briefing: a picture that someone gives us, believed only after it was decoded and written anew."""

from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image, ImageOps

BYTES_LIMIT = 5 * 2**20
"""Bytes of the picture given."""
PIXELS_LIMIT = 30_000_000
"""Pixels of the picture given: more would only fill the memory."""
KEPT_BYTES = 500_000
SIDES = (900, 600, 400, 300)
"""Longest sides tried, in pixels, until the picture is small enough to travel in a briefing."""
FORMS = ("PNG", "JPEG")


class BadLogo(Exception):
    """`reason` is 'too_large' or 'not_a_picture'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encoded(content: bytes) -> str:
    """A PNG or JPEG as the base64 that `Briefing.logo` holds: decoded, made smaller, written anew without what else it
    carried. Raises BadLogo."""
    if len(content) > BYTES_LIMIT:
        raise BadLogo("too_large")
    try:
        with Image.open(BytesIO(content), formats=FORMS) as picture:
            if picture.width * picture.height > PIXELS_LIMIT:
                raise BadLogo("too_large")
            return b64encode(_written(picture)).decode("ascii")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadLogo("not_a_picture") from error


def checked(text: str) -> str:
    """The logo of a briefing that came from outside; '' when it is not a picture."""
    try:
        return encoded(b64decode(text, validate=True)) if text else ""
    except (BadLogo, ValueError):
        return ""


def _written(picture: Image.Image) -> bytes:
    form = str(picture.format)
    upright = ImageOps.exif_transpose(picture).convert("RGBA" if form == "PNG" else "RGB")
    content = b""
    for side in SIDES:
        upright.thumbnail((side, side))
        file = BytesIO()
        upright.save(file, form, optimize=True)
        content = file.getvalue()
        if len(content) <= KEPT_BYTES:
            break
    return content
