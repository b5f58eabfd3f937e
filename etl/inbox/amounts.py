"""Amounts of money with their currency: what is not in euros is never taken as euros."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from babel.numbers import list_currencies

from etl.faults import BadCell

SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "zł": "PLN", "zl": "PLN", "złotych": "PLN", "kč": "CZK",
    "ft": "HUF", "лв": "BGN", "lei": "RON", "fr": "CHF",
}  # fmt: skip
"""What is written for a currency besides its code."""
SHARED = {"kr": ("SEK", "DKK", "NOK", "ISK"), "$": ("USD", "CAD", "AUD")}
"""Signs that several currencies have."""
PARTS = re.compile(r"(?P<before>[^\d+.,\s\u2212-]*)(?P<number>.*?\d)(?P<after>[^\d]*)", re.DOTALL)


class Amount(NamedTuple):
    """An amount as published, and its currency (ISO 4217)."""

    value: float
    currency: str


def amount(cell: str, currency: str, read: Callable[[str], float]) -> Amount:
    """Read an amount in the currency the cell names, or else in `currency`; BadCell when neither or both differ."""
    parts = PARTS.fullmatch(cell)
    if not parts:
        raise BadCell("is not an amount", "Write digits, and its currency")
    named = [sign for part in (parts["before"], parts["after"]) if (sign := part.strip(" \u00a0\u202f.,-/").strip())]
    found = {currency_of(sign, currency) for sign in named} or {currency} - {""}
    if not found:
        raise BadCell("has no currency", "Write currency: EUR (or another) in the descriptor, as its publisher says")
    if len(found) > 1 or (currency and currency not in found):
        raise BadCell(f"is not in {currency or 'one currency'}", "Correct currency in the descriptor, or the cell")
    return Amount(read(parts["number"]), found.pop())


def currency_of(sign: str, declared: str = "") -> str:
    """The code of a currency; BadCell when it is none, or may be several."""
    plain = sign.casefold().strip(".")
    if plain in SHARED:
        if declared in SHARED[plain]:
            return declared
        raise BadCell(f"may be in {', '.join(SHARED[plain])}", "Write currency: in the descriptor")
    code = SIGNS.get(plain, sign.upper())
    if code not in currencies():
        raise BadCell(f"is followed by “{sign}”, which is no currency we know", "Write its number alone, or factor:")
    return code


@cache
def currencies() -> frozenset[str]:
    """Every code of ISO 4217, those of the past included."""
    return frozenset(list_currencies())
