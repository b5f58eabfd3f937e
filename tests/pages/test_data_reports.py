"""The parts of the data page that show reports of the ETL: sources, quality, watch; with them, without them, and hostile ones."""

import json

import pytest

from atlas.outlets.citation import PUBLISHER
from etl.sources import declared
from tests.history import HOSTILE, remembered
from tests.test_pages import opened

SOURCES = [
    {"source_id": "eurostat", "title": "Eurostat", "url": "https://ec.europa.eu", "files": 7, "fetched_on": "2020-11-02", "checked_on": "2020-11-23", "every_days": 7, "rows": 2310, "failures": 2, "why": f"No answer {HOSTILE}."},
    {"source_id": "gisco", "title": HOSTILE, "url": "javascript:alert(1)", "publisher": HOSTILE, "every_days": 90},
    {"source_id": "curated-facts", "title": "Facts"},
]  # fmt: skip
QUALITY = {
    "version": "2026.11.26",
    "ledger": [{"table": "clusters", "rows_in": 1276, "rows_out": 1272, "rows_merged": 4, "rows_rejected": 0}],
    "findings": [
        {"severity": "warning", "table": "clusters", "row": "fr-darwin-bordeaux", "column": "latitude", "value": "44.8", "rule": "12 km outside FR"},
        {"severity": "warning", "table": "vocabulary", "row": "units", "column": "code", "value": "CZK, DKK", "rule": "no row uses these codes"},
    ],
    "suggestions": [{"table": "programmes", "score": 93.8, "id_a": "eu-eusic", "id_b": "eu-eusic-2017", "name_a": HOSTILE, "name_b": "B"}],
    "imports": [
        {
            "name": "hubs",
            "is_ready": False,
            "counts": [{"table": "clusters", "rows_read": 6, "taken": 3, "merged": 1, "filtered": 0, "left_out": 2}],
            "reasons": [{"table": "clusters", "rule": "annee: is not a date", "consequence": "cell left empty", "rows": 1, "first": f"x.csv, line 3: “{HOSTILE}” jean@example.org"}],
            "sentences": [f"Decide whether {HOSTILE} is a kind."],
        }
    ],
    "waiting": {"points.csv": 3, "organisations.csv": 0},
}  # fmt: skip
WATCH = {
    "remarks": [HOSTILE],
    "datasets": [
        {"portal": "data.gouv.fr", "id": f"d{at}", "title": HOSTILE, "url": "javascript:alert(1)", "modified": "2026-11-01", "terms": ["PTCE"], "stands_in": ["title"], "first_seen": "2026-11-20", "is_new": at == 0}
        for at in range(30)
    ],
}  # fmt: skip


@pytest.fixture
def write(tmp_path, monkeypatch):
    """A function that puts reports beside tables of their own."""
    monkeypatch.setenv("TABLES_URL", str(remembered(tmp_path)))
    (tmp_path / "reports").mkdir()

    def written(**reports) -> None:
        for name, content in reports.items():
            (tmp_path / "reports" / f"{name}.json").write_text(json.dumps(content))

    return written


def html(app) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html") if "<style" not in element.proto.body)


def told(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info])


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("sources", "No refresh has reported"),
        ("quality", "No build has reported"),
        ("watch", "have not been searched here yet"),
    ],
)
def test_without_a_report_the_part_says_so(write, part, words):
    app = opened("data", lang="en", part=part)
    assert not app.exception
    assert words in app.info[0].value


def test_without_a_report_the_sources_of_the_tables_are_told(write):
    assert "World Atlas" in told(opened("data", lang="en", part="sources"))


@pytest.mark.parametrize("part", ["sources", "quality", "watch"])
def test_a_report_that_a_hand_has_broken_is_none(write, part):
    write(status=[], quality={"ledger": 1}, watch={"datasets": "x"})
    assert len(opened("data", lang="fr", part=part).info) == 1


def test_sources_tell_their_age_their_failures_and_what_they_would_bring(write):
    write(status={"version": "1", "sources": SOURCES})
    app = opened("data", lang="en", part="sources")
    shown = html(app)
    assert "2 of 3 sources are here; not fetched: 1." in told(app).replace("\\", "")
    assert "▲ late</b>" in shown and "The last 2 tries failed.</b>" in shown and "days ago</span>" in shown
    assert "the boundaries of European regions" in shown and ">2,310</td>" in shown
    assert "kept by hand" in shown


def test_sources_have_their_french_titles_and_others_are_marked_as_english(write):
    own = {"source_id": "curated-facts", "title": "Facts", "title_fr": "Faits d’ici", "publisher": PUBLISHER}
    write(status={"version": "1", "sources": [own, {"source_id": "hubs", "title": "Hubs"}]})
    shown = html(opened("data", lang="fr", part="sources"))
    assert "Faits d’ici<br>" in shown and ">Facts<" not in shown
    assert "Observatoire des pôles d’innovation sociale" in shown
    assert '<span lang="en">Hubs</span>' in shown


def test_every_source_has_a_title_in_french():
    assert [source.source_id for source in declared() if not source.title_fr] == []


def test_quality_tells_rows_warnings_pairs_decisions_and_imports(write):
    write(quality=QUALITY)
    app = opened("data", lang="en", part="quality")
    shown, words = html(app), told(app)
    assert ">1,276</td>" in shown and ">4</td>" in shown
    assert "Clusters · DARWIN Eco-Système · Latitude" in shown and "the point is 12 km outside France" in shown
    assert "3 points for clusters that have none" in words and "organisations" not in words
    assert "alike at 94 of 100" in words and "waits for a decision" in words
    assert "annee: is not a date</th>" in shown and "cell left empty" in shown
    links = {link.proto.label: link.proto.url for link in app.get("link_button")}
    assert links["All that was left out (CSV)"] == "data/imports/hubs.csv?lang=en"
    assert links["CSV for a French Excel"] == "data/imports/hubs.csv?lang=en&dialect=semicolon"


def test_quality_is_told_in_french(write):
    write(quality=QUALITY)
    shown = html(opened("data", lang="fr", part="quality"))
    assert "le point est à 12 km hors du pays (France)" in shown and "aucune ligne n’utilise ces codes" in shown
    assert "annee\xa0: n’est pas une date" in shown and "cellule laissée vide" in shown


def test_quality_without_anything_to_tell_says_so(write):
    write(quality={"version": "1"})
    words = told(opened("data", lang="en", part="quality"))
    for sentence in ("Every check passed", "No two rows", "None.", "No file was dropped"):
        assert sentence in words


def test_the_watch_lists_new_datasets_a_page_at_a_time(write):
    write(watch=WATCH)
    app = opened("data", lang="en", part="watch")
    shown = html(app)
    assert "Datasets found: 30; new: 1; changed since the search before: 0." in told(app).replace("\\", "")
    assert shown.count("<b>new</b>") == 1 and shown.count('scope="row"') == 25
    assert "known since 20 November 2026" in shown and "PTCE (title)" in shown


@pytest.mark.parametrize("part", ["sources", "quality", "watch"])
def test_nothing_of_a_report_is_markup(write, part):
    write(status={"version": "1", "sources": SOURCES}, quality=QUALITY, watch=WATCH)
    app = opened("data", lang="fr", part=part)
    shown = html(app)
    assert "&lt;img" in shown or part == "quality"
    assert "<img" not in shown and 'javascript:alert(1)"' not in shown and "jean@example.org" not in shown
    assert "<img src" not in told(app).replace("\\<img", "") and "[x](javascript" not in told(app)
