"""Participants beside the cluster they may lead: only proposed, best first, with the reason to look twice."""

import pandas as pd
import pytest

from etl.projects.resembling import FORM, OF_CLUSTER, SEVERAL, proposals
from etl.review import PARTICIPANTS

CLUSTERS = pd.DataFrame(
    [
        ("fr-ardaines", "PTCE Ardaines", "Association Ardaines", "FR"),
        ("fr-voisins", "Les Grands Voisins", "Aurore; Plateau Urbain (SCIC)", "FR"),
        ("fr-voisins-2", "Césure", "Plateau Urbain", "FR"),
        ("fr-nola", "Nord-Ouest Loire", None, "FR"),
        ("es-aurore", "Aurore", None, "ES"),
    ],
    columns=["cluster_id", "name", "lead_organisation", "country"],
)


def proposed(*participants):
    rows = pd.DataFrame(participants, columns=["project_id", "organisation", "country"])
    return proposals(rows, CLUSTERS)


@pytest.mark.parametrize(
    ("organisation", "cluster", "doubt"),
    [
        ("ASSOCIATION ARDAINES", "fr-ardaines", ""),
        ("ARDAINES, ASSOCIATION", "fr-ardaines", ""),
        ("Ardaines", "fr-ardaines", FORM),
        ("Fondation Aurore", "fr-voisins", FORM),
        ("Les Grands voisins", "fr-voisins", OF_CLUSTER),
        ("Nord Ouest Loire", "fr-nola", OF_CLUSTER),
        ("Nord-Ouest Loires", "fr-nola", OF_CLUSTER),
    ],
)
def test_a_participant_is_proposed_whatever_the_spelling_of_its_name(organisation, cluster, doubt):
    [row] = proposed(("p", organisation, "FR")).to_dict("records")
    assert list(row) == list(PARTICIPANTS.columns)
    assert (row["organisation"], row["cluster_id"], row["doubt"]) == (organisation, cluster, doubt)
    assert 0.88 <= row["score"] <= 1


@pytest.mark.parametrize(
    ("organisation", "country"),
    [("Aurora borealis", "FR"), ("Association", "FR"), ("Ardaines", "ES"), ("Ardaines", None), ("Ardaines", "XK"), ("", "FR")],
)  # fmt: skip
def test_what_is_not_alike_or_of_another_country_is_not_proposed(organisation, country):
    assert proposed(("p", organisation, country)).empty


def test_several_clusters_of_one_lead_are_all_proposed_and_said():
    rows = proposed(("p", "Plateau Urbain", "FR"))
    assert sorted(rows["cluster_id"]) == ["fr-voisins", "fr-voisins-2"]
    assert set(rows["doubt"]) == {SEVERAL}


def test_every_project_of_an_organisation_is_proposed_once_best_first():
    rows = proposed(
        ("p1", "Ardaine", "FR"),
        ("p1", "Aurore", "FR"),
        ("p2", "Aurore", "FR"),
        ("p2", "Aurore", "FR"),
        ("p2", "X", "FR"),
    )
    assert rows[["project_id", "organisation"]].to_numpy().tolist() == [
        ["p1", "Aurore"],
        ["p2", "Aurore"],
        ["p1", "Ardaine"],
    ]


def test_without_participants_nothing_is_proposed(tmp_path):
    assert PARTICIPANTS.write(proposed(), tmp_path) == 0


def test_a_proposal_goes_to_the_review_and_comes_back_when_it_is_accepted(tmp_path):
    assert PARTICIPANTS.write(proposed(("cordis-1", "Aurore", "FR")), tmp_path) == 1
    assert PARTICIPANTS.accepted(tmp_path).empty
    path = tmp_path / PARTICIPANTS.file
    path.write_text(path.read_text().replace(",,\n", ",yes,Same address\n"))
    [row] = PARTICIPANTS.accepted(tmp_path).to_dict("records")
    assert row == {"project_id": "cordis-1", "organisation": "Aurore", "country": "FR", "cluster_id": "fr-voisins"}
