"""From text to values: what is understood, and what is refused with a remedy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import cells
from etl.faults import BadCell


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Les  Articulteurs\n", "Les Articulteurs"),
        ("“Les Canaux”", "Les Canaux"),
        ("« Le Fil »", "Le Fil"),
        ('"A" and "B"', '"A" and "B"'),
        ("12\u00a0m²\u00a0: un lieu", "12\u00a0m²\u00a0: un lieu"),
        ("\ufeffCafe\u0301\u200b", "Café"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_text_is_tidied_without_losing_what_it_says(written, read):
    assert cells.text(written) == read


@given(st.text())
def test_tidying_twice_changes_nothing_but_nested_quotes(written):
    once = cells.text(written)
    assert cells.text(once) == once or once[:1] in cells.QUOTES


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1234", 1234), ("1234.5", 1234.5), ("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("1\u00a0234", 1234), ("1\u202f234\u202f567,25", 1234567.25), ("1'234", 1234), ("1,234,567", 1234567),
        ("1.234.567", 1234567), ("12,5", 12.5), ("0,125", 0.125), ("1.234", 1.234), ("-3", -3), ("+7", 7),
    ],
)  # fmt: skip
def test_numbers_are_read_however_europe_writes_them(written, read):
    assert cells.number(written) == read


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "'"]), st.sampled_from(".,"))
def test_grouped_numbers_are_read_back(whole, separator, mark):
    assert cells.number(f"{whole:,}".replace(",", separator) + f"{mark}25") == whole + 0.25


@pytest.mark.parametrize(
    "written",
    [
        "about 20",
        "12 %",
        "1,23,456",
        "1.23.4",
        "nan",
        "1e6",
        ".",
        "1,234.567.8",
        "12-15",
        "20 30",
        "1 2 3",
        "12'5",
        "1.234 567",
    ],
)
def test_what_is_not_a_number_is_refused_with_a_remedy(written):
    with pytest.raises(BadCell, match="is not a number. Write digits only"):
        cells.number(written)


def test_a_number_that_may_be_two_is_refused_with_both():
    with pytest.raises(BadCell, match="Write 1234 or 1.234"):
        cells.number("1,234")


def test_a_fraction_is_not_a_whole_number():
    assert cells.integer("1 250") == 1250
    with pytest.raises(BadCell, match="is not a whole number"):
        cells.integer("12.5")


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_dates_of_every_precision_stand_between_their_first_and_last_day(day, length):
    written = cells.partial_date(day.isoformat()[:length])
    assert cells.first_day(written) <= day <= cells.last_day(written)
    assert (cells.first_day(written) == cells.last_day(written)) == (length == 10)


def test_first_and_last_days():
    assert (cells.first_day("2024"), cells.last_day("2024")) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (cells.first_day("2024-02"), cells.last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "written", ["12/03/2020", "2020-3", "March 2020", "2020-02-30", "2020-13", "20", "2020-06-01T00:00", "0000"]
)
def test_what_is_not_a_date_is_refused_with_a_remedy(written):
    with pytest.raises(BadCell, match="is not a date.*Write "):
        cells.partial_date(written)


@pytest.mark.parametrize("written", ["https://example.org", "http://example.org/a?b=c#d"])
def test_web_addresses_are_read(written):
    assert cells.url(written) == written


@pytest.mark.parametrize(
    "written",
    ["www.example.org", "javascript:alert(1)", "ftp://example.org", "https://", "https://a b.org", "https://x"],
)
def test_other_addresses_are_refused(written):
    with pytest.raises(BadCell, match="is not a web address"):
        cells.url(written)


def test_an_unknown_code_comes_with_the_closest():
    read = cells.code(["jobs", "jobs_fte", "members"], "metrics")
    assert read("jobs") == "jobs"
    with pytest.raises(BadCell, match="is not a code of metrics. The closest are: jobs"):
        read("job")
    with pytest.raises(BadCell, match="See data/vocabulary/metrics.csv"):
        read("zzz")


def test_lists_are_stripped_without_repeats_in_order():
    assert cells.Listed(cells.text)(" b ; a;;b ;") == ["b", "a"]
    assert cells.Listed(cells.text)("") == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'appel d'offres", "L’appel d’offres"),
        ("Trois mots : un, deux ; trois !", "Trois mots\u00a0: un, deux\u202f; trois\u202f!"),
        ("AMI « Financer » à 12 %", "AMI «\u00a0Financer\u00a0» à 12\u202f%"),
        ("un budget de 1 500 000 euros en 2013", "un budget de 1\u202f500\u202f000 euros en 2013"),
        ("http://example.org: 10:30", "http://example.org: 10:30"),
    ],
)
def test_french_is_printed_as_french(typed, printed):
    assert cells.french(typed) == printed
    assert cells.french(printed) == printed
