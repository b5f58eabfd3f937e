"""Columns about persons: left out by default, and said."""

import re

from etl.inbox.words import plain

WORDS = re.compile(
    r"\b(e ?mails?|mails?|courriels?|correo|poczta|tel|telephone|telefono?|telefon|phone|mobile|portable|handy|fax|"
    r"prenoms?|vorname|nachname|familienname|first ?name|last ?name|surname|forename|apellidos?|cognome|"
    r"nazwisko|imie|contact|contacts|kontakt|contacto|contatto|ansprechpartner|ansprechperson|interlocuteur|"
    r"referent|referente|director|directeur|directrice|president|presidente|dirigeant|geschaftsfuhrer|"
    r"birth|naissance|geburtsdatum|nacimiento|nascita|urodzenia|salutation|civilite|anrede|gender|sexe|geschlecht)\b"
)
"""What headers of such columns say in English, French, German, Spanish, Italian and Polish."""


def is_personal(header: str) -> bool:
    """Whether the name of a column shows that it is about persons."""
    return bool(WORDS.search(plain(header)))
