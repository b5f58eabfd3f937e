"""Which rows are one thing: the reviewed same_as files, checked and followed to the row that is kept."""

from collections.abc import Mapping

import pandas as pd

from etl.faults import Fault

Row = tuple[str, str]
"""Dataset and identifier: one identifier may stand in two datasets when same_as says that they are one thing."""
Links = Mapping[Row, Row]
"""Merged row -> kept row, as written."""

IDENTIFIER = {"clusters": "cluster_id", "programmes": "programme_id"}
"""The tables whose rows are merged, and what identifies a row there and in its files."""


def with_datasets(same_as: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Fill in the datasets of merged and kept clusters, which their same_as file leaves to be looked up."""
    dataset = dict(zip(clusters["cluster_id"], clusters["dataset"], strict=True))
    return same_as.assign(
        dataset=same_as["dataset"].fillna(same_as["merged_id"].map(dataset)),
        kept_dataset=same_as["kept_dataset"].fillna(same_as["kept_id"].map(dataset)),
    )


def links(table: str, same_as: pd.DataFrame) -> dict[Row, Row]:
    """The links of one table."""
    rows = same_as[same_as["table"] == table]
    merged = zip(rows["dataset"], rows["merged_id"], strict=True)
    return dict(zip(merged, zip(rows["kept_dataset"], rows["kept_id"], strict=True), strict=True))


def kept_row(row: Row, merged_into: Links) -> Row:
    """Follow the links from `row` to the row kept in the end; ValueError when they turn in a circle."""
    path = [row]
    while (after := merged_into.get(path[-1])) is not None:
        if after in path:
            raise ValueError(" -> ".join(":".join(step) for step in [*path, after]))
        path.append(after)
    return path[-1]


def kept_identifiers(merged_into: Links) -> dict[str, str]:
    """Merged identifier -> the identifier kept in the end."""
    return {row[1]: kept_row(row, merged_into)[1] for row in merged_into}


def faults(table: str, same_as: pd.DataFrame, things: pd.DataFrame) -> list[Fault]:
    """What is wrong with the links of one table, or with identifiers that two of its datasets share."""
    rows, merged_into = same_as[same_as["table"] == table], links(table, same_as)
    found = [*merged_twice(table, rows), *unknown(table, rows, things), *circles(table, rows, merged_into)]
    return found or shared(table, things, merged_into)


def merged_twice(table: str, rows: pd.DataFrame) -> list[Fault]:
    """A fault for every row merged a second time."""
    again = rows.loc[rows.duplicated(["dataset", "merged_id"]), "merged_id"]
    problem, remedy = "is merged already in an earlier row", "Remove one of the two rows"
    return [Fault.at(position, IDENTIFIER[table], value, problem, remedy) for position, value in again.items()]


def unknown(table: str, rows: pd.DataFrame, things: pd.DataFrame) -> list[Fault]:
    """A fault for every merged or kept row that its dataset does not have."""
    exists = pd.MultiIndex.from_frame(things[["dataset", IDENTIFIER[table]]])
    found = []
    for prefix, dataset, identifier in (("", "dataset", "merged_id"), ("kept_", "kept_dataset", "kept_id")):
        is_unknown = ~pd.MultiIndex.from_frame(rows[[dataset, identifier]]).isin(exists)
        for position, row in rows[is_unknown].iterrows():
            where = f"{row[dataset]}/{table}.csv" if isinstance(row[dataset], str) else f"any {table}.csv"
            remedy = "Correct the identifier or its dataset, or remove the row"
            column = f"{prefix}{IDENTIFIER[table]}"
            found.append(Fault.at(position, column, row[identifier], f"is not in {where}", remedy))
    return found


def circles(table: str, rows: pd.DataFrame, merged_into: Links) -> list[Fault]:
    """A fault for every row whose links turn in a circle."""
    found = []
    for position, row in rows.iterrows():
        try:
            kept_row((row["dataset"], row["merged_id"]), merged_into)
        except ValueError as circle:
            problem, remedy = f"is merged in a circle ({circle})", "Decide which of these rows is kept"
            found.append(Fault.at(position, IDENTIFIER[table], row["merged_id"], problem, remedy))
    return found


def shared(table: str, things: pd.DataFrame, merged_into: Links) -> list[Fault]:
    """A fault for every identifier that two datasets use for two things."""
    rows = zip(things["dataset"], things[IDENTIFIER[table]], strict=True)
    kept = things.assign(kept=[":".join(kept_row(row, merged_into)) for row in rows])
    means_two = kept.groupby(IDENTIFIER[table])["kept"].transform("nunique") > 1
    again = kept.loc[means_two & kept.duplicated(IDENTIFIER[table]), IDENTIFIER[table]]
    remedy = f"Give it another identifier, or say in {table}_same_as.csv which row is kept"
    problem = "stands in another dataset too"
    return [Fault.at(position, IDENTIFIER[table], value, problem, remedy) for position, value in again.items()]
