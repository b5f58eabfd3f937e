"""A briefing with its words, figures and sources resolved: all that a writer needs, and all that it may write.

Every text is plain text (never markup) in the language of the briefing; numbers and dates are already written in it.
`cited` are numbers of `Composed.sources`.
"""

from dataclasses import dataclass, field

from atlas.outlets.drawing import Drawing
from atlas.view import View


@dataclass(frozen=True)
class Run:
    """A stretch of text. `href` is an http(s) address or ''."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """`level` 1 for a section, 2 and 3 below it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullets:
    """A list, each item a stretch of runs."""

    items: tuple[tuple[Run, ...], ...]
    is_ordered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: texts as they are written; `is_number` says which columns stand at the right. `missing` texts are greyed.

    `left_out` counts rows beyond those shown, `number` is its caption's ('Table 2'), 0 for a table that stands
    beside a picture without a number of its own."""

    number: int
    caption: str
    columns: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    cited: tuple[int, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Picture:
    """A chart: `number` is its caption's ('Figure 2'), `drawing.sentence` its caption and alternative text. `table` is what it
    shows, for an appendix, notes or disclosure; `is_table_shown` puts it below the picture."""

    number: int
    drawing: Drawing
    cited: tuple[int, ...]
    table: Grid
    address: str
    """Where the same view stands on the web; '' when the briefing is made without an address."""
    is_table_shown: bool = False


@dataclass(frozen=True)
class KeyFigure:
    label: str
    value: str
    line: str
    cited: tuple[int, ...] = ()


@dataclass(frozen=True)
class KeyFigures:
    """A row of two to four numbers, each with the line that makes it honest."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Boxed:
    """A sentence in a box, where a block could not be drawn."""

    sentence: str


Element = Heading | Paragraph | Bullets | Grid | Picture | KeyFigures | Boxed


@dataclass(frozen=True)
class Source:
    """One page or document: `published` is written as a date, or as 'no date of publication'."""

    number: int
    title: str
    publisher: str
    published: str
    url: str


@dataclass(frozen=True)
class Composed:
    """A briefing ready to be written. `view` gives the language's words and numbers; `dateline` says when and with which
    version of the data; `method` are the paragraphs of the appendix, empty without one (then `sources` is too)."""

    title: str
    lead: tuple[Run, ...]
    view: View
    page: str
    has_cover: bool
    logo: bytes
    dateline: str
    elements: tuple[Element, ...]
    sources: tuple[Source, ...] = ()
    method: tuple[str, ...] = ()
    credit: str = ""
    keywords: tuple[str, ...] = field(default=())

    @property
    def language(self) -> str:
        return self.view.language
