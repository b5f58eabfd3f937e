"""What the ETL records of each version, read again, ordered, filtered, and told in both languages."""

import json

import pytest

from atlas import change_summary, changes, store
from atlas.change_words import Words
from atlas.changes import Change, Measure, Step
from atlas.selection import Selection
from atlas.view import View
from tests import history
from tests.history import DARWIN, FIRST, HOSTILE, SECOND, remembered


@pytest.fixture
def known(tmp_path, monkeypatch) -> dict[str, Step]:
    """The steps of the small history."""
    monkeypatch.setenv("TABLES_URL", str(remembered(tmp_path)))
    return changes.steps()


def words(language: str) -> Words:
    return Words.of(View.of(store.tables(), Selection(language=language)), changes.keys())


def step(before: str, after: str, day: str = "2026-11-24") -> Step:
    return Step(before=before, after=after, published=day, changes=(), coverage=(), totals=())


def test_what_the_etl_wrote_is_read_whole_the_last_step_first(known):
    assert list(known) == [store.version(), SECOND]
    last = known[store.version()]
    assert (last.before, last.published, len(last.changes)) == (SECOND, "2026-11-25", len(history.CHANGES))
    assert last.changes[2].columns == {"founded_year": (2010, 2009), "themes": (["digital"], [])}
    assert last.totals[1] == Measure(name="surface_m2 (land), m2", before=None, after=500)


def test_a_file_that_is_none_is_left_out(known, tmp_path):
    for name, content in (
        ("a.json", "{"),
        ("b.json", "[]"),
        ("c.json", json.dumps({"before": 1})),
        ("CHANGES.md", "#"),
    ):
        (tmp_path / "changes" / name).write_text(content)
    assert list(changes.steps()) == list(known)


def test_without_a_history_there_is_no_step(tmp_path, monkeypatch):
    tables = remembered(tmp_path)
    for path in (tmp_path / "changes").glob("*.json"):
        path.unlink()
    monkeypatch.setenv("TABLES_URL", str(tables))
    assert changes.steps() == {}


def test_steps_of_one_day_are_in_the_order_in_which_they_led_here():
    found = [
        step("1.9", "1.10"),
        step("1.8", "1.9"),
        step("1.7", "1.8"),
        step("x", "y"),
        step("1.10", "1.11", "2026-11-25"),
    ]
    assert [one.after for one in changes.in_order(found, "1.11")] == ["1.11", "1.10", "1.9", "1.8", "y"]


def test_a_version_that_was_published_again_is_told_twice(monkeypatch):
    again = [step("b", "a"), step("a", "b"), step("z", "a")]
    assert [(one.before, one.after) for one in changes.in_order(again, "a")] == [("b", "a"), ("a", "b"), ("z", "a")]
    view = words("en").view
    labels = [change_summary.version_label(one, again, view) for one in again]
    assert labels == ["a · 24 November 2026, after b", "b · 24 November 2026", "a · 24 November 2026, after z"]


def test_the_nearest_version_is_offered():
    assert changes.nearest("2026.11.25", [FIRST, SECOND, "0e3733aecc2f"]) == SECOND
    assert changes.nearest("x", []) == ""


def test_changes_are_filtered_by_country_and_by_cluster(known):
    last = known[store.version()]
    assert {change.key for change in changes.among(last.changes, ("ES", "AT"), "")} == {"es-new", last.changes[5].key}
    assert {change.table for change in changes.among(last.changes, (), DARWIN)} == {"clusters", "observations"}
    assert changes.among(last.changes, ("ES",), DARWIN) == []
    assert changes.among(last.changes, (), "") == list(last.changes)


def test_changes_are_grouped_by_what_they_are_about(known):
    found = changes.groups(known[store.version()].changes, changes.keys())
    told = [(group.kind, group.code, len(group.changes)) for group in found]
    assert told == [
        ("cluster", "es-new", 1),
        ("cluster", DARWIN, 2),
        ("cluster", "it-gone", 1),
        ("programme", "fr-loi-ess-2014", 1),
        ("country", "AT", 1),
        ("table", "vocabulary", 1),
    ]


def test_a_step_in_sentences(known):
    last = known[store.version()]
    assert change_summary.summary(last, words("en")) == [
        f"7 rows differ from version {SECOND}: 2 added, 4 changed, 1 removed.",
        f"New clusters: {HOSTILE}.",
        "Clusters that changed, or a figure or an award of theirs: DARWIN Eco-Système.",
        "Clusters that are no longer in the list: Parco <b>.",
    ]
    assert change_summary.by_table(last, words("fr"))[0] == "pôles\xa0: 1 ajout, 1 modification, 1 retrait"
    assert change_summary.summary(step("a", "b"), words("en")) == ["No row differs from version a."]


def test_many_clusters_are_named_in_part(known):
    many = [Change(table="clusters", what="added", key=f"x-{n}", label=f"X{n}", cluster=f"x-{n}") for n in range(12)]
    last = known[store.version()].model_copy(update={"changes": tuple(many)})
    assert change_summary.summary(last, words("en"))[1] == "New clusters: X0, X1, X10, X11, X2, X3, X4, X5 and 4 more."


def test_cells_are_written_as_the_language_has_them(known):
    cluster, figure, programme = (known[store.version()].changes[at] for at in (2, 3, 4))
    english, french = words("en"), words("fr")
    assert english.cells(cluster) == [("Founded", "2010", "2009"), ("Themes", "Digital", "not published")]
    assert english.cells(figure) == [("Value", "1,350", "1,420.5")]
    assert french.cells(figure) == [("Valeur", "1\u202f350", "1\u202f420,5")]
    assert english.cells(programme)[0][1:] == ("Law", HOSTILE)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (3, "Jobs · On the site · 2015"),
        (5, "People at risk of poverty or social exclusion · 2015 · %"),
        (6, "Norwegian krone"),
    ],
)
def test_a_row_is_named_by_what_its_group_does_not_say(known, at, told):
    assert words("en").row(known[store.version()].changes[at]) == told


def test_an_undated_figure_is_said_so():
    change = Change(table="observations", what="removed", key="fr-a--jobs--hosted--undated", cluster="fr-a")
    assert words("fr").row(change).endswith("sans date")


def test_measures_are_told_in_words_and_new_ones_as_the_etl_names_them():
    english, french = words("en"), words("fr")
    named = [*history.COVERAGE, *history.TOTALS]
    assert [english.measure(Measure(name=one.name, before=0, after=0)) for one in named] == [
        "clusters: rows",
        "clusters: rows that give “Website”",
        "clusters in Italy",
        "clusters with a figure: Jobs · On the site",
        "total: Jobs · On the site (jobs)",
        "total: Surface · Land area (m²)",
    ]
    assert french.measure(Measure(name="clusters in IT", before=0, after=0)) == "pôles, Italie"
    assert english.measure(Measure(name="something, else", before=0, after=0)) == "something, else"


def test_every_measure_of_the_real_tables_is_told_in_words():
    from etl import diff

    said, snapshot = words("fr"), diff.of_folder(history.TABLES)
    names = [*diff.coverage(snapshot), *diff.totals(snapshot)]
    assert len(names) > 100
    assert [name for name in names if said.measure(Measure(name=name, before=0, after=0)) == name] == []
