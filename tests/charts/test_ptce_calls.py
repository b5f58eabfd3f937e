from dataclasses import replace

import pandas as pd

from atlas.charts import ptce_calls as chart
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import DARK
from atlas.view import View
from tests.small_world import small_world

CALL = "fr-prog-ptce-aap-2013"


def world(*calls: dict, others: list[tuple[str, str, str]] = ()) -> Tables:
    """The small world whose only programmes are these calls; `others` are what other sources say (id, column, value)."""
    real = small_world()
    like = real.programmes.query("programme_id == @CALL")
    programmes = pd.concat([like.assign(**call) for call in calls], ignore_index=True).astype(real.programmes.dtypes)
    field_sources = pd.DataFrame(
        [["programmes", code, column, value, False, ["s3"]] for code, column, value in others],
        columns=list(real.field_sources.columns),
    )
    return replace(real, programmes=programmes, field_sources=field_sources)


def drawn(tables: Tables):
    rows = chart.table(tables, Selection())
    return rows, chart.figure(rows, View.of(tables, Selection()))


def test_table_holds_the_call_and_not_its_part():
    rows = chart.table(small_world(), Selection())
    assert rows["programme_id"].tolist() == [CALL]
    row = rows.iloc[0]
    assert (row["applications"], row["laureates"], row["success_rate"], row["budget_eur"], row["budget_kind"]) == (
        10,
        2,
        0.2,
        3e6,
        "envelope",
    )
    assert not row["is_support"]
    assert row["other_applications"] == []
    assert row["source_ids"] == ["s1"]


def test_calls_are_in_order_of_year():
    tables = world(
        {"programme_id": "fr-ptce-b", "start": "2021-05"},
        {"programme_id": "fr-ptce-a", "start": "2013"},
        {"programme_id": "fr-ptce-c", "start": "2021"},
    )
    assert chart.table(tables, Selection())["programme_id"].tolist() == ["fr-ptce-a", "fr-ptce-b", "fr-ptce-c"]


def test_a_call_is_found_by_its_name_too():
    tables = world({"programme_id": "x", "name_en": "Call for PTCE"}, {"programme_id": "y", "name_en": "Other call"})
    assert chart.table(tables, Selection())["programme_id"].tolist() == ["x"]


def test_what_another_source_says_is_kept_and_drawn():
    rows, figure = drawn(world({"applications": 72}, others=[(CALL, "applications", "67"), (CALL, "end", "2024")]))
    assert rows["other_applications"].tolist() == [[67.0]]
    assert rows["source_ids"].tolist() == [["s1", "s3"]]
    assert list(figure.data[0].x) == [72]
    assert list(figure.data[2].x) == [67]
    assert "Another source: 67 applications" in figure.layout.annotations[0].text


def test_missing_is_a_mark_and_a_word_and_not_zero():
    rows, figure = drawn(world({"applications": pd.NA, "budget_eur": None, "budget_kind": None}))
    assert rows["success_rate"].isna().all()
    assert pd.isna(figure.data[0].x[0])
    assert figure.data[3].marker.symbol == "x-thin-open"
    assert len(figure.data[3].x) == 1
    assert "2 laureates, applications not published" in figure.layout.annotations[0].text
    assert "Envelope not published" in figure.layout.annotations[0].text


def test_support_is_said_and_left_out_of_the_rates():
    tables = world(
        {"programme_id": "fr-ptce-ami-2021-phase1", "start": "2021", "applications": 134, "laureates": 107},
        {},
        {"programme_id": "fr-ptce-z", "start": "2015", "laureates": 1},
    )
    rows, figure = drawn(tables)
    assert "Support services, not grants" in figure.layout.annotations[2].text
    assert chart.describe(rows, View.of(tables, Selection())) == (
        "Calls for PTCE chose from 10% (2015) to 20% (2013) of their applications, the support-only phase of 2021 apart."
    )


def test_figure_has_a_line_of_figures_per_call():
    _rows, figure = drawn(small_world())
    assert [trace.type for trace in figure.data] == ["bar", "bar", "scatter", "scatter"]
    assert "2 chosen of 10 applications: 20%" in figure.layout.annotations[0].text
    assert "Budget envelope: €3,000,000" in figure.layout.annotations[0].text


def test_describe_and_coverage():
    tables = small_world()
    rows = chart.table(tables, Selection())
    assert (
        chart.describe(rows, View.of(tables, Selection()))
        == "The one call for PTCE that publishes both figures chose 20% (2013) of its applications."
    )
    assert chart.coverage(rows, tables, Selection()) == (1, 1, "programmes")
    bare = rows.assign(success_rate=pd.NA)
    assert (
        chart.describe(bare, View.of(tables, Selection()))
        == "1 call for PTCE; none that gives grants publishes both applications and laureates."
    )


def test_empty():
    tables = small_world()
    rows = chart.table(tables, Selection(levels=("eu",)))
    view = View.of(tables, Selection(), DARK)
    assert rows.empty
    assert not chart.figure(rows, view).data
    assert chart.describe(rows, view) == "No call for PTCE matches this selection."


def test_names_are_escaped():
    _rows, figure = drawn(world({"name_en": "PTCE <img>", "summary_en": "<b>x"}))
    assert "PTCE &lt;img&gt;" in figure.layout.annotations[0].text
    assert "&lt;b&gt;x" in figure.data[0].hovertext[0]


def test_the_average_is_computed_from_an_envelope_and_its_laureates_and_grants_are_those_published():
    rows, figure = drawn(small_world())
    row = rows.iloc[0]
    assert (row["average_grant_eur"], row["published_grants"], row["mean_grant_eur"]) == (1_500_000, 1, 200_000)
    text = figure.layout.annotations[0].text
    assert "Average per laureate, computed: €1,500,000" in text
    assert "1 published grant: €200,000" in text


def test_no_average_without_an_envelope_its_laureates_or_a_grant_to_give():
    tables = world(
        {"programme_id": "fr-ptce-1", "budget_kind": None},
        {"programme_id": "fr-ptce-2", "budget_kind": "total_cost"},
        {"programme_id": "fr-ptce-3", "laureates": pd.NA},
        {"programme_id": "fr-ptce-4", "laureates": 0},
        {"programme_id": "fr-ptce-5", "budget_eur": None},
        {"programme_id": "fr-ptce-ami-2021-phase1"},
    )
    rows, _figure = drawn(tables)
    assert rows["average_grant_eur"].isna().all()
    assert rows["published_grants"].tolist() == [0] * 6
