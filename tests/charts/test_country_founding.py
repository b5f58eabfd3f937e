from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import country_founding as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()


def world(**years: list[int]) -> Tables:
    """The small world with one cluster for each year of each country."""
    like = WORLD.clusters.iloc[[0]]
    rows = [
        like.assign(cluster_id=f"{country}-{n}", country=country.upper(), founded_year=pd.array([year], "Int64"))
        for country, of_country in years.items()
        for n, year in enumerate(of_country)
    ]
    return replace(WORLD, clusters=pd.concat(rows, ignore_index=True))


def rows_and_view(tables: Tables, *countries: str, language: str = "en"):
    selection = Selection(countries=countries, language=language)
    return chart.table(tables, selection), View.of(tables, selection)


def test_table_counts_each_year_and_keeps_the_undated():
    rows, _view = rows_and_view(WORLD, "ES", "FR")
    assert rows.astype(object).fillna("").values.tolist() == [
        ["ES", 2014, 1, 1, ["s3"]],
        ["FR", 2010, 1, 3, ["s1"]],
        ["FR", 2014, 1, 3, ["s1", "s2"]],
        ["FR", "", 1, 3, ["s2"]],
    ]
    selection = Selection(countries=("ES", "FR"))
    assert chart.coverage(rows, WORLD, selection) == Coverage(3, 4, "clusters")


def test_old_clusters_stand_together_before_the_axis_and_the_undated_in_words():
    tables = world(fr=[1922, 1956, 2000], es=[2012])
    figure = chart.figure(*rows_and_view(tables, "FR", "ES"))
    (circles,) = figure.data
    assert list(circles.x) == [chart.BEFORE, 2000, 2012]
    assert list(circles.marker.size) == [2, 1, 1]
    assert figure.layout.xaxis.ticktext[0] == "before<br>1990"
    undated = chart.figure(*rows_and_view(WORLD, "FR")).layout.annotations
    assert any("1 without a year" in note.text for note in undated)


def test_sentences_name_medians_only_where_enough_clusters_are_dated():
    years = [2000, 2005, 2010, 2011, 2012]
    tables = world(fr=years, es=[year + 3 for year in years], it=years, de=years, be=[1990])
    assert chart.describe(*rows_and_view(tables, "FR", "ES", "BE")) == (
        "Half of the dated clusters were founded in this year or later: France (2010), Spain (2013)."
    )
    assert chart.describe(*rows_and_view(tables, "FR", "ES", "IT", "DE")) == (
        "The median founding year goes from 2010 (France) to 2013 (Spain)."
    )
    assert chart.describe(*rows_and_view(tables, "FR", "ES", "IT", "DE", language="fr")) == (
        "L’année médiane de création va de 2010 (France) à 2013 (Espagne)."
    )
    assert chart.describe(*rows_and_view(tables, "BE")) == (
        "Too few clusters publish their founding year to tell these territories apart."
    )
    assert chart.describe(*rows_and_view(tables, "PT")) == "No cluster matches this selection."
