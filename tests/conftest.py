"""Property tests explore at random on a desk; where CI is set they repeat the same examples, so that a run can be trusted."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.bucket import Bucket, serving

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_unconfigure() -> None:
    """Take away the folder that Streamlit's AppTest leaves to the end of the process, which warns of it."""
    if app_test := sys.modules.get("streamlit.testing.v1.app_test"):
        app_test.TMP_DIR.cleanup()


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """A bucket on this machine, which the environment leads to."""
    with serving(tmp_path / "s3") as one:
        for name, value in one.variables().items():
            monkeypatch.setenv(name, value)
        yield one
