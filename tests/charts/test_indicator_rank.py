import pytest

from atlas.charts import Coverage
from atlas.charts import indicator_rank as chart
from atlas.indicators import offered
from atlas.selection import Selection
from atlas.view import View
from tests.indicator_world import ENTERPRISES, GDP, JOBS, MONEY, PEOPLE, RATE, rates, row, world

REGION = {"geo_level": "region", "country": "FR"}


def ranked(*figures, indicator=RATE, **choices):
    tables = world(*figures)
    selection = Selection(indicator=indicator, **choices)
    rows = chart.table(tables, selection)
    return rows, View.of(tables, selection)


def shown(rows, *columns):
    present = rows[rows["role"] != "missing"]
    return present[list(columns)].astype(object).fillna("").values.tolist()


def test_table_ranks_the_latest_figure_of_each_country_and_keeps_the_european_one():
    rows, view = ranked(
        row("FR", RATE, 2022, 9.0), row("FR", RATE, 2023, 7.0), row("ES", RATE, 2023, 12.0), row("IT", RATE, 2021, 7.0),
        row("EU27", RATE, 2023, 6.0), row("EU27", RATE, 2022, 6.5), row("FRH0", RATE, 2023, 99.0, **REGION),
        row("FR", RATE, 2030, 1.0, qualifier="planned"),
    )  # fmt: skip
    assert shown(rows, "geo", "role", "rank", "year", "value", "source_ids") == [
        ["ES", "main", 1, 2023, 12.0, ["s1"]],
        ["FR", "main", 2, 2023, 7.0, ["s1"]],
        ["IT", "main", 2, 2021, 7.0, ["s1"]],
        ["EU27", "reference", "", 2023, 6.0, ["s1"]],
    ]
    missing = rows[rows["role"] == "missing"]
    assert len(missing) == 42 and missing["value"].isna().all()
    assert chart.coverage(rows, world(), view.selection) == Coverage(3, 45, "countries")


def test_one_unit_is_shown_the_newest_that_is_widely_published():
    index = {"unit": "index EU27_2020=100"}
    pps = {"unit": "PPS per inhabitant"}
    rows, _view = ranked(
        row("FR", GDP, 2019, 105.0, **index), row("ES", GDP, 2019, 91.0, **index), row("IT", GDP, 2019, 97.0, **index),
        row("FR", GDP, 2023, 37_838.0, **pps), row("ES", GDP, 2023, 34_512.0, **pps),
        row("EU27", GDP, 2019, 100.0, **index), row("EU27", GDP, 2023, 38_132.0, **pps),
        indicator=GDP,
    )  # fmt: skip
    assert shown(rows, "geo", "value") == [["FR", 37_838.0], ["ES", 34_512.0], ["EU27", 38_132.0]]


def test_one_study_is_shown_never_a_national_figure_beside_it():
    people = {"unit": "persons"}
    rows, view = ranked(
        row("FR", JOBS, 2015, 2_300_000.0, **people), row("NL", JOBS, 2015, 800_000.0, **people),
        row("FR", JOBS, 2021, 2_500_000.0, **people), row("PL", JOBS, 2021, 250_000.0, **people),
        row("PL", JOBS, 2023, 210_000.0, **people), row("EU27", JOBS, 2015, 11_125_643.0, **people),
        row("EU27", JOBS, 2021, 11_511_283.0, **people),
        indicator=JOBS,
    )  # fmt: skip
    assert shown(rows, "geo", "year", "value") == [
        ["FR", 2021, 2_500_000.0],
        ["PL", 2021, 250_000.0],
        ["EU27", 2021, 11_511_283.0],
    ]
    words = " ".join(note.text.replace("<br>", " ") for note in chart.figure(rows, view).layout.annotations)
    assert "2021, Commission study" in words
    assert "× Not in this study (43): Albania" in words
    assert "Netherlands" in words


