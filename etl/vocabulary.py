"""Vocabularies: one CSV each, read into one table; what the codes of every other table are read with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

import pandas as pd
from babel import Locale

from etl import cells
from etl.faults import gather
from etl.normalise import parse_text
from etl.read import Text, bad_file, read_records

HEADER = ("code", "label_en", "label_fr", "description_en", "description_fr", "colour", "colour_dark", "order")
FRENCH = ("label_fr", "description_fr")
READERS = dict.fromkeys(HEADER, cells.text) | dict.fromkeys(FRENCH, cells.french) | {"order": cells.integer}
REQUIRED = ("code", "label_en", "label_fr", "order")
ADDED = ("vocabulary", "properties")
Row = tuple[tuple[str, int], list[str]]
PLACES = ("countries", "geo_aggregates", "other_countries")
"""Vocabularies of countries and groups of them."""


@dataclass(frozen=True)
class Codes:
    """The vocabulary table, and how to look things up in it."""

    table: pd.DataFrame

    def labels(self, names: tuple[str, ...]) -> dict[str, list[str]]:
        """Code -> its labels in English and French, for the vocabularies `names` together."""
        return {code: labels for vocabulary, code, labels in self._labelled if vocabulary in names}

    def properties(self, name: str) -> pd.DataFrame:
        """The extra columns of one vocabulary, as text, by code."""
        rows = self.table[self.table["vocabulary"] == name]
        return pd.DataFrame([json.loads(cell) for cell in rows["properties"]], index=rows["code"], dtype="str")

    @cached_property
    def _labelled(self) -> list[tuple[str, str, list[str]]]:
        """Vocabulary, code, labels of every row: every column of codes asks for them."""
        columns = (self.table[name] for name in ("vocabulary", "code", "label_en", "label_fr"))
        return [(vocabulary, code, labels) for vocabulary, code, *labels in zip(*columns, strict=True)]


def read(folder: Path) -> Codes:
    """Read every vocabulary in `folder`; BadInput with the faults of all of them."""
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise bad_file(folder, "holds no vocabulary", "Give the folder the vocabularies are in")
    rows = gather(partial(read_rows, path) for path in paths)
    return Codes(typed(list(chain.from_iterable(rows))).reset_index(drop=True))


def with_elsewhere(table: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The vocabulary table, and a row of `other_countries` for every country of a participant that no vocabulary holds: those of
    official sources may be anywhere. Their names are those of Unicode's tables."""
    found: set[str] = set(tables["participants"]["country"].dropna()) if "participants" in tables else set()
    elsewhere = sorted(found - set(table.loc[table["vocabulary"].isin(PLACES), "code"]))
    english, french = Locale("en").territories, Locale("fr").territories
    first = int(table.loc[table["vocabulary"] == "other_countries", "order"].max()) + 1 if elsewhere else 0
    rows = [
        {
            "vocabulary": "other_countries",
            "code": code,
            "label_en": english[code],
            "label_fr": french[code],
            "order": order,
        }
        for order, code in enumerate(elsewhere, start=first)
        if code in english
    ]
    return pd.concat([table, pd.DataFrame(rows).assign(properties="{}")], ignore_index=True) if rows else table


def read_rows(path: Path) -> list[Row]:
    """The rows of one vocabulary as text: where each stands; the columns of HEADER, the name of the vocabulary, all other
    columns as JSON."""
    header, records = read_records(path, HEADER, is_open=True)
    rows = [(line, dict(zip(header, record, strict=True))) for line, record in records]
    return [((str(path), line), [*(row[name] for name in HEADER), path.stem, properties(row)]) for line, row in rows]


def properties(row: Mapping[str, str]) -> str:
    """What a row has beyond HEADER, as JSON."""
    return json.dumps({name: cell for name, cell in row.items() if cell and name not in HEADER}, ensure_ascii=False)


def typed(rows: list[Row]) -> pd.DataFrame:
    """Rows as text (see `read_rows`), of any number of vocabularies -> rows of the vocabulary table."""
    columns = dict(zip((*HEADER, *ADDED), zip(*(cells for _, cells in rows), strict=True), strict=True))
    parsed = parse_text(Text(columns, [position for position, _ in rows]), READERS, required=REQUIRED, unique="code")
    return parsed.assign(**{name: list(columns[name]) for name in ADDED})
