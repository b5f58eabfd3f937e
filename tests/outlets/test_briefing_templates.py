"""One click makes a draft that can be sent: for every country, in both languages, without an empty picture."""

from datetime import date
from functools import cache
from itertools import cycle, pairwise
from urllib.parse import parse_qsl

import plotly.graph_objects as go
import pytest

from atlas import store
from atlas.charts import charts, union
from atlas.outlets.briefing.compose import compose
from atlas.outlets.briefing.composed import Boxed, Grid, Heading, KeyFigures, Picture
from atlas.outlets.briefing.document import Briefing, Pinned, Text, from_json, from_link, to_json, to_link
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.seen import refreshed
from atlas.outlets.briefing.templates import TEMPLATES
from atlas.outlets.drawing import Drawn
from atlas.selection import Selection
from atlas.view import View

TABLES = store.tables()
COUNTRIES = TABLES.codes.codes("countries")
FIGURE = go.Figure(go.Scatter(y=[1]))
ASKED = [
    ("country-note", "country=FR"),
    ("country-note", "country=MD"),
    ("country-note", "country=benelux"),
    ("country-note", "country=PT&definition=strict"),
    ("ptce-note", ""),
    ("comparison", "country=FR~ES"),
    ("comparison", "country=EU27~MD~XK~GB"),
    ("cluster-portrait", "id=fr-darwin-bordeaux"),
    ("cluster-portrait", "id=eu-eser"),
]


@cache
def drafted(name: str, asked: str, language: str) -> Briefing:
    """The draft of a template for parameters written as in a link, drafted once."""
    return TEMPLATES[name].draft(dict(parse_qsl(asked)), TABLES, language)


def sections(briefing: Briefing) -> list[int]:
    """The places of the headings of a draft."""
    return [place for place, block in enumerate(briefing.blocks) if isinstance(block, Text)]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_a_draft_is_whole(name, asked, language):
    draft = drafted(name, asked, language)
    composed = compose(draft, TABLES, "", date(2026, 11, 26))
    pictures = [element for element in composed.elements if isinstance(element, Picture)]
    assert draft.language == language
    assert not [element for element in composed.elements if isinstance(element, Boxed)]
    assert all(len(picture.drawing.figure.data) and picture.table.rows for picture in pictures)
    assert all(len(element.rows) for element in composed.elements if isinstance(element, Grid))
    assert len(composed.elements) >= 8
    assert composed.sources
    assert "{" not in str([element for element in composed.elements if not isinstance(element, Picture)])


@pytest.fixture
def undrawn(monkeypatch):
    """Charts whose figure is not drawn: of a note on every country, the rows and the words count."""

    def drawn(name, selection, theme, tables):
        chart = charts()[name]
        view, rows = View.of(tables, selection, theme), chart.table(tables, selection)
        coverage = chart.coverage(rows, tables, selection)
        return Drawn(rows, FIGURE, chart.describe(rows, view), coverage, [], union(rows["source_ids"]))

    monkeypatch.setattr("atlas.outlets.drawing.drawn", drawn)


@pytest.mark.parametrize(("country", "language"), list(zip(COUNTRIES, cycle(["en", "fr"]), strict=False)))
def test_every_country_has_an_honest_note(country, language, undrawn):
    note = TEMPLATES["country-note"].draft({"country": country}, TABLES, language)
    elements = compose(note, TABLES).elements
    assert View.of(TABLES, Selection(language=language)).country(country) in note.title
    assert isinstance(elements[0], KeyFigures)
    assert 2 <= len(elements[0].figures) <= 4
    assert sum(isinstance(element, Heading) and element.level == 1 for element in elements) == 5
    assert not any(isinstance(element, Boxed) for element in elements)
    assert not any(isinstance(one, Heading) and isinstance(two, Heading) for one, two in pairwise(elements))


def test_a_rich_country_has_four_to_seven_figures():
    composed = compose(drafted("country-note", "country=FR", "fr"), TABLES)
    assert 4 <= sum(isinstance(element, Picture) for element in composed.elements) <= 7


def test_no_draft_ends_with_a_heading_nor_has_an_empty_section():
    for name, asked in ASKED:
        draft = drafted(name, asked, "en")
        places = sections(draft)
        assert places
        assert all(after - before > 1 for before, after in zip(places, [*places[1:], len(draft.blocks)], strict=True))


@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_a_draft_fits_in_a_link_and_comes_back(name, asked):
    draft = drafted(name, asked, "fr")
    assert from_link(to_link(draft)) == draft


@pytest.mark.parametrize(("name", "asked"), ASKED[:1] + ASKED[-1:])
def test_a_draft_once_written_fits_in_a_link_too(name, asked):
    written = refreshed(drafted(name, asked, "fr"), TABLES, date(2026, 11, 26))
    assert from_json(to_json(written)).version == TABLES.version
    assert [block.seen.digest for block in from_link(to_link(written)).blocks if isinstance(block, Pinned)] == [
        block.seen.digest for block in written.blocks if isinstance(block, Pinned)
    ]


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("country-note", {}),
        ("country-note", {"country": "FR~ES"}),
        ("country-note", {"country": "EU"}),
        ("country-note", {"country": "Atlantis"}),
        ("comparison", {"country": "FR"}),
        ("comparison", {"country": "FR~ES~IT~DE~PT"}),
        ("cluster-portrait", {}),
        ("cluster-portrait", {"id": "nowhere"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_does_not_fit_is_one_sentence(name, parameters, language):
    with pytest.raises(Unshown, match=r".{20,}\."):
        TEMPLATES[name].draft(parameters, TABLES, language)
