"""What the project knows, and a way to drop a file with its descriptor into an inbox."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.inbox.check import import_one, known
from etl.inbox.descriptor import load
from etl.inbox.normalise import Imported
from etl.inbox.take import Known
from etl.vocabulary import read

DATA = Path(__file__).parents[3] / "data"
SAYS = """\
name: places
title: Places
publisher: The town
licence: CC BY 4.0
homepage: https://example.org/places
"""


@pytest.fixture(scope="session")
def project() -> Known:
    """The real codes and the real land."""
    return known(read(DATA / "vocabulary"), DATA / "raw")


@pytest.fixture
def drop(tmp_path: Path, project: Known) -> Callable[..., Imported]:
    """A function that writes a file and what its descriptor says besides its titles, and imports it."""

    def dropped(content: bytes | str, rest: str, name: str = "places.csv") -> Imported:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        descriptor = tmp_path / "places.yaml"
        descriptor.write_text(f"{SAYS}path: {name}\n{rest}", encoding="utf-8")
        return import_one(load(descriptor), project, tmp_path)

    return dropped
