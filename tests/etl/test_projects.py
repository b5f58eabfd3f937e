"""Projects of the Union: from raw files to data/bulk, from there to the tables; nothing taken that is not social, nothing invented."""

import os
import signal
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from shapely.geometry import box

from etl.build import build
from etl.faults import BadInput
from etl.projects import derived
from etl.projects import rows as project_rows
from etl.projects.nuts import smallest
from etl.projects.people import is_person
from etl.review import PARTICIPANTS
from tests.etl.bulk.shaped import HEADER, kohesio, locked, row, rows
from tests.etl.bulk.zipped import organisation, project, theme, zipped

SOCIAL = "Support for social economy and social enterprises"
SOCIOLOGY = "/social sciences/sociology/social issues"


def cordis(raw, organisations=(), projects=(), themes=None, name="h2020projects"):
    path = zipped(raw / "cordis" / f"{name}.zip", organisations, projects, themes)
    return locked(path, f"https://cordis.europa.eu/data/cordis-{name}-csv.zip", "Fri, 02 Jan 2026 10:00:00 GMT")


def read(tmp_path, source_id):
    """Normalise what lies in raw and read it: projects and participants by identifier, and the sources."""
    derived.normalise(tmp_path / "raw", tmp_path / "bulk")
    found = project_rows.read(tmp_path / "bulk", tmp_path / "review")[source_id]
    by = {"projects": "project_id", "participants": "participation_id", "sources": "source_id"}
    return [{one[key]: one for one in found[name].to_dict("records")} for name, key in by.items()]


def only(tmp_path, **changes):
    """The row of `projects` and the participants of one social project of Kohesio with changes."""
    kohesio(tmp_path / "raw", "SE-pp21-27", [row(2, Category_Label=SOCIAL, **changes)])
    found, participants, _ = read(tmp_path, "kohesio")
    return found["kohesio-Q2"], list(participants.values())


def test_a_project_of_kohesio_stands_with_its_beneficiary_and_its_file(tmp_path):
    kohesio(tmp_path / "raw", "SE-pp21-27", [row(2, Category_Label=SOCIAL), row(6, Category_Label="Cycling")])
    found, participants, sources = read(tmp_path, "kohesio")
    assert list(found) == ["kohesio-Q2"]
    one, [other] = found["kohesio-Q2"], participants.values()
    assert (one["country"], one["nuts_id"], one["fund"], one["eu_amount_eur"]) == ("SE", "SE121", "ESF+", 8.25)
    assert (one["total_amount"], one["currency"]) == (20.5, "EUR")
    assert one["taken_for"] == f"category: “{SOCIAL}”"
    assert one["topics"] == [SOCIAL, "A more social Europe"]
    assert pd.isna(one["note_en"])
    assert (other["organisation"], other["role"], other["eu_amount_eur"]) == ("Commune 2", "beneficiary", 8.25)
    assert (other["project_id"], other["country"]) == ("kohesio-Q2", "SE")
    assert one["source_ids"] == other["source_ids"] == list(sources) == ["kohesio-se-pp21-27-2025-11-10"]
    [source] = sources.values()
    assert source["title"] == "Kohesio, projects of Sweden, 2021-2027, file of 2025-11-10"
    assert source["quote"] == ",".join(HEADER)
    assert (source["published"], source["url"]) == ("2025-11-10", "https://kohesio.ec.europa.eu/en/data")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"Operation_Name_Programme_Language": "Pôle d’Économie  sociale"}, "name: “Économie sociale”"),
        ({"Operation_Name_Programme_Language": "Κοινωνική οικονομία στην Αττική"}, "name: “Κοινωνική οικονομία”"),
        ({"Operation_Name_Programme_Language": "Centrum EKONOMII społecznej"}, "name: “EKONOMII społecznej”"),
        ({"Operation_Name_English": "SOCIAL-ECONOMY hub"}, "name: “SOCIAL-ECONOMY”"),
        ({"Operation_Name_English": "Antisocial economy class"}, None),
        ({"Category_Label": f"{SOCIAL}|Skills"}, f"category: “{SOCIAL}”"),
        (
            {"Category_Label": SOCIAL, "Operation_Name_English": "Social innovation"},
            f"category: “{SOCIAL}”; name: “Social innovation”",
        ),
        ({"Operation_Summary_English": "About social economy"}, None),
    ],
)
def test_what_is_social_is_told_by_its_category_or_by_words_of_its_language(tmp_path, changes, why):
    kohesio(tmp_path / "raw", "SE-pp21-27", [row(2, **({"Category_Label": "Cycling"} | changes))])
    found, _, _ = read(tmp_path, "kohesio")
    assert {one["taken_for"] for one in found.values()} == ({why} if why else set())


