"""Eurostat as it answers, and as it fails: mostly with status 200."""

import json
import socket
from pathlib import Path

import pytest

from etl.download import Lock, NotFetched, client, lock_of, sha256_of, write_lock
from etl.faults import BadInput
from etl.sources import eurostat, eurostat_series
from etl.sources.eurostat import EMPTY, fetch, fetch_one, read
from etl.sources.eurostat_series import SERIES, Series, choose
from tests.etl.publisher import Said, quiet

LABELS = {
    "freq": {"A": "Annual"},
    "unit": {"NR": "Number", "PC": "Percentage"},
    "age": {"TOTAL": "Total", "Y_LT5": "Less than 5 years"},
    "sex": {"T": "Total", "M": "Males"},
    "geo": {"FR": "France", "EL": "Greece", "UK": "United Kingdom", "JP": "Japan", "FX": "Metropolitan France"},
    "time": {"2023": "2023", "2024": "2024"},
}
POPULATION, REGIONS = SERIES[0], SERIES[1]
ASKED = {"unit": {"NR": "Number"}, "age": {"TOTAL": "Total"}, "sex": {"T": "Total"}}
PATH = "/demo_pjan"


def body(labels: dict[str, dict[str, str]], value, **more) -> bytes:
    """A JSON-stat answer with these categories."""
    described = {
        name: {
            "label": name.capitalize(),
            "category": {"index": {code: at for at, code in enumerate(codes)}, "label": codes},
        }
        for name, codes in labels.items()
    }
    form = {"version": "2.0", "class": "dataset", "label": "Population on 1 January by age and sex", "source": "ESTAT"}
    form |= {
        "updated": "2026-07-10T23:00:00+0200",
        "id": list(labels),
        "size": [len(codes) for codes in labels.values()],
    }
    return json.dumps(form | {"value": value, "dimension": described} | more).encode()


STRUCTURE = Said(body(LABELS, {"0": 1}))
DATA = Said(body(LABELS | ASKED, {"0": 68_000_000, "1": 68_400_000.5, "2": 10_400_000, "5": 67_000_000, "6": 124_000_000},
                 status={"1": "ep", "3": "c", "2": "b"}))  # fmt: skip


@pytest.fixture
def publisher(publisher, monkeypatch):
    monkeypatch.setattr(eurostat_series, "ADDRESS", publisher.address)
    monkeypatch.setattr(eurostat, "PAUSE", 0)
    return publisher


def test_the_codes_are_those_of_the_dataset_itself(publisher, http, tmp_path):
    publisher.says(PATH, STRUCTURE, DATA)
    fetched = fetch_one(POPULATION, tmp_path, http, quiet)
    structure, data = (one.path for one in publisher.asked)
    assert "geoLevel=country" in structure
    assert "lastTimePeriod=1" in structure
    assert "unit=NR&age=TOTAL&sex=T" in data
    assert "sinceTimePeriod=" in data
    assert fetched.lock.url == publisher.address + data


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"age": {"ALL": "total", "Y1": "One"}}, {"age": "ALL"}),
        ({"age": {"Y1": "One", "TOTAL": "Everyone"}}, {"age": "TOTAL"}),
        ({"sex": {"X": "Total"}}, {"sex": "X"}),
        ({"freq": {"Q": "Quarterly", "A": "Annual"}}, {"freq": "A"}),
        ({"statinfo": {"AVG": "Average"}}, {"statinfo": "AVG"}),
    ],
)
def test_a_code_is_known_by_itself_or_by_its_label(found, told):
    assert choose(POPULATION, json.loads(body(LABELS | found, {"0": 1}))).items() >= told.items()


def test_a_dimension_that_may_be_absent_is_not_asked_for():
    series = Series("x", "percent", "d", "nuts2", {"unit": ("PC",), "isced11": ("TOTAL", "")})
    labels = {name: LABELS[name] for name in ("freq", "unit", "geo", "time")}
    assert choose(series, json.loads(body(labels, {"0": 1}))) == {"freq": "A", "unit": "PC"}


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (LABELS | {"unit": {"THS": "Thousand", "PC": "Percentage"}}, "has no unit NR or Number (it has THS, PC)"),
        (LABELS | {"citizen": {"EU": "EU", "NEU": "Not EU"}}, "have changed (citizen came)"),
        ({name: LABELS[name] for name in LABELS if name != "age"}, "have changed (age went)"),
        ({name: LABELS[name] for name in LABELS if name != "time"}, "have changed (time went)"),
    ],
)
def test_a_dataset_that_has_changed_is_told_and_not_guessed(publisher, http, tmp_path, labels, told):
    publisher.says(PATH, Said(body(labels, {"0": 1})))
    with pytest.raises(NotFetched) as failure:
        fetch_one(POPULATION, tmp_path, http, quiet)
    assert told in str(failure.value)
    assert str(failure.value).endswith("The last copy is kept.")
    assert len(publisher.asked) == 1


