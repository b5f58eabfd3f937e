"""Words and figures as a reader sees them."""

import pytest

from atlas import store
from atlas.selection import Selection
from atlas.view import View

VIEWS = {language: View.of(store.tables(), Selection(language=language)) for language in ("en", "fr")}
NARROW, NO_BREAK = "\u202f", "\xa0"


@pytest.mark.parametrize(
    ("language", "value", "unit", "qualifier", "written"),
    [
        ("en", 350, "jobs", "about", "about 350 jobs"),
        ("en", 1, "jobs", "exact", "1 job"),
        ("fr", 1, "jobs", "exact", "1 emploi"),
        ("fr", 1200, "jobs", "at_least", f"au moins 1{NARROW}200 emplois"),
        ("fr", 900, "jobs", "planned", f"prévu{NO_BREAK}: 900 emplois"),
        ("en", 2000, "EUR", "exact", "€2,000"),
        ("en", 190, "", "about", "about 190"),
        ("fr", float("nan"), "", "exact", "non publié"),
    ],
)
def test_a_figure_is_written_with_its_qualifier_and_unit(language, value, unit, qualifier, written):
    assert VIEWS[language].figure(value, unit, qualifier) == written


@pytest.mark.parametrize(
    ("code", "name"),
    [("FR", "France"), ("XK", "Kosovo*"), ("EU", "Échelle européenne"), ("AU", "Australie"), (None, "non publié")],
)
def test_every_country_has_its_name(code, name):
    assert VIEWS["fr"].country(code) == name


def test_a_programme_is_named_in_the_language_then_in_its_own():
    programmes = store.tables().programmes.set_index("programme_id")
    law = programmes.loc["fr-loi-ess-2014"]
    assert VIEWS["fr"].name(law).startswith("Loi n° 2014-856")
    assert VIEWS["fr"].name(law.where(law.index != "name_fr")) == law["name_local"]


def test_a_missing_date_is_worded():
    assert VIEWS["fr"].date(None) == "sans date"
