"""Sources: one file each, which declares what it is (`SOURCE`), fetches the exact bytes and reads them."""

from dataclasses import dataclass


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
    searched: str = ""
    """Month (YYYY-MM) of the last search for its facts, when people searched for them: what is empty was not found then."""
