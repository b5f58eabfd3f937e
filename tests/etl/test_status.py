"""How sources stand: ages from their locks, tries from the state file, and what cron is told."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from etl import status
from etl.sources import Source
from etl.status import BROKEN, GOOD, LATE, counted, exit_code, failed, statuses, succeeded

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SOURCE = Source("eurostat", "Eurostat", "Population", "https://example.org", "CC BY 4.0", "Eurostat.", "Yearly.")


def lock(raw, name="a.csv", **known):
    path = raw / "eurostat" / "deep" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"url": "u", "sha256": "ab" * 32, "bytes": 1, "fetched_on": "2026-11-01", **known}))


def found(raw, every=30):
    return statuses([replace(SOURCE, every_days=every)], raw, TODAY)[0]


def test_age_counts_from_the_last_look_of_the_oldest_file(tmp_path):
    lock(tmp_path, checked_on="2026-11-20")
    lock(tmp_path, "b.csv", checked_on="2026-11-25")
    one = found(tmp_path)
    assert (one.files, one.fetched_on, one.age_days, one.next_due, one.is_late) == (
        2,
        "2026-11-01",
        6,
        "2026-12-20",
        False,
    )
    assert one.sha256 == "abababababab"


@pytest.mark.parametrize(("every", "is_late"), [(24, True), (25, False), (None, False)])
def test_a_source_is_late_from_the_day_after_it_was_due(tmp_path, every, is_late):
    lock(tmp_path)
    assert found(tmp_path, every).is_late is is_late


def test_a_source_that_was_asked_for_and_never_came_is_late_and_one_without_a_cadence_is_not(tmp_path):
    assert found(tmp_path).is_late is False
    failed(tmp_path, "eurostat", "It does not answer.", NOW)
    assert (found(tmp_path).is_late, found(tmp_path, None).is_late, found(tmp_path).age_days) == (True, False, None)


def test_tries_that_fail_are_counted_until_one_succeeds(tmp_path):
    lock(tmp_path)
    succeeded(tmp_path, "eurostat", NOW)
    counted(tmp_path, "eurostat", 12)
    failed(tmp_path, "eurostat", "It does not answer.", NOW)
    failed(tmp_path, "eurostat", "It asks us to wait.", NOW)
    failed(tmp_path, "other", "No.", NOW)
    one = found(tmp_path)
    assert (one.failures, one.why, one.rows, one.is_good) == (2, "It asks us to wait.", 12, False)
    succeeded(tmp_path, "eurostat", now=NOW)
    one = found(tmp_path)
    assert (one.failures, one.why, one.rows, one.is_good) == (0, "", 12, True)


def test_a_state_or_a_lock_that_is_torn_is_taken_as_not_there(tmp_path):
    lock(tmp_path)
    (tmp_path / status.STATE).write_text("{")
    (tmp_path / "eurostat" / "deep" / "a.csv.lock").write_text("{")
    one = found(tmp_path)
    assert (one.age_days, one.failures, one.is_late) == (None, 0, True)


def test_cron_is_told_by_the_exit_code(tmp_path):
    lock(tmp_path)
    assert exit_code([found(tmp_path)], True) == GOOD
    assert exit_code([found(tmp_path, 3)], True) == LATE
    assert exit_code([found(tmp_path)], False) == BROKEN
