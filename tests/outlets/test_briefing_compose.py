"""A briefing is composed with the data of the day: numbers run, sources are cited, and a part that fails says so."""

from base64 import b64encode
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from atlas import store
from atlas.charts import charts
from atlas.outlets.briefing.compose import compose
from atlas.outlets.briefing.composed import Boxed, Bullets, Composed, Grid, Heading, KeyFigures, Paragraph, Picture, Run
from atlas.outlets.briefing.document import Block, Briefing, Figure, Portrait, Rows, Sentences, Text
from atlas.outlets.briefing.document import KeyFigures as PinnedKeyFigures
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.theme import PAPER
from tests.small_world import small_world

WORLD = small_world()
KINDS, COUNTRIES = Figure(chart="clusters_by_kind"), Figure(chart="clusters_by_country", with_table=True)


def made(*blocks: Block, tables: store.Tables = WORLD, **fields: object) -> Composed:
    """A briefing of `blocks`, composed with a small world."""
    return compose(Briefing(blocks=blocks, **fields), tables, "https://host.org", date(2026, 11, 26))


def test_figures_tables_and_sources_are_numbered_in_order_of_first_use():
    first, second, third = made(COUNTRIES, KINDS, Rows(chart="ptce_calls")).elements
    assert (first.number, second.number) == (1, 2)
    assert (first.table.number, second.table.number, third.number) == (1, 0, 2)
    assert (first.is_table_shown, second.is_table_shown) == (True, False)


def test_sources_are_cited_by_the_number_of_their_first_use():
    composed = made(Rows(chart="ptce_calls"), COUNTRIES)
    calls, countries = composed.elements
    assert calls.cited == (1,)
    assert [source.title for source in composed.sources] == ["Source s1", "Source s2", "Source s3"]
    assert countries.cited == (1, 2, 3)
    assert {row[0]: row[-1] for row in countries.table.rows} == {"France": "1, 2", "Spain": "3"}


def test_two_quotes_of_one_page_are_one_source():
    same = WORLD.sources.assign(**dict.fromkeys(("title", "publisher", "url"), "x"), published="2020")
    composed = made(COUNTRIES, tables=replace(WORLD, sources=same))
    assert [source.number for source in composed.sources] == [1]
    assert composed.elements[0].cited == (1,)


def test_a_picture_is_the_drawing_of_the_dashboard():
    (picture,) = made(Figure(chart="clusters_by_kind", parameters={"country": "FR"}), language="fr").elements
    drawing = Drawing.of("clusters_by_kind", Selection(language="fr", countries=("FR",)), WORLD, PAPER)
    assert picture.drawing == drawing
    assert picture.address == drawing.address("https://host.org")
    assert picture.address.startswith("https://host.org/embed/clusters_by_kind?")


def test_a_table_is_written_in_the_language():
    (table,) = made(Rows(chart="jobs_by_cluster"), language="fr").elements
    cells = {cell for row in table.rows for cell in row}
    assert {"environ 150 emplois", "juin 2020", "au moins 40 emplois", "prévu\xa0: 900 emplois"} <= cells
    assert not any(cell in {"nan", "None", "<NA>"} for cell in cells)
    assert "Emplois" in table.caption


def test_a_long_table_is_cut_and_counts_the_rest():
    (table,) = made(Rows(chart="cluster_map_print"), tables=store.tables()).elements
    assert len(table.rows) == 25
    assert table.left_out == len(store.tables().clusters) - 25


def test_key_figures_cite_their_sources():
    (shown,) = made(PinnedKeyFigures(parameters={"country": "FR"})).elements
    assert isinstance(shown, KeyFigures)
    assert shown.figures[0].value == "3"
    assert shown.figures[0].cited == (1, 2)
    assert all(figure.line for figure in shown.figures)


def test_sentences_carry_their_sources():
    one, several = made(
        Sentences(about="clusters", parameters={"country": "FR"}),
        Sentences(about="clusters", parameters={"country": "FR~ES"}),
    ).elements
    assert isinstance(one, Paragraph)
    assert one.runs[-1].text == " [1, 2]"
    assert isinstance(several, Bullets)
    assert [item[0].text.split(":")[0] for item in several.items] == ["France", "Spain"]


