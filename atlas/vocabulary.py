"""Codes and what they mean: labels in both languages, colours, order, and the properties each code carries."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd


class Vocabulary:
    """Lookup over the `vocabulary` table (vocabulary, code, label_en, label_fr, colour, colour_dark, order, properties)."""

    def __init__(self, rows: pd.DataFrame, regions: pd.DataFrame | None = None) -> None:
        """`regions` (nuts_id, level, name), where there are any, are codes of their own: the vocabulary `regions`."""
        self._rows = rows
        self._regions = pd.DataFrame() if regions is None else regions

    @cached_property
    def _entries(self) -> dict[str, dict[str, dict[str, Any]]]:
        entries: dict[str, dict[str, dict[str, Any]]] = {}
        for row in self._rows.sort_values(["vocabulary", "order"]).to_dict("records"):
            entry: dict[str, Any] = {str(key): None if pd.isna(value) else value for key, value in row.items()}
            entry["properties"] = json.loads(entry["properties"] or "{}")
            entries.setdefault(row["vocabulary"], {})[row["code"]] = entry
        return entries | ({"regions": _named(self._regions)} if len(self._regions) else {})

    def codes(self, vocabulary: str) -> list[str]:
        """Codes in display order; empty for an unknown vocabulary."""
        return list(self._entries.get(vocabulary, {}))

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """Label of a code; the code itself when it has none."""
        entry = self._entries.get(vocabulary, {}).get(code)
        return entry[f"label_{language}"] if entry else str(code)

    def description(self, vocabulary: str, code: str, language: str) -> str:
        """One sentence on what the code means; empty when the label says it all."""
        entry = self._entries.get(vocabulary, {}).get(code)
        return (entry and entry[f"description_{language}"]) or ""

    def colour(self, vocabulary: str, code: str, dark: bool = False) -> str | None:
        """Hex colour on a light or dark background, None when the code has none."""
        entry = self._entries.get(vocabulary, {}).get(code) or {}
        return (entry.get("colour_dark") if dark else None) or entry.get("colour")

    def property(self, vocabulary: str, code: str, name: str) -> Any:
        """An extra property of a code (`symbol`, `unit`...), None when absent."""
        return self._entries.get(vocabulary, {}).get(code, {}).get("properties", {}).get(name)

    def members(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The countries of `codes`, each group of countries replaced by its members."""
        groups = {
            code: str(self.property("country_groups", code, "countries")) for code in self.codes("country_groups")
        }
        return tuple(dict.fromkeys(member for code in codes for member in groups.get(code, code).split(";")))

    def kinds_of(self, definition: str) -> list[str]:
        """The kinds of cluster that a list counts: its own, and those of every narrower list."""
        lists = self.codes("definitions")
        counted = lists[: lists.index(definition) + 1]
        return [kind for kind in self.codes("kinds") if self.property("kinds", kind, "definition_group") in counted]


def _named(regions: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """NUTS 1 and 2 regions as codes, each with its own name in both languages: 'Aquitaine (FRI1)'."""
    listed = regions[regions["level"] <= 2].sort_values("nuts_id")
    names = {code: f"{name} ({code})" for code, name in zip(listed["nuts_id"], listed["name"], strict=True)}
    nothing: dict[str, Any] = {"description_en": None, "description_fr": None, "properties": {}}
    return {code: {"label_en": name, "label_fr": name, **nothing} for code, name in names.items()}
