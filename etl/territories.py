"""Countries however they are written: ISO 3166-1 alpha-2, Eurostat's EL and UK, names in English, French or locally."""

import unicodedata
from collections.abc import Collection, Mapping
from functools import cache

from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import exists

from etl.cells import Reader, closest
from etl.faults import BadCell

EUROSTAT = {"EL": "GR", "UK": "GB"}
ALSO_CALLED = {
    "czech republic": "CZ",
    "république tchèque": "CZ",
    "turkey": "TR",
    "england": "GB",
    "great britain": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "holland": "NL",
    "macedonia": "MK",
    "macédoine": "MK",
    "moldova, republic of": "MD",
    "republic of ireland": "IE",
    "slovak republic": "SK",
    "the netherlands": "NL",
    "kosovo*": "XK",
    "grande-bretagne": "GB",
}
"""Names in use that are not the name of the country in Unicode's tables."""
SPELT_ALIKE = str.maketrans({"’": "'", "&": "and"})


def country(labels: Mapping[str, Collection[str]]) -> Reader:
    """A reader of countries and aggregates: code -> its labels; returns a code or raises BadCell with the closest."""
    codes, labelled = tuple(sorted(labels)), {key(label): code for code in labels for label in labels[code]}

    def read(cell: str) -> str:
        code = EUROSTAT.get(cell.upper(), cell.upper())
        if code not in labels:
            code = labelled.get(key(cell)) or names(codes).get(key(cell), code)
        if code in labels:
            return code
        remedy = closest(cell, spellings(labels), "Write its ISO 3166-1 code")
        raise BadCell("is not the code or the name of a country we know", remedy)

    return read


def spellings(labels: Mapping[str, Collection[str]]) -> list[str]:
    """Every code and label, to suggest the closest."""
    return sorted({*labels, *(label for names in labels.values() for label in names)})


def key(name: str) -> str:
    """What two spellings of one name share: case, apostrophes, ampersands and Unicode form do not count."""
    return unicodedata.normalize("NFC", name).casefold().translate(SPELT_ALIKE)


@cache
def names(codes: tuple[str, ...]) -> dict[str, str]:
    """Name, as `key` writes it -> alpha-2: in English and French, then in the official languages of each country.

    Half a second: Unicode's tables of a hundred languages are read. Only a cell that is no code and no label asks for it.
    """
    everywhere = [(code, language) for language in ("en", "fr") for code in codes]
    locally = [(code, language) for code in codes for language in official_languages(code)]
    found = dict(ALSO_CALLED)
    for code, language in everywhere + locally:
        if name := Locale.parse(language).territories.get(code):
            found.setdefault(key(name), code)
    return found


def official_languages(code: str) -> list[str]:
    """The official languages of a territory, regional ones included, that Unicode has data for."""
    return [language for language in get_official_languages(code, regional=True, de_facto=True) if exists(language)]
