"""Merging what is one thing: what is kept, what is filled, what is remembered of the rest."""

import pandas as pd
import pytest

from etl import identities, vocabulary
from etl.build import checked
from etl.merge import as_text
from etl.repeats import contradictions, join_notes, merge_repeats
from etl.resolve import Resolved, resolve
from etl.sources import curated


@pytest.fixture
def resolved(write) -> Resolved:
    folders = write({})
    return resolve(checked(curated.read(folders.facts, vocabulary.read(folders.vocabulary))))


def thing(resolved: Resolved, table: str, identifier: str) -> pd.Series:
    return resolved.tables[table].set_index(identities.IDENTIFIER[table]).loc[identifier]


def cells(resolved: Resolved, row_id: str) -> dict[tuple[str, str], tuple[bool, list[str]]]:
    """(column, value) -> (is_used, source_ids) of the field_sources of one row."""
    rows = resolved.tables["field_sources"].query("row_id == @row_id")
    return {(row.column, row.value): (row.is_used, row.source_ids) for row in rows.itertuples()}


def test_merged_rows_are_gone_and_their_sources_are_kept(resolved):
    assert sorted(resolved.tables["clusters"]["cluster_id"]) == ["es-b", "fr-ptce-a"]
    assert sorted(resolved.tables["programmes"]["programme_id"]) == ["call", "law"]
    assert thing(resolved, "clusters", "fr-ptce-a")["source_ids"] == ["s1", "s2"]
    assert thing(resolved, "programmes", "law")["source_ids"] == ["s1", "s2", "s3"]


def test_empty_cells_are_filled_and_others_kept(resolved):
    kept = thing(resolved, "clusters", "fr-ptce-a")
    assert (kept["founded_year"], kept["lead_organisation"], kept["kind"]) == (2010, "Association A", "ptce")
    call = thing(resolved, "programmes", "call")
    assert (call["budget_eur"], call["applications"], call["end"]) == (3000000, 182, "2014-01")


def test_a_date_that_says_the_same_more_precisely_is_taken(resolved):
    assert thing(resolved, "programmes", "call")["start"] == "2013-07-15"
    assert thing(resolved, "programmes", "law")["start"] == "2014-07-31"


def test_disagreements_are_remembered_with_the_sources_of_each_side(resolved):
    assert cells(resolved, "fr-ptce-a") == {
        ("place", "Nantes"): (True, ["s3"]),
        ("name", "Pôle A"): (True, ["s1"]),
        ("name", "Le pôle A"): (False, ["s2"]),
        ("founded_year", "2010"): (True, ["s1"]),
        ("founded_year", "2011"): (False, ["s2"]),
        ("lead_organisation", "Association A"): (True, ["s2"]),
    }
    assert cells(resolved, "call") == {
        ("start", "2013-07-15"): (True, ["s2"]),
        ("end", "2014-01"): (True, ["s2"]),
        ("budget_eur", "3000000"): (True, ["s1"]),
        ("budget_eur", "2700000"): (False, ["s2"]),
        ("applications", "182"): (True, ["s2"]),
    }


def test_a_budget_is_filled_whole_or_not_at_all(write, rows):
    kept = rows["funding/programmes.csv"][1] | {
        "budget_eur": "",
        "budget_kind": "",
        "budget_amount": "8",
        "budget_currency": "DKK",
    }
    folders = write({"funding/programmes.csv": [rows["funding/programmes.csv"][0], kept]})
    call = thing(
        resolve(checked(curated.read(folders.facts, vocabulary.read(folders.vocabulary)))), "programmes", "call"
    )
    assert (call["budget_amount"], call["budget_currency"]) == (8, "DKK")
    assert pd.isna(call["budget_eur"])


def test_identifiers_follow_the_row_that_is_kept(resolved):
    tables = resolved.tables
    assert set(tables["observations"]["cluster_id"]) == {"fr-ptce-a", "es-b"}
    assert tables["awards"][["cluster_id", "programme_id"]].values.tolist() == [["fr-ptce-a", "call"]]
    assert thing(resolved, "programmes", "call")["part_of"] == "law"
    assert tables["cluster_programmes"][["cluster_id", "programme_id"]].values.tolist() == [["fr-ptce-a", "call"]]


