"""The columns of a table as its model declares them: what reading, publishing and describing need to know of each."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

import pandera.pandas as pa

from etl import schema

Kind = Literal["text", "date_text", "url", "integer", "number", "flag", "date", "list", "geometry"]
KINDS: dict[Any, Kind] = {
    str: "text",
    pa.Int64: "integer",
    float: "number",
    bool: "flag",
    pa.DateTime: "date",
    object: "list",
}
PATTERNS: dict[str, Kind] = {schema.DATE: "date_text", schema.URL: "url"}


@dataclass(frozen=True)
class Column:
    """One declared column; `codes` are the vocabularies its codes come from, `ids` the table.column it points to."""

    name: str
    kind: Kind
    is_nullable: bool
    is_unique: bool
    codes: tuple[str, ...]
    ids: str
    unit: str
    description_en: str
    description_fr: str
    checks: dict[str, Any]


@cache
def columns(table: str) -> dict[str, Column]:
    """The columns of `table` by name, in order."""
    model = schema.TABLES[table]
    hints = get_type_hints(model)
    return {name: column(name, hints[name], declared) for name, declared in model.to_schema().columns.items()}


def column(name: str, hint: Any, declared: Any) -> Column:
    """Read one pandera column."""
    metadata = declared.metadata
    checks = {check.name: next(iter(check.statistics.values()), None) for check in declared.checks}
    return Column(
        name=name,
        kind=kind(name, get_args(hint)[0], checks),
        is_nullable=declared.nullable,
        is_unique=declared.unique,
        codes=tuple(metadata["codes"].split("|")) if metadata["codes"] else (),
        ids=metadata["ids"],
        unit=metadata["unit"],
        description_en=declared.description,
        description_fr=metadata["fr"],
        checks=checks,
    )


def kind(name: str, annotated: Any, checks: dict[str, Any]) -> Kind:
    """The kind of a column, from its type, its pattern and, for polygons and points, its name."""
    pattern = checks.get("str_matches")
    if isinstance(pattern, str) and pattern in PATTERNS:
        return PATTERNS[pattern]
    return "geometry" if name == "geometry" else KINDS[annotated]
