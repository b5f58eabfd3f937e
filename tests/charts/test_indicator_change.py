from itertools import pairwise

from atlas.charts import Coverage
from atlas.charts import indicator_change as chart
from atlas.selection import Selection
from atlas.view import View
from tests.indicator_world import COUNTRIES, JOBS, PEOPLE, RATE, row, world

BROKEN = {"note": "Eurostat flag: break in series."}
FIGURES = (
    row("FR", RATE, 2021, 7.9), row("FR", RATE, 2022, 7.3), row("FR", RATE, 2023, 9.0, **BROKEN), row("FR", RATE, 2024, 9.4),
    row("ES", RATE, 2022, 13.0), row("ES", RATE, 2023, 12.2), row("EU27", RATE, 2022, 6.2), row("EU28", RATE, 2022, 6.4),
)  # fmt: skip


def changes(*figures, **choices):
    tables = world(*figures)
    selection = Selection(**{"indicator": RATE, **choices})
    return chart.table(tables, selection), View.of(tables, selection)


def test_table_holds_every_figure_and_a_break_starts_a_new_stretch():
    rows, view = changes(*FIGURES)
    assert rows[["geo", "role", "stretch", "year", "value", "source_ids"]].values.tolist() == [
        ["FR", "national", 0, 2021, 7.9, ["s1"]],
        ["FR", "national", 0, 2022, 7.3, ["s1"]],
        ["FR", "national", 1, 2023, 9.0, ["s1"]],
        ["FR", "national", 1, 2024, 9.4, ["s1"]],
        ["ES", "national", 0, 2022, 13.0, ["s1"]],
        ["ES", "national", 0, 2023, 12.2, ["s1"]],
        ["EU27", "reference", 0, 2022, 6.2, ["s1"]],
    ]
    assert chart.coverage(rows, world(*FIGURES), view.selection) == Coverage(2, 2, "countries")
    lines = chart.figure(rows, view).data
    assert [list(line.x) for line in lines] == [[2021, 2022], [2023, 2024], [2022, 2023], [2022]]


def test_figures_of_different_studies_are_points_never_a_line():
    figures = [
        row("FR", JOBS, year, value, unit="persons") for year, value in ((2015, 2e6), (2019, 3e6), (2021, 2.5e6))
    ]
    rows, view = changes(*figures, row("EU27", JOBS, 2021, 11e6, unit="persons"), indicator=JOBS)
    assert rows["stretch"].nunique() == 3
    assert "EU27" not in set(rows["geo"])
    assert {trace.mode for trace in chart.figure(rows, view).data} == {"markers", "markers+text"}
    assert (
        chart.describe(rows, view)
        == "Paid jobs in the social economy: 3 figures; sources and methods differ, so that no change can be read between them."
    )


def test_two_sources_of_one_year_of_a_series_are_two_rows_and_one_point():
    rows, view = changes(
        row("FR", RATE, 2022, 7.3), row("FR", RATE, 2023, 7.0), row("FR", RATE, 2023, 7.4), row("FR", RATE, 2024, 7.5),
        row("EU27", RATE, 2022, 6.0), row("EU27", RATE, 2022, 6.1),
    )  # fmt: skip
    assert rows[["geo", "role", "year", "value", "stretch"]].values.tolist() == [
        ["FR", "national", 2022, 7.3, 0],
        ["FR", "national", 2023, 7.4, 0],
        ["FR", "second", 2023, 7.0, 0],
        ["FR", "national", 2024, 7.5, 0],
        ["EU27", "reference", 2022, 6.1, 0],
        ["EU27", "second", 2022, 6.0, 0],
    ]
    lines = chart.figure(rows, view).data
    assert [(list(line.x), list(line.y)) for line in lines] == [([2022, 2023, 2024], [7.3, 7.4, 7.5]), ([2022], [6.1])]
    assert [("another source: 7%" in text) for text in lines[0].customdata] == [False, True, False]
    assert chart.describe(rows, view).endswith("7.3% in 2022, then 7.5% in 2024.")


def test_two_sources_of_one_year_of_different_studies_are_two_points():
    figures = [row("FR", JOBS, 2021, value, unit="persons") for value in (2e6, 3e6)]
    rows, view = changes(*figures, indicator=JOBS)
    assert rows[["value", "stretch"]].values.tolist() == [[3e6, 1], [2e6, 2]]
    assert [list(trace.y) for trace in chart.figure(rows, view).data if trace.mode == "markers"] == [[3e6], [2e6]]


def test_five_countries_with_most_figures_then_most_people_and_eight_at_most_when_chosen():
    figures = [row(geo, RATE, year, 5.0) for geo in COUNTRIES for year in (2022, 2023)]
    figures += [row("GR", RATE, 2021, 5.0), row("DE", PEOPLE, 2023, 84e6, unit="persons")]
    rows, _view = changes(*figures)
    assert list(rows["geo"].unique()) == ["GR", "DE", "AT", "BE", "ES"]
    rows, view = changes(*figures, countries=COUNTRIES)
    assert rows["geo"].nunique() == 8
    assert chart.coverage(rows, world(*figures), view.selection) == Coverage(8, 9, "countries")


def test_names_stand_at_the_end_of_the_lines_apart():
    figure = chart.figure(*changes(*FIGURES))
    names = {note.text.split("</span> ")[-1]: note.y for note in figure.layout.annotations[1:]}
    assert set(names) == {"France", "Spain", "EU27"}
    heights = sorted(names.values())
    assert min(b - a for a, b in pairwise(heights)) * chart.HEIGHT >= chart.GAP - 1e-6


def test_sentences_speak_of_unbroken_series_alone():
    assert (
        chart.describe(*changes(*FIGURES))
        == "Unemployment rate, 2 countries; widest change, Spain: 13% in 2022, then 12.2% in 2023."
    )
    assert (
        chart.describe(*changes(*FIGURES, countries=("FR",), language="fr"))
        == "Taux de chômage, France\N{NO-BREAK SPACE}: 9\u202f% en 2023, puis 9,4\u202f% en 2024."
    )
    assert chart.describe(*changes(*FIGURES, countries=("XK",))).endswith(
        "no dated figure is published for these countries."
    )
    alone = row("FR", RATE, 2023, 7.0)
    assert chart.describe(*changes(alone)).endswith("no country of this selection publishes two figures by one method.")
    assert chart.describe(*changes()) == "No comparable figure is published for: Unemployment rate."
