"""Reports beside the tables, which the dashboard shows: how the sources stand, what the last build found, what an import left out."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from etl.build import Built
from etl.history import put
from etl.inbox.report import Report
from etl.sources import Source
from etl.status import Status

REPORTS = "reports"
"""Folder beside that of the tables."""
STATUS = "status.json"
QUALITY = "quality.json"
WATCH = "watch.json"
IMPORTS = "imports"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
HIDDEN = "[e-mail]"


def write_status(found: Iterable[Status], sources: Iterable[Source], version: str, folder: Path) -> None:
    """How each source stands, with the cadence and the licence it declares."""
    declared = {source.source_id: source for source in sources}
    rows = [asdict(one) | words(declared[one.source_id]) for one in found]
    write(folder / STATUS, {"version": version, "sources": rows})


def words(source: Source) -> dict[str, Any]:
    """What a source says of itself, as far as its state does not."""
    return {
        "title_fr": source.title_fr,
        "publisher": source.publisher,
        "url": source.url,
        "licence": source.licence,
        "every_days": source.every_days,
    }


def write_quality(built: Built, version: str, waiting: Mapping[str, int], folder: Path) -> None:
    """What a build made and found; each drop-in dataset with all it left out, as CSV; `waiting` are the proposals that nobody has
    decided on yet, by review file."""
    told = {
        "version": version,
        "ledger": records(built.ledger),
        "findings": records(built.findings),
        "suggestions": records(built.suggestions),
        "imports": [imported(one) for one in built.imports],
        "waiting": dict(waiting),
    }
    write(folder / QUALITY, told)
    for one in built.imports:
        write_refused(one, folder / IMPORTS)


def write_watch(news: pd.DataFrame, folder: Path, remarks: Iterable[str] = ()) -> None:
    """The datasets that the watch found, and what is to be said besides (see `etl.sources.watch`)."""
    write(folder / WATCH, {"remarks": list(remarks), "datasets": records(news)})


def imported(report: Report) -> dict[str, Any]:
    """The story of one import: rows by table, why some were left out, what was seen and what a human has to decide."""
    return {
        "name": report.name,
        "is_ready": report.is_ready,
        "counts": records(report.summary()),
        "reasons": records(report.reasons()),
        "sentences": report.sentences(),
    }


def write_refused(report: Report, folder: Path) -> Path:
    """Every row and cell that an import did not take, as `<name>.csv`. The name is an identifier: see the descriptor."""
    path = folder / f"{report.name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, hidden(report.refused().to_csv(index=False)))
    return path


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON objects, missing cells null."""
    return json.loads(rows.to_json(orient="records", force_ascii=False))  # type: ignore[no-any-return]


def write(path: Path, told: Mapping[str, Any]) -> None:
    """As JSON, in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, hidden(json.dumps(told, ensure_ascii=False, indent=2) + "\n"))


def hidden(text: str) -> bytes:
    """A report without the addresses of people: what was left out for one is no reason to publish it."""
    return EMAIL.sub(HIDDEN, text).encode()
