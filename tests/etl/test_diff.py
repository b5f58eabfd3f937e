"""What one version changes of another, in data and in every form it is told."""

import json
from datetime import date

import pytest
from lxml import etree

from etl import feed, history, told
from etl.diff import Loss, Measure, Snapshot, difference, losses, stop_for_loss
from etl.history import Published

ATOM = {"a": feed.NAMESPACE}


def cluster(name, **cells):
    return {"cluster_id": name, "name": name.upper(), "country": name[:2].upper(), "place": None, "themes": [], **cells}


def figure(name, cluster_id, value, **cells):
    shared = {"metric": "jobs", "scope": "hosted", "unit": "jobs", "is_latest": True}
    return {"observation_id": name, "cluster_id": cluster_id, "value": value, **shared, **cells}


def indicator(value, **cells):
    key = {"geo": "FR", "geo_level": "country", "indicator": "population", "definition": None, "as_of": "2021"}
    return {**key, "unit": "persons", "value": value, **cells}


BEFORE = Snapshot(
    "2026.11.25",
    {
        "clusters": [cluster("fr-a", place="Nantes"), cluster("es-b"), cluster("it-c")],
        "observations": [figure("o1", "fr-a", 100.0), figure("o2", "it-c", 5.0, is_latest=False)],
        "indicators": [indicator(67.0), indicator(1.0, as_of="2020"), indicator(2.0, as_of="2020")],
        "field_sources": [],
    },
)
AFTER = Snapshot(
    "2026.11.26",
    {
        "clusters": [cluster("fr-a", place="Rezé"), cluster("es-b", new_column=1), cluster("es-new<&>")],
        "observations": [figure("o1", "fr-a", 150.0), figure("o3", "es-b", 7.0, scope="other")],
        "indicators": [indicator(68.0), indicator(3.0, as_of="2020"), indicator(2.0, as_of="2020")],
        "field_sources": [{"table": "clusters", "row_id": "fr-a", "column": "place", "value": "Rezé"}],
    },
)
FOUND = difference(BEFORE, AFTER)


def changes(table):
    return [(change.what, change.key, dict(change.columns)) for change in FOUND.changes if change.table == table]


def test_rows_are_told_with_the_cells_before_and_after():
    assert changes("clusters") == [
        ("added", "es-new<&>", {}),
        ("removed", "it-c", {}),
        ("changed", "fr-a", {"place": ("Nantes", "Rezé")}),
    ]


def test_a_value_in_the_key_that_moves_is_a_change_where_no_other_row_could_be_meant():
    values = [("changed", cells["value"]) for _what, _key, cells in changes("indicators")]
    assert values == [("changed", (67.0, 68.0)), ("changed", (1.0, 3.0))]
    two = Snapshot("x", {"indicators": [indicator(4.0), indicator(5.0)]})
    assert [change.what for change in difference(BEFORE, two).changes if change.what != "removed"] == ["added", "added"]


def test_rows_with_one_key_do_not_hide_each_other():
    twice = Snapshot("x", {"clusters": [cluster("fr-a"), cluster("fr-a")]})
    once = Snapshot("y", {"clusters": [cluster("fr-a")]})
    assert [(change.what, change.key) for change in difference(twice, once).changes] == [("removed", "fr-a#2")]


def test_every_change_knows_its_cluster_and_its_country():
    about = {(change.table, change.cluster, change.country) for change in FOUND.changes}
    assert ("observations", "fr-a", "FR") in about
    assert ("field_sources", "fr-a", "FR") in about
    assert ("indicators", "", "FR") in about
    assert ("observations", "it-c", "IT") in about


def test_coverage_counts_and_totals_never_leave_their_scope():
    coverage = {measure.name: (measure.before, measure.after) for measure in FOUND.coverage}
    assert coverage["clusters, rows"] == (3, 3)
    assert coverage["clusters in IT"] == (1, 0)
    assert coverage["clusters, place filled"] == (1, 1)
    assert coverage["clusters that report jobs (hosted)"] == (2, 1)
    assert FOUND.totals == [Measure("jobs (hosted), jobs", 100.0, 150.0)]


