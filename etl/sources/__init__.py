"""Sources: one file each, which declares what it is (`SOURCE`), fetches the exact bytes and reads them."""

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """What a source says of itself; the Sources page and `datapackage.json` are made from it.

    Written by hand; what a machine knows (sha256, bytes, date of download) is in the lock beside the raw file.
    """

    source_id: str
    publisher: str
    title: str
    url: str
    licence: str
    citation: str
    updates: str
    """How often the publisher changes it, in words."""
    title_fr: str = ""
    """Title in French; '' where only the publisher's own title is known."""
    every_days: int | None = None
    """Days after which a refresh asks again; None for facts kept by hand and for versions that are pinned."""
    searched: str = ""
    """Month (YYYY-MM) of the last search for its facts, when people searched for them: what is empty was not found then."""


def declared() -> list[Source]:
    """What every source says of itself, by identifier."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return sorted(found, key=lambda source: source.source_id)


def used(raw: Path) -> list[Source]:
    """The sources that a build from `raw` draws on: those kept by hand or pinned, and those that were fetched."""
    return [source for source in declared() if source.every_days is None or is_fetched(source, raw)]


def is_fetched(source: Source, raw: Path) -> bool:
    """Whether a file of the source lies in `raw`, with its lock."""
    return any((raw / source.source_id).rglob("*.lock"))
