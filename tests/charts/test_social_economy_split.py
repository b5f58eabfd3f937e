from dataclasses import replace

import pandas as pd

from atlas.charts import Coverage
from atlas.charts import social_economy_split as chart
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

TABLES = small_world()
COUNTRIES = Selection(countries=("FR", "ES"))
COOPERATIVES, ASSOCIATIONS = chart.TOTAL + "_cooperatives_mutuals", chart.TOTAL + "_associations_foundations"


def world(*figures):
    """The small world with other indicators, each its first one changed."""
    first = TABLES.indicators.iloc[0].to_dict() | {"year": 2015, "as_of": "2015"}
    rows = pd.DataFrame([first | figure for figure in figures]).astype(
        TABLES.indicators.dtypes.drop("source_ids").to_dict()
    )
    return replace(TABLES, indicators=rows)


FRANCE = (
    {"value": 1_000.0},
    {"value": 200.0, "indicator": COOPERATIVES},
    {"value": 800.0, "indicator": ASSOCIATIONS, "source_ids": ["s1", "s2"]},
)
SHOWN = ["year", "geo", "given_by", "is_old", "indicator", "value", "share", "source_ids"]


def rows_and_view(tables, selection=COUNTRIES):
    return chart.table(tables, selection), View.of(tables, selection)


def test_table_gives_each_family_as_a_share_of_the_total_of_its_own_source():
    rows, _view = rows_and_view(world(*FRANCE))
    assert rows[SHOWN].values.tolist() == [
        [2015, "FR", "s1", True, COOPERATIVES, 200.0, 0.2, ["s1"]],
        [2015, "FR", "s1", True, ASSOCIATIONS, 800.0, 0.8, ["s1", "s2"]],
    ]
    assert chart.coverage(rows, TABLES, COUNTRIES) == Coverage(1, 2, "countries")


def test_two_sources_never_share_a_bar_and_no_total_is_borrowed():
    rows, view = rows_and_view(
        world(
            {"value": 1_000.0},
            {"value": 200.0, "indicator": COOPERATIVES},
            {"value": 700.0, "indicator": ASSOCIATIONS, "source_ids": ["s2"]},
        )
    )
    assert rows[["given_by", "share"]].fillna(-1).values.tolist() == [["s1", 0.2], ["s2", -1]]
    figure = chart.figure(rows, view)
    assert len(figure.data) == 1
    assert f"{chart.ABSENT} not published" in figure.layout.annotations[0].text


def test_families_larger_than_their_total_have_no_share():
    rows, _view = rows_and_view(world({"value": 100.0}, *FRANCE[1:]))
    assert rows["share"].isna().all()


def test_bars_stand_at_both_ends_and_what_is_not_split_stays_empty():
    tables = world(
        {"value": 1_000.0}, {"value": 200.0, "indicator": COOPERATIVES}, {"value": 500.0, "indicator": ASSOCIATIONS}
    )
    figure = chart.figure(*rows_and_view(tables))
    assert [(bar.base[0], bar.x[0]) for bar in figure.data] == [(0, 0.2), (0.5, 0.5)]
    assert figure.layout.yaxis.ticktext == ("France: 20%",)
    assert "2014–15, old" in figure.layout.annotations[0].text


def test_sentences():
    spain = tuple(figure | {"geo": "ES", "country": "ES"} for figure in FRANCE)
    assert [
        chart.describe(*rows_and_view(world(*FRANCE))),
        chart.describe(*rows_and_view(world(*FRANCE, *spain))),
        chart.describe(*rows_and_view(world(*FRANCE, *spain), Selection(language="fr"))),
        chart.describe(*rows_and_view(world(FRANCE[0]))),
        chart.describe(*rows_and_view(world(*FRANCE[:2]))),
    ] == [
        "France, 2014–15: cooperatives and mutuals 20%, associations and foundations 80% of paid jobs.",
        "Associations and foundations employ more than cooperatives and mutuals in 2 of 2 countries (2014–15).",
        "Les associations et fondations emploient plus que les coopératives et mutuelles dans 2 pays sur 2 (2014–15).",
        "No source splits the paid jobs of the social economy by family for this selection.",
        "No source gives both families and their total for a country of this selection.",
    ]
