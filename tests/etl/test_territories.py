"""Countries are understood however a source writes them."""

from pathlib import Path

import pandas as pd
import pytest
from babel import Locale
from babel.localedata import exists

from etl.faults import BadCell
from etl.territories import country
from etl.vocabulary import read_rows, typed

VOCABULARY = typed(read_rows(Path(__file__).parents[2] / "data" / "vocabulary" / "countries.csv"))
LABELS = {row.code: [row.label_en, row.label_fr] for row in VOCABULARY.itertuples()} | {"EU27": ["EU27", "UE27"]}
READ = country(LABELS)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("FR", "FR"), ("gr", "GR"), ("EL", "GR"), ("UK", "GB"), ("EU27", "EU27"), ("UE27", "EU27"), ("Greece", "GR"), ("Grèce", "GR"),
        ("Ελλάδα", "GR"), ("Deutschland", "DE"), ("ALLEMAGNE", "DE"), ("España", "ES"), ("Schweiz", "CH"), ("Svizzera", "CH"),
        ("Suisse", "CH"), ("Česko", "CZ"), ("Czech Republic", "CZ"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Україна", "UA"),
        ("საქართველო", "GE"), ("Bosnia and Herzegovina", "BA"), ("Bosnia & Herzegovina", "BA"), ("Kosovo", "XK"), ("Kosovo*", "XK"),
        ("The Netherlands", "NL"), ("Macédoine du Nord", "MK"), ("Éire", "IE"), ("Scotland", "GB"),
    ],
)  # fmt: skip
def test_codes_and_names_in_english_french_and_local_languages(written, code):
    assert READ(written) == code


def test_every_country_is_understood_by_its_labels_and_in_its_own_languages():
    for row in VOCABULARY.itertuples():
        spoken = (pd.Series([row.properties]).str.extract(r'"languages": "([^"]*)"')[0].fillna("")[0]).split(";")
        local = [
            Locale.parse(language).territories.get(row.code) for language in spoken if language and exists(language)
        ]
        for name in filter(None, [row.label_en, row.label_fr, *local]):
            assert READ(name) == row.code, name


def test_an_unknown_country_comes_with_the_closest():
    with pytest.raises(BadCell, match="is not the code or the name of a country we know. The closest are: .*Portugal"):
        READ("Portugall")
