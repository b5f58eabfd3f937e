"""Files of Kohesio: what is taken of a row, what is refused, which projects are social."""

import pandas as pd
import pytest

from etl.bulk.contract import FILE, LEFT_OUT, NOTE
from etl.bulk.run import run
from etl.faults import BadInput
from etl.sources.kohesio import newest
from etl.sources.kohesio_projects import NEEDED, PROJECTS, TAKEN, normalise
from tests.etl.bulk.shaped import HEADER, row, rows, write


def one(**changes: str) -> pd.Series:
    """The normalised row of project 7 (Poland) with changes."""
    cells = pd.DataFrame([row(7, **changes)], dtype="str")[list(NEEDED + TAKEN)]
    return normalise(cells.assign(**{FILE: "PL-pp21-27"})).iloc[0]


def test_a_row_is_read_by_its_columns():
    read = one()
    assert read["project_id"] == "Q7"
    assert read["source_url"] == "https://kohesio.ec.europa.eu/en/projects/Q7"
    assert read["start_date"] == pd.Timestamp("2021-08-08")
    assert (read["total_amount"], read["eu_amount"], read["cofinancing_rate"]) == (70.5, 28.25, 40.0)
    assert (read["countries"], read["nuts"], read["files"]) == ("PL", "PL911", "PL-pp21-27")
    assert pd.isna(read[LEFT_OUT])
    assert pd.isna(read[NOTE])


@pytest.mark.parametrize(("currency", "euros"), [("EUR", 28.25), ("PLN", None), ("", None)])
def test_only_what_is_published_in_euros_is_euros(currency, euros):
    read = one(Total_Eligible_Expenditure_Currency=currency)
    assert read["eu_amount"] == 28.25
    assert read["eu_amount_eur"] == euros or (euros is None and pd.isna(read["eu_amount_eur"]))


@pytest.mark.parametrize(
    ("code", "name", "read"),
    [("GR", "Greece", "GR"), ("EL", "", "GR"), ("", "Sweden", "SE"), ("", "Italy|France", "IT|FR"), ("UK", "", "GB")],
)
def test_countries_are_read_however_they_are_written(code, name, read):
    assert one(CountryCode=code, Country=name)["countries"] == read


@pytest.mark.parametrize(
    ("column", "cell", "name"),
    [
        ("Operation_End_Date", "31/02/2024", "end_date"),
        ("Project_EU_Budget", "12,5 million", "eu_amount"),
        ("Project_EU_Budget", "inf", "eu_amount"),
        ("CountryCode", "ZQ", "countries"),
    ],
)
def test_a_cell_that_cannot_be_read_is_null_and_noted(column, cell, name):
    read = one(**{column: cell})
    assert pd.isna(read[name])
    assert read[NOTE] == f"Published {name} “{cell}” cannot be read."


def test_what_is_missing_is_neither_zero_nor_noted():
    read = one(Project_EU_Budget="", Operation_End_Date="")
    assert pd.isna(read["eu_amount"])
    assert pd.isna(read["eu_amount_eur"])
    assert pd.isna(read[NOTE])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Operation_Unique_Identifier": "https://linkedopendata.eu/"}, "has no identifier of Kohesio"),
        ({"Operation_Name_English": " ", "Operation_Name_Programme_Language": ""}, "has no name in any language"),
    ],
)
def test_what_is_not_a_project_is_left_out_with_the_reason(changes, reason):
    assert one(**changes)[LEFT_OUT] == reason


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE html>" + b" " * 20_000, "is a web page"),
        (b"a,b\r\n1,2\r\n", "less than 10,000 bytes"),
    ],
)
def test_a_page_or_next_to_nothing_is_refused(tmp_path, content, told):
    (tmp_path / "FR.csv").write_bytes(content)
    with pytest.raises(BadInput, match=told):
        run([tmp_path / "FR.csv"], PROJECTS, tmp_path / "projects.parquet")
    assert not (tmp_path / "projects.parquet").exists()


def test_changed_columns_are_told_missing_and_surplus_together(tmp_path):
    header = [name.replace("Project_EU_Budget", "EU_Budget") for name in HEADER]
    path = write(tmp_path / "FR.csv", rows(100), header)
    with pytest.raises(BadInput, match="missing columns: Project_EU_Budget; columns not expected: EU_Budget"):
        run([path], PROJECTS, tmp_path / "projects.parquet")


def test_columns_that_are_only_more_or_not_needed_are_told_and_taken(tmp_path):
    header = [name for name in HEADER if name != "NUTS3_Code"] + ["Strategic_Project"]
    counts = run([write(tmp_path / "FR.csv", rows(100), header)], PROJECTS, tmp_path / "projects.parquet")
    assert counts.headers == {"columns not expected: Strategic_Project": 1, "columns absent: NUTS3_Code": 1}
    assert counts.rows_read == 100


def test_the_newest_file_of_each_country_and_period_is_asked_for():
    page = (
        '<a href="/api/data/object?id=data/projects-2021-2027/2025-11-10/FR-pp21-27-20251110.csv">'
        '"data/projects-2021-2027/2026-02-01/FR-pp21-27-20260201.csv" data/projects-2014-2020/2023-09-29/GR-pp14-20-20230929.csv'
    )
    assert [(remote.url.split("/")[-1], str(remote.path)) for remote in newest(page)] == [
        ("GR-pp14-20-20230929.csv", "kohesio/GR-pp14-20.csv")
        if i
        else ("FR-pp21-27-20260201.csv", "kohesio/FR-pp21-27.csv")
        for i in (0, 1)
    ]
