"""A saved briefing says which of its figures are no longer those that were pinned."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from atlas.outlets.briefing.changes import changed, changes_line
from atlas.outlets.briefing.document import (
    Briefing,
    Figure,
    KeyFigures,
    Portrait,
    Rows,
    Sentences,
    Text,
    from_json,
    to_json,
)
from atlas.outlets.briefing.seen import refreshed, seen
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
TODAY = date(2026, 11, 26)
BRIEFING = Briefing(
    blocks=(
        Text(markdown="# Jobs"),
        KeyFigures(),
        Figure(chart="jobs_by_cluster"),
        Rows(chart="clusters_by_kind"),
        Portrait(parameters={"id": "fr-a"}),
        Portrait(parameters={"id": "fr-b"}),
        Sentences(about="jobs", parameters={"country": "FR"}),
        Sentences(about="laws", parameters={"country": "FR"}),
    )
)


def with_jobs(value: float) -> Tables:
    """The small world where Pôle A publishes another number of jobs."""
    observations = WORLD.observations.copy()
    observations.loc[observations["observation_id"] == "fr-a.jobs.hosted.2020-06", "value"] = value
    return replace(WORLD, version="next", observations=observations)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_changed_figure_changes_exactly_the_parts_that_show_it(language):
    saved = refreshed(BRIEFING.but(language=language), WORLD, TODAY)
    found = changed(from_json(to_json(saved)), with_jobs(175))
    assert [change.index for change in found] == [1, 2, 4, 6]
    assert all(change.before != change.now for change in found)
    assert all("150" in found[place].before and "175" in found[place].now for place in (2,))


def test_of_several_figures_only_those_that_differ_are_told():
    saved = refreshed(BRIEFING, WORLD, TODAY)
    portrait = next(change for change in changed(saved, with_jobs(175)) if change.title == "Pôle A")
    assert (
        portrait.before == "Jobs On the site about 150 jobs June 2020, more than five years old"
        or "150" in portrait.before
    )
    assert "Rennes" not in portrait.before + portrait.now


def test_nothing_changed_with_the_same_data_nor_with_another_source():
    saved = refreshed(BRIEFING, WORLD, TODAY)
    other = WORLD.clusters.assign(source_ids=[["s1"]] * len(WORLD.clusters), summary_en="Another summary.")
    assert changed(saved, WORLD) == []
    assert changed(saved, replace(WORLD, version="other", clusters=other)) == []


def test_a_part_that_can_no_longer_be_shown_says_so():
    saved = refreshed(Briefing(blocks=(Portrait(parameters={"id": "fr-b"}),)), WORLD, TODAY)
    gone = replace(WORLD, clusters=WORLD.clusters[WORLD.clusters["cluster_id"] != "fr-b"])
    (change,) = changed(saved, gone)
    assert "fr-b" in change.now


def test_what_was_never_seen_has_not_changed():
    assert changed(BRIEFING, with_jobs(175)) == []


def test_a_refreshed_briefing_holds_version_day_and_what_it_says():
    saved = refreshed(BRIEFING, WORLD, TODAY)
    assert (saved.version, saved.made) == ("small", "2026-11-26")
    assert changed(refreshed(saved, with_jobs(175), TODAY), with_jobs(175)) == []


def test_a_language_never_changes_a_digest():
    for block in BRIEFING.blocks:
        digests = {seen(block, WORLD, language).digest for language in ("en", "fr")}
        assert len(digests) == 1


def test_a_digest_is_the_same_in_another_process():
    code = (
        "from tests.small_world import small_world; from atlas.outlets.briefing.seen import seen; "
        "from atlas.outlets.briefing.document import Figure; "
        "print(seen(Figure(chart='jobs_by_cluster'), small_world(), 'en').digest)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert said == seen(Figure(chart="jobs_by_cluster"), WORLD, "en").digest


@pytest.mark.parametrize(
    ("language", "count", "made", "line"),
    [
        ("en", 1, "2026-11-26", "1 figure changed since November 2026."),
        ("en", 3, "2026-11-26", "3 figures changed since November 2026."),
        ("en", 0, "2026-11-26", "No figure changed since November 2026."),
        ("en", 2, "", "2 figures changed since they were pinned."),
        ("en", 2, "some day", "2 figures changed since they were pinned."),
        ("fr", 3, "2026-11-26", "3 chiffres ont changé depuis la version précédente (novembre 2026)."),
        ("fr", 1, "", "1 chiffre a changé depuis son ajout à la note."),
    ],
)
def test_the_line_counts_as_the_language_does(language, count, made, line):
    saved = refreshed(BRIEFING.but(language=language), WORLD, TODAY).but(made=made)
    view = View.of(WORLD, Selection(language=language))
    assert changes_line(changed(saved, with_jobs(175))[:count], saved, view) == line
