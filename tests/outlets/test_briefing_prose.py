"""An author's Markdown becomes headings, paragraphs and lists, and nothing else."""

import pytest
from hypothesis import given, strategies

from atlas.outlets.briefing.composed import Bullets, Heading, Paragraph, Run
from atlas.outlets.briefing.prose import elements, escaped, runs


def text(markdown: str) -> str:
    """The words of a text of one paragraph."""
    (paragraph,) = elements(markdown)
    return "".join(run.text for run in paragraph.runs)


def test_headings_paragraphs_and_lists_are_read():
    read = elements("# One\n\nA **b** _c_ [d](https://e.org/f).\n\n#### Deep\n\n- x\n  - y\n\n1. z")
    assert read == [
        Heading("One", 1),
        Paragraph((
            Run("A "), Run("b", is_bold=True), Run(" "), Run("c", is_italic=True), Run(" "),
            Run("d", href="https://e.org/f"), Run("."),
        )),
        Heading("Deep", 3),
        Bullets(((Run("x"),), (Run("y"),))),
        Bullets(((Run("z"),),), is_ordered=True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markdown",
    ["<script>alert(1)</script>", "`code`", "a | b", "---", "<https://auto.org>", "&lt;b&gt;", "[a]: https://b.org"],
)
def test_all_else_is_plain_text(markdown):
    assert text(markdown) == markdown


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.org", "/etc/passwd", "http://"]
)
def test_only_web_addresses_are_links(address):
    assert not any(run.href for run in runs(f"[a]({address})"))


def test_what_a_document_cannot_hold_is_left_out():
    assert text("a\x01b\x0bc\u202ed") == "abcd"


@pytest.mark.parametrize("name", ["1. Pôle *A*", "<b> & [x](y)", "# no heading", "- no list", "a_b_c `d` \\ !"])
def test_text_from_the_data_is_read_back_as_it_was(name):
    assert text(escaped(name)) == name


@given(strategies.text("ab -+>=*_[]()#\\1.):`<&|~!$é", max_size=20))
def test_any_line_from_the_data_is_read_back_in_a_paragraph_and_in_a_heading(line):
    line = " ".join(line.split())
    assert "".join(run.text for run in runs(escaped(line))) == line
    assert not line or elements(f"# {escaped(line)}") == [Heading(line, 1)]


def test_an_author_sees_few_escapes():
    assert escaped("Où sont-ils : (2014), 10 % ?") == "Où sont-ils : (2014), 10 % ?"


def test_a_lead_is_one_stretch():
    assert "".join(run.text for run in runs("One.\n\n- two\n- three")) == "One. two three"
