"""The cells of the census of third places: words, codes that a spreadsheet shortened, websites. What cannot be used is null."""

import re

from etl import cells
from etl.inbox.descriptor import MISSING
from etl.inbox.values import EMAIL, clean

NOTHING = {mark.casefold() for mark in MISSING}
SOLE_TRADER = re.compile(
    r"^(M\.|Mr|Mme|Mlle|Monsieur|Madame)\s|\b(EI|EIRL)\)?$|"
    r"(?i:\b(auto-?\s?entrepreneure?|micro-?\s?entreprise|micro-?\s?entrepreneure?|entreprise individuelle)\b)"
)
ADDRESS = re.compile(r"(https?://)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+([^\W\d_]{2,})(:\d+)?([/?#]\S*)?", re.IGNORECASE)
"""A web address, its scheme perhaps left out; the second group is its top-level domain."""


def words(cell: str) -> str | None:
    """Text on one line, the e-mail addresses in it left out; null where nothing is written."""
    said = clean(EMAIL.sub("", cell))
    return None if said.casefold() in NOTHING else said


def organisation(cell: str) -> str | None:
    """The name of an organisation; null when it is that of a person who trades alone."""
    said = words(cell)
    return None if said and SOLE_TRADER.search(said) else said


def commune_code(cell: str) -> str | None:
    """An INSEE code, the zero that a spreadsheet took from it given back; null when it is none."""
    code = five(clean(cell).upper())
    return code if re.fullmatch(r"(0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}", code) else None


def postcode(cell: str) -> str | None:
    """A postcode of five digits, likewise."""
    code = five("".join(clean(cell).split()))
    return code if re.fullmatch(r"(0[1-9]|[1-8]\d|9[0-8])\d{3}", code) else None


def five(code: str) -> str:
    """What a spreadsheet made of a code of five digits (1004, 75056.0) undone."""
    plain = re.sub(r"\.0+$", "", code)
    return f"0{plain}" if len(plain) == 4 else plain


def website(cell: str) -> str | None:
    """The first web address of a cell, https:// added to a bare domain; null when it holds none."""
    for word in re.split(r"[\s;|,<>\"]+", cells.text(cell)):
        address = word.strip(".:()'’")
        parts = ADDRESS.fullmatch(address)
        if parts and (parts[2].islower() or parts[2].isupper()):
            scheme = parts[1] or ""
            return f"{scheme.lower() or 'https://'}{address[len(scheme) :]}"
    return None