def test_what_is_not_in_euros_is_not_taken_for_euros(tmp_path):
    one, [beneficiary] = only(tmp_path, Total_Eligible_Expenditure_Currency="PLN")
    assert pd.isna(one["eu_amount_eur"])
    assert pd.isna(beneficiary["eu_amount_eur"])
    assert (one["total_amount"], one["currency"]) == (20.5, "PLN")
    assert one["note_en"] == "The Union pays 8.25 in PLN."


def test_what_is_not_published_is_null_and_not_nought(tmp_path):
    one, [beneficiary] = only(tmp_path, Project_EU_Budget="", Total_Eligible_Expenditure_amount="0")
    assert pd.isna(one["eu_amount_eur"])
    assert pd.isna(beneficiary["eu_amount_eur"])
    assert one["total_amount"] == 0
    assert pd.isna(one["note_en"])


@pytest.mark.parametrize(
    ("changes", "name", "note"),
    [
        ({"Project_EU_Budget": "-12.5"}, "eu_amount_eur", "Published eu_amount_eur “-12.5” is less than nothing."),
        ({"Operation_End_Date": "31/12/9999"}, "end_date", "Published end_date “9999-12-31” cannot be."),
        (
            {"Total_Eligible_Expenditure_Currency": "euro", "Project_EU_Budget": ""},
            "currency",
            "Published currency “euro” is not the code of a currency.",
        ),
    ],
)
def test_what_the_tables_cannot_hold_is_null_and_told(tmp_path, changes, name, note):
    one, _ = only(tmp_path, **changes)
    assert pd.isna(one[name])
    assert one["note_en"] == note


def test_several_countries_are_europe_and_several_regions_the_one_that_holds_them(tmp_path):
    lines = [row(2, Category_Label=SOCIAL), row(2, Category_Label=SOCIAL, NUTS3_Code="SE110", CountryCode="FI")]
    kohesio(tmp_path / "raw", "SE-pp21-27", lines)
    found, participants, _ = read(tmp_path, "kohesio")
    assert (found["kohesio-Q2"]["country"], found["kohesio-Q2"]["nuts_id"]) == ("EU", "SE1")
    assert found["kohesio-Q2"]["note_en"] == "Published for 2 regions."
    assert [one["country"] for one in participants.values()] == ["EU"]


@pytest.mark.parametrize(
    ("codes", "region"),
    [
        (["SE121"], "SE121"), (["SE121", "SE122"], "SE12"), (["SE121", "SE21"], None), (["FRZZZ"], None), (["SE"], None),
        ([], None), (["SE121", "GH"], None), (["SE121", None], None),
    ],
)  # fmt: skip
def test_the_smallest_region_that_holds_all(codes, region):
    assert smallest(codes) == region


def test_one_amount_for_several_beneficiaries_is_given_to_none(tmp_path):
    lines = [row(2, Category_Label=SOCIAL), row(2, Category_Label=SOCIAL, Beneficiary_Name="Other")]
    kohesio(tmp_path / "raw", "SE-pp21-27", lines)
    found, participants, _ = read(tmp_path, "kohesio")
    assert found["kohesio-Q2"]["eu_amount_eur"] == 8.25
    assert [one["organisation"] for one in participants.values()] == ["Commune 2", "Other"]
    assert {one["note_en"] for one in participants.values()} == {
        "The project names 2 beneficiaries and one amount for all."
    }
    assert all(pd.isna(one["eu_amount_eur"]) for one in participants.values())


def test_a_project_without_a_beneficiary_has_no_participant(tmp_path):
    one, participants = only(tmp_path, Beneficiary_Name="")
    assert one["eu_amount_eur"] == 8.25
    assert participants == []


@pytest.mark.parametrize(
    "name",
    ["Mme Anne Exemple", "EXEMPLE ANNE (EI)", "M. Exemple", "Osoba fizyczna", "Jan Przykład Działalność Gospodarcza", "ЕТ Пример"],
)  # fmt: skip
def test_people_are_left_out(tmp_path, name):
    _, participants = only(tmp_path, Beneficiary_Name=name)
    assert participants == []


@pytest.mark.parametrize(
    "name", ["Mission locale", "Union des auto-entrepreneurs", "Frau und Beruf e.V.", "Ei Oy", "Et cetera SCOP"]
)
def test_organisations_are_not_taken_for_people(name):
    assert not is_person(name)


