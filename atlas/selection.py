"""What the reader chose. One model, the same for page, embed and file; the URL holds it (see `atlas.parameters`)."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict

from atlas.nuts import in_regions
from atlas.parameters import PARAMETERS, TEXT_LIMIT, Dropped, printed, read
from atlas.store import Tables
from atlas.vocabulary import Vocabulary

CLUSTERS = ("definition", "countries", "kinds", "themes", "time")
"""The fields that choose clusters: what a chart of clusters is filtered by."""
PLACED = (*CLUSTERS, "regions")
"""Those of a chart that sets no number of clusters against a whole country: `regions` too."""


class Selection(BaseModel):
    """Codes chosen by the reader; an empty field means no restriction.

    `definition` is the list counted by (PTCE only, social-economy clusters, or the wide list). `countries` may hold
    groups of countries (`benelux`), `regions` NUTS 1 and 2 codes; `grain` is the territory that a rate colours. `near` is a latitude and a longitude, `camera` those and a zoom (EPSG:4326, degrees);
    `radius` is in km; `until` is a year.
    """

    model_config = ConfigDict(frozen=True)

    language: str = "en"
    definition: str = "wide"
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    programme_kinds: tuple[str, ...] = ()
    time: tuple[int, int] | None = None
    metric: str = "jobs"
    scope: str = "hosted"
    query: str = ""
    id: str = ""
    part: str = ""
    size: str = ""
    colour: str = "kind"
    background: str = ""
    grain: str = "country"
    layers: tuple[str, ...] = ()
    until: int | None = None
    near: tuple[float, float] | None = None
    radius: int = 50
    camera: tuple[float, float, float] | None = None
    indicator: str = "social_economy_share_of_employment"
    against: str = "unemployment_rate"
    by: str = "level"
    sort: str = "name"
    layout: str = "cards"
    shown: int = 24
    version: str = ""
    cluster: str = ""

    @classmethod
    def parse(cls, parameters: Mapping[str, str], vocabulary: Vocabulary) -> tuple["Selection", list[Dropped]]:
        """Read URL parameters. What is unknown or malformed is left out or mended, and reported, never an error."""
        chosen: dict[str, Any] = {}
        dropped: list[Dropped] = []
        for field, parameter in PARAMETERS.items():
            text = parameters.get(parameter, "")[: 40 * TEXT_LIMIT]
            if text:
                value, left_out = read(text, field, vocabulary)
                dropped += left_out
                if value is not None and value != "":
                    chosen[field] = value
        return cls(**chosen), dropped

    def parameters(self, fields: Iterable[str] | None = None) -> dict[str, str]:
        """The URL parameters of `fields` (all by default) that differ from the default; the language always."""
        shown = [field for field in PARAMETERS if fields is None or field in fields or field == "language"]
        default = Selection()
        return {
            PARAMETERS[field]: printed(getattr(self, field))
            for field in shown
            if field == "language" or getattr(self, field) != getattr(default, field)
        }

    def but(self, **changes: object) -> "Selection":
        """The same selection with some fields changed."""
        return self.model_copy(update=changes)

    def only(self, fields: Iterable[str]) -> "Selection":
        """The same selection, restricted to `fields`: what a page does not offer does not filter it."""
        return Selection(language=self.language, **{field: getattr(self, field) for field in fields})

    def of_clusters(self, tables: Tables) -> pd.DataFrame:
        """The clusters chosen by list, country, kind, theme, region (those not placed in one leave) and founding year (undated
        ones leave when years are set)."""
        clusters, codes = tables.clusters, tables.codes
        keep = _among(clusters["country"], codes.members(self.countries)) & _among(clusters["kind"], self.kinds)
        keep &= clusters["kind"].isin(codes.kinds_of(self.definition))
        if self.themes:
            keep &= clusters["themes"].map(lambda themes: not set(themes).isdisjoint(self.themes)).astype(bool)
        if self.regions:
            keep &= in_regions(tables, self.regions)
        if self.time:
            keep &= clusters["founded_year"].between(*self.time).fillna(False).astype(bool)
        return clusters[keep]

    def of_programmes(self, tables: Tables) -> pd.DataFrame:
        """The programmes chosen by country, level, kind and years (those running at some time in the range)."""
        programmes = tables.programmes
        keep = (
            _among(programmes["country"], tables.codes.members(self.countries))
            & _among(programmes["level"], self.levels)
            & _among(programmes["kind"], self.programme_kinds)
        )
        if self.time:
            start = pd.to_datetime(programmes["start_date"]).dt.year
            end = pd.to_datetime(programmes["end_date"]).dt.year.fillna(start)
            keep &= (start.fillna(end) <= self.time[1]) & (end >= self.time[0])
        return programmes[keep]


def _among(values: pd.Series, chosen: Iterable[str]) -> pd.Series:
    return values.isin(list(chosen)) if chosen else pd.Series(True, index=values.index)
