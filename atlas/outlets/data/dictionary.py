"""What the tables are and what their columns mean, as `datapackage.json` describes them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atlas import store
from atlas.store import Tables

GEOMETRY = "geometry"


def resources() -> dict[str, dict[str, Any]]:
    """The description of each table, by its name, in the order of the package. Raises TablesMissing."""
    return {resource["name"]: resource for resource in store.package()["resources"]}


def described(thing: dict[str, Any], language: str) -> str:
    """What a table, a column or the package is, in the language."""
    return thing.get(f"description_{language}") or thing["description"]


def titled(package: dict[str, Any], language: str) -> str:
    """The title of the package, in the language."""
    return package.get(f"title_{language}") or package["title"]


def meanings(table: str, language: str) -> dict[str, str]:
    """What each column of a table means, but its geometry."""
    fields = resources()[table]["schema"]["fields"]
    return {field["name"]: described(field, language) for field in fields if field["name"] != GEOMETRY}


def vocabularies(table: str) -> dict[str, list[str]]:
    """The vocabularies of the columns that hold codes."""
    fields = resources()[table]["schema"]["fields"]
    return {field["name"]: field["vocabulary"].split("|") for field in fields if field.get("vocabulary")}


def references() -> Iterator[tuple[str, str, str, str]]:
    """Each column that holds identifiers of another table (or its own): table, column, table pointed to, its column."""
    for table, resource in resources().items():
        for key in resource["schema"].get("foreignKeys", []):
            to = key["reference"]
            yield table, key["fields"], to["resource"] or table, to["fields"]


def published(tables: Tables) -> date | None:
    """The day this version of the tables was published; None when it is not told."""
    told = store.changes() or {}
    return (
        date.fromisoformat(told["published"]) if told.get("version") == tables.version and "published" in told else None
    )
