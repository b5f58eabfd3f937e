"""JSON-stat 2.0, in every form that the specification allows."""

import pytest

from etl.jsonstat import NotJsonStat, categories, label, observations

GEO = {"label": "Territory", "category": {"index": {"FR": 0, "EL": 1}, "label": {"FR": "France", "EL": "Greece"}}}
TIME = {"category": {"index": ["2022", "2023", "2024"]}}
ONE = {"category": {"label": {"A": "Annual"}}}
WHOLE = [1, 2, 3, 4, 5, 6]


def document(**changes) -> dict:
    form = {"version": "2.0", "class": "dataset", "id": ["freq", "geo", "time"], "size": [1, 2, 3], "value": WHOLE}
    return form | {"dimension": {"freq": ONE, "geo": GEO, "time": TIME}} | changes


def test_the_last_dimension_turns_fastest():
    rows = observations(document())
    assert list(rows.columns) == ["freq", "geo", "time", "value", "status"]
    assert rows["value"].tolist() == WHOLE
    assert rows["geo"].tolist() == ["FR"] * 3 + ["EL"] * 3
    assert rows["time"].tolist() == ["2022", "2023", "2024"] * 2
    assert set(rows["freq"]) == {"A"}
    assert rows["status"].isna().all()


def test_an_array_and_an_object_of_values_are_one():
    sparse = observations(document(value={str(at): value for at, value in enumerate(WHOLE)}))
    assert sparse.equals(observations(document()))


@pytest.mark.parametrize("value", [[None, 0, None, None, 5.5, None], {"4": 5.5, "1": 0}, {"1": 0, "4": 5.5, "2": None}])
def test_what_is_missing_is_no_row_and_zero_is_one(value):
    rows = observations(document(value=value))
    assert rows[["geo", "time", "value"]].to_numpy().tolist() == [["FR", "2023", 0.0], ["EL", "2023", 5.5]]


@pytest.mark.parametrize("status", [{"4": "p", "0": "c"}, ["c", None, None, None, "p", None]])
def test_flags_stand_by_their_cells(status):
    rows = observations(document(value={"1": 2, "4": 5}, status=status))
    assert rows["status"].isna().tolist() == [True, False]
    assert rows["status"].iloc[1] == "p"


def test_one_flag_stands_for_all_cells():
    assert set(observations(document(status="e"))["status"]) == {"e"}


@pytest.mark.parametrize("value", [{}, []])
def test_no_value_is_no_row(value):
    rows = observations(document(value=value))
    assert rows.empty
    assert list(rows.columns) == ["freq", "geo", "time", "value", "status"]


def test_categories_come_in_the_order_of_their_numbers():
    shuffled = {"category": {"index": {"EL": 1, "FR": 0}}}
    assert list(categories(document(dimension={"geo": shuffled}), "geo")) == ["FR", "EL"]
    assert categories(document(), "geo") == {"FR": "France", "EL": "Greece"}
    assert label(document(), "geo") == "Territory"
    assert label(document(), "time") == "time"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": "1.0"}, "not a JSON-stat 2.0"),
        ({"class": "collection"}, "not a JSON-stat 2.0"),
        ({"size": None}, "lacks id, size or dimension"),
        ({"id": ["freq", "geo", "moon"]}, "moon"),
        ({"size": [1, 2, 2]}, "categories"),
        ({"value": [1, 2]}, "holds 2 cells, its dimensions make 6"),
        ({"value": {"6": 1}}, "below 6"),
        ({"value": {"-1": 1}}, "below 6"),
        ({"value": 3}, "cell numbers"),
        ({"value": {"0": "12"}}, "“12” is not a number"),
        ({"dimension": {"freq": ONE, "geo": {"category": {"index": {"FR": 0, "EL": 2}}}, "time": TIME}}, "without a gap"),
    ],
)  # fmt: skip
def test_what_is_no_dataset_is_told(changes, told):
    with pytest.raises(NotJsonStat, match=told) as failure:
        observations(document(**changes))
    assert str(failure.value).endswith(".")
