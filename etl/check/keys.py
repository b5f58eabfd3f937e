"""Keys, references and codes: what ties the tables together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from etl.cells import closest
from etl.check.world import WARNING, Finding, World, cells, key_columns
from etl.columns import columns


def key_given_twice(world: World) -> Iterator[Finding]:
    """Two rows with one key: a link would open either."""
    for table, rows in world.tables.items():
        key = key_columns(table)
        for row in rows.index[rows.duplicated(key, keep=False)]:
            yield world.error(table, row, key[0], f"several rows have this key ({', '.join(key)})")


def reference_dangling(world: World) -> Iterator[Finding]:
    """An identifier that no row of the table it points to bears."""
    for table, rows in world.tables.items():
        for name, column in columns(table).items():
            known = identifiers(world, column.ids)
            for row, value in strangers(rows[name].explode().dropna(), known) if column.ids else ():
                rule = f"not in {column.ids.replace('|', ' or ')}. {closest(value, known, 'Add its row')}"
                yield world.error(table, row, name, rule, value=value)


def row_named_is_gone(world: World) -> Iterator[Finding]:
    """A duplicate resolved to, or a cell's own source given for, a row that its table does not hold."""
    known = {table: set(world.tables[table][key_columns(table)[0]]) for table in ("clusters", "programmes")}
    for table, column in (("same_as", "kept_id"), ("field_sources", "row_id")):
        for row, value in cells(world.tables[table], column):
            target = world.cell(table, row, "table")
            if value not in known.get(target, ()):
                yield world.error(table, row, column, f"no {target} with this key")


def code_unknown(world: World) -> Iterator[Finding]:
    """A code that none of its column's vocabularies holds: it would be shown without a label."""
    known = world.tables["vocabulary"].groupby("vocabulary")["code"].agg(set).to_dict()
    for table, column, vocabularies, coded in coded_columns(world):
        codes = {code for vocabulary in vocabularies for code in known.get(vocabulary, ())}
        for row, value in strangers(coded, codes):
            rule = f"not a code of {' or '.join(vocabularies)}. {closest(value, codes, 'Add it to the vocabulary')}"
            yield world.error(table, row, column, rule, value=value)


def code_unused(world: World) -> Iterator[Finding]:
    """Codes that no row uses, of a vocabulary that some column uses: one finding per vocabulary."""
    used: dict[str, set[Any]] = defaultdict(set)
    for _, _, vocabularies, coded in coded_columns(world):
        for vocabulary in vocabularies:
            used[vocabulary].update(coded.unique())
    for name, codes in world.tables["vocabulary"].groupby("vocabulary")["code"]:
        unused = codes[~codes.isin(used.get(str(name), codes))]
        if len(unused):
            yield Finding(WARNING, "vocabulary", str(name), "code", ", ".join(unused), "no row uses these codes")


def source_missing(world: World) -> Iterator[Finding]:
    """A figure without a source: nobody could verify it."""
    for table, rows in world.tables.items():
        if "source_ids" in columns(table):
            for row in rows.index[rows["source_ids"].map(len) == 0]:
                yield world.error(table, row, "source_ids", "no source")


def source_without_proof(world: World) -> Iterator[Finding]:
    """A source that gives no address or no quote."""
    rows = world.tables["sources"]
    for column in ("url", "quote"):
        for row in rows.index[rows[column].fillna("").str.strip() == ""]:
            yield world.error("sources", row, column, f"a source must give its {column}")


def identifiers(world: World, ids: str) -> set[Any]:
    """Every value of the columns `ids` names: 'table.column', several joined by '|'; '' names none."""
    targets = [target.split(".") for target in ids.split("|") if target]
    return {value for table, column in targets for value in world.tables[table][column].unique()}


def strangers(values: "pd.Series[Any]", known: set[Any]) -> Iterable[tuple[Any, Any]]:
    """(row label, value) of the values that are not `known`."""
    unknown = set(values.unique()) - known
    return values[values.isin(unknown)].items() if unknown else ()


def coded_columns(world: World) -> Iterator[tuple[str, str, tuple[str, ...], "pd.Series[Any]"]]:
    """Every column that holds codes: table, column, vocabularies, its codes (lists opened) by row label."""
    for table, rows in world.tables.items():
        for name, column in columns(table).items():
            if column.codes:
                yield table, name, column.codes, rows[name].explode().dropna()
    indicators = world.tables["indicators"]
    territories = indicators[indicators["geo_level"] != "region"]
    yield "indicators", "geo", ("countries", "geo_aggregates"), territories["geo"].dropna()
