"""A briefing as one file of HTML: fonts and figures inside, nothing asked of another host, no script, printable."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from atlas.outlets.briefing import wording
from atlas.outlets.briefing.composed import Composed, Heading, Source
from atlas.outlets.briefing.html_blocks import Page, block
from atlas.outlets.briefing.html_parts import add, link, stretch, tag
from atlas.outlets.briefing.pdf_blocks import stepwise
from atlas.outlets.briefing.prose import clean
from atlas.outlets.chromium import faces
from atlas.outlets.citation import PUBLISHER
from atlas.theme import PAPER

STYLE = Path(__file__).with_name("briefing.css")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
COLOURS = ("background", "text", "quiet", "line", "surface", "primary")
DEEPEST = 2
"""Level of headings down to which the table of contents goes."""
Contents = list[tuple[str, str, int]]


def write(composed: Composed) -> bytes:
    """The briefing as HTML in UTF-8; the same bytes for the same briefing."""
    page = Page(composed.view, len(composed.sources))
    elements = list(stepwise(composed.elements))
    body = tag(
        "body", tag("a", page.view.gettext(wording.SKIP), href="#content", class_="skip"), _title(composed, page)
    )
    add(body, _contents(elements, composed), _main(elements, composed, page))
    add(body, tag("footer", tag("p", composed.credit)) if composed.credit else None)
    tree = tag("html", _head(composed), body, lang=composed.language)
    return clean(f"<!doctype html>\n{page.written(tree)}\n").encode()


def _head(composed: Composed) -> Element:
    described = {
        "author": composed.view.gettext(PUBLISHER),
        "description": "".join(run.text for run in composed.lead),
        "keywords": ", ".join(composed.keywords),
        "viewport": "width=device-width, initial-scale=1",
        "referrer": "no-referrer",
    }
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        *(tag("meta", name=name, content=content) for name, content in described.items() if content),
        tag("title", composed.title),
        tag("style", _style()),
    )


def _style() -> str:
    colours = "".join(f"--{role}:{getattr(PAPER, role)};" for role in COLOURS)
    return f"{faces()}:root{{{colours}}}{STYLE.read_text(encoding='utf-8')}"


def _title(composed: Composed, page: Page) -> Element:
    logo = _logo(composed.logo, page.view.gettext(wording.LOGO)) if composed.logo else None
    return tag(
        "header",
        tag("div", tag("p", page.view.gettext(PUBLISHER), class_="kicker"), logo, class_="masthead"),
        tag("h1", composed.title),
        tag("p", *stretch(composed.lead, page.sources), class_="lead") if composed.lead else None,
        tag("p", composed.dateline, class_="small"),
    )


def _logo(content: bytes, name: str) -> Element:
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return tag("img", src=f"data:image/{kind};base64,{b64encode(content).decode('ascii')}", alt=name)


def _contents(elements: list, composed: Composed) -> Element | None:
    """The headings as links; nothing for a page with one or none."""
    gettext = composed.view.gettext
    found = [
        (f"section-{number}", element.text, element.level)
        for number, element in enumerate(elements)
        if isinstance(element, Heading) and element.level <= DEEPEST
    ]
    found += [("method", gettext(wording.METHOD), 1)] if composed.method else []
    found += [("sources", gettext(wording.SOURCES), 1)] if composed.sources else []
    if len(found) < 2:
        return None
    items = (tag("li", tag("a", text, href=f"#{name}"), class_=f"level-{level}") for name, text, level in found)
    title = tag("p", gettext(wording.CONTENTS), class_="label", id="contents")
    return tag("nav", title, tag("ol", *items), aria_labelledby="contents")


def _main(elements: list, composed: Composed, page: Page) -> Element:
    main = tag("main", id="content")
    for number, element in enumerate(elements):
        add(main, *block(element, number, page))
    return add(main, *_appendix(composed, page))


def _appendix(composed: Composed, page: Page) -> Iterator[Element]:
    if composed.method:
        yield tag("h2", page.view.gettext(wording.METHOD), id="method")
        yield from (tag("p", text) for text in composed.method)
    if composed.sources:
        yield tag("h2", page.view.gettext(wording.SOURCES), id="sources")
        yield tag("ol", *map(_source, composed.sources), class_="sources")


def _source(source: Source) -> Element:
    title = link(source.url, source.title)
    rest = f"{wording.stop(source.title)} {wording.imprint(source)} {wording.host(source)}"
    return tag("li", title, rest.rstrip(), id=f"source-{source.number}")
