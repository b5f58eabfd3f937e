"""What the reader chose. One model, the same for page, embed and file; the URL holds it in codes, never in labels."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd
from pydantic import BaseModel, ConfigDict

from atlas.vocabulary import Vocabulary
from atlas.words import LANGUAGES

YEARS = (1800, 2100)
TEXT_LIMIT = 100


class Dropped(NamedTuple):
    """A value of the URL that was left out, and the parameter it stood in."""

    parameter: str
    value: str


class Selection(BaseModel):
    """Codes chosen by the reader; an empty field means no restriction."""

    model_config = ConfigDict(frozen=True)

    language: str = "en"
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    programme_kinds: tuple[str, ...] = ()
    time: tuple[int, int] | None = None
    metric: str = "jobs"
    scope: str = "hosted"
    query: str = ""
    id: str = ""

    @classmethod
    def parse(cls, parameters: Mapping[str, str], vocabulary: Vocabulary) -> tuple["Selection", list[Dropped]]:
        """Read URL parameters. What is unknown or malformed is left out and reported, never an error."""
        chosen: dict[str, Any] = {}
        dropped: list[Dropped] = []
        for field, parameter in PARAMETERS.items():
            text = parameters.get(parameter, "")[: 40 * TEXT_LIMIT]
            if text:
                value, unknown = READERS[field](text, field, vocabulary)
                dropped += [Dropped(parameter, item[:TEXT_LIMIT]) for item in unknown]
                if value:
                    chosen[field] = value
        return cls(**chosen), dropped

    def parameters(self, fields: Iterable[str] | None = None) -> dict[str, str]:
        """The URL parameters of `fields` (all by default) that differ from the default; the language always."""
        shown = [field for field in PARAMETERS if fields is None or field in fields or field == "language"]
        default = Selection()
        return {
            PARAMETERS[field]: _print(getattr(self, field))
            for field in shown
            if field == "language" or getattr(self, field) != getattr(default, field)
        }

    def but(self, **changes: object) -> "Selection":
        """The same selection with some fields changed."""
        return self.model_copy(update=changes)

    def only(self, fields: Iterable[str]) -> "Selection":
        """The same selection, restricted to `fields`: what a page does not offer does not filter it."""
        return Selection(language=self.language, **{field: getattr(self, field) for field in fields})

    def of_clusters(self, clusters: pd.DataFrame) -> pd.DataFrame:
        """Rows of `clusters` chosen by country, kind, theme and founding year (undated ones leave when years are set)."""
        keep = _among(clusters["country"], self.countries) & _among(clusters["kind"], self.kinds)
        if self.themes:
            keep &= clusters["themes"].map(lambda themes: not set(themes).isdisjoint(self.themes)).astype(bool)
        if self.time:
            keep &= clusters["founded_year"].between(*self.time).fillna(False).astype(bool)
        return clusters[keep]

    def of_programmes(self, programmes: pd.DataFrame) -> pd.DataFrame:
        """Rows of `programmes` chosen by country, level, kind and years (those running at some time in the range)."""
        keep = (
            _among(programmes["country"], self.countries)
            & _among(programmes["level"], self.levels)
            & _among(programmes["kind"], self.programme_kinds)
        )
        if self.time:
            start = pd.to_datetime(programmes["start_date"]).dt.year
            end = pd.to_datetime(programmes["end_date"]).dt.year.fillna(start)
            keep &= (start.fillna(end) <= self.time[1]) & (end >= self.time[0])
        return programmes[keep]


PARAMETERS = {
    "language": "lang",
    "countries": "country",
    "kinds": "kind",
    "themes": "theme",
    "levels": "level",
    "programme_kinds": "programme",
    "time": "time",
    "metric": "metric",
    "scope": "scope",
    "query": "q",
    "id": "id",
}
VOCABULARIES = {
    "countries": ("countries", "geo_aggregates"),
    "kinds": ("kinds",),
    "themes": ("themes",),
    "levels": ("programme_levels",),
    "programme_kinds": ("programme_kinds",),
    "metric": ("metrics",),
    "scope": ("scopes",),
}


def _codes(text: str, field: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]]:
    known = {code for name in VOCABULARIES[field] for code in vocabulary.codes(name)}
    items = list(dict.fromkeys(text.split("~")))
    return tuple(item for item in items if item in known), [item for item in items if item not in known]


def _code(text: str, field: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    known, unknown = _codes(text, field, vocabulary)
    return (known[0] if known else ""), unknown


def _language(text: str, field: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    return (text, []) if text in LANGUAGES else ("", [text])


def _time(text: str, field: str, vocabulary: Vocabulary) -> tuple[tuple[int, int] | None, list[str]]:
    match = re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text)
    years = tuple(int(year) for year in (match[1], match[2] or match[1])) if match else ()
    if len(years) == 2 and YEARS[0] <= years[0] <= years[1] <= YEARS[1]:
        return (years[0], years[1]), []
    return None, [text]


def _text(text: str, field: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    return " ".join(text.split())[:TEXT_LIMIT], []


READERS = {
    **dict.fromkeys(("countries", "kinds", "themes", "levels", "programme_kinds"), _codes),
    **dict.fromkeys(("metric", "scope"), _code),
    "language": _language,
    "time": _time,
    "query": _text,
    "id": _text,
}


def _print(value: object) -> str:
    if isinstance(value, tuple):
        separator = ".." if value and isinstance(value[0], int) else "~"
        return separator.join(str(item) for item in value)
    return str(value)


def _among(values: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    return values.isin(chosen) if chosen else pd.Series(True, index=values.index)
