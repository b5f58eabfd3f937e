"""Which figure of a cluster is the latest: one per metric and scope, never a planned one, and why."""

import pandas as pd

from etl.cells import first_day
from etl.dates import days
from etl.faults import Fault
from etl.merge import as_text

SERIES = ["cluster_id", "metric", "scope"]
"""Figures of one series follow one another; one of them is the latest."""


def mark_latest(observations: pd.DataFrame, sources: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    """Add `is_latest` and `latest_rule`.

    The latest is the figure with the most recent date (at the same first day, the more precise date); an undated
    figure stands at the date of its latest source, or before all others when no source is dated. A row of `overrides`
    (cluster_id, metric, scope, value) decides otherwise.
    """
    candidates = (
        observations[observations["qualifier"] != "planned"]
        .pipe(with_rank, sources)
        .merge(overrides[[*SERIES, "value"]].assign(is_reviewed=True), "left", [*SERIES, "value"])
        .assign(
            is_reviewed=lambda rows: rows["is_reviewed"].eq(True),
            is_only=lambda rows: rows.groupby(SERIES)["metric"].transform("size") == 1,
        )
        .sort_values(["is_reviewed", "rank_date", "rank_precision", "value"], na_position="first", kind="stable")
    )
    latest = candidates.drop_duplicates(SERIES, keep="last").set_index("observation_id")
    rules = observations["observation_id"].map(latest.apply(rule, axis="columns")).astype("str")
    return observations.assign(is_latest=rules.notna(), latest_rule=rules)


def with_rank(observations: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Add what figures are ordered by: the day they stand for, or that of their latest source, and its precision."""
    published = sources.set_index("source_id")["published"].dropna().to_dict()
    by_source = observations["source_ids"].map(lambda ids: max((published.get(name, "") for name in ids), default=""))
    stands_for = observations["as_of"].fillna(by_source.replace("", None))
    return observations.assign(rank_date=days(stands_for, first_day), rank_precision=stands_for.str.len())


def rule(latest: pd.Series) -> str:
    """The code of the rule that chose a row."""
    if latest["is_only"]:
        return "only_figure"
    if latest["is_reviewed"]:
        return "reviewed"
    return "source_date" if pd.isna(latest["as_of"]) else "most_recent"


def faults(observations: pd.DataFrame, overrides: pd.DataFrame) -> list[Fault]:
    """Rows of latest_overrides.csv that match no figure."""
    figures = observations[observations["qualifier"] != "planned"]
    is_figure = pd.MultiIndex.from_frame(overrides[[*SERIES, "value"]]).isin(
        pd.MultiIndex.from_frame(figures[[*SERIES, "value"]])
    )
    problem, remedy = "is no figure of this cluster, metric and scope", "Correct the row, or remove it"
    unmatched = overrides.loc[~is_figure, "value"]
    return [Fault.at(position, "value", as_text(value), problem, remedy) for position, value in unmatched.items()]
