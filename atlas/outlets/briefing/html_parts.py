"""HTML built as a tree: whatever a text holds, it stays a text."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from atlas.outlets.briefing.composed import Run
from atlas.outlets.briefing.links import target
from atlas.outlets.briefing.wording import Part, run_parts

Child = Element | str | None


def tag(name: str, /, *children: Child, **attributes: str) -> Element:
    """An element of HTML: `class_` is written class, `aria_label` aria-label; a child that is None or '' is left out."""
    made = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    return add(made, *children)


def add(parent: Element, *children: Child) -> Element:
    """`parent` with more children at its end."""
    for child in children:
        if isinstance(child, Element):
            parent.append(child)
        elif child and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        elif child:
            parent.text = (parent.text or "") + child
    return parent


def link(url: str, *children: Child) -> Element:
    """A link to another page; only its words where the address is none of the web."""
    return tag("a", *children, href=address, rel="noopener") if (address := target(url)) else tag("span", *children)


def stretch(runs: Iterable[Run], count: int) -> list[Element]:
    """A stretch of text; numbers of the `count` sources lead to them."""
    return [_run(run, count) for run in runs]


def _run(run: Run, count: int) -> Element:
    written = parts("span", run_parts(run.text), count)
    if run.is_italic:
        written = tag("em", written)
    if run.is_bold:
        written = tag("strong", written)
    return link(run.href, written) if run.href else written


def parts(name: str, found: Iterable[Part], count: int, before: str = "", after: str = "") -> Element:
    """An element with a text, numbers of sources as links to them."""
    linked = (
        tag("a", part.text, href=f"#source-{part.source}") if 0 < part.source <= count else part.text for part in found
    )
    return tag(name, before, *linked, after)


def cited(found: list[Part], count: int) -> Element | None:
    """Numbers of sources between brackets; nothing without any."""
    return parts("span", found, count, " [", "]") if found else None
