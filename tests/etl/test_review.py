"""The files in which a human says yes or no to what was proposed."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from etl.faults import BadInput
from etl.review import ORGANISATIONS, PARTICIPANTS, POINTS, Review

POINT = {"query": "Alès", "coordinate_precision": "commune", "coordinate_origin": "ban", "longitude": 4.089242}
PROPOSED = {
    POINTS: [
        POINT | {"cluster_id": "c0", "latitude": 44.125356, "score": 0.95},
        POINT | {"cluster_id": "c0", "latitude": 44.5, "score": 0.7},
        POINT | {"cluster_id": "c1", "latitude": 44.125356, "score": None},
    ],
    ORGANISATIONS: [
        {"cluster_id": "c0", "siren": "005520135"},
        {"cluster_id": "c0", "siren": "775670417"},
        {"cluster_id": "c1", "siren": "775670417"},
    ],
    PARTICIPANTS: [
        {"project_id": "cordis-1", "organisation": "Oxalis", "country": None, "cluster_id": "c0"},
        {"project_id": "cordis-1", "organisation": "Oxalis", "country": None, "cluster_id": "c1"},
        {"project_id": "cordis-2", "organisation": "Oxalis", "country": "FR", "cluster_id": "c0"},
    ],
}
"""By review: two proposals for one thing, then one for another."""
every_review = pytest.mark.parametrize("review", PROPOSED, ids=lambda review: review.file)


def proposals(review: Review) -> pd.DataFrame:
    return pd.DataFrame(PROPOSED[review], columns=list(review.columns))


def decide(path: Path, *decisions: str, why: str = "I know it.") -> None:
    """Write these decisions into the rows of the review file."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header[-2:] == ["decision", "why"]
    rows = [[*row[:-2], decision, decision and why] for row, decision in zip(rows, decisions, strict=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@every_review
def test_nothing_is_taken_before_a_human_has_said_yes(review, tmp_path):
    folder = tmp_path / "review"
    assert review.accepted(folder).empty
    assert review.waiting(folder) == 0
    assert review.write(proposals(review), folder) == review.waiting(folder) == 3
    assert review.accepted(folder).empty
    decide(folder / review.file, "no", "", "")
    assert review.accepted(folder).empty
    assert list(review.accepted(folder)) == list(review.taken)


@every_review
def test_what_was_said_yes_to_is_taken_as_it_was_proposed(review, tmp_path):
    review.write(proposals(review), tmp_path)
    decide(tmp_path / review.file, "yes", "no", "yes")
    taken = [{name: PROPOSED[review][at][name] for name in review.taken} for at in (0, 2)]
    told = review.accepted(tmp_path)
    assert told.astype("object").where(told.notna(), None).to_dict("records") == taken


@every_review
def test_decisions_outlive_the_next_run_and_the_proposal(review, tmp_path):
    review.write(proposals(review), tmp_path)
    path = tmp_path / review.file
    decide(path, "no", "yes", "")
    before = path.read_bytes()
    assert review.write(proposals(review), tmp_path) == 1
    assert path.read_bytes() == before
    assert review.write(proposals(review).head(0), tmp_path) == 0
    assert path.read_bytes().splitlines() == before.splitlines()[:-1]
    assert len(review.accepted(tmp_path)) == 1


@every_review
def test_what_stands_beside_a_yes_waits_no_longer(review, tmp_path):
    review.write(proposals(review), tmp_path)
    decide(tmp_path / review.file, "yes", "", "")
    assert review.waiting(tmp_path) == 1
    assert review.write(proposals(review), tmp_path) == 1


def test_a_reason_without_a_decision_is_kept_and_waits(tmp_path):
    POINTS.write(proposals(POINTS), tmp_path)
    path = tmp_path / POINTS.file
    path.write_text(path.read_text().replace("0.95,ban,,,", "0.95,ban,,,Ask Jeanne."))
    assert POINTS.write(proposals(POINTS).head(0), tmp_path) == 1
    assert "Ask Jeanne." in path.read_text()


def test_a_new_proposal_stands_beside_the_decided_ones_of_its_thing(tmp_path):
    ORGANISATIONS.write(proposals(ORGANISATIONS).tail(1), tmp_path)
    decide(tmp_path / ORGANISATIONS.file, "yes")
    assert ORGANISATIONS.write(proposals(ORGANISATIONS), tmp_path) == 2
    kept = ORGANISATIONS.answered(tmp_path)
    assert kept[["cluster_id", "siren", "decision"]].to_numpy().tolist() == [
        ["c0", "005520135", ""],
        ["c0", "775670417", ""],
        ["c1", "775670417", "yes"],
    ]


@pytest.mark.parametrize(
    ("review", "decisions", "told"),
    [
        (POINTS, ("maybe", "", ""), "“maybe” is not a decision. Write yes or no"),
        (POINTS, ("yes", "yes", ""), "“c0” has two points that were said yes to. Keep one yes."),
        (ORGANISATIONS, ("yes", "yes", ""), "“c0” has two organisations that were said yes to. Keep one yes."),
        (PARTICIPANTS, ("yes", "yes", ""), "“cordis-1, Oxalis” has two clusters that were said yes to. Keep one yes."),
    ],
)
def test_a_review_file_that_cannot_be_followed_is_told_and_left_alone(tmp_path, review, decisions, told):
    review.write(proposals(review), tmp_path)
    path = tmp_path / review.file
    decide(path, *decisions)
    before = path.read_bytes()
    for use in (review.accepted, lambda folder: review.write(proposals(review), folder)):
        with pytest.raises(BadInput, match="line [23], column decision") as refused:
            use(tmp_path)
        assert told in str(refused.value)
    assert path.read_bytes() == before


def test_a_number_that_a_spreadsheet_has_spoilt_is_told(tmp_path):
    ORGANISATIONS.write(proposals(ORGANISATIONS), tmp_path)
    path = tmp_path / ORGANISATIONS.file
    decide(path, "yes", "", "")
    path.write_text(path.read_text().replace("005520135", "5520135"))
    with pytest.raises(BadInput, match="column siren: “5520135” is not written as expected"):
        ORGANISATIONS.accepted(tmp_path)


def test_one_cluster_may_lead_several_participants(tmp_path):
    PARTICIPANTS.write(proposals(PARTICIPANTS), tmp_path)
    decide(tmp_path / PARTICIPANTS.file, "yes", "", "yes")
    assert PARTICIPANTS.accepted(tmp_path)["cluster_id"].tolist() == ["c0", "c0"]
