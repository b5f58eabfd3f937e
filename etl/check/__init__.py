"""Every check of a build, named by the failure it prevents: all are run, then what they find is said in one table."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from etl.check import contract, figures, keys, losses, points, totals
from etl.check.world import Finding, World

YEARS_AHEAD = 10
"""How far ahead a planned figure or the end of a programme may lie."""

CONTRACT = (contract.table_missing, contract.contract_broken)
CHECKS: tuple[Callable[[World], Iterable[Finding]], ...] = (
    keys.key_given_twice,
    keys.reference_dangling,
    keys.row_named_is_gone,
    keys.code_unknown,
    keys.code_unused,
    keys.source_missing,
    keys.source_without_proof,
    figures.year_incredible,
    figures.percentage_over_100,
    figures.end_before_start,
    figures.budget_half_given,
    figures.euros_not_published,
    figures.part_of_itself,
    figures.latest_figure_doubled,
    figures.plan_counted_as_fact,
    figures.laureates_outnumbered,
    losses.table_not_counted,
    losses.row_dropped_in_silence,
    points.point_half_given,
    points.point_far_from_its_town,
    points.point_outside_its_country,
    totals.countries_do_not_make_the_total,
    totals.regions_do_not_make_the_total,
    totals.parts_do_not_make_the_total,
)


def run(tables: Mapping[str, pd.DataFrame], ledger: pd.DataFrame, today: date | None = None) -> pd.DataFrame:
    """Run every check; return what is wrong: severity (error, warning), table, row (its key), column, value, rule.

    `tables` are those of `etl.schema.TABLES`; `ledger` has table, rows_in, rows_out, rows_merged, rows_rejected.
    A missing table or column, or a column of another type, is reported without the checks that would read it.
    """
    world = World(
        {table: rows.reset_index(drop=True) for table, rows in tables.items()},
        ledger,
        (today or date.today()).year + YEARS_AHEAD,
    )
    found = [finding for check in CONTRACT for finding in check(world)]
    if not any(map(contract.is_about_shape, found)):
        found += [finding for check in CHECKS for finding in check(world)]
    return pd.DataFrame(found, columns=Finding._fields).sort_values("severity", kind="stable", ignore_index=True)