def test_the_portrait_of_a_cluster_holds_what_its_sheet_shows():
    shown = made(Portrait(parameters={"id": "fr-a"})).elements
    assert shown[0] == Heading("Pôle A", 1)
    facts, figures, awards = [element for element in shown if isinstance(element, Grid)][:3]
    assert dict(row[:2] for row in facts.rows)["Lead organisation"] == "not published"
    assert ("Jobs", "On the site", "about 150 jobs", "June 2020", "2") in figures.rows
    assert awards.rows[0][2] == "€200,000"
    assert any(isinstance(element, Picture) for element in shown)


@pytest.mark.parametrize(
    ("block", "word"),
    [
        (Figure(chart="jobs_by_country"), "jobs_by_cluster"),
        (Figure(chart="../etc/passwd"), "../etc/passwd"),
        (Figure(chart="clusters_by_kind", parameters={"country": "Atlantis"}), "country=Atlantis"),
        (Portrait(parameters={"id": "fr-nowhere"}), "fr-nowhere"),
        (Portrait(), "“”"),
        (Sentences(about="weather"), "weather"),
        (Rows(chart="jobs_disagreements"), "disagree"),
    ],
)
def test_a_part_that_cannot_be_shown_is_a_boxed_sentence(block, word):
    before, boxed, after = made(KINDS, block, COUNTRIES).elements
    assert isinstance(boxed, Boxed)
    assert word in boxed.sentence
    assert (before.number, after.number) == (1, 2)


def test_a_chart_that_fails_is_a_boxed_sentence_and_a_line_of_the_log(monkeypatch, caplog):
    def fail(rows, view):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(charts()["programmes_by_country"], "figure", fail)
    boxed, picture = made(Figure(chart="programmes_by_country"), KINDS).elements
    assert isinstance(boxed, Boxed)
    assert "secret" not in boxed.sentence
    assert picture.number == 1
    assert "secret detail" in caplog.text


def test_a_briefing_without_an_appendix_cites_nothing():
    composed = made(COUNTRIES, PinnedKeyFigures(), has_appendix=False)
    assert (composed.sources, composed.method) == ((), ())
    assert composed.elements[0].cited == composed.elements[0].table.cited == ()
    assert "Sources" not in composed.elements[0].table.columns
    assert composed.elements[0].drawing.source_line


def test_the_dateline_says_version_search_and_day():
    composed = made(KINDS)
    assert "small" in composed.dateline
    assert "26 November 2026" in composed.dateline
    assert "CC BY 4.0" in composed.credit
    assert "GeoNames" not in composed.credit


def test_a_map_names_who_drew_its_borders():
    composed = made(Figure(chart="cluster_map"))
    assert composed.elements[0].drawing.name == "cluster_map_print"
    assert "Natural Earth" in composed.credit
    assert "Kosovo*" in composed.credit


def test_a_text_of_the_author_stands_as_written():
    assert made(Text(markdown="# A\n\n<b>x</b>")).elements == (Heading("A", 1), Paragraph((Run("<b>x</b>"),)))


def test_headings_skip_no_level():
    texts = ("### a", "#### b", "## c", "# d", "### e", "### f")
    shown = made(*(Text(markdown=text) for text in texts), Portrait(parameters={"id": "fr-a"})).elements
    levels = [element.level for element in shown if isinstance(element, Heading)]
    assert levels[:6] == [1, 1, 1, 1, 2, 2]
    assert levels[6:] == [2]


def test_a_logo_is_a_picture_or_nothing():
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    assert made(logo=b64encode(buffer.getvalue()).decode()).logo.startswith(b"\x89PNG")
    assert made(logo=b64encode(b"<svg onload=alert(1)>").decode()).logo == b""
    assert made(logo="not base64").logo == b""


def test_an_empty_briefing_is_composed():
    composed = made()
    assert composed.title
    assert composed.elements == ()
