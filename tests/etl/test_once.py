"""One refresh at a time, and a holder that is killed holds nothing."""

import multiprocessing
import os
import signal
import time

import pytest

from etl.once import LOCK, Busy, one_at_a_time

PROCESSES = multiprocessing.get_context("forkserver")


def hold(tables, ready):
    with one_at_a_time(tables, "refresh"):
        ready.send(os.getpid())
        time.sleep(600)


@pytest.fixture
def holder(tmp_path):
    """A process that refreshes the tables of this test."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=hold, args=(tmp_path / "tables", there))
    process.start()
    there.close()
    assert here.recv() == process.pid
    yield process
    process.kill()
    process.join()


def test_a_second_refresh_is_refused_and_told_who_holds_it(holder, tmp_path):
    with pytest.raises(Busy) as refused, one_at_a_time(tmp_path / "tables", "rollback"):
        pass
    assert f"is being written by refresh (process {holder.pid} on " in str(refused.value)
    assert ", since 20" in str(refused.value)


def test_a_holder_that_is_killed_holds_nothing(holder, tmp_path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with one_at_a_time(tmp_path / "tables", "refresh"):
        assert str(os.getpid()) in (tmp_path / LOCK).read_text()


def test_the_lock_opens_after_a_fault_and_for_other_tables(tmp_path):
    with pytest.raises(OSError, match="disk"), one_at_a_time(tmp_path / "tables", "refresh"):
        raise OSError("disk")
    with one_at_a_time(tmp_path / "tables", "refresh"), one_at_a_time(tmp_path / "other" / "tables", "refresh"):
        assert str(os.getpid()) in (tmp_path / LOCK).read_text()
    assert (tmp_path / LOCK).read_text() == ""