def test_the_same_figure_from_two_sources_is_one_row_with_both(resolved):
    figures = resolved.tables["observations"].query("value == 100")
    assert figures["source_ids"].tolist() == [["s1", "s2"]]
    award = resolved.tables["awards"].iloc[0]
    assert (award["amount_eur"], award["source_ids"]) == (200000, ["s1", "s2"])
    population = resolved.tables["indicators"].query("geo == 'GR' and value == 10678632").iloc[0]
    assert (population["source_ids"], population["note"]) == (["s1", "s2"], "One note. Other note.")


def test_sources_that_disagree_on_an_indicator_are_both_kept(resolved):
    assert sorted(resolved.tables["indicators"].query("geo == 'GR'")["value"]) == [10678600, 10678632]


def test_the_ledger_counts_what_came_in_and_what_was_merged(resolved):
    assert (resolved.rows_in["clusters"], resolved.rows_merged["clusters"]) == (3, 1)
    assert (resolved.rows_in["programmes"], resolved.rows_merged["programmes"]) == (5, 3)
    assert (resolved.rows_in["observations"], resolved.rows_merged["observations"]) == (4, 1)
    for name, rows_in in resolved.rows_in.items():
        assert rows_in == len(resolved.tables[name]) + resolved.rows_merged.get(name, 0)


def test_links_are_published_to_the_row_kept_in_the_end(resolved):
    links = resolved.tables["same_as"].set_index("merged_id")
    assert links.loc["old-law", ["dataset", "kept_id"]].tolist() == ["countries", "law"]
    assert links.loc["fr-a", ["table", "dataset", "kept_id"]].tolist() == ["clusters", "europe", "fr-ptce-a"]


def test_chains_are_followed_and_circles_refused():
    a, b, c = ("x", "a"), ("x", "b"), ("y", "c")
    assert identities.kept_row(a, {a: b, b: c}) == c
    assert identities.kept_row(c, {a: b, b: c}) == c
    assert identities.kept_identifiers({a: b, b: c}) == {"a": "c", "b": "c"}
    with pytest.raises(ValueError, match="x:a -> x:b -> x:a"):
        identities.kept_row(a, {a: b, b: a})


def test_a_programme_merged_with_its_parent_is_not_part_of_itself(write, rows):
    child = rows["ptce/programmes.csv"][0]
    kept = rows["funding/programmes.csv"][1] | {"part_of": "fr-call"}
    folders = write(
        {"funding/programmes.csv": [rows["funding/programmes.csv"][0], kept], "ptce/programmes.csv": [child]}
    )
    resolved = resolve(checked(curated.read(folders.facts, vocabulary.read(folders.vocabulary))))
    assert pd.isna(thing(resolved, "programmes", "call")["part_of"])


def test_repeats_take_the_first_value_there_is():
    rows = pd.DataFrame({"k": ["a", "b", "a"], "n": [None, 2.0, 3.0], "source_ids": [["s1"], ["s2"], ["s2", "s1"]]})
    merged = merge_repeats(rows, ["k"])
    assert merged.values.tolist() == [["a", 3.0, ["s1", "s2"]], ["b", 2.0, ["s2"]]]


def test_contradictions_name_the_later_row():
    index = pd.MultiIndex.from_tuples([("f.csv", 2), ("f.csv", 3), ("f.csv", 4)])
    rows = pd.DataFrame({"k": ["a", "a", "a"], "n": [1.0, None, 2.0]}, index=index)
    assert [(fault.line, fault.value) for fault in contradictions(rows, ["k"], ["n"])] == [(4, "2")]


def test_notes_are_joined_once_each():
    assert join_notes([None, "A.", "B", "A."]) == "A. B."
    assert join_notes([float("nan"), "A"]) == "A"
    assert join_notes([None]) is None


@pytest.mark.parametrize(
    ("value", "text"), [(3000000.0, "3000000"), (47.21837, "47.21837"), (["a", "b"], "a;b"), (2010, "2010"), ("x", "x")]
)
def test_values_are_written_as_a_person_would(value, text):
    assert as_text(value) == text
