"""Which projects are about social innovation or the social economy: reviewed categories and words, and which of them did it."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.bulk.contract import JOINED
from etl.read import read_csv

WORDS = Path(__file__).with_name("social_words.csv")
HEADER = ("language", "where", "words", "why")
CATEGORY, NAME = "category", "name"
"""Where reviewed words are looked for: in the category of intervention, in what a project calls itself."""


@cache
def pattern(where: str) -> str:
    """The reviewed words of `where`, whatever their case, at the start of a word (RE2); the group `word` holds those met."""
    rows = read_csv(WORDS, HEADER)
    words: list[str] = rows.loc[rows["where"] == where, "words"].tolist()
    spaced = (re.escape(word).replace(r"\ ", r"[\s-]+") for word in words)
    return rf"(?i)(?:^|[^\pL])(?P<word>{'|'.join(spaced)})"


def said_in(column: str, where: str = NAME) -> pc.Expression:
    """Whether the words of `where` are in a column of text: a filter for pyarrow."""
    return pc.match_substring_regex(pc.field(column), pattern(where))


def listed_in(column: str, expression: str) -> pc.Expression:
    """Whether `expression` (RE2) is in a column of lists: a filter for pyarrow."""
    return pc.match_substring_regex(pc.binary_join(pc.field(column), JOINED), expression)


def met(texts: pa.ChunkedArray, where: str = NAME) -> list[str | None]:
    """The words of `where` that each text holds, as it writes them; None where it holds none."""
    found = pc.extract_regex(texts.cast(pa.string()), pattern(where))
    return [one["word"] if one else None for one in found.to_pylist()]


def social(items: Iterable[str]) -> list[str]:
    """Those of several categories that are social."""
    return [item for item in items if is_social(item)]


@cache
def is_social(category: str) -> bool:
    """Whether a category is."""
    return met(pa.chunked_array([[category]]), CATEGORY) != [None]


def reason(**found: str | None) -> str:
    """Why a project is taken: `name: “social economy”; category: “...”`, of what was found."""
    return "; ".join(f"{where}: “{words}”" for where, words in found.items() if words)
