"""Where a chart stands in the dashboard, and which chart stands for a page of it. The dashboard says so; nothing is read of it."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from atlas import store
from atlas.outlets.data.query import language_of
from atlas.outlets.drawing import Drawing, on_paper
from atlas.selection import Selection

Shown = Mapping[tuple[str, str], tuple[str, ...]]
"""(page, part of it) -> its charts. The first stands for the page, and the first page is the home page; a link to a chart in
several places leads to the last."""


class Places:
    """The pages of the dashboard with the charts that they show."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._home = next(iter(shown), ("", ""))[0]
        self._place = {name: place for place, names in shown.items() for name in names}

    @property
    def pages(self) -> list[str]:
        """The pages that show charts."""
        return list(dict.fromkeys(page for page, _part in self._shown))

    def address(self, drawing: Drawing, base: str) -> str:
        """The address of the page that shows the drawing, with its selection; the home page when none does."""
        page, part = self._place.get(drawing.name, ("", ""))
        parameters = drawing.parameters | ({"part": part} if part else {})
        path = "" if page == self._home else page
        return f"{base}/{path}?{urlencode(parameters, safe='~')}"

    def drawing(self, page: str, parameters: Mapping[str, str]) -> Drawing | None:
        """The chart that stands for a page ('' for home) with these parameters, as far as they can be used; None without one.
        Raises TablesMissing."""
        tables = store.tables()
        selection = Selection.parse(parameters, tables.codes)[0].but(language=language_of(parameters))
        for name in self._charts(page or self._home, selection.part):
            drawing = Drawing.of(name, selection, tables)
            if "id" not in drawing.chart.FILTERS or drawing.selection.id in set(tables.clusters["cluster_id"]):
                return drawing
        return None

    def _charts(self, page: str, part: str) -> Iterator[str]:
        """The charts of a part of a page, then those of the others."""
        places = sorted((place for place in self._shown if place[0] == page), key=lambda place: place[1] != part)
        return (on_paper(name) for place in places for name in self._shown[place])
