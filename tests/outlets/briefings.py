"""A briefing with every kind of element, composed by hand: what anyone may have written in it is hostile."""

from base64 import b64decode
from functools import lru_cache

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

HOSTILE = "<b>&Pôle*_[x](javascript:alert(1))|`\x07"
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgjs0GAAFKANTCPL8OAAAAAElFTkSuQmCC")
SOURCES = (
    Source(1, HOSTILE, "INSEE", "2021", "https://example.org/a b?é=[1]&x=%zz"),
    Source(2, "No address", "RTES", "March 2020", ""),
    Source(3, "A script", "Nobody", "no date of publication", "javascript:alert(1)"),
    Source(4, "A plain page", "Le Labo de l'ESS", "2019", "http://example.org/4"),
)


def view(language: str) -> View:
    return View.of(store.tables(), Selection(language=language), PAPER)


@lru_cache
def drawing(language: str, name: str = "clusters_by_kind") -> Drawing:
    return Drawing.of(name, Selection(language=language), store.tables(), PAPER)


def grid(language: str, number: int = 1) -> Grid:
    """Two rows: a figure and one that is not published."""
    words = view(language)
    rows = ((HOSTILE, "1 200", "1"), ("Darwin", words.missing, "2, 3"))
    columns = ("Name", "Jobs", words.gettext("Sources"))
    return Grid(number, "Jobs by cluster", columns, (False, True, False), rows, (1, 2, 3), left_out=3)


def picture(language: str, name: str = "clusters_by_kind") -> Picture:
    return Picture(1, drawing(language, name), (1, 2, 4), grid(language, 0), "https://example.org/embed?x=1&y=2")


def briefing(language: str, **changes: object) -> Composed:
    """Every kind of element, one picture, one table."""
    elements = (
        KeyFigures(
            (
                KeyFigure(HOSTILE, "2 000", "a line", (1,)),
                KeyFigure("Jobs", "3 000", "another line", (2, 3)),
                KeyFigure("Calls", "4 000", "a third"),
            )
        ),
        Heading("First part"),
        Paragraph(
            (Run("Bold", is_bold=True), Run(" and "), Run("here", href="https://example.org/here"), Run(" [1–3]"))
        ),
        Heading(HOSTILE, 3),
        Paragraph((Run(HOSTILE, is_italic=True), Run("nowhere", href="javascript:alert(1)"))),
        picture(language),
        Heading("Below", 2),
        Bullets(((Run("one"),), (Run("two"),)), is_ordered=True),
        Bullets(((Run("a point"),),)),
        Bullets(((Run("one again"),),), is_ordered=True),
        grid(language),
        Boxed("This part could not be made."),
    )
    whole: dict = {
        "title": f"A note {HOSTILE}",
        "lead": (Run("What it says."),),
        "view": view(language),
        "page": "a4",
        "has_cover": False,
        "logo": PIXEL,
        "dateline": "Data version 1.",
        "elements": elements,
        "sources": SOURCES,
        "method": ("Missing is not zero.", "Nothing is added across scopes."),
        "credit": "CC BY 4.0.",
        "keywords": ("France", "clusters"),
    }
    return Composed(**{**whole, **changes})
