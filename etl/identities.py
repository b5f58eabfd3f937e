"""Which rows are one thing: the reviewed same_as files, checked and followed to the row that is kept."""

from collections.abc import Mapping

import pandas as pd

from etl.faults import BadCell, Fault
from etl.normalise import fault

Row = tuple[str, str]
"""Dataset and identifier: one identifier may stand in two datasets when same_as says that they are one thing."""

THEIRS = {"clusters": "cluster_id", "programmes": "programme_id"}
"""The identifier of each table, in the files as in the table."""


def links(table: str, same_as: pd.DataFrame, things: pd.DataFrame) -> dict[Row, Row]:
    """Merged row -> kept row, as written; a cluster's dataset is looked up, since its file does not say it."""
    dataset = dict(zip(things[THEIRS[table]], things["dataset"], strict=True))
    rows = same_as[same_as["table"] == table]
    merged = zip(rows["dataset"].fillna(rows["merged_id"].map(dataset)), rows["merged_id"], strict=True)
    kept = zip(rows["kept_dataset"].fillna(rows["kept_id"].map(dataset)), rows["kept_id"], strict=True)
    return dict(zip(merged, kept, strict=True))


def kept_row(row: Row, merged_into: Mapping[Row, Row]) -> Row:
    """Follow the links from `row` to the row kept in the end; ValueError when they turn in a circle."""
    seen = [row]
    while (row := merged_into.get(row, row)) != seen[-1]:
        if row in seen:
            raise ValueError(" -> ".join(f"{dataset}:{identifier}" for dataset, identifier in [*seen, row]))
        seen.append(row)
    return row


def kept_identifiers(merged_into: Mapping[Row, Row]) -> dict[str, str]:
    """Merged identifier -> the identifier kept in the end."""
    return {row[1]: kept_row(row, merged_into)[1] for row in merged_into}


def faults(table: str, same_as: pd.DataFrame, things: pd.DataFrame) -> list[Fault]:
    """What is wrong with the links of one table: rows that do not exist, circles, identifiers merged twice."""
    merged_into = links(table, same_as, things)
    exists = set(zip(things["dataset"], things[THEIRS[table]], strict=True))
    rows = same_as[same_as["table"] == table]
    found = [] if len(merged_into) == len(rows) else repeated(table, rows)
    for at, link in zip(rows.index, merged_into.items(), strict=False):
        found += [absent(table, at, row) for row in link if row not in exists]
        try:
            kept_row(link[0], merged_into)
        except ValueError as circle:
            found.append(wrong(table, at, link[0][1], f"is merged in a circle ({circle})", "Keep one of these rows"))
    return found + ambiguous(table, things, merged_into)


def repeated(table: str, rows: pd.DataFrame) -> list[Fault]:
    """A fault for every row merged a second time."""
    again = rows[rows.duplicated(["dataset", "merged_id"])]
    remedy = "Remove one of the two rows"
    return [wrong(table, at, cell, "is merged already in an earlier row", remedy) for at, cell in again["merged_id"].items()]


def absent(table: str, at: object, row: Row) -> Fault:
    """The fault of a link to a row that its dataset does not have."""
    return wrong(table, at, row[1], f"is not in {row[0] or 'any'}/{table}.csv", "Correct the dataset or the identifier")


def ambiguous(table: str, things: pd.DataFrame, merged_into: Mapping[Row, Row]) -> list[Fault]:
    """A fault for every identifier that stands in two datasets for two things."""
    kept = [kept_row_or_itself(row, merged_into) for row in zip(things["dataset"], things[THEIRS[table]], strict=True)]
    rows = pd.DataFrame({"id": things[THEIRS[table]], "kept": kept}, index=things.index)
    counts = rows.groupby("id")["kept"].transform("nunique")
    again = rows[(counts > 1) & rows.duplicated("id")]
    remedy = f"Give it another identifier, or say in {table}_same_as.csv which row is kept"
    return [wrong(table, at, cell, "stands in another dataset too", remedy) for at, cell in again["id"].items()]


def kept_row_or_itself(row: Row, merged_into: Mapping[Row, Row]) -> Row:
    """`kept_row`, where circles are reported elsewhere."""
    try:
        return kept_row(row, merged_into)
    except ValueError:
        return row


def wrong(table: str, at: object, cell: str, problem: str, remedy: str) -> Fault:
    """A fault about an identifier of `table`."""
    return fault(at, THEIRS[table], cell, BadCell(problem, remedy))
