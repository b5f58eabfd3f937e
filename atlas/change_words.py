"""What changed, in the reader's language: names of tables, columns, measures and rows, and the cells before and after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atlas import store
from atlas.change_names import COLUMNS, MEASURES, ROWS, TABLES
from atlas.changes import Change, Group, Keys, Measure, parts
from atlas.columns import NAMES
from atlas.view import View

DATE = re.compile(r"\d{4}(-\d\d){0,2}")
DATES = ("as_of", "published", "start", "end", "as_of_date", "start_date", "end_date", "created")
LONGEST = 600
"""Letters of a cell that are told."""


@dataclass(frozen=True)
class Words:
    """Tells changes for one view; `keys` and `vocabularies` are those of the tables (see `of`)."""

    view: View
    keys: Keys
    vocabularies: Mapping[tuple[str, str], list[str]]
    """Table and column -> the vocabularies of its codes."""

    @classmethod
    def of(cls, view: View, keys: Keys) -> "Words":
        """For a view of the tables in use. Raises TablesMissing."""
        found = {
            (resource["name"], field["name"]): field["vocabulary"].split("|")
            for resource in store.package()["resources"]
            for field in resource["schema"]["fields"]
            if field.get("vocabulary")
        }
        return cls(view, keys, found)

    def table(self, name: str) -> str:
        return self.view.gettext(TABLES[name]) if name in TABLES else name

    def kind(self, change: Change) -> str:
        """What a row is: a figure, an award, the cluster itself."""
        return self.view.gettext(ROWS.get(change.table, "")) or change.table

    def column(self, name: str) -> str:
        return self.view.gettext(COLUMNS.get(name) or NAMES.get(name, name))

    def measure(self, measure: Measure) -> str:
        """What is counted or summed, in words; as the ETL names it where it says something new."""
        said = {"table": self.table, "column": self.column, "country": self.view.country}
        said |= {name: self._label(f"{name}s") for name in ("metric", "scope", "unit")}
        for pattern, words in MEASURES:
            if match := re.fullmatch(pattern, measure.name):
                told = {name: said[name](code) for name, code in match.groupdict().items()}
                return self.view.gettext(words).format(**told)
        return measure.name

    def cells(self, change: Change) -> list[tuple[str, str, str]]:
        """Each cell that differs: the name of its column, what stood and what stands in it."""
        return [
            (self.column(name), self.cell(change.table, name, was), self.cell(change.table, name, now))
            for name, (was, now) in change.columns.items()
        ]

    def cell(self, table: str, column: str, value: Any) -> str:
        """A cell as the language writes it; nothing in it is said so."""
        if value is None or value in ("", []):
            return self.view.date(None) if column in DATES else self.view.missing
        if isinstance(value, list | tuple):
            return ", ".join(self.cell(table, column, item) for item in value)
        if isinstance(value, bool):
            return self.view.gettext("yes") if value else self.view.gettext("no")
        if isinstance(value, int | float):
            return f"{value:g}" if column.endswith(("year", "order")) else self.view.number(value, 6)
        return self._text(table, column, str(value))

    def row(self, change: Change) -> str:
        """Which row of its table: its name, else the parts of its key that its group does not say already."""
        if change.table == "observations":
            return self._observation(change.key)
        found = parts(change, self.keys)
        told = [
            self._part(change.table, name, cell)
            for name, cell in found.items()
            if name not in {"cluster_id", "value"} and cell not in {"None", "", change.country}
        ]
        return change.label or " · ".join(filter(None, told)) or change.key

    def _observation(self, key: str) -> str:
        """'fr-a--jobs--hosted--2015' -> 'Jobs · on site · 2015'."""
        _cluster, *codes = key.split("--")
        codes = ["" if code == "undated" else code for code in codes]
        names = ("metric", "scope", "as_of")
        return (
            " · ".join(self.cell("observations", name, code) for name, code in zip(names, codes, strict=False)) or key
        )

    def _part(self, table: str, name: str, cell: str) -> str:
        if name == "programme_id":
            return self.programme(cell)
        return self.view.country(cell) if name == "geo" else self.cell(table, name, cell)

    def programme(self, identifier: str) -> str:
        """The name of a programme; its identifier when it is gone."""
        known = self.view.tables.programmes
        found = known[known["programme_id"] == identifier]
        return self.view.name(found.iloc[0]) if len(found) else identifier

    def group(self, group: Group) -> str:
        """What the changes are about: the name of a cluster or a programme (as it was told when it is gone), of a country, of a
        table."""
        if group.kind == "country":
            return self.view.country(group.code)
        if group.kind == "table":
            return self.table(group.code)
        told = next((change.label for change in group.changes if change.key == group.code and change.label), "")
        if group.kind == "programme":
            return told if told and self.programme(group.code) == group.code else self.programme(group.code)
        known = self.view.tables.clusters
        return next(iter(known.loc[known["cluster_id"] == group.code, "name"]), told or group.code)

    def _label(self, vocabulary: str) -> Any:
        return lambda code: self.view.label(vocabulary, code)

    def _text(self, table: str, column: str, text: str) -> str:
        if column in DATES and DATE.fullmatch(text[:10]):
            return self._date(text[:10])
        known = self.vocabularies.get((table, column), [])
        vocabulary = next((name for name in known if text in self.view.vocabulary.codes(name)), None)
        if vocabulary:
            return self.view.label(vocabulary, text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def _date(self, text: str) -> str:
        try:
            return self.view.date(text)
        except ValueError:
            return text
