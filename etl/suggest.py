"""Pairs of rows that may be one thing and are not in same_as: listed for review, never merged."""

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

CERTAIN_ENOUGH = 88
"""Score (0 to 100) from which two names are worth a look."""
EDITION = re.compile(r"\d+|\b(?:first|second|third|fourth|revised)\b")
"""What tells the editions of one call apart."""
NAMES = {"clusters": ["name"], "programmes": ["name_en", "name_local"]}
IDENTIFIERS = {"clusters": "cluster_id", "programmes": "programme_id"}
COLUMNS = ["table", "score", "id_a", "id_b", "name_a", "name_b"]


class Named(NamedTuple):
    """What is compared of a row: its names without case, accents and punctuation, its place, the editions it names."""

    identifier: str
    name: str
    plain_names: list[str]
    place: str
    editions: frozenset[str]


def suggestions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Pairs of the same country with names alike: table, score (0-100), id_a, id_b, name_a, name_b, best first."""
    pairs = [(table, *pair) for table in NAMES for pair in alike(table, tables[table])]
    return pd.DataFrame(pairs, columns=COLUMNS).sort_values(["table", "score"], ascending=[True, False])


def alike(table: str, rows: pd.DataFrame) -> Iterator[tuple[float, str, str, str, str]]:
    """Pairs of rows of one country whose names score CERTAIN_ENOUGH and that do not say they are two things."""
    compared = [name for name in (IDENTIFIERS[table], *NAMES[table], "place", "country") if name in rows]
    for _, group in rows[compared].groupby("country"):
        things = [named(table, row) for row in group.to_dict("records")]
        for (a, b), score in scores(things).items():
            if not are_apart(things[a], things[b]):
                yield round(score, 1), things[a].identifier, things[b].identifier, things[a].name, things[b].name


def scores(things: list[Named]) -> dict[tuple[int, int], float]:
    """Pairs of places in `things` -> the score of the two names most alike, where that is CERTAIN_ENOUGH."""
    owners = [place for place, thing in enumerate(things) for _ in thing.plain_names]
    names = [name for thing in things for name in thing.plain_names]
    least = float(CERTAIN_ENOUGH)  # what scores less is 0
    every = process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=least, dtype=np.float64)
    best: dict[tuple[int, int], float] = {}
    for one, other in np.argwhere(every):
        pair = owners[one], owners[other]
        if pair[0] < pair[1]:
            best[pair] = max(best.get(pair, 0), float(every[one, other]))
    return dict(sorted(best.items()))


def named(table: str, row: Mapping[Hashable, Any]) -> Named:
    """What is compared of a row."""
    identifier = str(row[IDENTIFIERS[table]])
    names = [name for column in NAMES[table] if isinstance(name := row[column], str)]
    place = plain(found) if isinstance(found := row.get("place"), str) else ""
    editions = frozenset(EDITION.findall(f"{names[0]} {identifier}".casefold()))
    return Named(identifier, names[0], [plain(name) for name in names], place, editions)


def are_apart(a: Named, b: Named) -> bool:
    """Whether two rows say that they are in two places, or two editions of one thing."""
    is_elsewhere = a.place and b.place and a.place != b.place
    is_edition = a.editions and b.editions and a.editions != b.editions
    return bool(is_elsewhere or is_edition)


def plain(name: str) -> str:
    """A name without case, accents, punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = letters if letters.isascii() else "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare).strip()
