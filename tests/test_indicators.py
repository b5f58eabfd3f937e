"""Which of two figures is drawn: one rule for every chart, and both stay in the tables."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import indicator_multiples
from atlas.comparison import per_million, published
from atlas.indicators import compared, preferred
from atlas.regions import former_rates, french_regions
from atlas.selection import Selection
from atlas.view import View
from tests.indicator_world import PEOPLE, RATE, rates, row, world

OLD, NEW, UNDATED = ["old"], ["new"], ["undated"]
PUBLISHED = {"old": "2020-12", "new": "2026-05-02", "undated": None}


def dated(*figures):
    """A world whose sources were published when PUBLISHED says."""
    tables = world(*figures)
    one = tables.sources.iloc[[0]]
    more = [one.assign(source_id=code, published=when) for code, when in PUBLISHED.items()]
    return replace(tables, sources=pd.concat([tables.sources, *more], ignore_index=True))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": 7.0, "source_ids": NEW}, {"value": 9.0, "source_ids": OLD}),
        ({"value": 7.0, "source_ids": OLD}, {"value": 9.0, "source_ids": UNDATED}),
        ({"value": 7.0, "source_ids": OLD}, {"value": 9.0, "source_ids": NEW, "qualifier": "about"}),
        ({"value": 7.0, "source_ids": ["old", "undated"]}, {"value": 9.0, "source_ids": OLD}),
        ({"value": 9.0, "source_ids": OLD}, {"value": 7.0, "source_ids": OLD}),
    ],
    ids=["published last", "dated", "exact", "most sources", "highest"],
)
@pytest.mark.parametrize("turn", [1, -1])
def test_the_rule_is_the_same_whatever_the_order_of_the_rows(first, second, turn):
    pair = [{"geo": "FR", "year": 2019, "qualifier": "exact", **figure} for figure in (first, second)]
    ranked = preferred(pd.DataFrame(pair[::turn]), dated(), ["geo", "year"])
    assert list(ranked["value"]) == [first["value"], second["value"]]


def test_a_revised_figure_is_compared_and_the_earlier_one_kept_beside_it():
    tables = dated(row("FR", RATE, 2019, 8.4, source_ids=OLD), row("FR", RATE, 2019, 8.3, source_ids=NEW), *rates()[1:])
    rows = compared(tables, RATE)
    assert rows.loc[rows["geo"] == "FR", ["role", "value"]].values.tolist() == [["main", 8.3], ["second", 8.4]]
    assert published(tables, RATE, ["FR"])["value"].tolist() == [8.3, 8.4]


def test_two_figures_of_a_population_are_neither_added_nor_doubled():
    people = {"unit": "persons"}
    tables = dated(
        row("FR", PEOPLE, 2024, 68e6, source_ids=OLD, **people), row("FR", PEOPLE, 2024, 50e6, source_ids=NEW, **people)
    )
    counts = pd.DataFrame([{"geo": "FR", "value": 100.0, "qualifier": "exact", "source_ids": []}])
    assert per_million(counts, tables)["value"].tolist() == [2.0]


def test_a_former_region_with_two_rates_spans_no_range():
    region = {"geo_level": "region", "country": "FR"}
    tables = dated(
        row("FRH", PEOPLE, 2021, 3e6, unit="persons", geo_name="Bretagne", **region),
        row("FRH", PEOPLE, 2021, 3.1e6, unit="persons", geo_name="Bretagne", **{**region, "source_ids": NEW}),
        row("FRH0", RATE, 2019, 7.0, geo_name="Bretagne", **{**region, "source_ids": OLD}),
        row("FRH0", RATE, 2019, 6.8, geo_name="Bretagne", **{**region, "source_ids": NEW}),
    )
    regions = french_regions(tables)
    assert regions[["geo", "population"]].values.tolist() == [["FRH", 3.1e6]]
    assert former_rates(tables, regions, RATE)[["low", "high"]].values.tolist() == [[6.8, 6.8]]


def test_a_panel_has_one_point_a_year():
    figures = [row("FR", RATE, year, 7.0 + year % 5, source_ids=OLD) for year in (2019, 2020, 2021)]
    again = [row("FR", RATE, year, 6.9 + year % 5, source_ids=NEW) for year in (2019, 2020, 2021)]
    tables, selection = dated(*figures, *again), Selection(indicator=RATE)
    rows, view = indicator_multiples.table(tables, selection), View.of(tables, selection)
    assert rows["role"].value_counts().to_dict() == {"national": 3, "second": 3}
    (line,) = indicator_multiples.figure(rows, view).data
    assert (list(line.x), list(line.y)) == ([2019, 2020, 2021], [10.9, 6.9, 7.9])
