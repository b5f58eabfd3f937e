"""Beneficiaries that a file of Kohesio shows to be a natural person: they are left out.

Only what says so can be told: a title, or the words for a person or a sole trader in the languages of the Union.
"""

import re
from functools import cache
from pathlib import Path

from etl.read import read_csv

WORDS = Path(__file__).with_name("person_words.csv")
HEADER = ("language", "where", "words", "why")
PLACES = {"start": r"^{}(?!\w)", "end": r"(?<!\w){}[)\].]*$", "anywhere": r"(?<!\w){}(?!\w)"}
SHORT = 4
"""Letters up to which words are looked for as they are written: in another case they are parts of names."""


@cache
def is_person(name: str) -> bool:
    """Whether a name is shown to be that of a natural person."""
    return bool(expression().search(name.strip()))


@cache
def expression() -> re.Pattern[str]:
    """The reviewed words, each where it tells a person."""
    rows = read_csv(WORDS, HEADER)
    return re.compile("|".join(spelt(words, where) for words, where in zip(rows["words"], rows["where"], strict=True)))


def spelt(words: str, where: str) -> str:
    """One entry: short ones in their case, the others in any."""
    escaped = re.escape(words)
    return PLACES[where].format(escaped if len(words) <= SHORT else f"(?i:{escaped})")