def test_one_project_in_two_files_cites_both(tmp_path):
    for name in ("SE-pp21-27", "FR-pp21-27"):
        kohesio(tmp_path / "raw", name, [row(2, Category_Label=SOCIAL)])
    found, _, sources = read(tmp_path, "kohesio")
    assert found["kohesio-Q2"]["source_ids"] == list(sources)
    assert len(sources) == 2


def test_a_project_of_cordis_stands_with_all_its_organisations(tmp_path):
    lines = [
        organisation(1, role="coordinator", country="EL", nutsCode="EL303", name="Lead"),
        organisation(2, country="UK", role="associatedPartner", ecContribution=""),
        organisation(3, country="GH", role="thirdParty", ecContribution="0"),
        organisation(4, country="DE;HU", role="hostInstitution"),
    ]
    titled = project(101, title="Social innovation at work", totalCost="960619,95")
    cordis(tmp_path / "raw", lines, [titled, project(102)], [theme(101, SOCIOLOGY)])
    found, participants, sources = read(tmp_path, "cordis")
    assert list(found) == ["cordis-101"]
    one = found["cordis-101"]
    assert (one["country"], one["nuts_id"], one["fund"], one["programme"]) == ("GR", "EL303", "Horizon 2020", "H2020")
    assert (one["total_amount"], one["currency"], one["eu_amount_eur"]) == (960619.95, "EUR", 500000.5)
    assert (one["topics"], one["taken_for"]) == ([SOCIOLOGY], "name: “Social innovation”")
    partners = [participants[f"cordis-101-{number}-1"] for number in (1, 2, 3, 4)]
    assert [one["role"] for one in partners] == ["coordinator", "associated", "third_party", "partner"]
    assert [one["country"] for one in partners] == ["GR", "GB", "GH", "EU"]
    assert partners[3]["note_en"] == "Published with the countries DE, HU. Published role: “hostInstitution”."
    assert partners[0]["eu_amount_eur"] == 284812.5
    assert pd.isna(partners[1]["eu_amount_eur"])
    assert partners[2]["eu_amount_eur"] == 0
    [source] = sources.values()
    assert source["source_id"] == "cordis-h2020projects-2026-01-02" == one["source_ids"][0]
    assert source["quote"].startswith('"id";"acronym";"status"')
    assert source["title"] == "CORDIS, projects of Horizon 2020, file of 2026-01-02"


@pytest.mark.parametrize(
    ("changes", "path", "why"),
    [
        ({"objective": "For the social economy."}, SOCIOLOGY, "objective: “social economy”"),
        ({"objective": "For the social economy."}, "/natural sciences/sociology", None),
        ({"objective": "For the social economy."}, None, None),
        ({"title": "Social economy"}, "/natural sciences", "name: “Social economy”"),
        ({"title": "Economy"}, SOCIOLOGY, None),
    ],
)
def test_words_of_an_objective_count_under_themes_of_sociology_and_economics(tmp_path, changes, path, why):
    themes = [theme(101, "/humanities"), theme(101, path)] if path else None
    cordis(tmp_path / "raw", [organisation(1, role="coordinator")], [project(101, **changes)], themes)
    found, _, _ = read(tmp_path, "cordis")
    assert {one["taken_for"] for one in found.values()} == ({why} if why else set())


def test_projects_coordinated_elsewhere_are_left_out_with_their_partners(tmp_path):
    lines = [organisation(1, role="coordinator", country="US"), organisation(2), organisation(3, projectID="102")]
    titled = [project(number, title="Social innovation") for number in (101, 102)]
    cordis(tmp_path / "raw", lines, titled)
    found, participants, _ = read(tmp_path, "cordis")
    assert list(found) == ["cordis-102"]
    assert pd.isna(found["cordis-102"]["country"])
    assert list(participants) == ["cordis-102-3-1"]


def test_an_organisation_that_takes_part_twice_stands_twice_with_both_amounts(tmp_path):
    lines = [organisation(1, role="coordinator"), organisation(1, order="2", role="coordinator", ecContribution="7")]
    cordis(tmp_path / "raw", lines, [project(101, title="Social innovation")])
    _, participants, _ = read(tmp_path, "cordis")
    assert [one["eu_amount_eur"] for one in participants.values()] == [284812.5, 7]


