"""The URL, read and printed: one codec for page, embed and file, in codes, never in labels.

Each reader takes the text of one parameter and returns the value (None when nothing of it can be used) and what was
left out or mended, so that the page can say so.
"""

import re
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from atlas.vocabulary import Vocabulary
from atlas.words import LANGUAGES

YEARS = (1800, 2100)
RADIUS_KM = (1, 1000)
TEXT_LIMIT = 100
CLOSE_ENOUGH = 75


class Dropped(NamedTuple):
    """A value of the URL that could not be used as it stands.

    `reason` is 'unknown', 'reversed' or 'out_of_range'; `instead` is what is shown in its place, or, when unknown, the
    closest value we know ('' for none)."""

    parameter: str
    value: str
    reason: str = "unknown"
    instead: str = ""


Read = tuple[Any, list[Dropped]]
PARAMETERS = {
    "language": "lang",
    "definition": "definition",
    "countries": "country",
    "kinds": "kind",
    "themes": "theme",
    "regions": "region",
    "levels": "level",
    "programme_kinds": "programme",
    "time": "time",
    "metric": "metric",
    "scope": "scope",
    "query": "q",
    "id": "id",
    "part": "part",
    "size": "size",
    "colour": "colour",
    "background": "background",
    "grain": "grain",
    "layers": "layer",
    "until": "until",
    "near": "near",
    "radius": "radius",
    "camera": "view",
    "indicator": "indicator",
    "against": "against",
    "by": "by",
    "sort": "sort",
    "layout": "layout",
    "shown": "shown",
    "version": "version",
    "cluster": "cluster",
}
"""Field of Selection -> its parameter in the URL."""
VOCABULARIES = {
    "definition": ("definitions",),
    "countries": ("countries", "geo_aggregates", "country_groups"),
    "kinds": ("kinds",),
    "themes": ("themes",),
    "regions": ("regions",),
    "levels": ("programme_levels",),
    "programme_kinds": ("programme_kinds",),
    "metric": ("metrics",),
    "scope": ("scopes",),
    "size": ("metrics",),
    "background": ("indicators",),
    "indicator": ("indicators",),
    "against": ("indicators",),
}
OPTIONS: dict[str, tuple[Any, ...]] = {
    "language": LANGUAGES,
    "colour": ("kind", "theme"),
    "grain": ("country", "nuts2"),
    "by": ("level", "country"),
    "part": (
        "size",
        "spread",
        "frame",
        "timeline",
        "calls",
        "money",
        "ties",
        "eu",
        "list",
        "profile",
        "makeup",
        "policy",
        "indicator",
        "words",
        "elements",
        "proximity",
        "territories",
        "tables",
        "method",
        "sources",
        "quality",
        "watch",
    ),
    "sort": ("name", "founded", "country", "jobs", "members"),
    "layout": ("cards", "table"),
    "shown": (12, 24, 48, 96),
}
"""Fields that take one of a few values; the first is the default. `part` is one of the parts of a long page, which has
its own among them."""
LAYERS = ("nuts2", "french_regions", "third_places")
"""What a map may draw besides, in this order from the ground up."""


def read(text: str, field: str, vocabulary: Vocabulary) -> Read:
    """The value of one field. What is unknown or malformed is left out and reported, never an error."""
    return READERS[field](text, field, vocabulary)


def printed(value: object) -> str:
    """A value as it stands in the URL."""
    if isinstance(value, tuple):
        separator = ".." if value and isinstance(value[0], int) else "~"
        return separator.join(str(item) for item in value)
    return str(value)


def _codes(text: str, field: str, vocabulary: Vocabulary) -> Read:
    known = {code: name for name in VOCABULARIES[field] for code in vocabulary.codes(name)}
    items = list(dict.fromkeys(text.split("~")))
    unknown = [_unknown(item, field, known, vocabulary) for item in items if item not in known]
    return tuple(item for item in items if item in known), unknown


