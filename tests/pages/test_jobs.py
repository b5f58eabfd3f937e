"""The Jobs page: one metric and scope for its charts, one part at a time."""

import pytest

from tests.test_pages import opened

PARTS = {
    "size": ["jobs_total", "jobs_by_scope", "jobs_by_cluster", "jobs_history"],
    "spread": ["jobs_distribution", "jobs_by_dimension", "jobs_disagreements"],
    "frame": ["social_economy_employment", "social_economy_split", "regions_of_france"],
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("part", PARTS)
def test_each_part_holds_its_charts_and_no_other(part, language):
    app = opened("jobs", lang=language, part=part)
    assert not app.exception
    assert [button.key.removeprefix("rows-") for button in app.button if button.key.startswith("rows-")] == PARTS[part]


def test_a_part_of_another_page_opens_the_first():
    app = opened("jobs", lang="en", part="words")
    assert not app.exception
    assert app.button(key="rows-jobs_total")


def test_every_answer_follows_the_metric_and_scope_of_the_link():
    findings = []
    for part in ("size", "spread"):
        app = opened("jobs", lang="en", metric="members", scope="members", part=part)
        assert not app.exception
        findings += [heading.value for heading in app.subheader]
    assert sum(finding.startswith("Members, member organisations") for finding in findings) == 5
    assert any("it would count some twice" in finding for finding in findings)


def test_a_scope_the_metric_does_not_have_falls_back_to_one_that_has_figures():
    app = opened("jobs", lang="en", metric="surface_m2", scope="created")
    assert not app.exception
    assert any(finding.value.startswith("Surface, floor area") for finding in app.subheader)