def test_what_has_not_changed_is_not_made_again(tmp_path):
    raw, bulk = tmp_path / "raw", tmp_path / "bulk"
    kohesio(raw, "SE-pp21-27", [row(2)])
    cordis(raw, [organisation(1)], [project(101)], [theme(101, SOCIOLOGY)])
    first, told = derived.normalise(raw, bulk), []
    assert [one.name for one in first] == [one.name for one in derived.DERIVED[:4]]
    assert [(one.rows, one.counts.rows_taken) for one in first] == [(41, 41), (1, 1), (1, 1), (1, 1)]
    assert [one.bytes for one in first] == [(bulk / one.name).stat().st_size for one in first]
    assert sorted(path.name for path in bulk.iterdir()) == sorted(one.name for one in first)
    again = derived.normalise(raw, bulk, tell=lambda name, progress: told.append(name))
    assert [(one.rows, one.counts) for one in again] == [(41, None), (1, None), (1, None), (1, None)]
    assert told == []
    kohesio(raw, "FR-pp21-27", [row(3)])
    third = derived.normalise(raw, bulk, tell=lambda name, progress: told.append(name))
    assert set(told) == {"kohesio.parquet"}
    assert [one.counts is None for one in third] == [False, True, True, True]
    assert third[0].rows == 42


def test_an_interrupted_run_over_a_zip_is_gone_on_with(tmp_path, monkeypatch):
    raw, bulk = tmp_path / "raw", tmp_path / "bulk"
    cordis(raw, [organisation(1)], [project(101)])

    def interrupt(name, progress):
        if progress.step == "Writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        derived.normalise(raw, bulk, tell=interrupt)
    with monkeypatch.context() as patched:
        patched.setattr("etl.bulk.spill.write", lambda *task: pytest.fail("normalised again"))
        derived.one(derived.DERIVED[1], raw, bulk, "", lambda name, progress: None)
    assert [path.name for path in bulk.iterdir()] == ["cordis-projects.parquet"]


def test_amounts_that_disagree_are_both_told(tmp_path):
    lines = [row(2, Category_Label=SOCIAL), row(2, Category_Label=SOCIAL, Project_EU_Budget="9")]
    kohesio(tmp_path / "raw", "SE-pp21-27", lines)
    found, _, _ = read(tmp_path, "kohesio")
    assert found["kohesio-Q2"]["eu_amount_eur"] == 8.25
    assert found["kohesio-Q2"]["note_en"] == "Published with several values of eu_amount (8.25, 9); the first is given."


def test_raw_files_that_are_not_those_downloaded_are_told_together_and_nothing_good_is_lost(tmp_path):
    raw, bulk = tmp_path / "raw", tmp_path / "bulk"
    path = kohesio(raw, "SE-pp21-27", [row(2, Category_Label=SOCIAL)])
    archive = cordis(raw, [organisation(1)], [project(101)])
    derived.normalise(raw, bulk)
    before = (bulk / "kohesio.parquet").read_bytes()
    path.write_bytes(path.read_bytes() + b"x")
    archive.write_bytes(b"PK")
    with pytest.raises(BadInput) as bad:
        derived.normalise(raw, bulk)
    assert {fault.problem for fault in bad.value.faults} == {
        "is not the file that was downloaded: its lock differs or is missing"
    }
    assert (bulk / "kohesio.parquet").read_bytes() == before
    assert "kohesio-Q2" in project_rows.read(bulk, tmp_path)["kohesio"]["projects"]["project_id"].tolist()


