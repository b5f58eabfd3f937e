"""The portrait of a cluster says what is known of the organisation that leads it, and nothing where nothing is."""

from atlas.outlets.briefing.composed import Grid
from atlas.outlets.briefing.numbering import Numbering
from atlas.outlets.briefing.portrait import cluster, portrait
from atlas.selection import Selection
from atlas.view import View
from tests.eu_world import eu_world

TABLES = eu_world()


def grids(identifier: str, language: str = "en") -> dict[str, Grid]:
    view = View.of(TABLES, Selection(language=language))
    shown = portrait(cluster(identifier, TABLES, view), TABLES, Numbering(TABLES), view)
    return {element.caption: element for element in shown if isinstance(element, Grid)}


def test_the_register_and_the_projects_stand_in_the_portrait_with_their_sources():
    found = grids("fr-a", "fr")
    register = found["Pôle A\xa0: la structure porteuse au répertoire"]
    assert [row[:2] for row in register.rows][1:4] == [
        ("Numéro SIREN", "552032534"),
        ("Forme juridique", "Association déclarée"),
        ("Effectif salarié", "10 à 19 (2022)"),
    ]
    assert all(row[2] for row in register.rows)
    projects = found["Pôle A\xa0: les projets européens de la structure porteuse"]
    assert [row[:4] for row in projects.rows] == [
        ("Projet 3", "Coordinateur", "début\xa0: 1 septembre 2016", "120\u202f000,50\xa0€"),
        ("Projet 1", "Bénéficiaire", "1 mars 2015\xa0– 31 décembre 2017", "montant non publié"),
    ]
    assert [row[4] for row in projects.rows] == ["3", "1"]


def test_a_portrait_says_nothing_of_what_is_not_known():
    assert not [caption for caption in grids("fr-b") if "lead organisation" in caption]
