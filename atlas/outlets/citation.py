"""How to cite one page of the observatory: APA, BibTeX, RIS and CSL-JSON, each escaped as its readers expect."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from atlas.search import folded
from atlas.words import N_, catalogue

PUBLISHER = N_("Observatory of social innovation clusters in Europe")
APA = N_("{author}. ({year}). {title} (Version {version}) [Data set]. {url}")
KEY_WORDS = 6
LANGIDS = {"en": "british", "fr": "french"}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "$&#_%"},
    **dict(zip("ßæœøłıÆŒØŁ", (r"{\ss}", r"{\ae}", r"{\oe}", r"{\o}", r"{\l}", r"{\i}", r"{\AE}", r"{\OE}", r"{\O}", r"{\L}"), strict=True)),
    **{"’": "'", "‘": "`", "“": "``", "”": "''", "–": "--", "—": "---", "\xa0": "~", "\u202f": r"\,"},
}  # fmt: skip
"""What TeX reads as a command, and letters and marks it has a command for."""
ACCENTS = dict(zip("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328", "`'^~=u.\"rHvck", strict=True))  # fmt: skip
"""Combining accent -> the TeX command that sets it over or under a letter."""


@dataclass(frozen=True)
class Citation:
    """One page to cite: its title as written on it, its address, the year and version of the data, the language."""

    title: str
    url: str
    year: str
    version: str
    language: str = "en"

    @property
    def words(self) -> str:
        """The title on one line."""
        return " ".join(self.title.split())

    @property
    def author(self) -> str:
        """The observatory, as author and publisher."""
        return catalogue(self.language).gettext(PUBLISHER)

    @property
    def key(self) -> str:
        """A key of plain letters and figures: 'darwin-eco-systeme-2026'."""
        words = re.findall(r"[a-z0-9]+", folded(self.words))[:KEY_WORDS] or ["observatory"]
        return "-".join([*words, self.year])

    @property
    def address(self) -> str:
        """The address without a space, a brace or a line end, which would end a field."""
        return re.sub(r"[\s{}\\]", lambda mark: "".join(f"%{byte:02X}" for byte in mark[0].encode()), self.url)


def apa(citation: Citation) -> str:
    """'Observatory (2026). Title (Version 1a2b) [Data set]. https://…', in the language."""
    sentence = catalogue(citation.language).gettext(APA)
    return sentence.format(
        author=citation.author, year=citation.year, title=citation.words, version=citation.version, url=citation.address
    )


def bibtex(citation: Citation) -> str:
    """A BibTeX entry in plain ASCII where TeX has a command; the title in double braces keeps its capitals."""
    fields = {
        "author": f"{{{{{tex(citation.author)}}}}}",
        "title": f"{{{{{tex(citation.words)}}}}}",
        "year": f"{{{citation.year}}}",
        "version": f"{{{tex(citation.version)}}}",
        "publisher": f"{{{tex(citation.author)}}}",
        "url": f"{{{citation.address}}}",
        "langid": f"{{{LANGIDS[citation.language]}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def ris(citation: Citation) -> str:
    """A RIS record of a data set: one tag per line, lines ended by CR LF."""
    fields = (
        ("TY", "DATA"),
        ("AU", citation.author),
        ("TI", citation.words),
        ("PY", citation.year),
        ("ET", citation.version),
        ("PB", citation.author),
        ("UR", citation.address),
        ("LA", citation.language),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl_json(citation: Citation) -> str:
    """A CSL-JSON list of one item, as Zotero and pandoc read it."""
    item = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.words,
        "author": [{"literal": citation.author}],
        "publisher": citation.author,
        "issued": {"date-parts": [[int(citation.year)]]},
        "version": citation.version,
        "URL": citation.address,
        "language": citation.language,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def tex(text: str) -> str:
    """Text as TeX reads it: commands escaped, accents as commands ('é' -> \"{\\'e}\"); other scripts stay as they are."""
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    if letter in SPECIAL:
        return SPECIAL[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, accent = parts[:1], parts[1:]
    if accent not in ACCENTS or not base.isascii():
        return letter
    command = ACCENTS[accent]
    under = {"i": r"\i", "j": r"\j"}.get(base, base) if command not in "ck" else base
    return f"{{\\{command}{{{under}}}}}" if command.isalpha() or under != base else f"{{\\{command}{base}}}"


class Format(NamedTuple):
    """A way to cite: what it is called, who writes it, and its file."""

    name: str
    write: Callable[[Citation], str]
    extension: str
    media_type: str


FORMATS = (
    Format("APA", apa, "txt", "text/plain"),
    Format("BibTeX", bibtex, "bib", "application/x-bibtex"),
    Format("RIS", ris, "ris", "application/x-research-info-systems"),
    Format("CSL-JSON", csl_json, "json", "application/vnd.citationstyles.csl+json"),
)
