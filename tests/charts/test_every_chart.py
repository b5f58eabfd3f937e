"""Every chart draws any world the contract allows, and the empty one, in both languages and both themes."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from atlas import store
from atlas.charts import charts
from atlas.parameters import LAYERS
from atlas.selection import Selection
from atlas.theme import THEMES
from atlas.view import View
from tests.eu_world import projects
from tests.nuts_world import refreshed
from tests.strategies import VOCABULARY, worlds

FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
SELECTIONS = st.builds(
    Selection,
    language=st.sampled_from(["en", "fr"]), countries=st.lists(st.sampled_from(["FR", "ES", "EU", "XK"]), unique=True, max_size=2).map(tuple),
    layers=st.sampled_from([(), LAYERS]), grain=st.sampled_from(["country", "nuts2"]),
    background=st.sampled_from(["", "unemployment_rate", "gdp_per_capita_pps"]), indicator=st.sampled_from(["unemployment_rate", "population"]),
    kinds=st.lists(st.sampled_from(VOCABULARY.codes("kinds")), unique=True, max_size=2).map(tuple),
    time=st.none() | st.just((2000, 2025)), metric=st.sampled_from(VOCABULARY.codes("metrics")), scope=st.sampled_from(VOCABULARY.codes("scopes")),
)  # fmt: skip


REFRESHED = refreshed(store.tables(), {}, projects=projects())
"""The real tables with the regions, rates, third places and EU projects that a refresh brings (invented here)."""


def one_of(identifiers: pd.Series) -> str:
    """The thing a chart of one thing is drawn for: a well-known one, else the first, else none."""
    return next((code for code in ("fr-darwin-bordeaux", *identifiers) if code in set(identifiers)), "")


def drawn(
    name: str, tables: store.Tables, selection: Selection, theme: str = "light"
) -> tuple[pd.DataFrame, go.Figure | pdk.Deck, str]:
    chart = charts()[name]
    if "id" in chart.FILTERS:
        selection = selection.but(id=one_of(tables.clusters["cluster_id"]))
    view, rows = View.of(tables, selection, THEMES[theme]), chart.table(tables, selection)
    coverage = chart.coverage(rows, tables, selection)
    assert 0 <= coverage.reported <= coverage.total
    return rows, chart.figure(rows, view), chart.describe(rows, view)


def serialised(figure: go.Figure | pdk.Deck) -> str:
    return figure.to_json()


@pytest.mark.parametrize("name", charts())
@FEW
@given(tables=worlds(), selection=SELECTIONS, theme=st.sampled_from(list(THEMES)))
def test_any_world_is_drawn(name, tables, selection, theme):
    rows, figure, sentence = drawn(name, tables, selection, theme)
    assert "source_ids" in rows
    assert sentence.strip()
    assert "nan" not in sentence.lower().split()
    text = serialised(figure)
    assert "<b>Pôle</b>" not in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", charts())
def test_the_empty_world_is_drawn(name, language):
    real = store.tables()
    empty = replace(
        real,
        version="empty",
        **{
            table: getattr(real, table).iloc[:0]
            for table in (
                "clusters",
                "observations",
                "programmes",
                "awards",
                "partners",
                "annual_funding",
                "indicators",
            )
        },
    )
    _rows, figure, sentence = drawn(name, empty, Selection(language=language))
    assert serialised(figure)
    assert sentence


@pytest.mark.parametrize("name", charts())
def test_the_real_world_is_worded_in_both_languages(name):
    sentences = {language: drawn(name, store.tables(), Selection(language=language))[2] for language in ("en", "fr")}
    assert sentences["en"] != sentences["fr"]
    assert all("{" not in sentence for sentence in sentences.values())


NEEDS_REFRESH = {"regions_and_hardship", "eu_projects_by_country", "eu_projects_by_year"}
"""Charts that show nothing before boundaries, or EU projects, are fetched."""


@pytest.mark.parametrize("name", charts())
def test_every_row_shown_has_its_sources(name):
    rows = drawn(name, store.tables(), Selection())[0]
    known = set(store.tables().sources["source_id"])
    assert len(rows) or name in NEEDS_REFRESH
    assert rows["source_ids"].map(lambda ids: set(ids) <= known).all()


@pytest.mark.parametrize("name", charts())
def test_what_a_refresh_brings_is_drawn_in_both_languages(name):
    chosen = {
        "layers": LAYERS,
        "background": "unemployment_rate",
        "grain": "nuts2",
        "indicator": "unemployment_rate",
        "against": "arope_rate",
    }
    sentences = []
    for language in ("en", "fr"):
        rows, figure, sentence = drawn(name, REFRESHED, Selection(language=language, **chosen))
        text = serialised(figure)
        assert len(rows)
        assert not any(mark in text for mark in ('"type":"choropleth"', '"type":"scattergeo"', "https://", "mapbox"))
        sentences.append(sentence)
    assert sentences[0] != sentences[1]


@pytest.mark.parametrize("name", charts())
def test_no_figure_asks_another_host(name):
    text = serialised(drawn(name, store.tables(), Selection())[1])
    assert not any(mark in text for mark in ('"type":"choropleth"', '"type":"scattergeo"', "https://", "mapbox"))
