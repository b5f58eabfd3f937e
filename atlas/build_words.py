"""Sentences of the ETL in the reader's language: those of the checks that warn, and why a cell was not taken.

The ETL speaks English, and its reports are read by whoever keeps the files. What is not known here is left as it is.
"""

import re
from collections.abc import Callable

from atlas.view import View
from atlas.words import N_

CHECKS = (
    (r"no row uses these codes", N_("no row uses these codes")),
    (r"(?P<geo>\w+): the sum of (?P<count>\d+) countries only, without (?P<names>.+)", N_("{geo}: the sum of {count} countries only, without {names}")),
    (
        r"(?P<geo>\w+): the sum of (?P<count>\d+) countries, without (?P<names>.+); the (?P<given>\d+) published add up to (?P<sum>[\d,]+)",
        N_("{geo}: the sum of {count} countries, without {names}; the {given} that are published add up to {sum}"),
    ),
    (r"(?P<count>\d+) km from (?P<place>.+) in GeoNames \(.*\)", N_("the point is {count} km from {place}, as GeoNames places it")),
    (r"(?P<count>\d+) km outside (?P<geo>\w+)", N_("the point is {count} km outside {geo}")),
    (r"(?P<count>\d+) clusters are named in awards, more than the laureates published", N_("{count} clusters are named as laureates, more than the number that is published")),
)  # fmt: skip
"""What a check says, and how it is told; the names say how each part is written."""
PROBLEMS = (
    (r"is empty", N_("is empty")),
    (r"is missing", N_("is missing")),
    (r"is not a number", N_("is not a number")),
    (r"is not a whole number", N_("is not a whole number")),
    (r"may be thousands or decimals", N_("may be thousands or decimals")),
    (r"is a percentage", N_("is a percentage")),
    (r"is not an amount", N_("is not an amount of money")),
    (r"has no currency", N_("has no currency")),
    (r"is in (?P<code>\w+), not in euros", N_("is in {code}, not in euros")),
    (r"is not a date", N_("is not a date")),
    (r"may be two dates", N_("may be two dates")),
    (r"does not hold two coordinates", N_("does not hold two coordinates")),
    (r"names a month that differs between languages", N_("names a month that differs between languages")),
    (r"is not a web address", N_("is not a web address")),
    (r"has destroyed letters", N_("has letters that were destroyed")),
    (r"is an error of a spreadsheet", N_("is an error of a spreadsheet")),
    (r"holds an e-mail address, which is personal", N_("holds an e-mail address, which is personal")),
    (r"is not a code of (?P<count>\d+) digits", N_("is not a code of {count} digits")),
    (r"is not a code of (?P<code>[\w ]+)", N_("is not a code of the list “{code}”")),
    (r"is not what an earlier row with the same key says", N_("is not what an earlier row with the same key says")),
    (r"is not in (?P<geo>[A-Z]{2}) but would be with its axes swapped", N_("is not in {geo}, but would be with its axes swapped")),
    (r"is not in (?P<geo>[A-Z]{2})", N_("is not in {geo}")),
)  # fmt: skip
"""What is wrong with a cell of a dropped-in file."""
CONSEQUENCES = {"row left out": N_("row left out"), "cell left empty": N_("cell left empty")}
Sentences = tuple[tuple[str, str], ...]


def check(rule: str, view: View) -> str:
    """What a check found."""
    return sentence(rule, CHECKS, view)


def problem(rule: str, view: View) -> str:
    """Why a cell was not taken: 'annee: is not a date', the column as its file names it."""
    column, colon, what = rule.rpartition(": ")
    told = sentence(what, PROBLEMS, view)
    return view.gettext("{column}: {problem}").format(column=column, problem=told) if colon else told


def sentence(said: str, known: Sentences, view: View) -> str:
    """A sentence in the language; as it is when it is not among those known."""
    for pattern, words in known:
        if match := re.fullmatch(pattern, said):
            how = _written(view)
            return view.gettext(words).format(**{name: how[name](text) for name, text in match.groupdict().items()})
    return said


def _written(view: View) -> dict[str, Callable[[str], str]]:
    """How each part of a sentence is written: numbers and countries as the language has them, the rest as it is."""

    def number(text: str) -> str:
        return view.number(int(text.replace(",", "")))

    def countries(text: str) -> str:
        return ", ".join(view.country(code) for code in re.split(r", | and ", text))

    return {
        "count": number,
        "given": number,
        "sum": number,
        "geo": view.country,
        "names": countries,
        "place": str,
        "code": str,
    }
