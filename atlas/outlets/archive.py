"""The data of any version that is kept: today's, and those it replaced, so that a frozen link goes on saying what it
said."""

import json

from atlas import store
from atlas.outlets.http import Problem
from atlas.store import Place, Tables
from atlas.words import catalogue

FOLDER = "archive"
"""Beside the folder of the tables."""
LIST = "versions.json"


def versions(place: Place = None) -> list[str]:
    """The versions kept beside the tables at `place`, the last replaced first; today's is not among them."""
    try:
        listed = json.loads(store.beside(f"{FOLDER}/{LIST}", place) or b"[]")
    except ValueError:
        return []
    there = {*store.names_beside(FOLDER, place)} if listed else set()
    today = store.version(place)
    return [entry["version"] for entry in reversed(listed) if entry["version"] in there - {today}]


def tables_of(version: str, language: str = "en", place: Place = None) -> Tables:
    """The tables of `version`, today's when it is ''. No path is made of it: it is looked for in the list. Raises
    Problem(404) with a sentence in `language` that says which versions are kept, and TablesMissing."""
    if version in {"", store.version(place)}:
        return store.tables(place)
    kept = versions(place)
    if version in kept:
        return store.tables(store.folder_of(place).beside(f"{FOLDER}/{kept[kept.index(version)]}").url)
    _ = catalogue(language).gettext
    sentence = _("Version {version} of the data is not kept. Kept: {versions}.")
    raise Problem(404, sentence.format(version=version[:40], versions=", ".join([store.version(place), *kept])))
