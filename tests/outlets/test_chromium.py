"""The browser that draws: supervised, bounded, and missed with one sentence."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plotly.graph_objects as go
import pytest

from atlas.outlets import chromium
from atlas.outlets.chromium import Chromium, NoPicture

FIGURE = go.Figure(go.Bar(x=["a"], y=[1]))


@pytest.fixture
def browser():
    shared = Chromium(waiting=4)
    yield shared
    shared.close()


def kill(browser: Chromium) -> None:
    """End Chromium as an out-of-memory killer would: the wrapper's children too."""
    process = browser._browser.subprocess.pid
    children = map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    for pid in [*children, process]:
        os.kill(pid, signal.SIGKILL)


def test_a_killed_browser_is_started_again(browser):
    browser.svg(FIGURE, 300, 200)
    kill(browser)
    assert browser.svg(FIGURE, 300, 200).startswith("<svg")


def test_a_browser_killed_while_it_draws_is_started_again_and_the_picture_made(browser):
    browser.svg(FIGURE, 300, 200)
    heavy = go.Figure(go.Scatter(y=list(range(5_000)), mode="markers"))
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(browser.svg, heavy, 300, 200)
        kill(browser)
        assert asked.result().startswith("<svg")


def test_a_figure_that_cannot_be_drawn_is_one_sentence_and_the_next_is_drawn(browser):
    with pytest.raises(NoPicture):
        browser.svg({"data": [{"type": "bar", "y": [1]}], "layout": {"xaxis": None}}, 300, 200)
    assert browser.svg(FIGURE, 300, 200).startswith("<svg")


def test_more_than_may_wait_are_told_to_come_back(browser):
    browser.svg(FIGURE, 300, 200)
    started = threading.Barrier(12)

    def ask(_):
        started.wait()
        try:
            return browser.svg(FIGURE, 300, 200)[:4]
        except NoPicture as error:
            assert not error.is_lasting
            return "busy"

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(12)))
    assert answers.count("<svg") >= 4
    assert "busy" in answers


def test_without_a_browser_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(chromium, "is_available", lambda: False)
    with pytest.raises(NoPicture, match="chromium") as error:
        Chromium().svg(FIGURE, 300, 200)
    assert error.value.is_lasting