def test_a_file_of_bulk_that_cannot_be_read_is_told_in_a_sentence(tmp_path):
    (tmp_path / "bulk").mkdir()
    (tmp_path / "bulk" / "kohesio.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(BadInput, match=r"kohesio.parquet cannot be used .*Remove it"):
        project_rows.read(tmp_path / "bulk", tmp_path)


def test_without_data_bulk_there_is_nothing(tmp_path):
    assert derived.normalise(tmp_path / "raw", tmp_path / "bulk") == []
    assert project_rows.read(tmp_path / "bulk", tmp_path / "review") == {}
    assert list(tmp_path.iterdir()) == []


def test_accepted_participants_bear_their_cluster_and_the_tables_pass_every_check(tmp_path, write):
    folders = write({})
    lines = [organisation(1, role="coordinator", name="Association A"), organisation(2, country="GH", name="O")]
    cordis(tmp_path / "raw", lines, [project(101, title="Social innovation")])
    kohesio(tmp_path / "raw", "SE-pp21-27", [row(2, Category_Label=SOCIAL), row(2, Category_Label=SOCIAL, Country="")])
    derived.normalise(tmp_path / "raw", folders.bulk)
    yes = {"project_id": "cordis-101", "organisation": "Association A", "country": "FR", "cluster_id": "fr-a"}
    PARTICIPANTS.write(pd.DataFrame([yes]), folders.review)
    path = folders.review / PARTICIPANTS.file
    path.write_text(path.read_text().replace(",,\n", ",yes,\n"))
    built = build(folders)
    assert built.errors.to_dict("records") == []
    participants = built.tables["participants"].set_index("organisation")
    assert participants.loc["Association A", "cluster_id"] == "fr-ptce-a"
    assert pd.isna(participants.loc["O", "cluster_id"])
    words = built.tables["vocabulary"].set_index(["vocabulary", "code"])
    assert words.loc[("other_countries", "GH"), ["label_en", "label_fr"]].tolist() == ["Ghana", "Ghana"]
    assert built.rows_of["kohesio"] == 2
    assert len(built.tables["projects"]) == 2


NUTS = gpd.GeoDataFrame(
    {
        "nuts_id": ["SE121", "SE122", "FI1B1"],
        "level": [3, 3, 3],
        "country": ["SE", "SE", "FI"],
        "name": ["A", "B", "C"],
        "edition": 2024,
    },
    geometry=[box(10, 60, 11, 61), box(11, 60, 12, 61), box(20, 60, 21, 61)],
    crs=4326,
)
NOWHERE = {"NUTS3_Code": "", "NUTS2_Code": "", "NUTS1_Code": "", "Category_Label": SOCIAL}


def pointed(number, point, **changes):
    """A project without a region, at a point."""
    return row(number, Location_Indicator_latitude_longitude=point, **(NOWHERE | changes))


def test_a_project_without_a_region_is_placed_by_its_point(tmp_path, monkeypatch):
    monkeypatch.setattr(derived.gisco, "read", lambda raw: NUTS)
    lines = [
        pointed(2, "60.5,10.5"),
        pointed(6, "60.5,10.5|60.5,11.5"),
        pointed(10, "60.5,20.5"),
        pointed(14, "somewhere"),
        pointed(18, "95.0,10.5"),
        pointed(22, "60.5,11.5", NUTS3_Code="SE110"),
    ]
    kohesio(tmp_path / "raw", "SE-pp21-27", lines)
    found, _, _ = read(tmp_path, "kohesio")
    regions = {one: row["nuts_id"] for one, row in found.items() if isinstance(row["nuts_id"], str)}
    assert regions == {"kohesio-Q2": "SE121", "kohesio-Q6": "SE12", "kohesio-Q22": "SE110"}
    assert found["kohesio-Q2"]["note_en"] == "The region is that of the point published."
    assert pd.isna(found["kohesio-Q22"]["note_en"])


def test_without_boundaries_no_region_is_guessed(tmp_path):
    kohesio(tmp_path / "raw", "SE-pp21-27", [pointed(2, "60.5,10.5")])
    found, _, _ = read(tmp_path, "kohesio")
    assert not isinstance(found["kohesio-Q2"]["nuts_id"], str)


def test_a_cluster_that_loses_a_worker_gives_the_same_files(tmp_path, monkeypatch):
    from distributed import Client, LocalCluster

    monkeypatch.setattr("etl.bulk.run.BUCKET", 50_000)
    monkeypatch.setattr(derived.gisco, "read", lambda raw: NUTS)
    raw, here, there = (tmp_path / name for name in ("raw", "here", "there"))
    lines = [pointed(number * 4 + 1002, f"60.5,{10 + number % 3 * 0.7:.1f}") for number in range(300)]
    kohesio(raw, "SE-pp21-27", [*lines, *rows(200)])
    made = derived.normalise(raw, here)
    assert [one.name for one in made] == ["kohesio.parquet", "kohesio-regions.parquet"]
    assert made[1].rows == 300
    assert pq.read_metadata(here / "kohesio.parquet").num_row_groups > 3
    killed = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        pids = list(client.run(os.getpid).values())

        def kill(name, progress):
            if not killed and progress.step == "Placing":
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        derived.normalise(raw, there, cluster.scheduler_address, kill)
    assert killed
    assert [path.name for path in sorted(there.iterdir())] == [path.name for path in sorted(here.iterdir())]
    assert [path.read_bytes() for path in sorted(there.iterdir())] == [
        path.read_bytes() for path in sorted(here.iterdir())
    ]


def test_a_build_does_not_import_dask():
    code = "import sys, etl.build; print({name for name in sys.modules if name.split('.')[0] in ('dask', 'distributed', 'dask_geopandas')})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
