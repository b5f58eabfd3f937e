"""For whom a chart is drawn: language, palette, labels and land. Charts take every word and colour from here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from atlas import numbers
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import LIGHT, Theme
from atlas.vocabulary import Vocabulary
from atlas.words import catalogue

COUNTRY_VOCABULARIES = ("countries", "geo_aggregates", "country_groups", "other_countries")


@dataclass(frozen=True)
class View:
    """A selection, a theme, and the tables that labels and the ground of maps come from (what a figure shows is in its
    rows). Pure: no clock, no network, no Streamlit."""

    selection: Selection
    theme: Theme
    tables: Tables

    @classmethod
    def of(cls, tables: Tables, selection: Selection, theme: Theme = LIGHT) -> "View":
        return cls(selection, theme, tables)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.tables.codes

    @property
    def land(self) -> gpd.GeoDataFrame:
        return self.tables.countries

    @property
    def language(self) -> str:
        return self.selection.language

    def gettext(self, message: str) -> str:
        return catalogue(self.language).gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form for `n`, with {n} already filled in as the language writes it."""
        return catalogue(self.language).ngettext(singular, plural, n).replace("{n}", self.number(n))

    def label(self, vocabulary: str, code: Any) -> str:
        """Label of a code; 'not published' when the code is missing."""
        if pd.isna(code):
            return self.missing
        return self.vocabulary.label(vocabulary, str(code), self.language)

    def country(self, code: Any) -> str:
        """Name of a country, of a group of countries (EU, EU27), or of a partner's country outside Europe."""
        known = (name for name in COUNTRY_VOCABULARIES if code in self.vocabulary.codes(name))
        return self.label(next(known, COUNTRY_VOCABULARIES[0]), code)

    def colour(self, vocabulary: str, code: str) -> str:
        """Colour of a code in the theme in use."""
        return self.vocabulary.colour(vocabulary, code, self.theme.is_dark) or self.theme.primary

    @cached_property
    def missing(self) -> str:
        _ = self.gettext
        return _("not published")

    def number(self, value: float, decimals: int = 0) -> str:
        return self.missing if pd.isna(value) else numbers.number(value, self.language, decimals)

    def percent(self, share: float, decimals: int = 1) -> str:
        return self.missing if pd.isna(share) else numbers.percent(share, self.language, decimals)

    def money(self, amount: float, currency: str = "EUR") -> str:
        """An amount in its currency; where the source names none, the number alone."""
        if pd.isna(amount) or pd.isna(currency):
            return self.number(amount)
        return numbers.money(amount, self.language, currency)

    def money_short(self, amount: float, currency: str = "EUR") -> str:
        return self.missing if pd.isna(amount) else numbers.money_short(amount, self.language, currency)

    def ticks(self, low: float, high: float, log: bool = False, unit: str = "") -> dict[str, list]:
        """Round values for an axis and their text; on a logarithmic axis two or so are written, to fit a phone."""
        plain = {"EUR": self.money_short, "percent": lambda value: self.percent(value / 100)}.get(unit)
        short = (lambda value: numbers.number_short(value, self.language)) if high >= 1e6 else None
        write = plain or short or (lambda value: self.number(value, 2))
        values = numbers.ticks(low, high, log)
        every = (len(values) + 1) // 2 if log and len(values) > 2 else 1
        text = ["" if i % every else write(value) for i, value in enumerate(values)]
        return {"tickvals": values, "ticktext": text}

    def date(self, text: Any) -> str:
        """A date as precise as published; 'undated' when there is none."""
        _ = self.gettext
        return _("undated") if pd.isna(text) else numbers.date(str(text), self.language)

    def figure(self, value: float, unit: str, qualifier: str = "exact") -> str:
        """A published value with its qualifier and unit: 'about 350 jobs', 'planned: €2,000'; without one, 'about 350'."""
        amount = self.money(value) if unit == "EUR" else f"{self.number(value, 2)} {self.unit(unit, value)}".strip()
        before = self.vocabulary.property("qualifiers", qualifier, f"before_{self.language}")
        return f"{before} {amount}" if before else amount

    def unit(self, unit: str, value: float) -> str:
        """The name of a unit as it follows a value: '1 job', '2 jobs'; in French, '0 emploi', '1,5 emploi'."""
        is_one = abs(value) < 2 if self.language == "fr" else value == 1
        one = self.vocabulary.property("units", unit, f"one_{self.language}") if is_one else None
        return one or (self.label("units", unit) if unit else "")

    def name(self, row: pd.Series) -> str:
        """Name of a programme in the language, else in its own, else in English."""
        columns = ["name_fr", "name_local", "name_en"] if self.language == "fr" else ["name_en", "name_local"]
        return next(str(row[column]) for column in columns if pd.notna(row[column]))
