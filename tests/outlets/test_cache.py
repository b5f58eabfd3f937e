"""Pictures on disk: made once, bounded, shared, and never needed."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from atlas.outlets.cache import cached, digest


def test_it_is_made_once(tmp_path):
    made = []

    def make():
        made.append(1)
        return b"picture"

    assert [cached(digest("a"), make, tmp_path) for _ in range(3)] == [b"picture"] * 3
    assert made == [1]


def test_names_differ_where_parts_are_cut_otherwise():
    assert digest("ab", "c") != digest("a", "bc")


def test_what_was_least_lately_used_goes_first(tmp_path):
    def keep(number):
        return cached(f"{number:062x}00", lambda: b"x" * 100, tmp_path, bound=1000)

    for number in range(10):
        keep(number)
        os.utime(tmp_path / "00" / f"{number:062x}00", (number, number))
    keep(0)
    keep(10)
    kept = {int(path.name[:-2], 16) for path in tmp_path.glob("*/*")}
    assert {0, 10} <= kept
    assert 1 not in kept
    assert sum(path.stat().st_size for path in tmp_path.glob("*/*")) <= 1000


def test_two_at_once_both_read_the_whole(tmp_path):
    content = os.urandom(200_000)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: cached(digest("both"), lambda: content, tmp_path), range(32)))
    assert set(answers) == {content}
    assert [path.read_bytes() for path in tmp_path.glob("*/*")] == [content]


@pytest.mark.parametrize("folder", ["/proc/nowhere", "/dev/full/pictures"])
def test_a_disk_that_cannot_be_written_is_told_and_harms_nothing(folder, caplog):
    with caplog.at_level(logging.WARNING):
        assert cached(digest("a"), lambda: b"picture", folder) == b"picture"
    assert "not kept" in caplog.text


def test_a_picture_that_fails_is_not_kept(tmp_path):
    def fail():
        raise ValueError

    with pytest.raises(ValueError):
        cached(digest("a"), fail, tmp_path)
    assert cached(digest("a"), lambda: b"good", tmp_path) == b"good"
