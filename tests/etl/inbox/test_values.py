"""Cells as people publish them: read exactly, or refused with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.faults import BadCell
from etl.inbox import values
from etl.inbox.amounts import amount
from etl.inbox.mapping import Dates, Point
from etl.inbox.moments import moment, year
from etl.inbox.personal import is_personal
from etl.inbox.points import halves, locate

COMMA, POINT = (",", ""), (".", "")


@pytest.mark.parametrize(
    ("written", "marks", "read"),
    [
        ("84200.0", ("", ""), 84200), ("12,5", ("", ""), 12.5), ("1 234,5", ("", ""), 1234.5), ("4 973 906", ("", ""), 4973906),
        ("4\u202f973\u00a0906", ("", ""), 4973906), ("1\u2009234", ("", ""), 1234), ("5.637.188,00", ("", ""), 5637188),
        ("2.818.594", ("", ""), 2818594), ("2.818.594", COMMA, 2818594), ("5.637.188,00", COMMA, 5637188), ("1.234", COMMA, 1234),
        ("1,234", POINT, 1234), ("1.234", POINT, 1.234), ("960619,95", COMMA, 960619.95), ("1'234.5", ("", ""), 1234.5),
        ("\u22123", ("", ""), -3), ("1,234", ("", "."), 1.234), ("0,125", ("", ""), 0.125), ("1.234.567", ("", ","), 0),
    ],
)  # fmt: skip
def test_numbers_are_read_by_the_marks_of_the_file(written, marks, read):
    if read == 0:
        with pytest.raises(BadCell, match="is not a number"):
            values.number(written, *marks)
    else:
        assert values.number(written, *marks) == read


@given(st.integers(0, 10**12), st.sampled_from([".", " ", "\u00a0", "\u202f", "\u2009"]))
def test_grouped_numbers_are_read_back(whole, group):
    assert values.number(f"{whole:,}".replace(",", group) + ",25", ",") == whole + 0.25


@pytest.mark.parametrize("written", ["1,234", "1.234", "12.345"])
def test_a_number_that_may_be_two_is_refused(written):
    with pytest.raises(BadCell, match="may be thousands or decimals. Write `decimalChar"):
        values.number(written)


@pytest.mark.parametrize("written", ["20 30", "12-15", "1.23.4", "1e6", "nan", "environ 20", "5.63.188,00"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(BadCell, match="is not a number"):
        values.number(written, ",")


def test_percentages_are_taken_only_where_they_are_expected():
    assert values.percentage("80 %", is_percent=True) == "80"
    with pytest.raises(BadCell, match="is a percentage. Write isPercent: true"):
        values.percentage("80%", is_percent=False)


@pytest.mark.parametrize(("written", "read"), [("84200.0", "84200"), ("1000", "01000"), ("01 000", "01000")])
def test_postcodes_are_given_their_zeros_back(written, read):
    assert values.digits(written, 5) == read


@pytest.mark.parametrize("written", ["2A004", "844200", "NW1 2BE"])
def test_what_is_no_code_of_digits_is_refused(written):
    with pytest.raises(BadCell, match="is not a code of 5 digits"):
        values.digits(written, 5)


def test_html_and_broken_letters():
    assert values.clean("L&#39;&amp;Eacute;tal&nbsp;:  un\nlieu") == "L'Étal\u00a0: un lieu"
    with pytest.raises(BadCell, match="has destroyed letters. Write the right word for it in `map`"):
        values.refuse_broken("P\ufffdle")
    with pytest.raises(BadCell, match="is an error of a spreadsheet"):
        values.refuse_broken("#REF!")
    with pytest.raises(BadCell, match="holds an e-mail address"):
        values.text("Écrire à jeanne.dupont@example.org")


def test_lists_are_split_by_any_separator():
    assert values.items("a ;\nb;a", ";") == ["a", "b"]
    assert values.items("a\nb", "\\n") == ["a", "b"]
    assert values.items("a, b", "") == ["a, b"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014", "2014"), ("2014.0", "2014"), ("2018-07-19 09:17:05", "2018-07-19"), ("2018-07-19T00:00:00Z", "2018-07-19"),
        ("19.07.2018", "2018-07-19"), ("31/12/2014", "2014-12-31"), ("05/05/2014", "2014-05-05"), ("3/2014", "2014-03"),
        ("1er mars 2014", "2014-03-01"), ("15. März 2014", "2014-03-15"), ("Dezember 2013", "2013-12"), ("Mai 2013", "2013-05"),
        ("15 de marzo de 2014", "2014-03-15"), ("15 marzo 2014", "2014-03-15"), ("March 15th, 2014", "2014-03-15"),
        ("15 grudnia 2013 r.", "2013-12-15"), ("grudzień 2013", "2013-12"), ("Sept. 2014", "2014-09"), ("août 2020", "2020-08"),
    ],
)  # fmt: skip
def test_dates_are_read_in_six_languages_as_precisely_as_published(written, read):
    assert moment(written, Dates()) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("01/03/2014", "may be two dates. Write dates.patterns"), ("42005", "is not a date"), ("2013-2015", "is not a date"),
        ("Brumaire 2014", "holds a word that is no month we know. Add its language"), ("31.02.2014", "is not a date"), ("soon", "is not a date"),
        ("00/00/0000", "is not a date"),
    ],
)  # fmt: skip
def test_what_is_no_date_or_two_is_refused(written, sentence):
    with pytest.raises(BadCell, match=sentence):
        moment(written, Dates())


def test_patterns_decide_and_keep_their_precision():
    assert moment("01/03/2014", Dates(patterns=("%d/%m/%Y",))) == "2014-03-01"
    assert moment("03-14", Dates(patterns=("%m-%y",))) == "2014-03"
    assert year("01/03/2014", Dates()) == 2014


def test_a_month_that_two_languages_mean_differently_is_refused():
    assert moment("listopad 2014", Dates(languages=("cs",))) == "2014-11"
    with pytest.raises(BadCell, match="names a month that differs between languages"):
        moment("listopad 2014", Dates(languages=("cs", "hr")))


@pytest.mark.parametrize(
    ("written", "declared", "read"),
    [
        ("91.100,16 EUR", "", (91100.16, "EUR")), ("€ 1.000,00", "EUR", (1000, "EUR")), ("2 500 000 zł", "", (2500000, "PLN")),
        ("£80000", "", (80000, "GBP")), ("1 000", "PLN", (1000, "PLN")), ("500 kr", "SEK", (500, "SEK")), ("-5 €", "", (-5, "EUR")),
        ("1500,- Kč", "", (1500, "CZK")), ("EUR 12", "", (12, "EUR")),
    ],
)  # fmt: skip
def test_amounts_have_the_currency_they_name(written, declared, read):
    assert amount(written, declared, lambda cell: values.number(cell, ",")) == read


@pytest.mark.parametrize(
    ("written", "declared", "sentence"),
    [
        ("1000", "", "has no currency. Write currency: EUR"), ("500 kr", "", "may be in SEK, DKK, NOK, ISK"),
        ("5 £", "EUR", "is not in EUR. Correct currency"), ("2,7 M€", "EUR", "“M€”, which is no currency"),
        ("1,2 Mio. €", "EUR", "which is no currency"), ("free", "EUR", "is not an amount"),
    ],
)  # fmt: skip
def test_amounts_without_a_certain_currency_are_refused(written, declared, sentence):
    with pytest.raises(BadCell, match=sentence):
        amount(written, declared, lambda cell: values.number(cell, ","))


def place(project, pair, country, **said):
    return locate(pair, Point.model_validate({"x": "X", "y": "Y"} | said), float, country, project.boxes)


@pytest.mark.parametrize(
    ("pair", "country", "said"),
    [
        (("652469.02", "6862035.26"), "FR", {"crs": "EPSG:2154"}),
        (("2.3522", "48.8566"), "FR", {}),
        (("48.8566", "2.3522"), "FR", {"axisOrder": "yx"}),
        (("261848.15", "6250566.72"), "FR", {"crs": "EPSG:3857"}),
    ],
)
def test_points_of_any_system_become_degrees(project, pair, country, said):
    found = place(project, pair, country, **said)
    assert found.latitude == pytest.approx(48.8566, abs=1e-3)
    assert found.longitude == pytest.approx(2.3522, abs=1e-3)


def test_degrees_stay_as_published(project):
    assert place(project, ("-0.13394298123", "51.5258956941234"), "GB") == (51.5258956941234, -0.13394298123)


@pytest.mark.parametrize(
    ("pair", "country"), [(("55.53", "-20.9"), "FR"), (("-15.4", "28.1"), "ES"), (("25.78", "71.1"), "NO")]
)
def test_islands_and_departments_overseas_lie_in_their_country(project, pair, country):
    assert place(project, pair, country)


@pytest.mark.parametrize(
    ("pair", "country", "said", "sentence"),
    [
        (("48.8566", "2.3522"), "FR", {}, "is not in FR but would be with its axes swapped. Write axisOrder: yx"),
        (("52.37", "4.89"), "NL", {}, "axes swapped"),
        (("652469", "6862035"), "FR", {}, "is in metres, not in degrees. Write crs: in the descriptor"),
        (("0", "0"), "FR", {}, "is not in FR. Correct the point or its country"),
        (("13.4", "52.5"), "FR", {}, "is not in FR"),
        (("1e12", "5"), "FR", {"crs": "EPSG:2154"}, "is not in FR"),
    ],
)
def test_points_that_cannot_be_in_their_country_are_refused(project, pair, country, said, sentence):
    with pytest.raises(BadCell, match=sentence):
        place(project, pair, country, **said)


def test_two_coordinates_in_one_cell():
    assert halves("48.85,2.35", ",") == ("48.85", "2.35")
    assert halves("[48.85; 2.35]", ";") == ("48.85", "2.35")
    assert halves("Point(2.35 48.85)", ",") == ("2.35", "48.85")
    with pytest.raises(BadCell, match="does not hold two coordinates"):
        halves("48,85,2,35", ",")


@pytest.mark.parametrize(
    "header",
    [
        "Courriel",
        "E-mail",
        "Tél.",
        "Prénom du porteur",
        "Ansprechpartner",
        "Imię i nazwisko",
        "Teléfono",
        "contactEmail",
    ],
)
def test_columns_about_persons_are_known_by_their_names(header):
    assert is_personal(header)


@pytest.mark.parametrize("header", ["Nom", "Emplois", "Téléassistance", "Directorate", "Hotel"])
def test_other_columns_are_not(header):
    assert not is_personal(header)
