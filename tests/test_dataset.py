"""Files that others open."""

import csv
from io import StringIO

import pandas as pd

from atlas.outlets import dataset
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world


def read_back(rows: pd.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(dataset.csv(rows).decode("utf-8-sig"))))


def test_lists_are_joined_and_missing_stays_empty():
    rows = pd.DataFrame({"name": ["Pôle, A", None], "themes": [["a", "b"], []], "value": [1.5, None]})
    assert read_back(rows) == [
        {"name": "Pôle, A", "themes": "a;b", "value": "1.5"},
        {"name": "", "themes": "", "value": ""},
    ]


def test_no_cell_is_a_formula():
    rows = pd.DataFrame({"name": ["=1+1", "+33", "-2", "@x", "plain"]})
    assert [row["name"] for row in read_back(rows)] == ["'=1+1", "'+33", "'-2", "'@x", "plain"]


def test_a_table_to_read_has_labels_and_a_link_to_the_source():
    world = small_world()
    rows = world.clusters[["name", "kind", "country", "themes", "source_ids"]].head(1)
    shown = dataset.readable(rows, world, View.of(world, Selection(language="fr"))).to_dict("records")
    assert shown == [
        {
            "Nom": "Pôle A",
            "Type": "PTCE",
            "Pays": "France",
            "Thèmes": "Alimentation et agriculture, Mobilité",
            "Source": "https://example.org/s1",
        }
    ]
