"""Files as one ZIP that is the same bytes whenever it is made."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

DATE = (1980, 1, 1, 0, 0, 0)
PACKED = (".png", ".jpg", ".pdf", ".docx", ".pptx", ".xlsx")
"""Files that do not get smaller."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files by their name, in their order."""
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, DATE)
            entry.compress_type = ZIP_STORED if name.endswith(PACKED) else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()
