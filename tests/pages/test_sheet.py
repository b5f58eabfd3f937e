"""The sheet of one cluster: what is known with its source, what is near and alike, what is not known, and how to cite."""

from urllib.parse import parse_qs, urlsplit

import pytest

from atlas import store
from atlas.selection import Selection
from atlas.unknowns import missing
from atlas.view import View
from pages.parts.facts import fact_box
from pages.parts.markup import checklist_html, figures_html
from tests.small_world import small_world
from tests.test_pages import opened

TABLES = small_world()
VIEW = View.of(TABLES, Selection())


def html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def said(app) -> str:
    return "\n".join(element.value for element in [*app.subheader, *app.markdown, *app.caption])


def linked(app) -> list[str]:
    return [element.proto.label for element in app.get("page_link") if "id=" in element.proto.query_string]


def test_a_rich_sheet_has_its_history_neighbours_kin_model_and_citation():
    app = opened("clusters", lang="en", id="fr-darwin-bordeaux")
    assert not app.exception
    headings = [element.value for element in app.subheader]
    for heading in ("Published figures", "Nearest clusters", "Most alike", "Not known", "Cite this sheet"):
        assert heading in headings
    assert len(app.get("plotly_chart")) == 2
    numbered = [label for label in linked(app) if label[:1].isdigit()]
    assert [label.split("\\")[0] for label in numbered] == [str(number) for number in range(1, 9)]
    assert "same kind · themes in common" in said(app).replace("\\", "")
    assert html(app).count("✓") == 5
    assert "@misc{darwin-eco-systeme-2026" in "".join(code.value for code in app.code)


def test_a_figure_older_than_five_years_says_so_and_the_one_that_counts_is_first():
    app = opened("clusters", lang="fr", id="fr-darwin-bordeaux")
    jobs = html(app).split("<h4>Emplois</h4>")[1].split("<h4>")[0]
    assert jobs.index("1\u202f200 emplois") < jobs.index("750 emplois") < jobs.index("350 emplois")
    assert jobs.count("plus de cinq ans") == 3
    assert "Compte ce qui se trouve sur le site" in jobs


def test_a_cluster_without_a_point_says_so_instead_of_a_map():
    app = opened("clusters", lang="en", id="eu-eser")
    assert "No point is published for this cluster" in said(app)
    assert "Searched for in November 2026, in public pages, and not found:" in said(app).replace("\\", "")
    assert "Point on the map <span>not published</span>" in html(app)


def test_a_merged_identifier_cites_the_kept_one():
    merged = store.tables().same_as.query("table == 'clusters'").iloc[0]
    app = opened("clusters", lang="en", id=merged["merged_id"])
    assert f"id={merged['kept_id']}" in app.code[-1].value


@pytest.mark.parametrize(("language", "word"), [("en", "Correction: "), ("fr", "Correction\xa0: ")])
def test_a_correction_is_prefilled_where_the_observatory_takes_them(monkeypatch, language, word):
    monkeypatch.setenv("CORRECTIONS", "https://example.org/issues/new")
    app = opened("clusters", lang=language, id="fr-darwin-bordeaux")
    (button,) = app.get("link_button")
    given = parse_qs(urlsplit(button.proto.url).query)
    assert given["title"] == [f"{word}DARWIN Eco-Système (fr-darwin-bordeaux)"]
    assert store.version() in given["body"][0] and "id=fr-darwin-bordeaux" in given["body"][0]


def test_without_an_address_there_is_no_link_and_the_facts_are_named(monkeypatch):
    monkeypatch.setenv("CORRECTIONS", "javascript:alert(1)")
    app = opened("clusters", lang="en", id="fr-darwin-bordeaux")
    assert not app.get("link_button")
    assert "The facts are kept in `data/facts`" in said(app)


def test_every_published_fact_opens_a_source_and_what_is_missing_has_none(monkeypatch):
    monkeypatch.setattr("pages.parts.facts.figure_html", lambda shown, details, ids: f"[{shown} {','.join(ids)}]")
    cells = TABLES.field_sources
    box = fact_box({"kind": "PTCE", "founded_year": VIEW.missing}, cells, VIEW, ["s1", "s2"])
    assert "<dd>[PTCE s1,s2]</dd>" in box
    assert "<dd>not published</dd>" in box


def test_figures_stand_by_metric_and_scope_each_with_what_it_is(monkeypatch):
    monkeypatch.setattr("pages.parts.markup.figure_html", lambda shown, details, ids: f"[{shown} {','.join(ids)}]")
    figures = TABLES.observations.assign(cluster_id="fr-a", note_en="<b>note</b>")
    text = figures_html(figures, VIEW, "2016-01-01")
    assert text.count("<h4>Jobs</h4>") == 1
    assert text.index("<b>On the site</b>") < text.index("<b>Created</b>")
    assert '[100 jobs · 2015 · <span class="old">more than five years old</span> s1]' in text
    assert "[planned: 900 jobs · 2030 s3]" in text
    assert "[<b>about 150 jobs · June 2020</b> s2]" in text


def test_what_is_not_known_of_a_cluster():
    a, _b, _c, d, e = (row for _index, row in TABLES.clusters.iterrows())
    assert missing(a, TABLES.observations, VIEW) == ["Lead organisation", "Website"]
    assert missing(e, TABLES.observations, VIEW) == [
        "Founding year",
        "Town",
        "Point on the map",
        "Lead organisation",
        "Themes",
        "What it is made of",
        "Whether it is still at work",
        "Website",
        "Jobs",
    ]
    assert "Jobs" in missing(d, TABLES.observations, VIEW), "a planned figure is not a known one"


def test_a_checklist_says_in_words_what_its_marks_say():
    text = checklist_html([("Fab <lab>", True), ("Nursery", False)], VIEW)
    assert "✓</i>Fab &lt;lab&gt; <span>named by its sources</span>" in text
    assert "–</i>Nursery <span>not named</span>" in text


def test_the_search_date_stands_in_the_description_of_the_data():
    assert store.searched() == "2026-11"
