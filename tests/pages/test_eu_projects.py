"""What a refresh brings of EU projects and of lead organisations: their part of the funding page, and of the sheet of a cluster."""

import csv
import io

import pytest

from atlas import eu_projects, store
from atlas.lead_organisation import headcount
from atlas.selection import Selection
from atlas.view import View
from pages.parts.eu_projects import _csv, projects_html
from pages.parts.lead import project_html, register_html
from tests.eu_world import eu_world
from tests.test_pages import opened

TABLES = eu_world()
VIEW = View.of(TABLES, Selection())
FRENCH = View.of(TABLES, Selection(language="fr"))


@pytest.fixture
def refreshed(monkeypatch):
    """The dashboard on the small world, after a refresh."""
    monkeypatch.setattr(store, "tables", lambda place=None: TABLES)


def html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def headings(app) -> list[str]:
    return [element.value for element in [*app.header, *app.subheader]]


def test_before_a_refresh_the_funding_page_has_no_such_part():
    app = opened("funding", lang="en", part="eu")
    assert not app.exception
    assert app.segmented_control(key="part").value == "timeline"
    assert "EU projects" not in app.segmented_control(key="part").options
    assert any("No refresh has brought EU projects here" in said.value for said in app.info)


def test_the_part_has_its_charts_its_own_filters_and_every_project(refreshed):
    app = opened("funding", lang="en", part="eu")
    assert not app.exception
    assert not app.info
    assert len(app.get("plotly_chart")) == 2
    assert {box.key for box in app.multiselect} == {"filter-countries"}
    assert app.multiselect(key="filter-countries").options[:3] == ["France (3)", "Poland (2)", "Europe-wide (1)"]
    assert any(said.value == "7 EU projects" for said in app.caption)
    assert [button.proto.label for button in app.get("download_button")] == [
        "All of them (CSV)",
        "All of them (CSV for a French Excel)",
    ]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"q": "spoldzielnia"}, ["Spółdzielnia"]),
        ({"q": "hub france"}, ["A &lt;b&gt;hub&lt;/b&gt;"]),
        ({"q": "pologne"}, ["Spółdzielnia", "Project 5"]),
        ({"country": "FR", "time": "2017..2018"}, ["Project 1"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_projects_are_found_by_words_country_and_years(refreshed, parameters, names):
    app = opened("funding", lang="en", part="eu", **parameters)
    assert not app.exception
    table = html(app).partition("<tbody")[2]
    assert [
        row.partition(">")[2].partition("</a>")[0] for row in table.split('<a href="https://example.org/')[1::2]
    ] == names
    assert bool(names) != any("No project matches" in said.value for said in app.info)


def test_a_row_leads_to_the_project_and_to_its_source_and_says_why_it_counts():
    rows = eu_projects.listed(TABLES, Selection())
    assert list(rows["project_id"]) == [
        "cordis-7",
        "kohesio-6",
        "cordis-3",
        "kohesio-2",
        "kohesio-4",
        "kohesio-1",
        "kohesio-5",
    ]
    table = projects_html(rows, FRENCH)
    assert (
        '<a href="https://example.org/3" target="_blank" rel="noopener noreferrer">Projet 3</a><br><span class="quiet">SOC</span>'
        in table
    )
    assert (
        '<a href="https://example.org/s3" title="Source s3" target="_blank" rel="noopener noreferrer">CORDIS</a>'
        in table
    )
    assert "250\u202f000,50\xa0€" in table
    assert "catégorie «\xa0Social economy\xa0»" in table
    assert table.count("non publié") == 4
    assert ">0\xa0€<" in table
    assert "2015–2017" in table and "début\xa0: 2016" in table and "sans date" in table


def test_the_file_holds_every_column_of_the_projects_found_in_their_order():
    selection = Selection(countries=("PL", "FR"), query="project")
    rows = eu_projects.listed(TABLES, selection)
    lines = list(csv.DictReader(io.StringIO(_csv(TABLES, selection, rows.index, "comma").decode("utf-8-sig"))))
    assert [line["project_id"] for line in lines] == ["kohesio-2", "kohesio-1", "kohesio-5"]
    assert list(lines[0]) == TABLES.projects.columns
    assert [line["eu_amount_eur"] for line in lines] == ["", "1000000.0", ""]


def test_the_sheet_shows_the_organisation_and_its_projects(refreshed):
    app = opened("clusters", lang="en", id="fr-a")
    assert not app.exception
    assert {"Lead organisation in the register", "EU projects of the lead organisation"} < {*headings(app)}
    shown = html(app)
    assert '<a href="https://example.org/s2" target="_blank" rel="noopener noreferrer">552032534</a>' in shown
    assert "Coordinator · €120,000.50 · from 1 September 2016" in shown
    assert shown.index("A &lt;b&gt;hub&lt;/b&gt;") < shown.index("Project 1")
    assert "Project 2" not in shown
    assert "Source s3" in shown.rpartition("Quote s1")[2]


def test_a_sheet_says_nothing_of_what_is_not_known(refreshed):
    app = opened("clusters", lang="fr", id="fr-b")
    assert not app.exception
    assert not {"La structure porteuse au répertoire", "Les projets européens de la structure porteuse"} & {
        *headings(app)
    }


def test_a_participation_says_its_role_its_own_amount_and_why_the_project_counts():
    hub, first = (row for _index, row in eu_projects.of_cluster("fr-a", TABLES).iterrows())
    assert "amount not published · 1 March 2015\xa0– 31 December 2017" in (text := _shown(first, VIEW))
    assert "Taken for: category “Social economy”." in text and '<q lang="en">One amount for all.</q>' in text
    assert "Bénéficiaire · montant non publié" in _shown(first, FRENCH)
    assert "Coordinator · €120,000.50" in _shown(hub, VIEW)


def _shown(project, view) -> str:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "pages.parts.lead.figure_html", lambda shown, details, ids: f"{shown} {details} {','.join(ids)}"
        )
        return project_html(project, view)


@pytest.mark.parametrize(
    ("least", "most", "year", "en", "fr"),
    [
        (10, 19, 2022, "10 to 19 (2022)", "10 à 19 (2022)"),
        (10_000, None, 2022, "10,000 or more (2022)", "10\u202f000 ou plus (2022)"),
        (0, 0, 2021, "no employee (2021)", "aucun salarié (2021)"),
        (1, 2, None, "1 to 2", "1 à 2"),
        (None, None, 2022, "not published", "non publié"),
    ],
)
def test_the_headcount_is_a_band_with_its_year(least, most, year, en, fr):
    entry = TABLES.organisations.iloc[0].copy()
    entry[["headcount_min", "headcount_max", "headcount_year"]] = [least, most, year]
    assert (headcount(entry, VIEW), headcount(entry, FRENCH)) == (en, fr)


def test_the_register_is_told_as_it_is_and_a_closed_organisation_says_so():
    entry = TABLES.organisations.iloc[0].copy()
    facts = register_html(entry, FRENCH)
    assert facts["name"] == "ASSOCIATION &lt;A&gt;"
    assert (facts["social_economy"], facts["created"]) == ("oui", "14 mai 2009")
    assert facts["legal_form"] == '<span lang="fr">Association déclarée</span>'
    assert "register_status" not in facts
    entry[["social_economy", "legal_form", "created", "register_status"]] = [None, None, None, "closed"]
    facts = register_html(entry, VIEW)
    assert facts["register_status"] == "closed"
    assert {facts[name] for name in ("social_economy", "legal_form", "created")} == {"not published"}
