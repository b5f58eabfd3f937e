"""Dates as people write them, in six languages, kept as precise as published: YYYY, YYYY-MM or YYYY-MM-DD."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from babel import Locale

from etl.cells import partial_date
from etl.faults import BadCell
from etl.inbox.mapping import Dates

ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:\.0+|[T ]\d{2}:\d{2}.*)?")
NUMERIC = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?:\s\d{2}:\d{2}.*)?")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
ORDINAL = re.compile(r"(?<=\d)(?:er|st|nd|rd|th|º|°|\.)(?=[\s,]|$)")
LINKING = {"de", "del", "di", "of", "the", "r"}


def moment(cell: str, dates: Dates) -> str:
    """Read a date; BadCell when it is none, or can be two."""
    for pattern in dates.patterns:
        if day := by_pattern(cell, pattern):
            return day
    if found := ISO.fullmatch(cell):
        return partial_date(found[1])
    if found := NUMERIC.fullmatch(cell):
        return by_numbers(int(found[1]), int(found[2]), int(found[3]))
    if found := MONTH_AND_YEAR.fullmatch(cell):
        return written(int(found[2]), int(found[1]))
    return by_words(cell, dates.languages)


def year(cell: str, dates: Dates) -> int:
    """The year of a date, certain also where day and month are not; BadCell when it is no date."""
    found = NUMERIC.fullmatch(cell)
    return int(found[3]) if found else int(moment(cell, dates)[:4])


def by_pattern(cell: str, pattern: str) -> str:
    """A date written as strptime's `pattern` says, as precise as the pattern; blank when it is not."""
    try:
        found = datetime.strptime(cell, pattern)
    except ValueError:
        return ""
    return found.date().isoformat()[: 10 if "%d" in pattern else 7 if re.search("%[mbB]", pattern) else 4]


def by_numbers(first: int, second: int, year: int) -> str:
    """Day and month in numbers: refused when either could be the month."""
    if first <= 12 and second <= 12 and first != second:
        raise BadCell("may be two dates", "Write dates.patterns: '%d/%m/%Y' or '%m/%d/%Y', as its publisher means it")
    day, month = (second, first) if second > 12 else (first, second)
    return written(year, month, day)


def by_words(cell: str, languages: Sequence[str]) -> str:
    """A date with the name of its month: 1er mars 2014, März 2014, March 15, 2014."""
    words = [word.strip(".") for word in re.split(r"[\s,]+", ORDINAL.sub("", cell).casefold())]
    words = [word for word in words if word and word not in LINKING]
    numbers = [int(word) for word in words if word.isdecimal()]
    named = [word for word in words if not word.isdecimal()]
    if len(named) != 1 or not numbers or max(numbers) < 1000 or len(numbers) > 2:
        raise BadCell("is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD, or its pattern in dates.patterns")
    months = {month for language in languages if (month := months_of(language).get(named[0]))}
    if not months:
        raise BadCell(
            "holds a word that is no month we know", f"Add its language to dates.languages ({', '.join(languages)})"
        )
    if len(months) > 1:
        raise BadCell("names a month that differs between languages", "Write its language in dates.languages")
    return written(max(numbers), months.pop(), *(number for number in numbers if number < 1000))


def written(year: int, month: int, day: int = 0) -> str:
    """As it is kept; BadCell when there is no such day."""
    return partial_date(f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")


@cache
def months_of(language: str) -> dict[str, int]:
    """Name of a month, in full or shortened, as it stands alone or in a date -> its number."""
    forms = [use[width] for use in Locale.parse(language).months.values() for width in ("wide", "abbreviated")]
    return {name.casefold().strip("."): number for form in forms for number, name in form.items()}
