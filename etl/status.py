"""How each source stands: age and hash of its files, rows last read, when it is next due, tries that failed."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from etl.history import put
from etl.sources import Source

STATE = "state.json"
"""Below the raw folder: what the last tries came to. Written by `succeeded` and `failed` only."""
GOOD, LATE, BROKEN = 0, 1, 2
"""Exit codes for cron: all well; a source is late or its last try failed; no version of the tables can be read."""


@dataclass(frozen=True)
class Tries:
    """What the tries of one source came to: days (YYYY-MM-DD), tries that failed since the last good one, why, rows read."""

    tried_on: str = ""
    succeeded_on: str = ""
    failures: int = 0
    why: str = ""
    rows: int | None = None


@dataclass(frozen=True)
class Status:
    """One source today. `age_days` is None for a source without files (facts kept by hand), `next_due` '' without a cadence."""

    source_id: str
    title: str
    files: int
    fetched_on: str
    checked_on: str
    age_days: int | None
    sha256: str
    rows: int | None
    next_due: str
    failures: int
    why: str
    is_late: bool

    @property
    def is_good(self) -> bool:
        """Neither late nor failing."""
        return not self.is_late and not self.failures


def statuses(sources: Iterable[Source], raw: Path, today: date) -> list[Status]:
    """How every source stands."""
    tries = read_tries(raw)
    return [
        status(source, locks(raw / source.source_id), tries.get(source.source_id, Tries()), today) for source in sources
    ]


def status(source: Source, found: list[dict[str, str]], tries: Tries, today: date) -> Status:
    """How one source stands, from the locks of its files and its tries. Of several files the oldest look counts."""
    fetched = min((lock.get("fetched_on", "") for lock in found), default="")
    checked = min((lock.get("checked_on") or lock.get("fetched_on", "") for lock in found), default="")
    seen = _day(checked)
    every = source.every_days
    due = seen + timedelta(days=every) if seen and every else None
    never = bool(every and not seen and (found or tries.tried_on))
    return Status(
        source.source_id,
        source.title,
        len(found),
        fetched,
        checked,
        (today - seen).days if seen else None,
        "+".join(sorted({lock.get("sha256", "")[:12] for lock in found})[:3]),
        tries.rows,
        due.isoformat() if due else "",
        tries.failures,
        tries.why,
        never or (due is not None and due < today),
    )


def exit_code(found: Iterable[Status], has_tables: bool) -> int:
    """GOOD, LATE or BROKEN."""
    if not has_tables:
        return BROKEN
    return GOOD if all(one.is_good for one in found) else LATE


def locks(folder: Path) -> list[dict[str, str]]:
    """The locks of the files below the folder of a source; one that cannot be read counts as a file never seen."""
    return [_lock(path) for path in sorted(folder.rglob("*.lock"))]


def succeeded(raw: Path, source_id: str, now: datetime | None = None) -> None:
    """Note that a source came."""
    today = f"{now or datetime.now(UTC):%Y-%m-%d}"
    _write(raw, source_id, Tries(today, today, 0, "", read_tries(raw).get(source_id, Tries()).rows))


def counted(raw: Path, source_id: str, rows: int) -> None:
    """Note how many rows a build took of a source."""
    _write(raw, source_id, replace(read_tries(raw).get(source_id, Tries()), rows=rows))


def failed(raw: Path, source_id: str, why: str, now: datetime | None = None) -> None:
    """Note that a source did not come, and the sentence that says why."""
    known = read_tries(raw).get(source_id, Tries())
    today = f"{now or datetime.now(UTC):%Y-%m-%d}"
    _write(raw, source_id, replace(known, tried_on=today, failures=known.failures + 1, why=why))


def read_tries(raw: Path) -> dict[str, Tries]:
    """The tries by source; none where nothing readable is noted."""
    try:
        noted = json.loads((raw / STATE).read_text(encoding="utf-8"))
        return {source_id: Tries(**tries) for source_id, tries in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(raw: Path, source_id: str, tries: Tries) -> None:
    noted = {name: asdict(known) for name, known in (read_tries(raw) | {source_id: tries}).items()}
    raw.mkdir(parents=True, exist_ok=True)
    put(raw / STATE, (json.dumps(noted, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())


def _lock(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(value) for name, value in known.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
