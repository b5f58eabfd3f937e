"""Eurostat: what surrounds the clusters in their country and region, from the dissemination API (JSON-stat 2.0).

Each dataset is asked for its own structure first: the codes wanted are looked for there, by code or by label, never assumed.
A flag of Eurostat becomes a note in words.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import httpx
import pandas as pd

from etl import jsonstat
from etl.download import Fetched, Remote, Tell, download
from etl.faults import gather
from etl.jsonstat import Document, NotJsonStat
from etl.read import bad_file
from etl.rounds import each, intact
from etl.sources import Source
from etl.sources.eurostat_answer import document_of, is_annual, wrong, wrong_series
from etl.sources.eurostat_series import FREE, SERIES, SINCE, Series, choose
from etl.sources.world_atlas import OBSERVED
from etl.territories import EUROSTAT

SOURCE = Source(
    source_id="eurostat",
    publisher="Eurostat",
    title="Population, employment, unemployment, GDP per inhabitant and risk of poverty, by country and NUTS 2 region",
    title_fr="Population, emploi, chômage, PIB par habitant et risque de pauvreté, par pays et par région NUTS 2",
    url="https://ec.europa.eu/eurostat/data/database",
    licence="CC BY 4.0 (Commission Decision 2011/833/EU)",
    citation="Eurostat, dissemination API; each row with its dataset and the date of its update.",
    updates="Twice a day; each of these datasets once a year, with revisions.",
    every_days=7,
)
BROWSER = "https://ec.europa.eu/eurostat/databrowser/view/{dataset}/default/table?lang=en"
PAUSE = 1.0
"""Seconds between two requests: Eurostat publishes no limit, so a modest one."""
FLAGS = {
    "b": "break in time series", "c": "confidential", "d": "definition differs", "e": "estimated", "f": "forecast",
    "i": "see metadata", "n": "not significant", "p": "provisional", "r": "revised", "s": "Eurostat estimate",
    "u": "low reliability", "z": "not applicable",
}  # fmt: skip
"""What each letter of a flag says, in the words of Eurostat's code list OBS_FLAG."""
ESTIMATES = set("efs")
"""Letters of the figures that their publisher does not give as exact."""

INDICATORS = [
    "geo", "geo_name", "country", "indicator", "year", "as_of", "value", "unit", "qualifier", "note", "source_ids",
]  # fmt: skip
SOURCES = ["source_id", "title", "publisher", "url", "published", "quote", "language"]
EMPTY = {"indicators": pd.DataFrame(columns=INDICATORS), "sources": pd.DataFrame(columns=SOURCES)}


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in every series. Raises NotFetched with a sentence per series that did not come; the others have come."""
    return each(partial(fetch_one, series, raw, http, tell) for series in SERIES)


def fetch_one(series: Series, raw: Path, http: httpx.Client, tell: Tell) -> Fetched:
    """Ask the dataset for its structure, then for what is wanted of it."""
    asked = Remote(series.address(lastTimePeriod="1"), series.structure, check=wrong, pause=PAUSE)
    chosen = choose(series, document_of(download(asked, raw, http, tell).path))
    address = series.address(sinceTimePeriod=SINCE, **chosen)
    check = partial(wrong_series, chosen=chosen)
    return download(Remote(address, series.path, check=check, pause=PAUSE), raw, http, tell)


def read(raw: Path) -> dict[str, pd.DataFrame]:
    """Rows of `indicators` and `sources` from what was fetched; EMPTY when nothing was. BadInput for altered files.

    `geo` is alpha-2 for countries, the NUTS code as published for regions; rates in percent, GDP in PPS per inhabitant.
    """
    here = [series for series in SERIES if (raw / series.path).is_file()]
    if not here:
        return EMPTY
    parts = gather(partial(read_one, series, raw / series.path) for series in here)
    indicators, sources = zip(*parts, strict=True)
    return {
        "indicators": pd.concat(indicators, ignore_index=True),
        "sources": pd.DataFrame(sources, columns=SOURCES).drop_duplicates("source_id", ignore_index=True),
    }


def read_one(series: Series, path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """The rows of one series, and of the dataset they come from."""
    lock = intact(path)
    try:
        document = document_of(path)
        rows, perimeter = jsonstat.observations(document), perimeter_of(document)
    except NotJsonStat as error:
        raise bad_file(path, f"cannot be read: {str(error).rstrip('.')}", "Fetch it again") from error
    if not is_annual(document):
        raise bad_file(path, "holds periods that are not years", "Correct SERIES in etl/sources/eurostat_series.py")
    source = source_of(series, document, lock.fetched_on)
    ours = indicator_rows(series, rows, perimeter, jsonstat.categories(document, "geo"))
    cited = pd.Series([[source["source_id"]]] * len(ours), index=ours.index, dtype="object")
    return ours.assign(source_ids=cited), source


def indicator_rows(series: Series, rows: pd.DataFrame, perimeter: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Cells of a series -> rows of `indicators`, territories that the observatory does not follow left out."""
    country = rows["geo"].str[:2].replace(EUROSTAT)
    is_region = series.level == "nuts2"
    is_followed = country.isin(OBSERVED.values()) & rows["geo"].str.len().eq(4 if is_region else 2)
    is_placed = ~rows["geo"].str.endswith("ZZ")  # "Extra-Regio": embassies and rigs
    kept = rows.assign(
        country=country,
        geo_name=rows["geo"].map(names) if is_region else None,
        indicator=series.indicator,
        year=rows["time"].astype("Int64"),
        as_of=rows["time"],
        unit=series.unit,
        qualifier=["about" if ESTIMATES & set(letters(flag)) else "exact" for flag in rows["status"]],
        note=[note(perimeter, flag) for flag in rows["status"]],
    )[is_followed & is_placed]
    return kept.assign(geo=kept["geo"] if is_region else kept["country"]).reindex(columns=INDICATORS[:-1])


def perimeter_of(document: Document) -> str:
    """What the figures count, in Eurostat's words. Raises NotJsonStat when a dimension was left open."""
    chosen = {name: jsonstat.categories(document, name) for name in jsonstat.dimensions(document) if name not in FREE}
    if several := [name for name, codes in chosen.items() if len(codes) != 1]:
        raise NotJsonStat(f"It holds several values of {', '.join(several)} where one was asked for.")
    told = {jsonstat.label(document, name): next(iter(codes.values())) for name, codes in chosen.items()}
    return "".join(f"{dimension}: {value}. " for dimension, value in told.items()).strip()


def note(perimeter: str, flag: object) -> str:
    """The perimeter, then what the flag says in words."""
    words = ", ".join(FLAGS.get(letter, f"flag “{letter}”") for letter in letters(flag))
    return f"{perimeter} {words.capitalize() if words.islower() else words}.".strip() if words else perimeter


def letters(flag: object) -> list[str]:
    """`bp`, `b,p` or `b p` -> b and p; a null flag has none."""
    return [letter for letter in flag if letter.isalnum()] if isinstance(flag, str) else []


def source_of(series: Series, document: Document, fetched_on: str) -> dict[str, str]:
    """The dataset as a row of `sources`: one per dataset and date of update; the quote is the title it gives itself."""
    updated = str(document.get("updated") or fetched_on)[:10]
    title = str(document.get("label") or series.dataset)
    return {
        "source_id": f"eurostat-{series.dataset.replace('_', '-')}-{updated}",
        "title": f"Eurostat, {title} ({series.dataset}), updated on {updated}",
        "publisher": SOURCE.publisher,
        "url": BROWSER.format(dataset=series.dataset),
        "published": updated,
        "quote": title,
        "language": "en",
    }
