"""Which figure of a cluster is the latest: one per metric and scope, never a planned one, and why."""

import pandas as pd

from etl.cells import first_day
from etl.dates import days
from etl.dates import PRECISIONS

SERIES = ["cluster_id", "metric", "scope"]


def mark_latest(observations: pd.DataFrame, sources: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    """Add `is_latest` and `latest_rule`.

    The latest is the figure with the most recent `as_of_date` (at the same day, the more precise date); an undated
    figure stands at the day its latest source was published, or before all others when no source is dated. A row of
    `overrides` (cluster_id, metric, scope, value) decides otherwise.
    """
    candidates = (
        observations[observations["qualifier"] != "planned"]
        .pipe(with_rank, sources)
        .merge(overrides[[*SERIES, "value"]].assign(is_reviewed=True), "left", [*SERIES, "value"])
        .assign(is_reviewed=lambda rows: rows["is_reviewed"].eq(True))
        .sort_values(["is_reviewed", "rank_date", "rank_precision", "value"], na_position="first", kind="stable")
    )
    latest = candidates.drop_duplicates(SERIES, keep="last")
    counts = candidates.groupby(SERIES).size()
    latest = latest.assign(is_only=latest.set_index(SERIES).index.map(counts) == 1)
    rules = dict(zip(latest["observation_id"], latest.apply(rule, axis="columns"), strict=True))
    marked = observations["observation_id"].map(rules).astype("str")
    return observations.assign(is_latest=marked.notna(), latest_rule=marked)


def with_rank(observations: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Add what figures are ordered by: the day they stand for, or that of their latest source, and its precision."""
    published = sources.set_index("source_id")["published"]
    by_source = observations["source_ids"].map(lambda ids: published.reindex(ids).max())
    stands_for = observations["as_of"].fillna(by_source)
    return observations.assign(
        rank_date=days(stands_for, first_day),
        rank_precision=stands_for.map(lambda cell: cell.count("-"), na_action="ignore"),
    )


def rule(latest: pd.Series) -> str:
    """The code of the rule that chose a row."""
    if latest["is_only"]:
        return "only_figure"
    if latest["is_reviewed"]:
        return "reviewed"
    return "source_date" if pd.isna(latest["as_of"]) else "most_recent"


def unused_overrides(observations: pd.DataFrame, overrides: pd.DataFrame) -> pd.Series:
    """Whether each row of `overrides` (cluster_id, metric, scope, value) matches no figure."""
    figures = observations[observations["qualifier"] != "planned"].set_index([*SERIES, "value"]).index
    return pd.Series(~overrides.set_index([*SERIES, "value"]).index.isin(figures), index=overrides.index)
