"""Which figure is the latest, and why."""

import pandas as pd
import pytest

from etl.latest import mark_latest
from etl.observations import complete

SOURCES = pd.DataFrame({"source_id": ["s2010", "s2022", "undated"], "published": ["2010", "2022-05", None]})
NO_OVERRIDE = pd.DataFrame({"cluster_id": [], "metric": [], "scope": [], "value": []}, dtype="object")
UNITS = pd.Series({"jobs": "jobs"})


def figures(*rows: tuple[float, str | None, str, str]) -> pd.DataFrame:
    """Figures of one series: value, as_of, qualifier, source."""
    columns = ["value", "as_of", "qualifier", "source"]
    frame = pd.DataFrame(rows, columns=columns).assign(cluster_id="c", metric="jobs", scope="hosted")
    lists = frame["source"].map(lambda source: [source]).astype("object")
    return complete(frame.assign(source_ids=lists, as_of=frame["as_of"].astype("str")), UNITS)


def latest(observations: pd.DataFrame, overrides: pd.DataFrame = NO_OVERRIDE) -> list[tuple[float, str]]:
    marked = mark_latest(observations, SOURCES, overrides)
    assert (marked["is_latest"] == marked["latest_rule"].notna()).all()
    return marked.loc[marked["is_latest"], ["value", "latest_rule"]].apply(tuple, axis="columns").tolist()


def test_the_only_figure_is_the_latest():
    assert latest(figures((1, None, "exact", "undated"))) == [(1, "only_figure")]


def test_the_most_recent_figure_is_the_latest():
    assert latest(figures((9, "2015", "exact", "s2022"), (1, "2020-06", "about", "s2022"))) == [(1, "most_recent")]


def test_at_the_same_day_the_more_precise_date_wins():
    assert latest(figures((1, "2020-01", "exact", "s2022"), (9, "2020", "exact", "s2022"))) == [(1, "most_recent")]


def test_an_undated_figure_stands_at_the_date_of_its_source():
    assert latest(figures((9, "2015", "exact", "s2010"), (1, None, "exact", "s2022"))) == [(1, "source_date")]
    assert latest(figures((9, "2015", "exact", "s2010"), (1, None, "exact", "s2010"))) == [(9, "most_recent")]


def test_an_empty_date_is_never_trusted():
    assert latest(figures((9, "1999", "exact", "s2010"), (1, None, "exact", "undated"))) == [(9, "most_recent")]


def test_a_reviewed_row_decides():
    override = pd.DataFrame({"cluster_id": ["c"], "metric": ["jobs"], "scope": ["hosted"], "value": [1.0]})
    observations = figures((9, "1999", "exact", "s2010"), (1, None, "exact", "undated"))
    assert latest(observations, override) == [(1, "reviewed")]


def test_a_planned_figure_is_never_the_latest():
    assert latest(figures((9, "2030", "planned", "s2022"), (1, "2020", "exact", "s2022"))) == [(1, "only_figure")]
    assert latest(figures((9, "2030", "planned", "s2022"))) == []


def test_identifiers_do_not_depend_on_the_order_of_rows():
    rows = [(2, "2020", "exact", "s2022"), (1, "2020", "exact", "s2022"), (3, None, "exact", "s2022")]
    ids = [figures(*order).set_index("value")["observation_id"].to_dict() for order in (rows, rows[::-1])]
    assert (
        ids[0] == ids[1] == {1: "c--jobs--hosted--2020", 2: "c--jobs--hosted--2020--2", 3: "c--jobs--hosted--undated"}
    )


@pytest.mark.parametrize(
    ("as_of", "precision", "day"),
    [("2020", "year", "2020-01-01"), ("2020-06", "month", "2020-06-01"), ("2020-06-15", "day", "2020-06-15")],
)
def test_dates_keep_their_precision(as_of, precision, day):
    figure = figures((1, as_of, "exact", "s2022")).iloc[0]
    assert (figure["as_of"], figure["as_of_precision"], figure["as_of_date"]) == (as_of, precision, pd.Timestamp(day))


def test_the_known_traps_of_the_real_facts_are_settled(real):
    rows = real.tables["observations"].query("is_latest").set_index(["cluster_id", "metric", "scope"])["value"]
    expected = {
        ("es-anel-navarra", "companies", "members"): 200,
        ("es-anel-navarra", "jobs", "members"): 9000,
        ("it-torino-social-impact", "members", "members"): 330,
        ("fr-darwin-bordeaux", "jobs", "hosted"): 1200,
        ("es-impact-hub-madrid", "surface_m2", "floor"): 2200,
    }
    assert {series: rows[series] for series in expected} == expected
