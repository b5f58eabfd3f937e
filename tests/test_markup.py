"""Names and addresses come from files that anyone may edit: nothing in them is ever run."""

import pandas as pd
import pytest

from atlas import store
from atlas.selection import Selection
from atlas.view import View
from pages.parts.markup import plain, website
from pages.parts.sources import source_html

VIEW = View.of(store.tables(), Selection())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<script>", "ftp://example.org", None, "//example.org"]
)
def test_only_http_links_are_links(url):
    assert website(url, VIEW) == "not published"


def test_a_website_is_shown_by_its_host_and_escaped():
    link = website('https://example.org/?a="><script>', VIEW)
    assert ">example.org</a>" in link
    assert "<script>" not in link


def test_a_source_is_escaped_and_its_link_checked():
    row = pd.Series(
        {
            "title": "<b>T</b>",
            "publisher": "P & Q",
            "url": "javascript:alert(1)",
            "published": None,
            "quote": "<i>q</i>",
        }
    )
    html = source_html(row, VIEW)
    assert "<b>" not in html and "<i>" not in html and "<a" not in html
    assert "&lt;b&gt;T&lt;/b&gt;" in html and "P &amp; Q, no date of publication" in html


def test_markdown_marks_in_names_are_text():
    assert plain("[x](javascript:y) *z* $a$") == r"\[x\]\(javascript\:y\) \*z\* \$a\$"
