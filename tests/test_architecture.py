"""Who may import whom, and what every chart and page must have."""

import ast
from pathlib import Path

import pytest

from atlas.charts import charts

ROOT = Path(__file__).parents[1]
FORBIDDEN = [
    ("atlas", {"streamlit", "etl", "pages"}),
    ("etl", {"streamlit", "plotly", "pydeck", "atlas", "pages"}),
    ("pages", {"etl"}),
]


def imported(file: Path) -> set[str]:
    """Top-level packages a module imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(("room", "forbidden"), FORBIDDEN)
def test_rooms_import_only_what_they_may(room, forbidden):
    files = list((ROOT / room).rglob("*.py"))
    assert files
    assert {str(file.relative_to(ROOT)): found for file in files if (found := imported(file) & forbidden)} == {}


@pytest.mark.parametrize("name", charts())
def test_every_chart_has_all_its_parts(name):
    chart = charts()[name]
    missing = [
        part for part in ("WORDS", "FILTERS", "table", "coverage", "figure", "describe") if not hasattr(chart, part)
    ]
    assert missing == []
    assert chart.__doc__
    assert chart.WORDS.title and chart.WORDS.question and chart.WORDS.drawn


def test_every_chart_is_on_a_page():
    shown = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "pages").rglob("*.py"))
    assert [name for name in charts() if f'"{name}"' not in shown] == []


def test_no_module_is_called_utils_helpers_or_manager():
    names = {file.stem for room in ("atlas", "etl", "pages") for file in (ROOT / room).rglob("*.py")}
    assert names.isdisjoint({"utils", "util", "helpers", "helper", "manager", "common", "misc"})
