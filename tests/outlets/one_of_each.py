"""A briefing that has one of everything, composed by hand, with words that anyone could have written."""

from base64 import b64decode

from atlas import store
from atlas.outlets.briefing.composed import (
    Boxed,
    Bullets,
    Composed,
    Grid,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Run,
    Source,
)
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.theme import PAPER
from atlas.view import View

HOSTILE = "<b>&\x07Pôle*_[x](javascript:alert(1))|\x0b`"
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
SOURCES = (
    Source(1, "First", "INSEE", "2020", "https://example.org/a b?é=[1]&x=%zz"),
    Source(2, HOSTILE, "Publisher", "2021", "javascript:alert(1)"),
    Source(3, "Third?", "RTES", "2022", "http://exa mple.org/"),
    Source(4, "Fourth", "RTES", "2022", "http://example.org/4"),
)


def drawing(language: str, name: str = "clusters_by_kind") -> Drawing:
    """A chart of France."""
    return Drawing.of(name, Selection(language=language, countries=("FR",)), store.tables(), PAPER)


def grid(language: str, number: int = 1) -> Grid:
    """A table with words, numbers, one not published, and sources."""
    view = _view(language)
    rows = ((HOSTILE, "1 200", "1–3, 4"), ("B", view.missing, ""))
    columns = (HOSTILE, "Jobs", view.gettext("Sources"))
    return Grid(number, "Jobs by cluster", columns, (False, True, False), rows, (1, 2, 3, 4), left_out=3)


def picture(language: str, name: str = "clusters_by_kind") -> Picture:
    """A chart whose table is not shown."""
    table = grid(language, number=0)
    return Picture(1, drawing(language, name), (1, 2, 3), table, "https://example.org/embed?x=1&y=2")


def briefing(language: str, **fields: object) -> Composed:
    """One of every element; `fields` replace those of Composed."""
    kept: dict[str, object] = {
        "title": f"A note {HOSTILE}",
        "lead": (Run("What it says."),),
        "view": _view(language),
        "page": "a4",
        "has_cover": False,
        "logo": PIXEL,
        "dateline": "Data version 1",
        "elements": _elements(language),
        "sources": SOURCES,
        "method": ("Missing is not zero.",),
        "credit": "CC BY 4.0",
        "keywords": ("France", "clusters"),
    }
    return Composed(**{**kept, **fields})  # type: ignore[arg-type]


def _view(language: str) -> View:
    return View.of(store.tables(), Selection(language=language), PAPER)


def _elements(language: str) -> tuple:
    figures = tuple(KeyFigure(f"Label {n}", f"{n} 000", "2 of 5 publish it", (1, n)) for n in (2, 3, 4))
    here = Run("here", href="https://example.org/here")
    return (
        KeyFigures(figures),
        Heading("First part"),
        Paragraph((Run("Known: "), Run("many", True), Run(" [1–3]"), here)),
        picture(language),
        Heading("Below", 3),
        Bullets(((Run("one"),), (Run("two", False, True),)), is_ordered=True),
        Bullets(((Run(HOSTILE, href="javascript:alert(1)"),),)),
        Bullets(((Run("again one"),),), is_ordered=True),
        Heading(HOSTILE, 2),
        grid(language),
        Boxed("This part could not be made."),
    )
