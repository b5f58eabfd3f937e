"""Running numbers of a briefing: figures, tables, and sources in order of first use."""

from collections.abc import Iterable
from functools import lru_cache

from atlas.outlets.briefing.composed import Paragraph, Run, Source
from atlas.outlets.briefing.prose import clean
from atlas.store import Tables
from atlas.view import View

SAME = ["title", "publisher", "published", "url"]
"""What makes two sources one document: they differ by the sentence that is quoted."""


class Numbering:
    """Counts what is shown. Nothing is counted for a block that could not be drawn: ask once it is ready."""

    def __init__(self, tables: Tables, has_sources: bool = True) -> None:
        """Without `has_sources` nothing is cited: there is no list to find a number in."""
        self._documents, self._has_sources = _documents(tables), has_sources
        self._cited: dict[tuple[str, ...], int] = {}
        self._figures = self._tables_shown = 0

    def figure(self) -> int:
        """The number of the next figure."""
        self._figures += 1
        return self._figures

    def table(self) -> int:
        """The number of the next table."""
        self._tables_shown += 1
        return self._tables_shown

    def cite(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources, smallest first; documents cited for the first time get the next ones."""
        if not self._has_sources:
            return ()
        documents = (self._documents[code] for code in source_ids if code in self._documents)
        return tuple(sorted({self._cited.setdefault(document, len(self._cited) + 1) for document in documents}))

    def sources(self, view: View) -> tuple[Source, ...]:
        """Every document cited, by its number."""
        return tuple(
            Source(number, clean(title), clean(publisher), _published(published, view), clean(url))
            for (title, publisher, published, url), number in self._cited.items()
        )


def ranges(numbers: Iterable[int]) -> str:
    """(1, 2, 3, 7) -> '1–3, 7': cited numbers as they are written between brackets."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = (str(low) if low == high else f"{low}{'–' if high - low > 1 else ', '}{high}" for low, high in spans)
    return ", ".join(texts)


def cited(text: str, numbers: Iterable[int]) -> Paragraph:
    """A sentence and, in brackets, the numbers of its sources."""
    written = ranges(numbers)
    return Paragraph((Run(clean(text)), *([Run(f" [{written}]")] if written else [])))


@lru_cache(maxsize=2)
def _documents(tables: Tables) -> dict[str, tuple[str, ...]]:
    """The document behind each source."""
    rows = tables.source_of[SAME].fillna("").astype(str)
    return dict(zip(rows.index, rows.itertuples(index=False, name=None), strict=True))


def _published(date: str, view: View) -> str:
    return view.date(date) if date else view.gettext("no date of publication")
