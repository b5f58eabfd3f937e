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
    (r"may be in (?P<text>[A-Z, ]+)", N_("may be in one of these currencies: {text}")),
    (r"is followed by “(?P<text>.*)”, which is no currency we know", N_("is followed by “{text}”, which is no currency we know")),
    (r"is not a date", N_("is not a date")),
    (r"is not a date \(.*\)", N_("is not a date of the calendar")),
    (r"holds a word that is no month we know", N_("holds a word that is no month we know")),
    (r"may be two dates", N_("may be two dates")),
    (r"does not hold two coordinates", N_("does not hold two coordinates")),
    (r"names a month that differs between languages", N_("names a month that differs between languages")),
    (r"is not a web address", N_("is not a web address")),
    (r"has destroyed letters", N_("has letters that were destroyed")),
    (r"is an error of a spreadsheet", N_("is an error of a spreadsheet")),
    (r"holds an e-mail address, which is personal", N_("holds an e-mail address, which is personal")),
    (r"is not a code of (?P<count>\d+) digits", N_("is not a code of {count} digits")),
    (r"is not written as expected", N_("is not written as expected")),
    (r"is not the code or the name of a country we know", N_("is not the code or the name of a country we know")),
    (r"holds what is no code \((?P<text>.+)\)", N_("holds what is no code: {text}")),
    (r"has (?P<count>\d+) cells and the header (?P<given>\d+)", N_("the row has {count} cells and the header {given}")),
    (r"is in metres, not in degrees", N_("is in metres, not in degrees")),
    (r"is not in any country", N_("is in no country")),
    (r"is not a code of (?P<code>[\w ]+)", N_("is not a code of the list “{code}”")),
    (r"is not what an earlier row with the same key says", N_("is not what an earlier row with the same key says")),
    (r"is not in (?P<geo>[A-Z]{2}) but would be with its axes swapped", N_("is not in {geo}, but would be with its axes swapped")),
    (r"is not in (?P<geo>[A-Z]{2})", N_("is not in {geo}")),
)  # fmt: skip
"""What is wrong with a cell of a dropped-in file."""
NOTES = (
    (r"Columns about persons, left out: (?P<text>.+)\.", N_("Columns about persons, left out: {text}.")),
    (r"Columns not taken: (?P<text>.+)\.", N_("Columns not taken: {text}.")),
    (r"The lines are not all written in one encoding: (?P<counts>.+)\.", N_("The lines are not all written in one encoding: {counts}.")),
    (r"Letters were destroyed \(\ufffd\) before the file reached us, in (?P<lines>line \d+|\d+ lines \(.+\))\.", N_("Letters were destroyed (\ufffd) before the file reached us: {lines}.")),
    (r"UTF-8 seems to have been read as another encoding, in (?P<lines>line \d+|\d+ lines \(.+\)): see encoding\.", N_("UTF-8 seems to have been read as another encoding: {lines}.")),
    (r"The column “(?P<text>.+)” stands (?P<count>\d+) times; this one is called “(?P<code>.+)”\.", N_("The column “{text}” stands {count} times; this one is called “{code}”.")),
    (r"The sheet “(?P<text>.+)” is read; not read: (?P<code>.+)\.", N_("The sheet “{text}” is read; not read: {code}.")),
)  # fmt: skip
"""What is to be known of a dropped-in file."""
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


def note(said: str, view: View) -> str:
    """What is to be known of a file."""
    return sentence(said, NOTES, view)


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

    def counts(text: str) -> str:
        return ", ".join(f"{name} ({number(count)})" for count, name in re.findall(r"(\d+) in ([\w-]+)", text))

    def lines(text: str) -> str:
        many, listed = re.fullmatch(r"(?:line |(\d+) lines \()(.+?)\)?", text).groups()  # type: ignore[union-attr]
        return view.ngettext("line {numbers}", "{n} lines ({numbers})", int(many or 1)).format(numbers=listed)

    return {
        "count": number,
        "given": number,
        "sum": number,
        "geo": view.country,
        "names": countries,
        "place": str,
        "code": str,
        "text": str,
        "counts": counts,
        "lines": lines,
    }
