"""The data of any version that is kept: today's, and those it replaced, so that a frozen link goes on saying what it said."""

import json
from pathlib import Path

from atlas import store
from atlas.outlets.http import Problem
from atlas.store import Tables
from atlas.words import catalogue

FOLDER = store.FOLDER.parent / "archive"
LIST = "versions.json"


def versions(folder: Path | None = None) -> list[str]:
    """The versions kept, the last replaced first; today's is not among them."""
    folder = folder or FOLDER
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    there = {path.name for path in folder.iterdir() if path.is_dir()}
    return [entry["version"] for entry in reversed(listed) if entry["version"] in there]


def tables_of(version: str, language: str = "en", folder: Path | None = None) -> Tables:
    """The tables of `version`, today's when it is ''. No path is made of it: it is looked for in the list. Raises
    Problem(404) with a sentence in `language` that says which versions are kept, and TablesMissing."""
    if version in {"", store.version()}:
        return store.tables()
    kept = versions(folder)
    if version in kept:
        return store.tables((folder or FOLDER) / kept[kept.index(version)])
    _ = catalogue(language).gettext
    sentence = _("Version {version} of the data is not kept. Kept: {versions}.")
    raise Problem(404, sentence.format(version=version[:40], versions=", ".join([store.version(), *kept])))