@pytest.mark.parametrize(
    ("before", "after", "share", "is_loss"),
    [(100, 94, 0.05, True), (100, 95, 0.05, False), (3, 2, 0.05, False), (1, 0, 0.05, True), (100, 94, 0.1, False)],
)
def test_a_loss_is_more_than_the_share_and_more_than_one_row_or_all(before, after, share, is_loss):
    one, other = (
        Snapshot(name, {"x": [{"id": row} for row in range(rows)]}) for name, rows in (("1", before), ("2", after))
    )
    assert bool(losses(difference(one, other), share)) is is_loss


def test_a_loss_is_one_sentence_that_says_how_to_go_on():
    with pytest.raises(Loss, match=r"over 5% less than 2026\.11\.25 \(.*clusters in IT: 1 -> 0.*with --accept-loss"):
        stop_for_loss(FOUND)


def test_a_table_that_goes_is_a_loss():
    gone = difference(BEFORE, Snapshot("x", {}))
    assert "indicators, rows" in {measure.name for measure in losses(gone)}


def test_markdown_tells_clusters_cells_and_what_moved():
    text = told.markdown(FOUND, "2026-11-26")
    assert "## 2026.11.26 (2026-11-26)" in text
    assert "| clusters | 1 | 1 | 1 |" in text
    assert "- **fr-a**: changed in clusters: fr-a, FR-A (place: Nantes → Rezé)" in text
    assert "| jobs (hosted), jobs | 100 | 150 |" in text
    assert "es-new\\<&\\>" in text
    assert "clusters, rows |" not in text


def test_a_long_difference_is_shortened_and_says_by_how_much():
    many = Snapshot("x", {"sources": [{"source_id": f"s{row}"} for row in range(told.MOST + 7)]})
    assert "- … and 7 more" in told.markdown(difference(Snapshot("w", {}), many))


def test_a_difference_is_read_back_from_its_file_as_it_was(tmp_path):
    path = history.remember(FOUND, date(2026, 11, 26), tmp_path)
    back = history.recall(tmp_path)[0]
    assert back.day == "2026-11-26"
    assert history.as_json(back.found, back.day) == path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["changes"][2]["columns"] == {"place": ["Nantes", "Rezé"]}
    (tmp_path / "x_after_y.json").write_text("torn")
    assert len(history.recall(tmp_path)) == 1


def test_feeds_are_atom_with_identifiers_that_stay():
    earlier = Published("2026-11-20", difference(AFTER, BEFORE))
    ids = []
    for about in ({}, {"country": "FR"}, {"cluster": "fr-a"}):
        for language in feed.WORDS:
            made = feed.atom([Published("2026-11-26", FOUND), earlier], language, **about)
            assert made == feed.atom([Published("2026-11-26", FOUND), earlier], language, **about)
            root = etree.fromstring(made)
            assert root.tag == f"{{{feed.NAMESPACE}}}feed"
            for parent in (root, *root.findall("a:entry", ATOM)):
                assert [len(parent.findall(f"a:{tag}", ATOM)) for tag in ("id", "title", "updated")] == [1, 1, 1]
                assert parent.findtext("a:id", namespaces=ATOM).startswith("urn:uuid:")
            assert root.findtext("a:author/a:name", namespaces=ATOM)
            assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-26T00:00:00Z"
            assert len(root.findall("a:entry/a:content[@type='xhtml']/{http://www.w3.org/1999/xhtml}div", ATOM)) == 2
            ids += root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))


def test_a_feed_tells_only_what_it_is_about():
    text = feed.atom([Published("2026-11-26", FOUND)], "fr", cluster="fr-a").decode()
    assert "clusters, modification : fr-a" in text
    assert "es-new" not in text
    assert etree.fromstring(feed.atom([], "en", cluster="fr-a")).findall("a:entry", ATOM) == []


def test_signs_that_xml_cannot_hold_do_not_break_a_feed():
    odd = difference(Snapshot("1", {}), Snapshot("2", {"clusters": [cluster("fr-a") | {"name": "a\x00\x0b<b>\ud800"}]}))
    etree.fromstring(feed.atom([Published("2026-11-26", odd)], "en"))


def test_feeds_that_say_the_same_are_not_touched(tmp_path):
    feed.write_feeds([Published("2026-11-26", FOUND)], tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.atom")}
    feed.write_feeds([Published("2026-11-26", FOUND)], tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.atom")} == before
    assert {path.relative_to(tmp_path).as_posix() for path in before} >= {
        "all.fr.atom",
        "country/FR.en.atom",
        "cluster/fr-a.fr.atom",
    }
