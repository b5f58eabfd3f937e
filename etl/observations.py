"""Observations: the unit, the day and the identifier of every figure."""

import pandas as pd

from etl.cells import first_day
from etl.dates import with_day

KEY = ["cluster_id", "metric", "value", "as_of", "qualifier", "scope"]
"""Two rows alike in these are one figure that two sources give."""


def complete(observations: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Add unit (from `units`, by metric), as_of_precision, as_of_date and observation_id."""
    return (
        observations.assign(unit=observations["metric"].map(units))
        .pipe(with_day, "as_of", first_day)
        .pipe(with_identifier)
    )


def with_identifier(observations: pd.DataFrame) -> pd.DataFrame:
    """Add `observation_id`: cluster, metric, scope and date, numbered from the second one on.

    Numbers follow the value, so that an identifier does not change with the order of the rows.
    """
    parts = [observations[name] for name in ("cluster_id", "metric", "scope")]
    base = parts[0].str.cat([*parts[1:], observations["as_of"].fillna("undated")], sep="--")
    ordered = observations.assign(base=base).sort_values(["base", "value", "qualifier"], kind="stable")
    number = ordered.groupby("base").cumcount()
    suffix = number.map(lambda count: f"--{count + 1}" if count else "")
    return ordered.assign(observation_id=ordered["base"] + suffix).drop(columns="base")
