"""Numbers, money and dates as each language writes them (Babel). Missing is never written as zero: callers word it."""

import datetime as dt
import math

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

LOCALES = {"en": Locale("en", "GB"), "fr": Locale("fr", "FR")}


def number(value: float, language: str, decimals: int = 0) -> str:
    """1234.5 -> '1,234.5' or '1 234,5'; at most `decimals` digits after the point, none invented."""
    return format_decimal(value, format=f"#,##0.{'#' * decimals}", locale=LOCALES[language])


def number_short(value: float, language: str) -> str:
    """1000000 -> '1M' or '1 M': for axes only."""
    return format_compact_decimal(value, locale=LOCALES[language], fraction_digits=1)


def percent(share: float, language: str, decimals: int = 1) -> str:
    """0.063 -> '6.3%' or '6,3 %' (`share` is a ratio)."""
    pattern = "#,##0." + "#" * decimals + ("\u202f%" if language == "fr" else "%")
    return format_percent(share, format=pattern, locale=LOCALES[language])


def money(amount: float, language: str, currency: str = "EUR") -> str:
    """3000000 -> '€3,000,000' or '3 000 000 €', every digit kept."""
    return format_currency(
        amount,
        currency,
        locale=LOCALES[language],
        currency_digits=False,
        format=None if amount % 1 else _whole(language),
    )


def money_short(amount: float, language: str, currency: str = "EUR") -> str:
    """3000000 -> '€3M' or '3 M€': for axes and bars, where `money` stands in the hover."""
    return format_compact_currency(amount, currency, locale=LOCALES[language], fraction_digits=1)


def ticks(low: float, high: float, log: bool = False) -> list[float]:
    """Round values, at most six from zero to `high`; on a logarithmic axis powers of ten inside (1, 2, 5 when few)."""
    bases = (1, 2, 5) if not log or high < 100 * low else (1,)
    values = [base * 10.0**power for power in range(-3, 16) for base in bases]
    if log:
        return [value for value in values if low <= value <= high]
    step = next(step for step in values if high <= 4 * step)
    return [step * i for i in range(math.ceil(high / step) + 1)]


def date(text: str, language: str) -> str:
    """'2014', '2014-07' or '2014-07-31' -> as precise as given: '2014', 'July 2014', '31 July 2014'."""
    parts = [int(part) for part in text.split("-")]
    day = dt.date(*[*parts, 1, 1][:3])
    if len(parts) == 1:
        return str(day.year)
    if len(parts) == 2:
        return format_skeleton("yMMMM", day, locale=LOCALES[language])
    return format_date(day, "long", locale=LOCALES[language])


def _whole(language: str) -> str:
    return "#,##0\xa0¤" if language == "fr" else "¤#,##0"
