from dataclasses import replace

import pandas as pd
import pytest

from atlas.charts import Coverage, partner_network
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import _rows, small_world

WORLD = small_world()
PROJECTS = [
    {"programme_id": code, "name_en": name, "level": "network", "country": "EU", "kind": kind, "source_ids": ["s3"]}
    for code, name, kind in [
        ("p1", "One", "project"), ("p2", "Two", "network"), ("p3", "Three", "project"), ("p4", "Four", "project"),
        ("prize", "Prize", "call"),
    ]
]  # fmt: skip
PARTNERS = [
    {"programme_id": code, "organisation": name, "country": country, "role": role, "source_ids": [source]}
    for code, name, country, role, source in [
        ("p1", "A", "FR", "coordinator", "s1"), ("p1", "B", "FR", "partner", "s2"), ("p1", "C", "ES", "partner", "s1"),
        ("p2", "A", "FR", "partner", "s3"), ("p2", "D", "ES", "partner", "s3"), ("p2", "E", "IT", "partner", "s3"),
        ("p3", "F", "FI", "partner", "s2"),
        ("prize", "G", "FR", "winner", "s1"), ("prize", "H", "DE", "winner", "s1"),
    ]
]  # fmt: skip
WORLD = replace(WORLD, programmes=_rows(WORLD.programmes, PROJECTS), partners=_rows(WORLD.partners, PARTNERS))


def rows_and_view(tables=WORLD, **chosen):
    selection = Selection(**chosen)
    return partner_network.table(tables, selection), View.of(tables, selection)


def test_an_edge_counts_projects_and_a_node_distinct_organisations():
    rows, _view = rows_and_view()
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["ES", "FR", 2, 2, 2, ["p1", "p2"], ["One", "Two"], ["s1", "s2", "s3"]],
        ["ES", "IT", 1, 2, 1, ["p2"], ["Two"], ["s3"]],
        ["FI", None, 1, 1, None, ["p3"], ["Three"], ["s2"]],
        ["FR", "IT", 1, 2, 1, ["p2"], ["Two"], ["s3"]],
    ]


def test_coverage_says_how_many_projects_name_partners():
    rows, _view = rows_and_view()
    assert partner_network.coverage(rows, WORLD, Selection()) == Coverage(3, 4, "programmes")


def test_winners_of_prizes_are_no_partners():
    rows, _view = rows_and_view()
    assert "DE" not in set(rows["country"]) | set(rows["partner_country"].dropna())


def test_a_chosen_country_keeps_its_edges_with_the_others():
    rows, _view = rows_and_view(countries=("IT",))
    assert rows[["country", "partner_country"]].to_numpy().tolist() == [["ES", "IT"], ["FR", "IT"]]
    assert rows["organisations"].tolist() == [2, 2]
    assert partner_network.coverage(rows, WORLD, Selection(countries=("IT",))).total == 4


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "3 projects that name partners join 3 countries; most together: Spain and France (2)."),
        ({"countries": ("IT",)}, "1 project that names partners joins 3 countries; most together: Spain and Italy, France and Italy (1)."),
        ({"countries": ("FI",)}, "In 1 project that names partners, all of them are of one country."),
        ({"countries": ("SM",)}, "No project of this selection names its partners."),
        ({"language": "fr"}, "3 projets qui nomment leurs partenaires relient 3 pays ; le plus souvent ensemble : Espagne et France (2)."),
        ({"language": "fr", "countries": ("FI",)}, "Dans 1 projet qui nomme ses partenaires, tous sont d’un même pays."),
    ],
)  # fmt: skip
def test_sentence(chosen, sentence):
    assert partner_network.describe(*rows_and_view(**chosen)).replace("\u202f", " ").replace("\xa0", " ") == sentence


def test_no_two_names_stand_on_the_same_place():
    rows, view = rows_and_view()
    nodes = partner_network._nodes(rows, view)
    assert list(nodes["country"]) == ["FI", "FR", "IT", "ES"]
    assert not nodes.duplicated(["is_west", "y"]).any()


def test_figure_draws_a_line_per_weight_and_a_side_per_half_of_europe_and_escapes_names():
    named = WORLD.programmes.assign(name_en="<i>Two</i>")
    rows, view = rows_and_view(replace(WORLD, programmes=named))
    figure = partner_network.figure(rows, view)
    assert [trace.mode for trace in figure.data] == ["lines", "lines", "markers", "markers+text", "markers+text"]
    assert "&lt;i&gt;Two" in figure.data[2].hovertext[0]


def test_countries_outside_europe_are_hollow():
    partners = WORLD.partners.assign(country=WORLD.partners["country"].replace("IT", "AR"))
    rows, view = rows_and_view(replace(WORLD, partners=partners))
    symbols = {
        hover: symbol
        for trace in partner_network.figure(rows, view).data[-2:]
        for hover, symbol in zip(trace.hovertext, trace.marker.symbol, strict=True)
    }
    assert [symbol for hover, symbol in symbols.items() if "Argentina</b>" in hover] == ["diamond-open"]
    assert list(symbols.values()).count("circle") == 3


def test_the_empty_selection_is_drawn():
    rows, view = rows_and_view(countries=("SM",))
    assert rows.empty and "source_ids" in rows
    assert partner_network.figure(rows, view).layout.annotations
    assert isinstance(rows, pd.DataFrame)
