"""Observations: the unit, the day and the identifier of every figure."""

import pandas as pd

from etl.cells import first_day
from etl.dates import with_day

KEY = ["cluster_id", "metric", "value", "as_of", "qualifier", "scope"]
"""Two rows of the facts alike in these are one figure that two sources give."""


def complete(observations: pd.DataFrame, units: "pd.Series[str]") -> pd.DataFrame:
    """Add unit (from `units`, by metric), as_of_precision, as_of_date and observation_id."""
    unit = observations["metric"].map(units)
    return observations.assign(unit=unit).pipe(with_day, "as_of", first_day).pipe(with_identifier)


def with_identifier(observations: pd.DataFrame) -> pd.DataFrame:
    """Add `observation_id`: cluster, metric, scope and date, numbered from the second one on.

    Numbers follow the value, so that an identifier does not change with the order of the rows.
    """
    rows = observations.sort_values(["value", "qualifier"], kind="stable")
    when = rows["as_of"].fillna("undated")
    base = rows["cluster_id"] + "--" + rows["metric"] + "--" + rows["scope"] + "--" + when
    number = base.groupby(base).cumcount()
    suffix = number.map(lambda count: f"--{count + 1}" if count else "")
    return rows.assign(observation_id=base + suffix)
