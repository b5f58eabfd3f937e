from atlas.charts import Coverage
from atlas.charts import indicator_multiples as chart
from atlas.selection import Selection
from atlas.store import tables
from atlas.view import View
from tests.indicator_world import JOBS, RATE, row, world

FIGURES = (
    *(row("FR", RATE, year, value) for year, value in ((2021, 7.9), (2022, 7.3), (2023, 7.0))),
    *(row("ES", RATE, year, value) for year, value in ((2021, 11.0), (2022, 12.0), (2023, 13.0))),
    *(row("IT", RATE, year, 8.0) for year in (2022, 2023)),
    *(row("EU27", RATE, year, 6.0) for year in (2021, 2022)),
)


def panels(*figures, **choices):
    tables = world(*figures)
    selection = Selection(**{"indicator": RATE, **choices})
    return chart.table(tables, selection), View.of(tables, selection)


def test_a_country_has_a_panel_from_three_dated_figures_on_the_highest_first():
    rows, view = panels(*FIGURES)
    assert rows[["geo", "role", "year", "value"]].values.tolist() == [
        ["ES", "national", 2021, 11.0],
        ["ES", "national", 2022, 12.0],
        ["ES", "national", 2023, 13.0],
        ["FR", "national", 2021, 7.9],
        ["FR", "national", 2022, 7.3],
        ["FR", "national", 2023, 7.0],
        ["EU27", "reference", 2021, 6.0],
        ["EU27", "reference", 2022, 6.0],
    ]
    assert chart.coverage(rows, world(*FIGURES), view.selection) == Coverage(2, 45, "countries")


def test_every_panel_has_the_same_axes_the_country_and_the_european_value():
    figure = chart.figure(*panels(*FIGURES))
    assert [(trace.xaxis, list(trace.y)) for trace in figure.data] == [
        ("x", [6.0, 6.0]),
        ("x", [11.0, 12.0, 13.0]),
        ("x2", [6.0, 6.0]),
        ("x2", [7.9, 7.3, 7.0]),
    ]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert [note.text for note in figure.layout.annotations[1:]] == ["<b>Spain</b><br>13%", "<b>France</b><br>7%"]


def test_studies_are_points():
    figures = [row("FR", JOBS, year, 2e6, unit="persons") for year in (2015, 2019, 2021)]
    rows, view = panels(*figures, indicator=JOBS)
    assert {trace.mode for trace in chart.figure(rows, view).data} == {"markers"}
    assert chart.describe(rows, view).startswith("Paid jobs in the social economy: 1 country has three dated figures")


def test_at_most_24_panels_are_drawn():
    rows = chart.table(tables(), Selection(indicator=RATE))
    assert rows.loc[rows["role"] == "national", "geo"].nunique() == chart.MOST


def test_sentences():
    assert (
        chart.describe(*panels(*FIGURES))
        == "Unemployment rate: of the 2 countries shown, it rose in 1 and fell in 1 over the last unbroken series of each."
    )
    assert (
        chart.describe(*panels(*FIGURES, countries=("IT",), language="fr"))
        == "Taux de chômage\N{NO-BREAK SPACE}: aucun pays de cette sélection n’a trois chiffres datés."
    )
