"""The forms a briefing is written in."""

from importlib import import_module
from typing import NamedTuple

from atlas.outlets.briefing.composed import Composed
from atlas.words import N_


class Writer(NamedTuple):
    """A form: its module here (`write(composed) -> bytes`, loaded when it is needed), and its file."""

    module: str
    media_type: str
    extension: str
    label: str

    def write(self, composed: Composed) -> bytes:
        """The whole file. Raises NoPicture where this form cannot do without pictures."""
        return import_module(f"{__package__}.{self.module}").write(composed)


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "docx": Writer("docx", f"{OFFICE}.wordprocessingml.document", "docx", N_("Word")),
    "pptx": Writer("pptx", f"{OFFICE}.presentationml.presentation", "pptx", N_("PowerPoint")),
    "pdf": Writer("pdf", "application/pdf", "pdf", N_("PDF")),
    "html": Writer("html", "text/html", "html", N_("Web page")),
    "markdown": Writer("markdown", "application/zip", "zip", N_("Markdown and images")),
}
"""By their name in the URL."""
EXTENSIONS = {f".{writer.extension}": name for name, writer in FORMATS.items()}
"""Extension of a file -> name of its form."""
