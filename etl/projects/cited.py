"""One row of `sources` per raw file and date: what it is, where it is published, and the first line it came with."""

from collections.abc import Iterable, Mapping

import pandas as pd
from babel import Locale

from etl.bulk.cells import countries
from etl.projects.inputs import Input
from etl.sources import Source, cordis, kohesio

PROGRAMMES = {"HORIZONprojects": "Horizon Europe", "h2020projects": "Horizon 2020", "fp7projects": "FP7"}
COLUMNS = ["source_id", "title", "publisher", "url", "published", "quote", "language"]


def identifier(source: Source, file: Input) -> str:
    """`kohesio-fr-pp21-27-2025-11-10`: a file and its date."""
    return f"{source.source_id}-{file.name.lower()}-{date_of(file)}"


def date_of(file: Input) -> str:
    """The day a file was published, as its address or its publisher's server says; else the day it was fetched on."""
    dated = kohesio.FILE.search(file.url)
    return dated[2] if dated else file.changed_on or file.fetched_on


def identifiers(source: Source, files: Mapping[str, Input], names: Iterable[str]) -> list[str]:
    """The rows of `sources` that stand for raw files."""
    return sorted(identifier(source, files[name]) for name in names)


def rows(source: Source, files: Iterable[Input]) -> pd.DataFrame:
    """The rows of `sources` for raw files; the quote is their first line, as received."""
    cited = [
        (identifier(source, file), title(source, file), source.publisher, source.url, date_of(file), file.first_line)
        for file in files
    ]
    return pd.DataFrame([(*row, "en") for row in cited], columns=COLUMNS)


def title(source: Source, file: Input) -> str:
    """What a file is, in words."""
    what = f"CORDIS, projects of {PROGRAMMES.get(file.name, file.name)}"
    if source is not cordis.SOURCE:
        place, _, years = file.name.partition("-pp")
        named = kohesio.FILE.search(file.url)
        what = f"Kohesio, projects of {country(place)}, {named[1] if named else years}"
    return f"{what}, file of {date_of(file)}"


def country(code: str) -> str:
    """GR -> Greece."""
    return Locale("en").territories.get(countries(code) or "", code)
