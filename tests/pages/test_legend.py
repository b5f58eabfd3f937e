"""The legend of a map: lists under their titles, shapes beside colours, nothing of the data as HTML."""

from atlas import store
from atlas.marks import Entry
from atlas.selection import Selection
from atlas.view import View
from pages.parts.frame import legend_html

VIEW = View.of(store.tables(), Selection())


def test_entries_stand_under_the_title_of_their_group():
    html = legend_html(
        [Entry("PTCE", "#0b5d6b", 1200), Entry("100 jobs", "#5c6870", None, "ring", 32.7, "Jobs, on the site")], VIEW
    )
    first, second = html.split("<p class=legend-title>Jobs, on the site</p>")
    assert '<i class="dot" style="color:#0b5d6b' in first and "PTCE <span>1,200</span>" in first
    assert '<i class="ring" style="color:#5c6870;--size:32.7px">' in second and "<span>" not in second


def test_labels_write_no_html():
    html = legend_html([Entry("<b>x", "#000000", 1, group="<i>y")], VIEW)
    assert "<b>" not in html and "<i>y" not in html
