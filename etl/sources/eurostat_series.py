"""What is taken from Eurostat: which dataset, and what is wanted of each of its dimensions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from etl import jsonstat
from etl.download import NotFetched
from etl.jsonstat import Document

REVIEW = "look at the dataset and correct SERIES in etl/sources/eurostat_series.py. The last copy is kept."
ADDRESS = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
FOLDER = Path("eurostat")
SINCE = "2010"

Level = Literal["country", "nuts2"]
Wanted = dict[str, tuple[str, ...]]
"""Dimension -> what is wanted of it, codes or labels, the first that is there; "" when the dimension may be absent."""
FREE = ("freq", "geo", "time")
"""Dimensions that are not chosen by hand."""


@dataclass(frozen=True)
class Series:
    """One indicator of ours (see data/vocabulary/indicators.csv), and where Eurostat publishes it."""

    indicator: str
    unit: str
    dataset: str
    level: Level
    wanted: Wanted

    @property
    def structure(self) -> Path:
        return FOLDER / f"{self.dataset}.{self.level}.structure.json"

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.dataset}.{self.level}.json"

    def address(self, **parameters: str) -> str:
        """Where the series is asked for; the whole question stands in the address, so the lock keeps it."""
        query = {"format": "JSON", "lang": "EN", "geoLevel": self.level} | parameters
        return f"{ADDRESS}/{self.dataset}?{urlencode(query)}"


TOTAL = ("T", "Total")
EVERYONE: Wanted = {"unit": ("NR", "Number"), "age": ("TOTAL", "Total"), "sex": TOTAL}
ADULTS = ("Y15-74", "From 15 to 74 years")
WORKING_AGE = ("Y20-64", "From 20 to 64 years")
EDUCATION = ("TOTAL", "All ISCED 2011 levels", "")
PPS = ("PPS_EU27_2020_HAB", "Purchasing power standard (PPS, EU27 from 2020), per inhabitant")
PERCENT = ("PC", "Percentage")
EMPLOYED: Wanted = {
    "unit": PERCENT,
    "age": WORKING_AGE,
    "sex": TOTAL,
    "isced11": EDUCATION,
    "citizen": ("TOTAL", "Total", ""),
}
AT_RISK: Wanted = {"unit": ("PC", "Percentage", "PC_POP", "Percentage of total population")}
OPTIONAL_TOTAL = ("TOTAL", "T", "Total", "")
SERIES = (
    Series("population", "persons", "demo_pjan", "country", EVERYONE),
    Series("population", "persons", "demo_r_d2jan", "nuts2", EVERYONE),
    Series("employment_rate", "percent", "lfst_r_lfe2emprt", "country", EMPLOYED),
    Series("employment_rate", "percent", "lfst_r_lfe2emprt", "nuts2", EMPLOYED),
    Series(
        "unemployment_rate", "percent", "une_rt_a", "country",
        {"unit": ("PC_ACT", "Percentage of population in the labour force"), "age": ADULTS, "sex": TOTAL},
    ),
    Series(
        "unemployment_rate", "percent", "lfst_r_lfu3rt", "nuts2",
        {"unit": PERCENT, "age": ADULTS, "sex": TOTAL, "isced11": EDUCATION},
    ),
    Series("gdp_per_capita_pps", "PPS per inhabitant", "nama_10r_2gdp", "country", {"unit": PPS}),
    Series("gdp_per_capita_pps", "PPS per inhabitant", "nama_10r_2gdp", "nuts2", {"unit": PPS}),
    Series("arope_rate", "percent", "ilc_peps01n", "country", AT_RISK | {"age": OPTIONAL_TOTAL, "sex": OPTIONAL_TOTAL}),
    Series("arope_rate", "percent", "ilc_peps11n", "nuts2", AT_RISK | {"age": OPTIONAL_TOTAL, "sex": OPTIONAL_TOTAL}),
)  # fmt: skip


def choose(series: Series, structure: Document) -> dict[str, str]:
    """Dimension -> the code to ask for. Raises NotFetched when the dataset no longer holds what is wanted."""
    found = {name: jsonstat.categories(structure, name) for name in jsonstat.dimensions(structure)}
    new = [name for name in found if name not in FREE and name not in series.wanted and len(found[name]) > 1]
    gone = [name for name in FREE if name not in found]
    gone += [name for name, wanted in series.wanted.items() if name not in found and "" not in wanted]
    if new or gone:
        changes = [f"{', '.join(names)} {what}" for names, what in ((new, "came"), (gone, "went")) if names]
        raise NotFetched(f"The dimensions of {series.dataset} have changed ({'; '.join(changes)}): {REVIEW}")
    return {name: pick(series, name, codes) for name, codes in found.items() if name not in ("geo", "time")}


def pick(series: Series, dimension: str, codes: Mapping[str, str]) -> str:
    """The code wanted of one dimension: the first wanted that is there as a code or a label, or the only one there is."""
    if dimension not in series.wanted and len(codes) == 1:
        return next(iter(codes))
    by_label = {label.casefold(): code for code, label in codes.items()}
    wanted = series.wanted.get(dimension, ("A", "Annual"))
    for one in filter(None, wanted):
        if one in codes or one.casefold() in by_label:
            return one if one in codes else by_label[one.casefold()]
    shown = ", ".join(list(codes)[:8]) + (", …" if len(codes) > 8 else "")
    raise NotFetched(
        f"{series.dataset} has no {dimension} {' or '.join(filter(None, wanted))} (it has {shown}): {REVIEW}"
    )
