"""Pairs of rows that may be one thing and are not in same_as: listed for review, never merged."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz

CERTAIN_ENOUGH = 88
"""Score (0 to 100) from which two names are worth a look."""
NAMES = {"clusters": ["name"], "programmes": ["name_en", "name_local"]}
IDENTIFIERS = {"clusters": "cluster_id", "programmes": "programme_id"}
COLUMNS = ["table", "score", "id_a", "id_b", "name_a", "name_b"]


def suggestions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Pairs of the same country with names alike: table, score (0-100), id_a, id_b, name_a, name_b, best first."""
    pairs = [(table, *pair) for table in NAMES for pair in alike(table, tables[table])]
    return pd.DataFrame(pairs, columns=COLUMNS).sort_values(["table", "score"], ascending=[True, False])


def alike(table: str, rows: pd.DataFrame) -> Iterator[tuple[float, str, str, str, str]]:
    """Pairs of rows of one country, in one place where both say theirs, whose names score CERTAIN_ENOUGH."""
    for _, group in rows.groupby("country"):
        for a, b in combinations(group.to_dict("records"), 2):
            score = likeness(a, b, NAMES[table])
            if score >= CERTAIN_ENOUGH and not apart(a.get("place"), b.get("place")):
                names = a[NAMES[table][0]], b[NAMES[table][0]]
                yield round(score, 1), a[IDENTIFIERS[table]], b[IDENTIFIERS[table]], *names


def likeness(a: Mapping[str, object], b: Mapping[str, object], columns: list[str]) -> float:
    """The best score between the names of two rows."""
    return max(
        (fuzz.token_sort_ratio(plain(x), plain(y)) for x in names(a, columns) for y in names(b, columns)), default=0
    )


def names(row: Mapping[str, object], columns: list[str]) -> list[str]:
    """The names a row has."""
    return [name for column in columns if isinstance(name := row[column], str)]


def plain(name: str) -> str:
    """A name without case, accents, punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()


def apart(place_a: object, place_b: object) -> bool:
    """Whether two rows say that they are in different places."""
    return isinstance(place_a, str) and isinstance(place_b, str) and plain(place_a) != plain(place_b)
