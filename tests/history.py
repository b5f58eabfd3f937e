"""A history small enough to know by heart, beside a copy of the real tables: two steps, written as the ETL writes them."""

import shutil
from datetime import date
from pathlib import Path

from atlas import store
from etl import feed, history
from etl.diff import Change, Difference, Measure

TABLES = Path(__file__).parents[1] / "data" / "tables"
HOSTILE = "<img src=x onerror=alert(1)> *Parque* [x](javascript:alert(1)) $a$"
DARWIN, GONE = "fr-darwin-bordeaux", "it-gone"
FIRST, SECOND = "2026.11.01", "2026.11.24"
CHANGES = [
    Change("clusters", "added", "es-new", HOSTILE, "es-new", "ES"),
    Change("clusters", "removed", GONE, "Parco <b>", GONE, "IT"),
    Change("clusters", "changed", DARWIN, "DARWIN", DARWIN, "FR", {"founded_year": (2010, 2009), "themes": (["digital"], [])}),
    Change("observations", "changed", f"{DARWIN}--jobs--hosted--2015", "", DARWIN, "FR", {"value": (1350.0, 1420.5)}),
    Change("programmes", "changed", "fr-loi-ess-2014", "ESS law", "", "FR", {"name_en": ("Law", HOSTILE)}),
    Change("indicators", "changed", "AT|arope_rate|None|2015|percent|17.9", "", "", "AT", {"value": (16.9, 17.9)}),
    Change("vocabulary", "added", "units|NOK", "Norwegian krone", "", ""),
]  # fmt: skip
COVERAGE = [
    Measure("clusters, rows", 270, 270),
    Measure("clusters, website filled", 75, 77),
    Measure("clusters in IT", 11, 10),
    Measure("clusters that report jobs (hosted)", 8, 9),
]
TOTALS = [Measure("jobs (hosted), jobs", 1920, 1960), Measure("surface_m2 (land), m2", None, 500)]


def steps() -> list[tuple[str, Difference]]:
    """The day and the difference of each step, the first first; the last leads to the version of the real tables."""
    first = Difference(FIRST, SECOND, [Change("sources", "added", "s1", "A page", "", "")], [], [])
    return [("2026-11-24", first), ("2026-11-25", Difference(SECOND, store.version(TABLES), CHANGES, COVERAGE, TOTALS))]


def remembered(folder: Path) -> Path:
    """Copy the real tables below `folder`, and write the steps and their feeds beside them; returns the folder of the tables."""
    tables, place = folder / "tables", folder / history.HISTORY
    shutil.copytree(TABLES, tables)
    for day, found in steps():
        history.remember(found, date.fromisoformat(day), place)
    feed.write_feeds(history.recall(place), place / feed.FEEDS)
    return tables
