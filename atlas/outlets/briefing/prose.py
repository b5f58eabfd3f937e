"""An author's Markdown as elements of a document: headings, paragraphs, lists, bold, italic, links. All else is plain text."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from atlas.outlets.briefing.composed import Bullets, Element, Heading, Paragraph, Run

LEVELS = {"h1": 1, "h2": 2}
DEEPEST = 3
UNREAD = ("code", "fence", "html_block", "reference", "hr", "backticks", "image", "html_inline", "autolink", "entity")
"""Marks that stay the characters they are."""
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
"""What XML forbids, and what turns the direction of text."""
MARKS = re.compile(r"[\\*_\[\]#]|(?m:^[ \t]*)[-+>=]|(?m:^[ \t]*\d{1,9})[.)]")
"""What Markdown may read as a mark: some letters anywhere, others where a line begins."""
Runs = tuple[Run, ...]


def elements(markdown: str) -> list[Element]:
    """The elements of a text in Markdown."""
    return list(_elements(_parser().parse(clean(markdown))))


def runs(markdown: str) -> Runs:
    """A text in Markdown as one stretch: its blocks joined by spaces, without heading or list."""
    stretches = [_runs(token.children or []) for token in _parser().parse(clean(markdown)) if token.type == "inline"]
    joined = [run for stretch in stretches for run in (*stretch, Run(" "))]
    return tuple(joined[:-1])


def clean(text: str) -> str:
    """Text without the characters that a document cannot hold."""
    return UNPRINTABLE.sub("", text)


def escaped(text: str) -> str:
    """Text from the data for Markdown: what would be read as a mark is escaped, and nothing else, for authors edit it."""
    return MARKS.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", text)


def address(url: str) -> str:
    """An http(s) address with a host, else ''."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(list(UNREAD))


def _elements(tokens: Iterable[Token]) -> Iterator[Element]:
    tokens, lists = iter(tokens), 0
    items: list[Runs] = []
    is_ordered, level = False, 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            is_ordered = is_ordered if lists else token.type.startswith("ordered")
            lists += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists -= 1
            if not lists and items:
                yield Bullets(tuple(items), is_ordered)
                items = []
        elif token.type == "heading_open":
            level = LEVELS.get(token.tag, DEEPEST)
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline" and (stretch := _runs(token.children or [])):
            if lists:
                items.append(stretch)
            else:
                yield Heading("".join(run.text for run in stretch), level) if level else Paragraph(stretch)


def _runs(tokens: Iterable[Token]) -> Runs:
    bold = italic = 0
    href = ""
    found: list[Run] = []
    for token in tokens:
        if token.type == "text" and token.content:
            found.append(Run(token.content, bool(bold), bool(italic), href))
        elif token.type in {"softbreak", "hardbreak"}:
            found.append(Run(" ", bool(bold), bool(italic), href))
        elif token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type == "link_open":
            href = address(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            href = ""
    return tuple(found)
