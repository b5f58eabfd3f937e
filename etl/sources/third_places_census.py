"""The form of the census of third places: `;`, lists over several lines of a cell, one column per box that was ticked.

Only the columns named here are read. Those about persons (names, addresses, telephones, SIRET) never are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from etl.faults import BadInput
from etl.inbox.decode import decode
from etl.inbox.delimited import records
from etl.inbox.descriptor import Dialect
from etl.inbox.values import EMAIL, clean, items
from etl.read import BINARY, MARKUP, Record, bad_file
from etl.sources.third_places_cells import NOTHING, commune_code, organisation, postcode, website, words
from etl.suggest import plain

Names = Mapping[str, tuple[str, ...]]
"""Our column -> what the census may call it."""
IDENTIFIER: Names = {"place_id": ("ID_UNIQUE", "ID unique", "identifiant")}
IDENTITY: Names = {
    **IDENTIFIER,
    "name": ("NOM", "nom du tiers-lieu", "nom du lieu"),
    "commune_code": ("Insee", "code Insee", "Insee commune", "code commune"),
    "lead_organisation": ("NOM_STRC_PORT", "NOM_STRC_GEST", "structure porteuse", "nom structure porteuse"),
    "postcode": ("CODPOST", "code postal"),
    "place": ("VILLE", "commune"),
    "website": ("INTERNET", "site internet", "site web"),
}
"""The name it bore in 2023 first; case, accents and punctuation do not matter."""
ACTIVITIES = re.compile(r"(types? )?(d )?act(iv\w*)?( toutes)?")
"""The column that lists the activities in words."""
ACTIVITY_BOX = re.compile(r"types? (d )?act(iv\w*)? \w.*")
"""The columns of single activities, where none lists them all."""
TICKED, OPEN = ("1", "true", "vrai", "oui", "x"), ("", "0", "false", "faux", "non")


@dataclass(frozen=True)
class Sheet:
    """A file of the census: its header, its records with the line each starts on, and what was seen in reading it."""

    path: Path
    header: list[str]
    rows: list[Record]
    notes: tuple[str, ...]


def sheet(path: Path) -> Sheet:
    """Read a file: UTF-8 with or without a mark, or cp1252. BadInput when it cannot be read."""
    content = path.read_bytes()
    if content.startswith(BINARY):
        raise bad_file(path, "is not a CSV but a binary file", "Fetch it again")
    text, notes = decode(path, content, ["utf-8", "cp1252"])
    if (first := text.lstrip()[:1]) in MARKUP:
        raise bad_file(path, f"is not a CSV but {MARKUP[first]}", "Fetch it again")
    found = records(path, text, Dialect.model_validate({"delimiter": ";"}))
    if len(found) < 2:
        raise bad_file(path, "holds no third place", "Fetch it again")
    (_, header), *rows = found
    return Sheet(path, header, rows, notes)


def wrong(path: Path, whole: int | None, *, has_activities: bool) -> str:
    """What is wrong with a download of `whole` bytes (None: not said), in one sentence; '' when nothing is."""
    if whole and path.stat().st_size < whole:
        return f"the file was cut short: {path.stat().st_size} of {whole} bytes came. The last copy is kept."
    try:
        found = sheet(path)
    except BadInput as bad:
        fault = bad.faults[0]
        line = f" (line {fault.line})" if fault.line else ""
        return f"the file {fault.problem}{line}. The last copy is kept."
    if failure := missing(found, has_activities=has_activities):
        return f"{failure} The last copy is kept."
    return "" if is_whole(found) else "the file was cut short: its last line has fewer cells. The last copy is kept."


def missing(found: Sheet, *, has_activities: bool) -> str:
    """The sentence that names the columns which are not there; '' when all are."""
    wanted = IDENTIFIER if has_activities else IDENTITY
    names = [known[0] for ours, known in wanted.items() if ours not in positions(found.header, wanted)]
    if has_activities and not activity_columns(found):
        names.append("the activities (TYPE_ACT or activites)")
    there = ", ".join(" ".join(name.split()) for name in found.header[:20]) + (", …" if len(found.header) > 20 else "")
    return f"the columns have changed: missing are {', '.join(names)}; there are {there}." if names else ""


def is_whole(found: Sheet) -> bool:
    """Whether the last record has all its cells."""
    return len(found.rows[-1][1]) >= len(found.header)


def positions(header: list[str], wanted: Names) -> dict[str, int]:
    """Our columns -> where theirs stand, of those that are there."""
    found = {plain(name): at for at, name in reversed(list(enumerate(header)))}
    known = {ours: [found[plain(name)] for name in names if plain(name) in found] for ours, names in wanted.items()}
    return {ours: places[0] for ours, places in known.items() if places}


def fitting(found: Sheet) -> tuple[list[list[str]], list[int]]:
    """The cells of the records that are as wide as the header (empty cells too many do not count), and the lines of the others."""
    width = len(found.header)
    fits = {line: len(row) >= width and not any(row[width:]) for line, row in found.rows}
    return [row for line, row in found.rows if fits[line]], [line for line, is_one in fits.items() if not is_one]


def identities(found: Sheet) -> pd.DataFrame:
    """The columns of IDENTITY, read; null where nothing (or nothing that can be used) is published."""
    at = positions(found.header, IDENTITY)
    rows, _ = fitting(found)
    readers = {
        "commune_code": commune_code,
        "postcode": postcode,
        "website": website,
        "lead_organisation": organisation,
    }
    columns = {ours: [readers.get(ours, words)(row[place]) for row in rows] for ours, place in at.items()}
    published = pd.Series([words(row[at["website"]]) for row in rows], dtype="str")
    return pd.DataFrame(columns, dtype="str").assign(website_published=published)


def activities(found: Sheet) -> pd.DataFrame:
    """`place_id` and `activities`: the list of each row as the census names them; where it has no list, the names of the boxes
    that were ticked."""
    at = positions(found.header, IDENTIFIER)["place_id"]
    rows, _ = fitting(found)
    columns = activity_columns(found)
    read = partial(ticked, found.header, columns) if is_box(found, columns[0]) else partial(listed, columns[0])
    lists = pd.Series([read(row) for row in rows], dtype="object")
    places = pd.Series([words(row[at]) for row in rows], dtype="str")
    return pd.DataFrame({"place_id": places, "activities": lists}).dropna(subset=["place_id"])


def activity_columns(found: Sheet) -> list[int]:
    """Where the activities stand: the one column that lists them, else all those of single activities; nothing when neither."""
    names = [plain(name) for name in found.header]
    lists = [at for at, name in enumerate(names) if ACTIVITIES.fullmatch(name) and not is_box(found, at)]
    boxes = [at for at, name in enumerate(names) if ACTIVITY_BOX.fullmatch(name) and is_box(found, at)]
    return lists[:1] or boxes


def is_box(found: Sheet, at: int) -> bool:
    """Whether a column only says yes or no."""
    return {row[at].strip().casefold() for _, row in found.rows if at < len(row)} <= {*TICKED, *OPEN}


def listed(at: int, row: list[str]) -> list[str]:
    """The items of a list, without marks of nothing and addresses of persons."""
    return [item for item in items(row[at], ";") if item.casefold() not in NOTHING and not EMAIL.search(item)]


def ticked(header: list[str], columns: list[int], row: list[str]) -> list[str]:
    """The names of the boxes that are ticked."""
    return [clean(header[at]) for at in columns if row[at].strip().casefold() in TICKED]
