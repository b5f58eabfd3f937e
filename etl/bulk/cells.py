"""Whole columns read at once, as `etl.cells` reads one cell; what cannot be read is null, and told."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
from babel import Locale

from etl.bulk.contract import JOINED
from etl.territories import ALSO_CALLED, EUROSTAT, key


def bare(cells: pd.Series) -> pd.Series:
    """Trimmed; blank is null. Enough for codes, numbers and dates."""
    clean = cells.str.strip()
    return clean.where(clean != "")


def text(cells: pd.Series) -> pd.Series:
    """Trimmed, line breaks and runs of spaces one space; blank is null."""
    clean = cells.str.strip()
    odd = clean.str.contains(r"[\t\r\n]| {2}", regex=True)
    if odd.any():
        clean = clean.where(~odd, clean.str.replace(r"[ \t\r\n]+", " ", regex=True))
    return clean.where(clean != "")


def amount(cells: pd.Series) -> pd.Series:
    """Numbers with a decimal point, float64; what is not one is null."""
    read = pd.to_numeric(cells, errors="coerce").astype("float64")
    return read.where(np.isfinite(read))


def day(cells: pd.Series, pattern: str) -> pd.Series:
    """Dates written as `pattern` (strptime); what is not one is null. Each distinct value is read once."""
    codes, values = pd.factorize(cells, use_na_sentinel=True)
    dates = pd.to_datetime(pd.Series(values, dtype="str"), format=pattern, errors="coerce").to_numpy()
    read = np.append(dates, np.datetime64("NaT"))
    return pd.Series(read[codes], index=cells.index)


def mapped(cells: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """`read` of every cell, called once per distinct value; null stays null."""
    found = {value: read(value) for value in cells.dropna().unique()}
    return cells.map(found).astype("str")


def countries(cell: str) -> str | None:
    """Alpha-2 codes, JOINED, of one or several countries given as codes or English names; null when one is not known."""
    known = names()
    codes = [known.get(key(part.strip())) for part in cell.replace(";", JOINED).split(JOINED) if part.strip()]
    return JOINED.join(dict.fromkeys(code for code in codes if code)) if codes and all(codes) else None


@cache
def names() -> dict[str, str]:
    """Name in English or code, as `key` writes it -> alpha-2; Eurostat's EL and UK are those of Greece and the United Kingdom."""
    english = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    read = {key(name): code for code, name in english.items()} | {key(code): code for code in english}
    return read | ALSO_CALLED | {key(theirs): ours for theirs, ours in EUROSTAT.items()}


def notes(index: pd.Index, unread: dict[str, tuple[pd.Series, pd.Series]]) -> pd.Series:
    """A sentence for every cell that was published and could not be read: column -> (as published, as read)."""
    told = pd.Series(None, index=index, dtype="str")
    for column, (published, read) in unread.items():
        lost = published.notna() & read.isna()
        if lost.any():
            sentence = f"Published {column} “" + published[lost] + "” cannot be read."
            told[lost] = (told[lost].fillna("") + " " + sentence).str.strip()
    return told
