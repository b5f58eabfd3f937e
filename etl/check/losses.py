"""The ledger: every row that came in is still there, merged into another, or rejected for a reason."""

from collections.abc import Iterator
from typing import Any

from etl.check.world import ERROR, Finding, World, each


def table_not_counted(world: World) -> Iterator[Finding]:
    """A table nobody counted: rows could be lost unseen."""
    for table in sorted(world.tables.keys() - set(world.ledger["table"])):
        yield Finding(ERROR, table, "", "", "", "the ledger does not count this table")


def row_dropped_in_silence(world: World) -> Iterator[Finding]:
    """Rows neither out, merged nor rejected; or another number of rows in the table than counted out."""
    for entry in each(world.ledger):
        accounted = entry.rows_out + entry.rows_merged + entry.rows_rejected
        if entry.rows_in != accounted:
            yield unbalanced(entry, f"{entry.rows_in} rows in, {accounted} accounted for (out, merged, rejected)")
        if entry.rows_out != (rows := len(world.tables.get(entry.table, ()))):
            yield unbalanced(entry, f"the table has {rows} rows")


def unbalanced(entry: Any, rule: str) -> Finding:
    """The finding about an entry of the ledger."""
    return Finding(ERROR, entry.table, "", "rows_out", str(entry.rows_out), rule)
