"""The models of `etl.schema`, held against the tables: every failure case of pandera as one sentence."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from etl import schema
from etl.check.world import ERROR, Finding, World, each
from etl.columns import columns
from etl.tables import DTYPES

SENTENCES = {
    "not_nullable": "must not be empty",
    "column_in_dataframe": "column missing",
    "column_in_schema": "column not declared",
    "column_ordered": "column out of the order the model declares",
    "greater_than_or_equal_to": "must be at least {}",
    "less_than_or_equal_to": "must be at most {}",
    "str_matches": "must match {}",
    "isin": "must be one of {}",
    "coerce_dtype": "must be of type {}",
    "dtype": "must be of type {}",
}
ABOUT_COLUMNS = ("column_in_dataframe", "column_in_schema", "column_ordered")
SHAPE = ("table ", "column ", "must be of type ")
"""How the rules begin after which other checks could not read what they need."""
UNIQUENESS = ("field_uniqueness", "multiple_fields_uniqueness")
"""`key_given_twice` says these, once per row."""


def table_missing(world: World) -> Iterator[Finding]:
    """A declared table that was not built, or one that no model declares."""
    for table in sorted(schema.TABLES.keys() ^ world.tables.keys()):
        rule = "table not built" if table in schema.TABLES else "table without a model in etl.schema"
        yield Finding(ERROR, table, "", "", "", rule)


def contract_broken(world: World) -> Iterator[Finding]:
    """A column or cell that is not what the model declares."""
    for table, rows in world.tables.items():
        for case in each(failure_cases(table, rows)) if table in schema.TABLES else ():
            yield finding(world, table, case)


def is_about_shape(finding: Finding) -> bool:
    """Whether a table or column is missing, not declared, or of another type: other checks could not read it."""
    return finding.rule.startswith(SHAPE)


def failure_cases(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Pandera's failure cases of one table: column, check, failure_case, row, and the check's bare `name`.

    It is asked about types only where one is not as declared, and nothing about a table of the declared shape without rows.
    """
    try:
        if not is_typed(table, rows):
            schema.TABLES[table].validate(pd.DataFrame(rows), lazy=True)
        elif len(rows) or list(rows) != list(columns(table)):
            untyped(table).validate(pd.DataFrame(rows), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.rename(columns={"index": "row"})
        cases = cases.assign(name=cases["check"].str.extract(r"^(\w+)")[0])
        return cases[~cases["name"].isin(UNIQUENESS)]
    return pd.DataFrame(columns=["column", "check", "failure_case", "row", "name"])


def is_typed(table: str, rows: pd.DataFrame) -> bool:
    """Whether every column that is there is of its declared type already."""
    types = rows.dtypes.to_dict()
    declared = {name: DTYPES[column.kind] for name, column in columns(table).items() if column.kind in DTYPES}
    return all(types.get(name, dtype) == dtype for name, dtype in declared.items())


@cache
def untyped(table: str) -> pa.DataFrameSchema:
    """The model of a table without its types: they take pandera longer than all the rest."""
    model = schema.TABLES[table].to_schema()
    bare = model.update_columns({name: {"dtype": None, "coerce": False} for name in model.columns})
    bare.coerce = False
    return bare


def finding(world: World, table: str, case: Any) -> Finding:
    """A failure case -> a finding; a case about a whole column has no row."""
    column, value = (case.failure_case, "") if case.name in ABOUT_COLUMNS else (case.column, str(case.failure_case))
    row = "" if pd.isna(case.row) else world.key(table, case.row)
    return Finding(ERROR, table, row, column, value, sentence(case.check))


def sentence(check: str) -> str:
    """'greater_than_or_equal_to(1800)' -> 'must be at least 1800'; a check without a sentence is named as it is."""
    name, argument = re.fullmatch(r"(\w+)(?:\((.*)\))?", check, re.DOTALL).groups("")  # type: ignore[union-attr]
    return SENTENCES[name].format(argument.strip("'")) if name in SENTENCES else f"fails {check}"
