"""Search that does not mind accents, case or word order, in English and French; a typo is forgiven when nothing fits as typed."""

import re
import unicodedata

import pandas as pd
from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 80
MOST_TYPED = 100


def folded(text: object) -> str:
    """'Pôle Sud-Aquitain' -> 'pole sud aquitain'; '' for a missing value."""
    if not isinstance(text, str):
        return ""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))


def search(query: str, texts: pd.Series, names: pd.Series) -> pd.Index:
    """Index labels of the rows that fit `query`, best first.

    `texts` holds all words of each row, `names` its name, both folded. Every word of the query must begin a word of the
    row; rows whose name holds the query come first. With no such row, misspelled words are read as the closest word known;
    failing that, names that are close in spelling are given.
    """
    wanted = folded(query[:MOST_TYPED])
    if not wanted:
        return texts.index
    hits = _holding(wanted, texts, names)
    if len(hits):
        return hits
    spelled = _holding(_respelled(wanted, texts), texts, names)
    if len(spelled):
        return spelled
    close = process.extract(wanted, names.to_dict(), scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH, limit=10)
    return pd.Index([key for _, _, key in close])


def _holding(wanted: str, texts: pd.Series, names: pd.Series) -> pd.Index:
    """Rows where every word of `wanted` begins a word; those whose name holds it first."""
    patterns = [re.compile(rf"\b{word}") for word in wanted.split()]
    hits = texts[texts.map(lambda text: all(pattern.search(text) for pattern in patterns)).astype(bool)].index
    return (
        names[hits]
        .map(lambda name: (wanted not in name, not any(p.search(name) for p in patterns)))
        .sort_values(kind="stable")
        .index
    )


def _respelled(wanted: str, texts: pd.Series) -> str:
    """`wanted` with each word that begins none of the texts replaced by the known word closest in spelling."""
    known = set(" ".join(texts).split())
    words = []
    for word in wanted.split():
        is_known = any(other.startswith(word) for other in known)
        match = None if is_known else process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        words.append(match[0] if match else word)
    return " ".join(words)
