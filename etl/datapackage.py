"""`datapackage.json`: the Frictionless description of the tables, made from their models and their sources."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from etl.columns import Column, columns
from etl.sources import Source
from etl.tables import described, key

TYPES = {
    "text": {"type": "string"},
    "date_text": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "date": {"type": "date"},
    "list": {"type": "array"},
    "geometry": {"type": "any"},
}
CONSTRAINTS = {
    "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum",
    "str_matches": "pattern",
    "isin": "enum",
}
"""pandera's checks, as Frictionless names them."""
TITLE = {
    "title": "Social innovation clusters in Europe",
    "title_fr": "Les pôles d’innovation sociale en Europe",
    "description": "Clusters, published figures, programmes, funding and context indicators, with a source behind "
    "every figure.",
    "description_fr": "Pôles, chiffres publiés, programmes, financements et indicateurs de contexte, avec une source "
    "pour chaque chiffre.",
}
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True)
class Resource:
    """One table as written: the bytes of its Parquet file and its number of rows."""

    table: str
    content: bytes
    rows: int


def datapackage(resources: list[Resource], sources: list[Source], version: str) -> bytes:
    """The descriptor of the package; `version` is the hash of what the tables say."""
    package = {
        "profile": "data-package",
        "name": "social-innovation-clusters-europe",
        **TITLE,
        "version": version,
        "licenses": [LICENCE],
        "sources": [described_source(source) for source in sources],
        "resources": [described_resource(resource) for resource in resources],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def described_source(source: Source) -> dict[str, str]:
    """A source, with its licence and citation, and when its facts were searched for if people did."""
    words = {"name": source.source_id, "publisher": source.publisher, "licence": source.licence}
    path = {"path": source.url} if source.url.startswith("http") else {}
    searched = {"searched": source.searched} if source.searched else {}
    return {"title": source.title, **path, **words, "citation": source.citation, **searched}


def described_resource(resource: Resource) -> dict[str, Any]:
    """A table: its file (`type` file, so that its hash and bytes are what is validated), its rows and its schema."""
    words = described(resource.table)
    return {
        "name": resource.table,
        "type": "file",
        "profile": "data-resource",
        "description": words["description_en"],
        "description_fr": words["description_fr"],
        "path": f"{resource.table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "row_count": resource.rows,
        "bytes": len(resource.content),
        "hash": f"sha256:{sha256(resource.content).hexdigest()}",
        "schema": schema(resource.table),
    }


def schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table; lists of identifiers cannot be foreign keys there and say `references`."""
    declared = columns(table)
    keys = [foreign_key(table, column) for column in declared.values() if column.ids and column.kind != "list"]
    fields = [described_field(column) for column in declared.values()]
    return {"fields": fields, "primaryKey": key(table)} | ({"foreignKeys": keys} if keys else {})


def foreign_key(table: str, column: Column) -> dict[str, Any]:
    """A column that points to one of another table, or of its own (named "")."""
    target, name = column.ids.split(".")
    return {"fields": column.name, "reference": {"resource": "" if target == table else target, "fields": name}}


def described_field(column: Column) -> dict[str, Any]:
    """A column: type, description in both languages, constraints; unit, vocabulary and references if it has them."""
    constraints = {CONSTRAINTS[name]: value for name, value in column.checks.items() if name in CONSTRAINTS}
    flags = {"required": not column.is_nullable, "unique": column.is_unique}
    extras = {"unit": column.unit, "vocabulary": "|".join(column.codes), "references": column.ids}
    return {
        "name": column.name,
        **TYPES[column.kind],
        "description": column.description_en,
        "description_fr": column.description_fr,
        "constraints": {name: True for name, value in flags.items() if value} | constraints,
    } | {name: value for name, value in extras.items() if value}