FAULT = b'<?xml version="1.0"?><S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>150</faultcode><faultstring>INVALID_QUERY: no.</faultstring></S:Fault>'
FAILURES = [
    (Said(body(LABELS | ASKED, {})), "does not know one of the codes"),
    (Said(b'{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. Try again later."}}'), "ASYNCHRONOUS_RESPONSE"),
    (Said(b'{"error": [{"status": 404, "id": 100, "label": "ERR_NOT_FOUND_4"}]}'), "ERR_NOT_FOUND_4"),
    (Said(FAULT), "INVALID_QUERY: no"),
    (Said(b"<S:Fault"), "XML (without a reason)"),
    (Said(b"<!DOCTYPE html><title>Maintenance</title>"), "a web page came"),
    (Said(DATA.body[:-40]), "cut short"),
    (Said(b"[]"), "not a JSON object"),
    (Said(b'{"version": "2.0", "id": ["geo"], "size": [1], "dimension": {"geo": null}, "value": [1]}'), "lost its shape"),
    (Said(body({name: LABELS[name] for name in LABELS if name != "sex"}, {"0": 1})), "not for what was asked (unit, age, sex)"),
    (Said(body(LABELS | ASKED | {"sex": LABELS["sex"]}, {"0": 1})), "not for what was asked (sex)"),
    (Said(body(LABELS | ASKED | {"time": {"2023-Q1": "", "2023-Q2": ""}}, {"0": 1})), "periods that are not years"),
    (Said(status=404), "no longer there"),
    (Said(b'{"error": [{"status": 413}]}', status=413), "answers 413"),
    (Said(status=429, headers={"Retry-After": "0"}), "asks us to wait"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (Said(status=503), "answers 503"),
    (DATA._replace(sent=100), "does not answer"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), FAILURES, ids=[told for _, told in FAILURES])
def test_a_silent_failure_is_told_and_the_last_copy_kept(publisher, http, tmp_path, answer, told):
    publisher.says(PATH, STRUCTURE, DATA)
    last = fetch_one(POPULATION, tmp_path, http, quiet)
    publisher.says(PATH, STRUCTURE, answer)
    with pytest.raises(NotFetched) as failure:
        fetch_one(POPULATION, tmp_path, http, quiet)
    assert told in str(failure.value)
    assert str(failure.value).count("\n") == 0
    assert last.path.read_bytes() == DATA.body
    assert lock_of(last.path) == last.lock
    assert len(read(tmp_path)["indicators"]) == 4


@pytest.mark.parametrize(("answer", "told"), FAILURES[:6])
def test_a_structure_that_fails_silently_is_told_too(publisher, http, tmp_path, answer, told):
    publisher.says(PATH, answer)
    with pytest.raises(NotFetched) as failure:
        fetch_one(POPULATION, tmp_path, http, quiet)
    assert told in str(failure.value)


@pytest.mark.parametrize(
    "trouble", [Said(status=503), Said(status=429, headers={"Retry-After": "0"}), DATA._replace(sent=50)]
)
def test_trouble_that_passes_is_waited_out(publisher, http, tmp_path, trouble):
    publisher.says(PATH, trouble, STRUCTURE, trouble, DATA)
    assert fetch_one(POPULATION, tmp_path, http, quiet).path.read_bytes() == DATA.body


def test_a_dataset_that_has_moved_is_followed(publisher, http, tmp_path):
    new = publisher.says("/elsewhere", STRUCTURE, DATA)
    publisher.says(PATH, Said(status=301, headers={"Location": "/elsewhere"}))
    assert fetch_one(POPULATION, tmp_path, http, quiet).lock.moved_to == new


def test_what_one_dataset_fails_at_does_not_stop_the_others(publisher, http, tmp_path, monkeypatch):
    monkeypatch.setattr(eurostat, "SERIES", (REGIONS, POPULATION))
    publisher.says("/demo_r_d2jan", Said(b'{"error": [{"label": "GONE"}]}'))
    publisher.says(PATH, STRUCTURE, DATA)
    with pytest.raises(NotFetched, match="GONE") as failure:
        fetch(tmp_path, http)
    assert "demo_pjan" not in str(failure.value)
    assert not read(tmp_path)["indicators"].empty


def test_a_publisher_that_is_down_is_not_asked_for_the_rest(publisher, http, tmp_path):
    for series in SERIES:
        publisher.says(f"/{series.dataset}", Said(status=503))
    with pytest.raises(NotFetched, match="answers 503"):
        fetch(tmp_path, http)
    assert {asked.path.split("?")[0] for asked in publisher.asked} == {PATH}


def test_a_slow_publisher_is_given_up_within_the_timeout(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as deaf, client(timeout=0.1) as hurried:
        monkeypatch.setattr(eurostat_series, "ADDRESS", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(NotFetched, match="does not answer"):
            fetch(tmp_path, hurried)


@pytest.fixture
def fetched(publisher, http, tmp_path, monkeypatch) -> Path:
    """Population of countries and regions, as fetched."""
    monkeypatch.setattr(eurostat, "SERIES", (POPULATION, REGIONS))
    regions = (
        LABELS | ASKED | {"geo": {"FRK2": "Rhône-Alpes", "EL30": "Attiki", "FRZZ": "Extra-Regio NUTS 2", "FRK": "AURA"}}
    )
    publisher.says(PATH, STRUCTURE, DATA)
    publisher.says(
        "/demo_r_d2jan", STRUCTURE, Said(body(regions, [1, None, 0, 2, 3, 4, 5, 6], label="Population by NUTS 2"))
    )
    fetch(tmp_path, http)
    return tmp_path


def test_rows_are_those_of_the_countries_we_follow_in_our_codes(fetched):
    rows = read(fetched)["indicators"]
    countries = rows[rows["geo_name"].isna()]
    assert countries[["geo", "country", "year", "value"]].to_numpy().tolist() == [
        ["FR", "FR", 2023, 68_000_000.0],
        ["FR", "FR", 2024, 68_400_000.5],
        ["GR", "GR", 2023, 10_400_000.0],
        ["GB", "GB", 2024, 67_000_000.0],
    ]
    assert set(rows["indicator"]) == {"population"}
    assert set(rows["unit"]) == {"persons"}


def test_regions_keep_their_nuts_code_and_name_and_missing_is_not_zero(fetched):
    rows = read(fetched)["indicators"]
    regions = rows[rows["geo_name"].notna()]
    assert regions[["geo", "geo_name", "country", "year", "value"]].to_numpy().tolist() == [
        ["FRK2", "Rhône-Alpes", "FR", 2023, 1.0],
        ["EL30", "Attiki", "GR", 2023, 0.0],
        ["EL30", "Attiki", "GR", 2024, 2.0],
    ]


def test_flags_become_words_and_estimates_are_not_exact(fetched):
    rows = read(fetched)["indicators"].head(3)
    assert rows["note"].tolist() == [
        "Unit: Number. Age: Total. Sex: Total.",
        "Unit: Number. Age: Total. Sex: Total. Estimated, provisional.",
        "Unit: Number. Age: Total. Sex: Total. Break in time series.",
    ]
    assert rows["qualifier"].tolist() == ["exact", "about", "exact"]


def test_every_row_cites_a_dataset_with_its_own_words(fetched):
    tables = read(fetched)
    cited = {source for row in tables["indicators"]["source_ids"] for source in row}
    assert cited == set(tables["sources"]["source_id"])
    assert tables["sources"].iloc[0].to_dict() == {
        "source_id": "eurostat-demo-pjan-2026-07-10",
        "title": "Eurostat, Population on 1 January by age and sex (demo_pjan), updated on 2026-07-10",
        "publisher": "Eurostat",
        "url": "https://ec.europa.eu/eurostat/databrowser/view/demo_pjan/default/table?lang=en",
        "published": "2026-07-10",
        "quote": "Population on 1 January by age and sex",
        "language": "en",
    }


def test_nothing_fetched_is_no_row(tmp_path):
    assert {name: len(rows) for name, rows in read(tmp_path).items()} == {"indicators": 0, "sources": 0}
    assert read(tmp_path)["indicators"].columns.tolist() == EMPTY["indicators"].columns.tolist()


def test_raw_files_that_were_altered_are_refused_together(fetched):
    for series in (POPULATION, REGIONS):
        path = fetched / series.path
        path.write_bytes(path.read_bytes().replace(b"Number", b"Nomber"))
    with pytest.raises(BadInput) as bad:
        read(fetched)
    assert [fault.problem.split(":")[0] for fault in bad.value.faults] == ["is not the file that was downloaded"] * 2


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (LABELS, "several values of unit, age, sex"),
        (LABELS | ASKED | {"time": {"2023-Q1": "", "2023-Q2": ""}}, "periods that are not years"),
    ],
)
def test_a_file_that_does_not_hold_one_series_by_year_is_refused(tmp_path, labels, told):
    path = tmp_path / POPULATION.path
    path.parent.mkdir()
    path.write_bytes(body(labels, {"0": 1}))
    write_lock(path, Lock("https://example.org", sha256_of(path), path.stat().st_size, "2026-11-01"))
    with pytest.raises(BadInput, match=told):
        read(tmp_path)


def test_the_build_takes_the_rows_as_they_are(fetched):
    from etl.indicators import complete
    from etl.schema import Indicators, Sources
    from etl.tables import conform

    tables = read(fetched)
    rows = complete(tables["indicators"].assign(definition=None), ["EU27"])
    assert set(conform(rows, "indicators").pipe(Indicators.validate)["geo_level"]) == {"country", "region"}
    assert len(Sources.validate(conform(tables["sources"], "sources"))) == 2
