"""The list of enterprises of the social economy: numbers only, looked up, never taken for a no."""

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from etl.download import NotFetched
from etl.faults import BadInput
from etl.projects import derived
from etl.projects.stored import COMPANIES
from etl.sources import ess_companies
from etl.sources.ess_companies import LIST, fetch, with_flags
from tests.etl.bulk.shaped import locked
from tests.etl.publisher import Said

HEADER = "SIREN,NOM_ENTREPRISE,COMMUNE"
LINES = [
    '123456789,"Coop, exemple",Nantes',
    "12345678,Zero cut off,Lyon",
    "123 456 790,Spaced,Lille",
    "n.c.,Nobody,Nice",
]


def listed(tmp_path, *lines, header=HEADER):
    path = tmp_path / "raw" / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\r\n".join([header, *lines]) + "\r\n", encoding="utf-8-sig")
    locked(path, "https://www.data.gouv.fr/api/1/datasets/r/1", "Mon, 20 Nov 2023 10:00:00 GMT")
    return derived.normalise(tmp_path / "raw", tmp_path / "bulk")


def organisations(**flags):
    rows = {"siren": list(flags), "social_economy": list(flags.values()), "source_ids": [["register"] for _ in flags]}
    frame = pd.DataFrame(rows).astype({"siren": "str", "social_economy": "str"})
    frame["siren"] = frame["siren"].str.removeprefix("s")
    return {"organisations": frame, "sources": pd.DataFrame([{"source_id": "register"}])}


def test_only_numbers_are_read_and_what_is_none_is_counted(tmp_path):
    [made] = listed(tmp_path, *LINES, LINES[0])
    assert pq.read_table(tmp_path / "bulk" / COMPANIES)["siren"].to_pylist() == ["012345678", "123456789", "123456790"]
    assert (made.counts.rows_read, made.rows, made.counts.rows_merged) == (5, 3, 1)
    assert made.counts.left_out == {"has no SIREN number": 1}
    assert b"exemple" not in (tmp_path / "bulk" / COMPANIES).read_bytes()


def test_what_is_not_known_of_an_organisation_is_yes_where_the_list_holds_it(tmp_path):
    listed(tmp_path, *LINES)
    before = organisations(s123456789=None, s012345678="no", s123456790="yes", s999999999=None)
    rows = with_flags(before, tmp_path / "bulk")
    flags = rows["organisations"].set_index("siren")["social_economy"]
    assert flags["123456789"] == "yes"
    assert flags["012345678"] == "no"
    assert flags["123456790"] == "yes"
    assert pd.isna(flags["999999999"])
    cited = rows["organisations"].set_index("siren")["source_ids"]
    assert cited["123456789"] == ["register", "ess-companies-2023-11-20"]
    assert cited["123456790"] == ["register"]
    source = rows["sources"].iloc[-1]
    assert (source["source_id"], source["quote"]) == ("ess-companies-2023-11-20", HEADER)
    assert before["organisations"]["source_ids"].tolist()[0] == ["register"]


@pytest.mark.parametrize("lines", [LINES, None])
def test_nothing_changes_where_the_list_is_missing_or_knows_nobody(tmp_path, lines):
    if lines:
        listed(tmp_path, *lines)
    before = organisations(s999999999=None)
    after = with_flags(before, tmp_path / "bulk")
    assert after["organisations"].equals(before["organisations"])
    assert len(after["sources"]) == 1


def test_a_list_of_another_form_is_told(tmp_path):
    with pytest.raises(BadInput, match="has no column SIREN"):
        listed(tmp_path, "1;2", header="SIREN;NOM")


def page(*names):
    resources = [
        {"id": f"r{n}", "url": f"https://static/{name}", "last_modified": f"202{n}"} for n, name in enumerate(names)
    ]
    return Said(json.dumps({"title": "Liste", "resources": resources}).encode())


@pytest.fixture
def dataset(publisher, monkeypatch):
    monkeypatch.setattr(ess_companies, "ADDRESS", publisher.address)
    return publisher


def test_the_newest_csv_of_the_dataset_is_fetched(dataset, http, tmp_path):
    dataset.says(f"/{ess_companies.SLUG}/", page("old.csv", "entreprisesess.csv", "note.pdf"))
    dataset.says("/r/r1", Said(f"{HEADER}\n{LINES[0]}\n".encode()))
    assert [one.path.name for one in fetch(tmp_path, http)] == ["dataset.json", "entreprisesess.csv"]


@pytest.mark.parametrize(
    ("said", "list_said", "told"),
    [
        (page("note.pdf"), Said(), "no CSV file any more"),
        (Said(b'{"title": 1'), Said(), "not the page of a dataset"),
        (page("a.csv"), Said(b"SIREN;NOM\n1;2\n"), "has no column SIREN"),
    ],
)
def test_a_dataset_that_has_changed_is_told(dataset, http, tmp_path, said, list_said, told):
    dataset.says(f"/{ess_companies.SLUG}/", said)
    dataset.says("/r/r0", list_said)
    with pytest.raises(NotFetched, match=told):
        fetch(tmp_path, http)
    assert not (tmp_path / LIST).exists()
