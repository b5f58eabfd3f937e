"""Files that others open."""

import csv
from io import StringIO

import pandas as pd

from atlas.outlets import dataset


def read_back(rows: pd.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(dataset.csv(rows).decode("utf-8-sig"))))


def test_lists_are_joined_and_missing_stays_empty():
    rows = pd.DataFrame({"name": ["Pôle, A", None], "themes": [["a", "b"], []], "value": [1.5, None]})
    assert read_back(rows) == [{"name": "Pôle, A", "themes": "a;b", "value": "1.5"}, {"name": "", "themes": "", "value": ""}]


def test_no_cell_is_a_formula():
    rows = pd.DataFrame({"name": ["=1+1", "+33", "-2", "@x", "plain"]})
    assert [row["name"] for row in read_back(rows)] == ["'=1+1", "'+33", "'-2", "'@x", "plain"]
