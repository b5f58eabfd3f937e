"""Zips of CORDIS: both decimal marks, countries of all kinds, people left out, quotes that go wrong."""

import zipfile
from functools import partial

import pyarrow.parquet as pq
import pytest

from etl.bulk.run import run
from etl.bulk.spill import MISFIT
from etl.download import NotFetched, client
from etl.faults import BadInput
from etl.sources import cordis
from etl.sources.cordis import unpack, wrong
from etl.sources.cordis_files import ORGANISATIONS, PERSON, PROJECTS, THEMES
from tests.etl.bulk.zipped import organisation, project, theme
from tests.etl.bulk.zipped import zipped as make_zip
from tests.etl.publisher import Said, publishing


@pytest.fixture
def zipped(tmp_path):
    return partial(make_zip, tmp_path / "h2020projects.zip")


def taken(archive, member, bulk, tmp_path):
    """The rows by their identifier, and the counts."""
    out = tmp_path / "out.parquet"
    counts = run([unpack(archive, member, tmp_path / "unpacked")], bulk, out)
    return {row[bulk.key]: row for row in pq.read_table(out).to_pylist()}, counts


def test_both_decimal_marks_are_read_and_a_nought_is_not_a_gap(zipped, tmp_path):
    rows, counts = taken(
        zipped([organisation(1), organisation(2, ecContribution="")]), "organization.csv", ORGANISATIONS, tmp_path
    )
    first, second = rows["101-1-1"], rows["101-2-1"]
    assert (first["eu_amount_eur"], first["net_eu_amount_eur"], first["total_cost_eur"]) == (284812.5, 0.0, 960619.95)
    assert second["eu_amount_eur"] is None
    assert (first["name"], first["files"], first["note_en"]) == ("Coop “1”; Ltd", ["h2020projects"], None)
    assert counts.headers == {}


@pytest.mark.parametrize(
    ("published", "read"),
    [("EL", ["GR"]), ("UK", ["GB"]), ("XK", ["XK"]), ("DE;HU", ["DE", "HU"]), ("GH", ["GH"]), ("", [])],
)
def test_countries_are_those_of_iso(zipped, tmp_path, published, read):
    rows, _ = taken(zipped([organisation(1, country=published)]), "organization.csv", ORGANISATIONS, tmp_path)
    assert rows["101-1-1"]["countries"] == read


def test_people_and_records_of_another_width_are_left_out_and_counted(zipped, tmp_path):
    person = organisation(3, name="Somebody", activityType="", street="", postCode="", city="")
    lines = [organisation(1), person, '"101";"torn"', organisation(4, organisationID="")]
    rows, counts = taken(zipped(lines), "organization.csv", ORGANISATIONS, tmp_path)
    assert list(rows) == ["101-1-1"]
    assert counts.left_out == {PERSON: 1, MISFIT: 1, "has no identifier of a project or an organisation": 1}
    assert counts.rows_read == 4
    assert "Somebody" not in (tmp_path / "out.parquet").read_bytes().decode("latin1")


def test_no_street_number_or_contact_is_taken():
    assert set(ORGANISATIONS.schema.names).isdisjoint({"street", "vat_number", "contact_form"})


def test_an_organisation_that_comes_twice_in_a_project_stays_twice(zipped, tmp_path):
    lines = [organisation(1), organisation(1), organisation(1, order="2", role="thirdParty")]
    rows, counts = taken(zipped(lines), "organization.csv", ORGANISATIONS, tmp_path)
    assert [row["role"] for row in rows.values()] == ["participant", "thirdParty"]
    assert counts.rows_merged == 1


def test_text_that_opens_with_a_doubled_quote_does_not_shift_the_columns(zipped, tmp_path):
    odd = project(2, title="@").replace('"@"', '""The action ""X"" works""')
    rows, counts = taken(
        zipped(projects=[project(1), odd, project(3, title='a "b"')]), "project.csv", PROJECTS, tmp_path
    )
    assert counts.left_out == {}
    assert rows["2"]["name_en"] == '"The action "X" works"'
    assert rows["3"]["name_en"] == 'a "b"'
    assert (rows["2"]["eu_amount_eur"], rows["2"]["total_cost_eur"]) == (500000.5, 960619.95)


def test_the_themes_of_a_project_come_together(zipped, tmp_path):
    lines = [theme(1, "/social sciences/sociology"), theme(2, "/natural sciences"), theme(1, "/humanities/arts")]
    rows, counts = taken(zipped(themes=[*lines, theme(1, "")]), "euroSciVoc.csv", THEMES, tmp_path)
    assert rows["1"]["themes"] == ["/social sciences/sociology", "/humanities/arts"]
    assert counts.left_out == {"has no number of a project or no theme": 1}


def test_a_date_that_cannot_be_read_is_noted(zipped, tmp_path):
    rows, _ = taken(zipped(projects=[project(1, endDate="2022-13-01")]), "project.csv", PROJECTS, tmp_path)
    assert rows["1"]["end_date"] is None
    assert rows["1"]["note_en"] == "Published end_date “2022-13-01” cannot be read."


def test_a_download_that_is_no_zip_or_lacks_a_file_is_refused_and_the_last_copy_kept(zipped, tmp_path, monkeypatch):
    good = zipped([organisation(1)]).read_bytes()
    with publishing() as publisher, client(timeout=5) as http:
        at = publisher.says("/zip", Said(good), Said(good[:-30]))
        monkeypatch.setattr(cordis, "ZIP", at)
        monkeypatch.setattr(cordis, "PROGRAMMES", ("h2020projects",))
        [fetched] = cordis.fetch(tmp_path / "raw", http)
        asked = cordis.Remote(at, fetched.path.relative_to(tmp_path / "raw"), check=wrong)
        with pytest.raises(NotFetched, match="is not a zip"):
            cordis.download(asked, tmp_path / "raw", http)
    assert fetched.path.read_bytes() == good
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("project.csv", "id\n")
    assert wrong(tmp_path / "other.zip") == "lacks organization.csv: its form has changed."
    with pytest.raises(BadInput, match="cannot be unpacked"):
        unpack(tmp_path / "other.zip", "organization.csv", tmp_path)
