from atlas.charts import Coverage
from atlas.charts import indicator_scatter as chart
from atlas.selection import Selection
from atlas.view import View
from tests.indicator_world import COUNTRIES, ENTERPRISES, PEOPLE, RATE, rates, row, world

OTHER = "arope_rate"


def crossed(*figures, **choices):
    tables = world(*figures)
    selection = Selection(**{"indicator": RATE, "against": OTHER, **choices})
    return chart.table(tables, selection), View.of(tables, selection)


def others(step=2.0):
    """A second rate of each country, that rises with the first when `step` is positive."""
    return [row(geo, OTHER, 2022, 50 + step * place) for place, geo in enumerate(COUNTRIES)]


def test_table_keeps_the_countries_that_publish_both_with_both_years():
    rows, view = crossed(
        row("FR", RATE, 2023, 7.0), row("ES", RATE, 2024, 11.0, source_ids=["s2"]), row("IT", RATE, 2023, 7.5),
        row("FR", OTHER, 2022, 21.0), row("ES", OTHER, 2022, 26.0, qualifier="about"), row("EU27", OTHER, 2022, 21.6),
        row("ES", PEOPLE, 2024, 48e6, unit="persons", source_ids=["s3"]),
    )  # fmt: skip
    columns = [
        "geo",
        "role",
        "value",
        "year",
        "against_value",
        "against_year",
        "against_qualifier",
        "population",
        "source_ids",
    ]
    assert rows[columns].astype(object).fillna("").values.tolist() == [
        ["ES", "main", 11.0, 2024, 26.0, 2022, "about", 48e6, ["s2", "s1", "s3"]],
        ["FR", "main", 7.0, 2023, 21.0, 2022, "exact", "", ["s1"]],
    ]
    assert chart.coverage(rows, world(), view.selection) == Coverage(2, 45, "countries")


def test_another_source_of_the_same_year_is_a_mark_of_its_own_and_never_correlated():
    rows, view = crossed(*rates(), *others(), row("FR", RATE, 2023, 90.0))
    assert rows.loc[rows["geo"] == "FR", ["role", "value"]].values.tolist() == [["main", 90.0], ["second", 1.0]]
    second, main, _names = chart.figure(rows, view).data
    assert (list(second.x), list(second.y), list(second.marker.symbol)) == ([50.0], [1.0], ["circle-open"])
    assert len(main.x) == 9


def test_an_axis_is_logarithmic_when_its_values_span_more_than_two_orders_and_says_so():
    figures = [row(geo, PEOPLE, 2024, 10.0 ** (3 + place / 2), unit="persons") for place, geo in enumerate(COUNTRIES)]
    figure = chart.figure(*crossed(*rates(), *figures, against=PEOPLE))
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "linear")
    assert figure.layout.xaxis.title.text.replace("<br>", " ") == "Population · people · logarithmic axis"


def test_chosen_countries_are_always_named():
    crowd = [row(geo, RATE, 2023, 5.0) for geo in COUNTRIES] + [row(geo, OTHER, 2022, 20.0) for geo in COUNTRIES]
    names = chart.figure(*crossed(*crowd, countries=("GR",))).data[2].text
    assert [name for name in names if name] == ["<b>Greece</b>"]


def test_sentences_say_a_link_only_where_there_is_one():
    with_france = (*rates(), *others(), row("FR", OTHER, 2022, 50.0))
    assert (
        chart.describe(*crossed(*with_france))
        == "Unemployment rate and People at risk of poverty or social exclusion: among the 9 countries that publish both, the two move together (rank correlation 1)."
    )
    against = chart.describe(*crossed(*rates(), *others(-2.0), language="fr"))
    assert against.endswith("ils varient en sens inverse (corrélation de rang −1).")
    mixed = [row(geo, OTHER, 2022, value) for geo, value in zip(COUNTRIES, (5, 1, 8, 3, 6, 2, 9, 4, 7), strict=True)]
    assert "no clear link among the 9 countries" in chart.describe(*crossed(*rates(), *mixed))
    flat = [row(geo, OTHER, 2022, 3.0) for geo in COUNTRIES]
    assert "no clear link among the 9 countries" in chart.describe(*crossed(*rates(), *flat))
    assert "7 countries publish both, too few to speak of a link" in chart.describe(*crossed(*rates(), *others()[:7]))
    assert chart.describe(*crossed(*rates())).startswith("No country publishes both of these")


def test_no_link_is_computed_where_each_country_counts_in_its_own_way():
    counted = [row(geo, ENTERPRISES, 2020, 10.0 + place, unit="entities") for place, geo in enumerate(COUNTRIES)]
    sentence = chart.describe(*crossed(*rates(), *counted, against=ENTERPRISES))
    assert sentence.endswith("each counting in its own way: no link is computed.")


def test_an_indicator_is_not_crossed_with_itself():
    rows, view = crossed(*rates(), against=RATE)
    assert rows.empty
    assert (
        chart.describe(rows, view) == "Choose two different indicators to cross: Unemployment rate is asked for twice."
    )
