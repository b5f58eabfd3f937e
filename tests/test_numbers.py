"""Numbers as each language writes them."""

import pytest

from atlas import numbers

NARROW, NO_BREAK = "\u202f", "\xa0"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (numbers.number(1234.5, "en", 1), "1,234.5"),
        (numbers.number(1234.5, "fr", 1), f"1{NARROW}234,5"),
        (numbers.number(350.0, "fr", 2), "350"),
        (numbers.percent(0.063, "en"), "6.3%"),
        (numbers.percent(0.063, "fr"), f"6,3{NARROW}%"),
        (numbers.money(3_000_000, "en"), "€3,000,000"),
        (numbers.money(3_000_000, "fr"), f"3{NARROW}000{NARROW}000{NO_BREAK}€"),
        (numbers.money(80_000_000, "en", "GBP"), "£80,000,000"),
        (numbers.date("2014", "fr"), "2014"),
        (numbers.date("2014-07", "fr"), "juillet 2014"),
        (numbers.date("2014-07-31", "en"), "31 July 2014"),
        (numbers.date("2014-07-31", "fr"), "31 juillet 2014"),
    ],
)
def test_written_as_the_language_does(written, expected):
    assert written == expected
