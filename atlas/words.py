"""Words in the reader's language: English in the code, French in `locale/fr/LC_MESSAGES/atlas.po`."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fr")
LOCALE = Path(__file__).parents[1] / "locale"


def N_(message: str) -> str:
    """Mark a constant for translation; `catalogue(language).gettext` translates it when it is shown."""
    return message


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "atlas.po"


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled in memory so that no binary file is kept; English is the code itself."""
    if language == "en":
        return gettext.NullTranslations()
    compiled = BytesIO()
    with catalogue_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