def _unknown(item: str, field: str, known: dict[str, str], vocabulary: Vocabulary) -> Dropped:
    """An unknown code with the known one whose code or label, in either language, is closest."""
    spelled = {
        (code, spelling): spelling.casefold()
        for code, name in known.items()
        for spelling in (
            code,
            *(vocabulary.label(name, code, language) for language in LANGUAGES),
            vocabulary.property(name, code, "eurostat_code") or code,
        )
    }
    match = process.extractOne(item.casefold(), spelled, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return Dropped(PARAMETERS[field], item[:TEXT_LIMIT], instead=match[2][0] if match else "")


def _code(text: str, field: str, vocabulary: Vocabulary) -> Read:
    known, unknown = _codes(text, field, vocabulary)
    return (known[0] if known else None), unknown


def _option(text: str, field: str, vocabulary: Vocabulary) -> Read:
    value = next((option for option in OPTIONS[field] if str(option) == text), None)
    return value, [] if value is not None else [Dropped(PARAMETERS[field], text[:TEXT_LIMIT])]


def _layers(text: str, field: str, vocabulary: Vocabulary) -> Read:
    """Any of LAYERS, in their order."""
    items = dict.fromkeys(text.split("~"))
    unknown = [Dropped(PARAMETERS[field], item[:TEXT_LIMIT]) for item in items if item not in LAYERS]
    return tuple(layer for layer in LAYERS if layer in items), unknown


def _background(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return ("density", []) if text == "density" else _code(text, field, vocabulary)


def _year(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return _whole(text, field, YEARS)


def _radius(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return _whole(text, field, RADIUS_KM)


def _whole(text: str, field: str, bounds: tuple[int, int]) -> Read:
    """A whole number; beyond the bounds, the nearer of them."""
    if not re.fullmatch(r"-?\d{1,9}", text):
        return None, [Dropped(PARAMETERS[field], text[:TEXT_LIMIT])]
    value = min(max(int(text), bounds[0]), bounds[1])
    return value, [] if value == int(text) else [Dropped(PARAMETERS[field], text, "out_of_range", str(value))]


def _time(text: str, field: str, vocabulary: Vocabulary) -> Read:
    """A year, or a range of years; a range that runs backwards is turned round."""
    match = re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text)
    years = sorted(int(year) for year in (match[1], match[2] or match[1])) if match else []
    if not match or not YEARS[0] <= years[0] <= years[1] <= YEARS[1]:
        return None, [Dropped(PARAMETERS[field], text[:TEXT_LIMIT])]
    is_reversed = int(match[1]) > years[0]
    value = (years[0], years[1])
    return value, [Dropped(PARAMETERS[field], text, "reversed", printed(value))] if is_reversed else []


def _point(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return _decimals(text, field, ((-90, 90), (-180, 180)))


def _camera(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return _decimals(text, field, ((-85, 85), (-180, 180), (0, 20)))


def _decimals(text: str, field: str, bounds: tuple[tuple[int, int], ...]) -> Read:
    """Decimal numbers joined by `~`, one per bound, to 4 decimals (EPSG:4326: latitude first)."""
    parts = text.split("~")
    if len(parts) == len(bounds) and all(re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", part) for part in parts):
        value = tuple(round(float(part), 4) for part in parts)
        if all(low <= number <= high for number, (low, high) in zip(value, bounds, strict=True)):
            return value, []
    return None, [Dropped(PARAMETERS[field], text[:TEXT_LIMIT])]


def _text(text: str, field: str, vocabulary: Vocabulary) -> Read:
    return " ".join(text.split())[:TEXT_LIMIT], []


READERS = {
    **dict.fromkeys(("countries", "kinds", "themes", "regions", "levels", "programme_kinds"), _codes),
    **dict.fromkeys(("definition", "metric", "scope", "size", "indicator", "against"), _code),
    **dict.fromkeys(OPTIONS, _option),
    "background": _background,
    "layers": _layers,
    "time": _time,
    "until": _year,
    "near": _point,
    "radius": _radius,
    "camera": _camera,
    "query": _text,
    "id": _text,
    "version": _text,
    "cluster": _text,
}
