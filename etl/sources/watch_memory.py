"""What the watch has seen before: per portal and dataset, the day it was first found and the day it was first found as it is."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from etl.history import put


@dataclass(frozen=True)
class Seen:
    """What is remembered of a dataset: days as YYYY-MM-DD; `modified` as the portal last gave it, '' where it gives none."""

    first_seen: str
    modified: str
    changed_on: str


Memory = dict[str, dict[str, Seen]]
"""Portal -> identifier of a dataset -> what is remembered of it."""


def after_look(known: Seen | None, modified: str, look: str) -> Seen:
    """What is to be remembered of a dataset that was found on the day `look`; the same however often that look is taken in."""
    if known is None:
        return Seen(look, modified, look)
    return known if known.modified == modified else replace(known, modified=modified, changed_on=look)


def write(memory: Mapping[str, Mapping[str, Seen]], path: Path) -> None:
    """As JSON, in one move."""
    told = {name: {dataset: asdict(seen) for dataset, seen in known.items()} for name, known in memory.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def recall(path: Path) -> Memory:
    """What was written; nothing where nothing readable is: then all is new."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {name: {dataset: Seen(**seen) for dataset, seen in known.items()} for name, known in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
