"""The parameters of an address below /data, read strictly: a file must hold what was asked for, or say why it cannot."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process
from starlette.datastructures import QueryParams

from atlas.outlets.http import Problem
from atlas.parameters import CLOSE_ENOUGH, OPTIONS, PARAMETERS, TEXT_LIMIT, VOCABULARIES, Dropped
from atlas.selection import Selection
from atlas.store import Tables
from atlas.vocabulary import Vocabulary
from atlas.words import LANGUAGES, catalogue

LANGUAGE, VERSION = "lang", "v"
EXAMPLES = {
    "time": "2010..2024", "until": "2014", "near": "44.84~-0.58", "radius": "50", "view": "44.84~-0.58~8",
    "layer": "nuts2~french_regions",
}  # fmt: skip
"""Parameters whose values are numbers, or joined, and how they are written."""


class Query(NamedTuple):
    """What an address asks for: the selection, the fields of it that were given, and each option with its value."""

    selection: Selection
    given: frozenset[str]
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str) -> str:
        """The value of an option. Raises KeyError."""
        return dict(self.options)[name]


def read(
    parameters: QueryParams,
    tables: Tables,
    fields: Collection[str],
    options: Mapping[str, Collection[str]],
    what: str,
    *,
    has_versions: bool = True,
) -> Query:
    """The query of `what` (a file's name), filtered by `fields` of Selection; `options` gives the values each may take, the
    first by default; `has_versions`: whether there is one for each version of the data. Raises Problem(400) with one sentence, in the language asked for."""
    language = language_of(parameters)
    allowed = [PARAMETERS[field] for field in fields]
    _names(parameters, [*allowed, *options, LANGUAGE, *([VERSION] if has_versions else [])], allowed, language, what)
    chosen = tuple((name, _option(name, parameters, values, language)) for name, values in options.items())
    selection, dropped = Selection.parse(parameters, tables.codes)
    if dropped:
        raise Problem(400, _unusable(dropped[0], language, tables.codes))
    return Query(selection, frozenset(field for field in fields if parameters.get(PARAMETERS[field])), chosen)


def language_of(parameters: Mapping[str, str]) -> str:
    """The language asked for, when we speak it; else English."""
    asked = parameters.get(LANGUAGE, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def closest(asked: str, known: Iterable[str]) -> str:
    """The known name that `asked` may have meant; '' when none is close."""
    match = process.extractOne(asked.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH - 15)
    return match[0] if match else ""


def _names(parameters: QueryParams, known: list[str], filters: list[str], language: str, what: str) -> None:
    """Every name is known, applies to the file, and is given once. Raises Problem."""
    _ = catalogue(language).gettext
    for name in parameters:
        words = {"name": name[:TEXT_LIMIT], "file": what, "filters": ", ".join(filters)}
        if len(parameters.getlist(name)) > 1:
            raise Problem(400, _("{name} is given more than once; join its values with ~.").format(**words))
        if name in known:
            continue
        if name in PARAMETERS.values() and filters:
            raise Problem(400, _("{name} does not filter {file}, which takes: {filters}.").format(**words))
        if name in PARAMETERS.values():
            raise Problem(400, _("{name} does not filter {file}, which is always whole.").format(**words))
        if near := closest(name, known):
            raise Problem(
                400, _("{name} is not a parameter of {file}. Did you mean {near}?").format(near=near, **words)
            )
        raise Problem(400, _("{name} is not a parameter of {file}.").format(**words))


def _option(name: str, parameters: Mapping[str, str], values: Collection[str], language: str) -> str:
    default = next(iter(values))
    value = parameters.get(name) or default
    if value not in values:
        sentence = catalogue(language).gettext("{name}={value} is not known; it can be {values}.")
        raise Problem(400, sentence.format(name=name, value=value[:TEXT_LIMIT], values=", ".join(values)))
    return value


def _unusable(item: Dropped, language: str, vocabulary: Vocabulary) -> str:
    """One sentence on a value that cannot be used, with the closest that can."""
    _ = catalogue(language).gettext
    sentences = {
        "unknown": _("{asked} is not known here."),
        "reversed": _("The years run backwards in {asked}."),
        "out_of_range": _("{asked} is out of range."),
    }
    sentence = sentences[item.reason].format(asked=f"{item.parameter}={item.value}")
    good = item.instead or _example(item, vocabulary)
    if not good:
        return sentence
    instead = f"{item.parameter}={good}"
    if item.instead:
        return f"{sentence} " + _("Did you mean {instead}?").format(instead=instead)
    return f"{sentence} " + _("A good value: {instead}.").format(instead=instead)


def _example(item: Dropped, vocabulary: Vocabulary) -> str:
    """A value that can be used, as near to the one asked for as the parameter allows; '' when these data know none."""
    if item.parameter in EXAMPLES:
        return EXAMPLES[item.parameter]
    field = next(field for field, parameter in PARAMETERS.items() if parameter == item.parameter)
    codes = [code for name in VOCABULARIES.get(field, ()) for code in vocabulary.codes(name)]
    known = [str(option) for option in (*OPTIONS.get(field, ()), *codes)]
    match = process.extractOne(item.value.casefold(), known, scorer=fuzz.ratio, processor=str.casefold)
    return match[0] if match else ""