def test_sources_that_disagree_are_both_drawn_and_those_that_agree_are_one():
    rows, view = ranked(
        row("IT", RATE, 2023, 7.5, qualifier="at_least"), row("IT", RATE, 2023, 7.7, source_ids=["s2"]),
        row("IT", RATE, 2023, 7.7, source_ids=["s3"]), row("FR", RATE, 2023, 7.0),
    )  # fmt: skip
    assert shown(rows, "geo", "role", "value", "qualifier", "source_ids") == [
        ["IT", "main", 7.7, "exact", ["s2", "s3"]],
        ["IT", "second", 7.5, "at_least", ["s1"]],
        ["FR", "main", 7.0, "exact", ["s1"]],
    ]
    figure = chart.figure(rows, view)
    stems, second, main = figure.data
    assert (list(second.x), list(second.marker.symbol)) == ([7.5], ["triangle-right-open"])
    assert (list(main.x), stems.type) == ([7.7, 7.0], "bar")
    texts = [note.text for note in figure.layout.annotations]
    assert "7.7% †" in texts
    assert texts[-1].replace("<br>", " ").startswith("† Another source of the same year: Italy: at least 7.5%.")


def test_amounts_in_national_currencies_are_refused_in_a_sentence():
    rows, view = ranked(
        row("PL", MONEY, 2023, 1.0, unit="PLN"), row("SE", MONEY, 2023, 2.0, unit="SEK"), indicator=MONEY
    )
    assert rows.empty
    assert (
        chart.describe(rows, view)
        == "Revenue of the social economy (national currency): amounts in different currencies are not compared."
    )


def test_chosen_countries_are_bold_and_in_colour_and_the_year_is_written_where_it_differs():
    rows, view = ranked(*rates(), row("NL", RATE, 2020, 20.0), countries=("benelux",))
    figure = chart.figure(rows, view)
    assert figure.layout.yaxis.ticktext[:3] == ("<b>Netherlands</b>", "Greece", "Portugal")
    colours = dict(zip(figure.layout.yaxis.ticktext, figure.data[2].marker.color, strict=True))
    assert colours["<b>Belgium</b>"] == view.theme.primary != colours["France"]
    assert "20% · 2020" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize(("indicator", "unit", "lines"), [(RATE, "percent", 1), (PEOPLE, "persons", 0)])
def test_the_european_value_is_a_line_for_a_rate_and_words_for_a_total(indicator, unit, lines):
    rows, view = ranked(
        row("FR", indicator, 2023, 7.0, unit=unit), row("ES", indicator, 2023, 12.0, unit=unit),
        row("EU27", indicator, 2023, 6.0, unit=unit), indicator=indicator,
    )  # fmt: skip
    figure = chart.figure(rows, view)
    assert len(figure.layout.shapes) == lines
    assert any(note.text.startswith("EU27: 6") for note in figure.layout.annotations)


def test_a_european_figure_of_another_year_says_so():
    rows, view = ranked(row("FR", RATE, 2023, 7.0), row("ES", RATE, 2023, 9.0), row("EU27", RATE, 2021, 6.0))
    assert chart.describe(rows, view).endswith("EU27, as published: 6% · 2021.")


def test_only_indicators_of_five_countries_are_offered_with_their_number():
    few = [row(geo, GDP, 2023, 1.0, unit="PPS per inhabitant") for geo in ("FR", "ES", "IT", "DE")]
    assert offered(world(*rates(), *few)) == {RATE: 9}


def test_sentences():
    figures = (*rates(), row("EU27", RATE, 2023, 6.0))
    assert (
        chart.describe(*ranked(*figures))
        == "Unemployment rate (2023), 9 countries: highest in Greece (9%), lowest in France (1%). EU27, as published: 6%."
    )
    assert (
        chart.describe(*ranked(*figures, countries=("FR", "ES"), language="fr"))
        == "Taux de chômage (2023), rang parmi 9 pays, du plus élevé au plus bas\N{NO-BREAK SPACE}: Espagne 8 (2\u202f%)\u202f; France 9 (1\u202f%). UE27, tel que publié\N{NO-BREAK SPACE}: 6\u202f%."
    )
    own_way = row("FR", ENTERPRISES, 2019, 1_000.0, unit="entities", qualifier="about")
    assert (
        chart.describe(*ranked(own_way, indicator=ENTERPRISES))
        == "Social enterprises (2019): one country publishes it, France (about 1,000). Each country counts in its own way."
    )
    assert chart.describe(*ranked()) == "No comparable figure is published for: Unemployment rate."
